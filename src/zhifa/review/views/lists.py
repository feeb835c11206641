"""The reviews that wait and those concluded, by state and by reviewer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.accounts.models import Person
from zhifa.cases.models import Case
from zhifa.cases.page.desk import enter
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, address, leaf, page, sorting
from zhifa.kernel.page.shapes import Tone
from zhifa.kernel.page.words import remaining
from zhifa.law.procedures.penalty.later import ReviewKind
from zhifa.procedure.models import RunningTerm
from zhifa.review import selectors
from zhifa.review.models import Review

TONES: dict[str, Tone] = {"OPEN": "now", "PASSED": "done", "RETURNED": "soon"}
SORTS = {"submitted": ("submitted_on",), "round": ("round",), "state": ("state",)}
COLUMNS = (
    Column("case", "案件"),
    Column("kind", "审核类别"),
    Column("round", "次数", "number", sorts=True),
    Column("submitted", "送审日期", "date", sorts=True),
    Column("reviewer", "审核人"),
    Column("state", "状态", "badge", sorts=True),
    Column("due", "审核期限", "badge"),
)


@person_required
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The list."""
    desk = enter(request)
    asked = request.GET
    rows = selectors.visible_to(desk.actor)
    state = asked.get("state", "OPEN")
    if state in Review.State.values:
        rows = rows.filter(state=state)
    if asked.get("mine") == "1":
        rows = rows.filter(reviewer_id=desk.id)
    text = asked.get("q", "").replace("\0", "").strip()[:100]
    if text:
        rows = rows.filter(matter__title__icontains=text)
    order = sorting(request, SORTS, default="submitted", last="matter_id")
    found = leaf(request, rows.order_by(*order.order), per=50)
    table = Table(
        "审核",
        COLUMNS,
        _rows(found.items, desk.on),
        empty="没有符合条件的审核。",
        sorted_by=order.column,
        descending=order.descending,
        quiet_caption=True,
    )
    return page(
        request,
        "review/list.html",
        block="list",
        table=table,
        leaf=found,
        asked=asked,
        state=state,
        states=Review.State.choices,
    )


def _rows(items: tuple[Review, ...], on: Any) -> list[Row]:
    cases: dict[UUID, Case] = Case.objects.in_bulk([r.case_matter_id for r in items])
    names = dict(
        Person.objects.filter(id__in=[r.reviewer_id for r in items]).values_list("id", "name")
    )
    dues = dict(
        RunningTerm.objects.filter(
            matter_id__in=[r.matter_id for r in items], code="review", stopped_on__isnull=True
        ).values_list("matter_id", "due_on")
    )
    shown = []
    for r in items:
        case, due = cases.get(r.case_matter_id), dues.get(r.matter_id)
        badge: Badge | str = ""
        late = False
        if due is not None:
            late = due < on
            tone: Tone = "late" if late else "soon" if (due - on).days <= 3 else "plain"
            badge = Badge(remaining(due, on), tone)
        shown.append(
            Row(
                {
                    "case": Cell(
                        case.cause if case is not None else r.matter.title,
                        below=f"{case.case_no or ''}　{case.party_name}"
                        if case is not None
                        else "",
                    ),
                    "kind": ReviewKind(r.kind).label,
                    "round": r.round,
                    "submitted": r.submitted_on,
                    "reviewer": names.get(r.reviewer_id, "") if r.reviewer_id else "",
                    "state": Badge(Review.State(r.state).label, TONES[r.state]),
                    "due": badge,
                },
                address=address("review:detail", review_id=r.matter_id),
                tone="late" if late else "plain",
            )
        )
    return shown
