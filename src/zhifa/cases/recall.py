"""The running cases that the recall of a competence assignment would touch (行政处罚法 24)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from zhifa.accounts.models import Person
from zhifa.cases.models import Case
from zhifa.kernel import clock
from zhifa.kernel.errors import AgainstLaw, NotFound
from zhifa.kernel.page import address
from zhifa.kernel.wiring import Panel
from zhifa.law.competence import affected_by_recall
from zhifa.procedure import selectors as procedure
from zhifa.registry import selectors as registry
from zhifa.registry.models import CompetenceAssignment
from zhifa.registry.selectors.powers import assignment

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Touched:
    """A running case under an assignment, as its reader may see it."""

    number: str
    cause: str
    phase: str
    address: str


def running_under(row: CompetenceAssignment, on: date) -> list[Case]:
    """The cases that run on the strength of the assignment: of its body, powers and areas, filed
    (or received) on a day on which that very assignment gave the power."""
    pairs: dict[str, Case] = {}
    resolved: dict[tuple[str, str, date], str] = {}
    running = []
    for case in _candidates(row):
        day = case.filed_on or case.received_on
        key = (case.power, case.region_code, day)
        if key not in resolved:
            resolved[key] = _under(*key, body=row.agency_code)
        pairs[str(case.pk)] = case
        running.append((str(case.pk), resolved[key]))
    return [pairs[id] for id in affected_by_recall(assignment(row), running)]


def _candidates(row: CompetenceAssignment) -> QuerySet[Case]:
    of_field = [c.rule.code for c in registry.powers() if c.rule.field in row.powers]
    powers = Q(power__in=[*row.powers, *of_field])
    cases = Case.objects.filter(powers, region_code__in=row.areas, closed_on__isnull=True)
    bodies = {row.agency_code, row.in_name_of}
    return cases.filter(agency_code__in=bodies).order_by("received_on", "pk")


def _under(power: str, region: str, day: date, *, body: str) -> str:
    try:
        return registry.competence(power, region, day, body=body).assignment.id
    except (AgainstLaw, NotFound):
        return ""


def recall_panel(person: Any, thing: Any) -> Panel | None:
    """The running cases on the page of an assignment; how many, and those that one may read."""
    if not isinstance(person, Person) or not isinstance(thing, CompetenceAssignment):
        return None
    on = clock.today()
    found = running_under(thing, on)
    if not found:
        return None
    actor = registry.actor(person.id, on)
    shown = found[:MOST_SHOWN]
    ids = [case.pk for case in shown]
    open_to = set(procedure.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    touched = [
        Touched(
            case.case_no or case.clue_no,
            case.cause,
            "已立案" if case.filed_on else "核查中",
            address("cases:detail", case.pk),
        )
        for case in shown
        if case.pk in open_to
    ]
    hidden = len(found) - len(touched)
    return Panel("cases/_recall.html", {"touched": touched, "hidden": hidden, "count": len(found)})
