"""Reading what supervision holds: warnings by level, notices, the log, and a case under reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Value, When

from zhifa.cases.models import Case
from zhifa.kernel.errors import NotFound
from zhifa.law.actor import Actor
from zhifa.law.procedures.supervision import Proposed
from zhifa.law.warnings import RULES, Level, WarningRule
from zhifa.procedure import selectors as matters
from zhifa.procedure.selectors import View
from zhifa.registry import selectors as registry
from zhifa.supervision import scope
from zhifa.supervision.models import CaseWarning, Reading, SupervisionNotice

RANK = {Level.WATCH: 1, Level.NEAR: 2, Level.OVER: 3, Level.GRAVE: 4}
BY_RANK = {n: level for level, n in RANK.items()}


def warnings(
    actor: Actor, on: date, *, rule: str = "", level: str = "", agency: str = "", state: str = ""
) -> QuerySet[Any]:
    """The warnings that a supervisor sees on the day, gravest first, with `rank` and `noticed`.

    Without a state, those that go on; "ended" gives what was put right too late, "all" both.
    """
    rows = at_level(CaseWarning.objects.filter(scope.supervised(actor), begins_on__lte=on), on)
    if state == "ended":
        rows = rows.filter(ended_on__isnull=False)
    elif state != "all":
        rows = rows.filter(ended_on__isnull=True)
    if rule in RULES:
        rows = rows.filter(rule=rule)
    if level in [x.value for x in Level]:
        rows = rows.filter(rank=RANK[Level(level)])
    if agency:
        rows = rows.filter(agency_code=agency)
    sent = SupervisionNotice.objects.filter(
        case_matter_id=OuterRef("matter_id"), rule=OuterRef("rule")
    ).exclude(state=SupervisionNotice.State.DECLINED)
    shown: QuerySet[Any] = rows.annotate(noticed=Exists(sent))
    return shown.order_by("-rank", "begins_on", "id")


def at_level(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Warnings with the rank of their level on the day: 1 mildest, 4 gravest."""
    cases = [
        When(**{f"{level.value}_on__lte": on}, then=Value(RANK[level]))
        for level in reversed(list(Level))
    ]
    ranked: QuerySet[Any] = rows.annotate(
        rank=models.Case(*cases, default=Value(0), output_field=IntegerField())
    )
    return ranked


def rule_of(warning: CaseWarning) -> WarningRule:
    """The rule that found it."""
    return RULES[warning.rule]


def case(matter_id: UUID, actor: Actor) -> Case:
    """A case that the person supervises; `NotFound` otherwise, without saying which."""
    area = scope.area(actor)
    rows = Case.objects.filter(area) if area is not None else Case.objects.none()
    found = rows.select_related("matter").filter(matter_id=matter_id).first()
    if found is None:
        raise NotFound("没有找到这件案件，或者不在您的监督范围内。", code="no-such-case")
    return found


def case_number(case: Case) -> str:
    """The case's number, before its filing that of the clue."""
    return case.case_no or case.clue_no


def warnings_of(matter_id: UUID, on: date) -> list[CaseWarning]:
    """All the warnings of one case on the day, gravest first."""
    rows = CaseWarning.objects.filter(matter_id=matter_id, begins_on__lte=on)
    return list(at_level(rows, on).order_by("-rank", "begins_on", "id"))


def readings(actor: Actor) -> QuerySet[Reading]:
    """The log of reading, newest first."""
    return Reading.objects.filter(scope.log(actor)).order_by("-read_at", "id")


def reading(reading_id: UUID, actor: Actor, on: date) -> Reading:
    """A reading by this very person, good on the day on which its purpose was stated."""
    found = Reading.objects.filter(id=reading_id, person_id=actor.id, read_on=on).first()
    if found is None:
        raise NotFound("没有找到这次调阅，或者调阅已经过期，请重新写明目的。", code="no-reading")
    return found


def notices(actor: Actor, *, state: str = "") -> QuerySet[SupervisionNotice]:
    """The notices that a person may read, newest first; without a state, those that go on."""
    rows = SupervisionNotice.objects.filter(scope.notices(actor))
    done = (SupervisionNotice.State.CLOSED, SupervisionNotice.State.DECLINED)
    if state in SupervisionNotice.State.values:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.exclude(state__in=done)
    return rows.order_by("-proposed_on", "-matter_id")


def delivered(case_matter_id: UUID) -> QuerySet[SupervisionNotice]:
    """What reached the agency about a case, for the case's own page."""
    return SupervisionNotice.objects.filter(
        case_matter_id=case_matter_id, delivered_on__isnull=False
    ).order_by("delivered_on", "matter_id")


@dataclass(frozen=True)
class Whole:
    """One notice as one person sees it on one day."""

    row: SupervisionNotice
    view: View
    proposed: Proposed
    recipient: str
    body: str


def notice(notice_id: UUID, actor: Actor, on: date) -> Whole:
    """One notice, if the person may read it; `NotFound` otherwise, without saying which."""
    rows = SupervisionNotice.objects.filter(scope.notices(actor)).select_related("matter")
    row = rows.filter(matter_id=notice_id).first()
    if row is None:
        raise NotFound("没有找到这件监督事项，或者您无权查看。", code="no-such-notice")
    view = matters.view(row.matter, UUID(actor.id), on)
    made = view.standing.latest(Proposed)
    assert made is not None
    names = [registry.agency(code).full_name for code in (row.agency_code, row.body_code)]
    return Whole(row, view, made, *names)
