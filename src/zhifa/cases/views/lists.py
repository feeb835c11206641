"""The list of cases, and of clues that are not decided yet: filtered, sorted, exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.cases.models import Case
from zhifa.cases.page.desk import Desk, enter
from zhifa.cases.views.home import remaining
from zhifa.kernel.page import (
    Badge,
    Column,
    Row,
    Table,
    address,
    csv_response,
    leaf,
    page,
    sorting,
)
from zhifa.kernel.page.shapes import Tone
from zhifa.law.procedure import Phase
from zhifa.law.procedures.penalty.later import OutcomeKind
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import RunningTerm
from zhifa.registry import selectors as registry

SORTS = {
    "number": ("case_no", "clue_no"),
    "cause": ("cause",),
    "party": ("party_name",),
    "received": ("received_on",),
    "filed": ("filed_on",),
    "moved": ("matter__last_on",),
}
LONGEST = 100
MOST_ROWS = 20_000


@person_required
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that the person may read."""
    return _list(request, "案件", clues=False)


@person_required
@require_safe
def clues(request: HttpRequest) -> HttpResponse:
    """Clues: received, being verified, filed or not."""
    return _list(request, "线索", clues=True)


def _list(request: HttpRequest, title: str, *, clues: bool) -> HttpResponse:
    desk = enter(request)
    visible = matters.visible_to(desk.actor)
    rows = Case.objects.filter(matter__in=visible).select_related("matter")
    rows = rows.filter(case_no__isnull=clues)
    rows = _filtered(request, desk, rows)
    order = sorting(request, SORTS, default="-received", last="matter_id")
    rows = rows.order_by(*order.order)
    if request.GET.get("format") == "csv":
        return cast("HttpResponse", _csv(title, rows))
    found = leaf(request, rows, per=50)
    due = _due([c.matter_id for c in found.items])
    calendar = registry.calendar(desk.on)
    table = Table(
        title,
        _columns(clues),
        [_row(case, due.get(case.matter_id), desk, calendar) for case in found.items],
        empty=f"没有符合条件的{title}。",
        sorted_by=order.column,
        descending=order.descending,
        quiet_caption=True,
    )
    return page(
        request,
        "cases/list.html",
        block="list",
        desk=desk,
        title=title,
        clues=clues,
        table=table,
        leaf=found,
        phases=[(p.value, p.label) for p in Phase],
        powers=[(c.rule.code, c.rule.name) for c in registry.powers(desk.agency, on=desk.on)],
        asked=request.GET,
        filtered=any(request.GET.get(k) for k in ("q", "phase", "year", "power", "mine")),
    )


def worded(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    """The cases whose number, cause or party has the words."""
    return rows.filter(
        Q(case_no__icontains=text)
        | Q(clue_no__icontains=text)
        | Q(cause__icontains=text)
        | Q(party_name__icontains=text)
    )


def _filtered(request: HttpRequest, desk: Desk, rows: QuerySet[Case]) -> QuerySet[Case]:
    asked = request.GET
    text = asked.get("q", "").replace("\0", "").strip()[:LONGEST]
    if text:
        rows = worded(rows, text)
    if (phase := asked.get("phase", "")) in {p.value for p in Phase}:
        rows = rows.filter(matter__phase=phase)
    year = asked.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4 and int(year) > 0:
        rows = rows.filter(received_on__year=int(year))
    if power := asked.get("power", "").replace("\0", "")[:LONGEST]:
        rows = rows.filter(power=power)
    if asked.get("mine") == "1":
        rows = rows.filter(matter__handlers__contains=[desk.actor.id])
    if asked.get("open") == "1":
        rows = rows.filter(matter__closed=False)
    return rows


def _columns(clues: bool) -> list[Column]:
    return [
        Column("number", "案源编号" if clues else "案号", sorts=True),
        Column("cause", "内容" if clues else "案由", sorts=True),
        Column("party", "当事人", sorts=True),
        Column("phase", "阶段", "badge"),
        Column("received", "收到日期", "date", sorts=True)
        if clues
        else Column("filed", "立案日期", "date", sorts=True),
        Column("due", "最近期限", "badge"),
    ]


def _row(case: Case, due: RunningTerm | None, desk: Desk, calendar: Any) -> Row:
    badge: Badge | str = ""
    tone: Tone = "plain"
    if due is not None:
        words, tone = remaining(due.due_on, desk.on, calendar)
        badge = Badge(words, tone)
    phase = Phase(case.matter.phase).label
    return Row(
        {
            "number": case.case_no or case.clue_no,
            "cause": case.cause or case.matter.title,
            "party": case.party_name,
            "phase": _state(case, phase),
            "filed": case.filed_on,
            "received": case.received_on,
            "due": badge,
        },
        address=address("cases:detail", matter_id=case.matter_id),
        tone="late" if tone == "late" else "plain",
    )


def _state(case: Case, phase: str) -> Badge:
    """The phase, and that the decision no longer stands as it was made."""
    words = "已办结" if case.matter.closed else phase
    if case.outcome:
        return Badge(f"{words}·决定已{SHORT[OutcomeKind(case.outcome)]}", "plain")
    return Badge(words, "done" if case.matter.closed else "now")


SHORT = {
    OutcomeKind.ANNULLED: "撤销",
    OutcomeKind.ANNULLED_REDO: "撤销",
    OutcomeKind.REVOKED: "撤销",
    OutcomeKind.PARTLY: "部分撤销",
    OutcomeKind.CHANGED: "变更",
    OutcomeKind.ILLEGAL: "确认违法",
    OutcomeKind.VOID: "确认无效",
}


def _due(ids: list[Any]) -> dict[Any, RunningTerm]:
    """The agency's soonest running term of each matter. One query."""
    rows = RunningTerm.objects.filter(
        matter_id__in=ids, stopped_on__isnull=True, addressee="agency"
    ).order_by("matter_id", "due_on", "id")
    found: dict[Any, RunningTerm] = {}
    for row in rows:
        found.setdefault(row.matter_id, row)
    return found


def _csv(title: str, rows: QuerySet[Case]) -> StreamingHttpResponse:
    days = ("收到日期", "立案日期", "决定日期", "结案日期")
    header = ("案号", "案源编号", "案由", "当事人", "阶段", *days)

    def lines() -> Iterator[tuple[Any, ...]]:
        for case in rows[:MOST_ROWS].iterator(chunk_size=1000):
            yield (
                case.case_no,
                case.clue_no,
                case.cause or case.matter.title,
                case.party_name,
                Phase(case.matter.phase).label,
                case.received_on,
                case.filed_on,
                case.decided_on,
                case.closed_on,
            )

    return csv_response(f"{title}.csv", header, lines())
