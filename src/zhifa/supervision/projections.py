"""Warnings follow the ledger: after each act on a case, and after a certificate changes, the case's
warnings are written anew from where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from zhifa.kernel import clock
from zhifa.kernel.errors import NotFound
from zhifa.kernel.ledger import StoredEvent
from zhifa.kernel.models import LedgerEvent
from zhifa.kernel.wiring import Projection
from zhifa.law import warnings as law
from zhifa.law.guards import Attempt
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.standing import Standing
from zhifa.procedure import definitions
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import Matter
from zhifa.procedure.setting import gather
from zhifa.registry import selectors as registry
from zhifa.supervision.models import CaseWarning

SUPERVISED = (PENALTY_ORDINARY.code,)
"""The procedures whose running matters are watched."""
CERTIFICATES = ("certificate.issued", "certificate.revoked")
"""What changes in a register and may cast another light on acts of the past."""


def apply(event: StoredEvent) -> None:
    """Look again at what the event touches."""
    if event.kind in CERTIFICATES:
        for acted in _acted_on(str(event.data["person"])):
            _rewrite(acted)
        return
    matter = Matter.objects.filter(id=event.stream_id).first()
    if matter is None or matter.seq != event.seq:
        return  # a later event of the same stream looks again
    _rewrite(matter)


def clear() -> None:
    """Empty the table."""
    CaseWarning.objects.all().delete()


def _acted_on(person: str) -> Iterable[Matter]:
    """The matters on which the person acted, or which they handle."""
    acted = LedgerEvent.objects.filter(actor_id=person).values("stream_id")
    rows = Matter.objects.filter(procedure__in=SUPERVISED)
    return rows.filter(Q(id__in=acted) | Q(handlers__contains=[person])).order_by("id")


def _rewrite(matter: Matter) -> None:
    s = matters.standing(matter, clock.today())
    found = law.find(s, _world(matter, s))
    CaseWarning.objects.filter(matter=matter).delete()
    CaseWarning.objects.bulk_create(_row(matter, w) for w in found)


def _world(matter: Matter, s: Standing) -> law.World:
    people = {d.actor for d in s.history}
    people |= {str(getattr(d.facts, "co_officer", "") or "") for d in s.history}
    done = s.last("decision.approve")
    attempt = None
    if done is not None:
        try:
            actor, setting = gather(matter, s, by=UUID(done.actor), on=done.on)
            attempt = Attempt(done.step, done.on, actor, setting)
        except NotFound:
            attempt = None  # whoever decided has left the registers
    return law.World(
        definitions.get(matter.procedure), attempt, registry.certificates(p for p in people if p)
    )


def _row(matter: Matter, w: law.Warned) -> CaseWarning:
    return CaseWarning(
        matter=matter,
        agency_code=matter.agency_code,
        region_code=matter.region_code,
        rule=w.rule,
        key=w.key[:120],
        words=w.words[:300],
        begins_on=min(w.begins.values()),
        **{f"{level.value}_on": day for level, day in w.begins.items()},
        due_on=w.due,
        ended_on=w.ended,
    )


WARNINGS = Projection("supervision.warnings", apply, clear)
