"""Locking and advancing matters; only `perform` calls what is written here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from zhifa.kernel import clock, ids, ledger
from zhifa.kernel.errors import NotFound
from zhifa.law.procedure import Procedure
from zhifa.law.standing import Standing, TermRun
from zhifa.law.term import Addressee
from zhifa.procedure import definitions
from zhifa.procedure.folding import GENESIS
from zhifa.procedure.models import Matter, RunningTerm

_LOCK = """
SELECT m.id, m.procedure, m.version, m.agency_code, m.region_code, m.unit_code, m.title,
    m.opened_on, m.last_on, m.seq, m.phase, m.closed, m.handlers, m.demo,
    s.head_seq, s.head_hash
FROM matter m JOIN ledger_stream s ON s.id = m.id
WHERE m.id = ANY(%s) ORDER BY m.id FOR UPDATE OF s"""


def lock(matter_ids: Iterable[UUID]) -> dict[UUID, tuple[Matter, ledger.Head]]:
    """Lock matters in ascending id until the transaction ends, one query; raises `NotFound`."""
    wanted = sorted(set(matter_ids))
    found: dict[UUID, tuple[Matter, ledger.Head]] = {}
    fields = [f.attname for f in Matter._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [wanted])
        for row in cursor.fetchall():
            matter = Matter.from_db("default", fields, _values(row[:-2]))
            found[matter.id] = (matter, ledger.Head(row[-2], row[-1]))
    if len(found) != len(wanted):
        raise NotFound("没有找到这件事项。", code="no-such-matter")
    return found


def _values(row: Sequence[object]) -> list[object]:
    values = list(row)
    at = [f.attname for f in Matter._meta.concrete_fields].index("handlers")
    if isinstance(values[at], str):
        values[at] = json.loads(str(values[at]))
    return values


def begin(
    procedure: Procedure,
    *,
    agency: str,
    region: str,
    unit: str,
    title: str,
    on: date,
    act_id: UUID,
    by: UUID,
) -> tuple[Matter, ledger.Head]:
    """A new matter, its stream, and the genesis event that binds the three together."""
    matter_id = ids.uuid7()
    ledger.open_stream(kind="matter", agency_code=agency, region_code=region, stream_id=matter_id)
    event = ledger.append(
        stream_id=matter_id,
        kind=GENESIS,
        version=1,
        body={
            "matter": str(matter_id),
            "procedure": procedure.code,
            "procedure_version": procedure.version,
            "agency": agency,
            "region": region,
        },
        act_id=act_id,
        actor_id=by,
        duty="",
        agency_code=agency,
        occurred_at=on,
    )
    matter = Matter.objects.create(
        id=matter_id,
        procedure=procedure.code,
        version=procedure.version,
        agency_code=agency,
        region_code=region,
        unit_code=unit,
        title=title,
        opened_on=on,
        last_on=on,
        seq=event.seq,
        phase=procedure.steps[procedure.first].phase.value,
        demo=clock.is_demo(),
    )
    return matter, event.head


def changed_terms(before: Standing, after: Standing) -> tuple[TermRun, ...]:
    """The term runs that an act started, stopped or moved."""
    known = set(before.terms)
    return tuple(t for t in after.terms if t not in known)


def advance(
    matter: Matter,
    before: Standing,
    after: Standing,
    seq: int,
    on: date,
    handlers: frozenset[str],
) -> None:
    """Write what lists need to know of the matter after an act: head, phase, terms."""
    matter.seq, matter.last_on = seq, on
    matter.phase = phase(matter, after)
    matter.handlers = sorted(handlers)
    matter.closed = is_closed(matter, after)
    matter.save(
        force_update=True, update_fields=["seq", "last_on", "phase", "handlers", "closed", "title"]
    )
    changed = changed_terms(before, after)
    if changed:
        RunningTerm.objects.bulk_create(
            [
                RunningTerm(
                    matter_id=matter.id,
                    agency_code=matter.agency_code,
                    code=t.code,
                    key=t.key,
                    start_on=t.start,
                    raw_due_on=t.due.raw_due,
                    due_on=t.due.due,
                    addressee=t.due.addressee.value,
                    provisional=t.due.provisional,
                    stopped_on=t.stopped_on,
                    started_seq=t.seq,
                )
                for t in changed
            ],
            update_conflicts=True,
            unique_fields=["matter", "code", "key", "started_seq"],
            update_fields=["raw_due_on", "due_on", "provisional", "stopped_on"],
        )


def phase(matter: Matter, s: Standing) -> str:
    """The furthest station that the matter waits in, else the one of its last step."""
    procedure = definitions.get(matter.procedure)
    waiting = procedure.next(s)
    if waiting:
        return waiting[0].phase.value
    return procedure.steps[s.history[-1].step].phase.value


def is_closed(matter: Matter, s: Standing) -> bool:
    """Whether the matter waits for nothing and owes nothing any more."""
    if s.obligations or definitions.get(matter.procedure).next(s):
        return False
    return not any(t.running and t.due.addressee is Addressee.AGENCY for t in s.terms)
