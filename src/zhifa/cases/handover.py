"""What a leaver leaves behind, as the unit's head sees it: open matters, drafts, who takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.accounts.models import Person
from zhifa.cases.models import Case
from zhifa.kernel import clock
from zhifa.kernel.page import address
from zhifa.kernel.wiring import Panel
from zhifa.law.actor import Actor, Duty
from zhifa.procedure import definitions
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import Matter
from zhifa.registry import selectors as registry

CHANGE = "handlers.change"


@dataclass(frozen=True, slots=True)
class Left:
    """One open matter of a leaver; ``handed`` where its handlers can be changed by a step."""

    matter: Matter
    number: str
    cause: str
    others: tuple[str, ...]
    address: str
    handed: bool


@dataclass(frozen=True, slots=True)
class Estate:
    """Everything that a leaver leaves behind at an agency."""

    matters: tuple[Left, ...]
    drafts: tuple[tuple[str, str], ...]
    """What was filled in and not done: the step, and on which matter."""
    takers: tuple[tuple[str, str], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is left behind."""
        return not self.matters and not self.drafts


def estate(person_id: UUID, agency: str, on: date) -> Estate:
    """What a person has open at an agency, and the certified officers who may take it over."""
    rows = list(matters.handled_by(person_id, agency))
    cases = Case.objects.in_bulk([m.id for m in rows])
    holders = registry.people_with(Duty.OFFICER, agency, on)
    actors = registry.actors([h.id for h in holders], on)
    names = {h.id: h.name for h in holders}
    left = [_left(m, cases.get(m.id), str(person_id), names) for m in rows]
    drafts = []
    for row in matters.drafts_of(person_id):
        procedure = definitions.get(row.matter.procedure) if row.matter else None
        step = procedure.steps.get(row.step) if procedure is not None else None
        title = step.title if step is not None else row.step
        drafts.append((title, row.matter.title if row.matter else "尚未登记的案源"))
    takers = [
        (h.id, f"{h.name}（{h.title or Duty.OFFICER.label}）")
        for h in holders
        if h.id != str(person_id) and h.id in actors and actors[h.id].certified_on(on)
    ]
    return Estate(tuple(left), tuple(drafts), tuple(takers))


def _left(m: Matter, case: Case | None, leaver: str, names: dict[str, str]) -> Left:
    return Left(
        m,
        (case.case_no or case.clue_no) if case is not None else "",
        (case.cause or m.title) if case is not None else m.title,
        tuple(names.get(h, "") for h in m.handlers if h != leaver),
        address("cases:detail", m.id),
        CHANGE in definitions.get(m.procedure).steps,
    )


def may_hand_over(who: Actor, person: Actor, agency: str) -> bool:
    """Whether one hands over what the person has: the head of a unit in which they hold a duty."""
    units = {p.unit for p in person.posts if p.agency == agency and not p.of}
    return who.id != person.id and any(
        p.duty is Duty.HANDLING_HEAD and p.agency == agency and p.unit in units for p in who.posts
    )


def matters_panel(reader: Any, thing: Any) -> Panel | None:
    """On the page of a person: how much they have open, and where their head hands it over."""
    if not isinstance(reader, Person) or not isinstance(thing, Person):
        return None
    on = clock.today()
    found = registry.actors([reader.id, thing.id], on)
    who, person = found.get(str(reader.id)), found.get(str(thing.id))
    if who is None or person is None:
        return None
    agency = next((p.agency for p in person.posts if not p.of and who.duties(p.agency)), "")
    count = matters.handled_by(thing.id, agency).count() if agency else 0
    hands = bool(agency) and may_hand_over(who, person, agency)
    leaves = bool(agency) and thing.id != reader.id and who.holds_itself(Duty.SECADMIN, agency)
    if not hands and not leaves:
        return None
    context = {"who": thing, "count": count, "hands": hands, "leaves": leaves}
    return Panel("cases/_person_matters.html", context)
