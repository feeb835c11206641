"""The warnings of the area, gravest first, and what is to be done about one case."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from zhifa.accounts.access import person_required
from zhifa.cases.models import Case
from zhifa.cases.page.desk import enter
from zhifa.kernel.errors import BadInput
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, address, leaf, page
from zhifa.kernel.page.shapes import Tone
from zhifa.law.warnings import RULES, Level
from zhifa.registry import selectors as registry
from zhifa.supervision import scope, selectors, services
from zhifa.supervision.models import CaseWarning

TONES: dict[Level, Tone] = {
    Level.WATCH: "now",
    Level.NEAR: "wait",
    Level.OVER: "soon",
    Level.GRAVE: "late",
}
COLUMNS = (
    Column("level", "级别", "badge"),
    Column("rule", "预警"),
    Column("case", "案件"),
    Column("agency", "机关"),
    Column("since", "起始日", "date"),
    Column("state", "处理", "badge"),
)
STATES = (("", "持续中"), ("ended", "已补正"), ("all", "全部"))


@person_required
@require_safe
def warnings(request: HttpRequest) -> HttpResponse:
    """The list; whoever answers for an agency is led to the notices that reached it."""
    desk, asked = enter(request), request.GET
    if scope.area(desk.actor) is None and scope.answers(desk.actor):
        return redirect("supervision:notices")
    filters = {k: asked.get(k, "")[:40] for k in ("rule", "level", "agency", "state")}
    rows = selectors.warnings(desk.actor, desk.on, **filters)
    found = leaf(request, rows, per=50)
    agencies = registry.agencies(desk.on)
    names = {str(a.organ_id): a.short_name for a in agencies}
    return page(
        request,
        "supervision/warnings.html",
        block="list",
        table=Table(
            "预警",
            COLUMNS,
            _rows(found.items, names),
            empty="没有符合条件的预警。",
            quiet_caption=True,
        ),
        leaf=found,
        filters=filters,
        rules=[(r.code, r.title) for r in RULES.values()],
        levels=[(level.value, level.label) for level in Level],
        agencies=list(names.items()) if _wide(desk.actor) else [],
        states=STATES,
        tabs=scope.tabs(desk.actor),
    )


def badge(warning: CaseWarning) -> Badge:
    """The level of a warning that was asked for with its rank."""
    level = selectors.BY_RANK[getattr(warning, "rank", 1)]
    return Badge(level.label, TONES[level])


def _wide(actor: Any) -> bool:
    return bool(scope.bodies(actor))


def _rows(items: tuple[Any, ...], names: dict[str, str]) -> list[Row]:
    cases = Case.objects.in_bulk([w.matter_id for w in items])
    rows = []
    for w in items:
        case = cases.get(w.matter_id)
        number = selectors.case_number(case) if case is not None else ""
        if w.ended_on is not None:
            state = Badge("已补正", "void")
        else:
            state = Badge("已发通知书", "done") if w.noticed else Badge("待处理", "wait")
        rows.append(
            Row(
                {
                    "level": badge(w),
                    "rule": Cell(selectors.rule_of(w).title, below=w.words),
                    "case": Cell(
                        number, address=address("supervision:case", matter_id=w.matter_id)
                    ),
                    "agency": names.get(w.agency_code, w.agency_code),
                    "since": w.begins_on,
                    "state": state,
                },
                tone="late" if getattr(w, "rank", 0) == len(TONES) else "plain",
            )
        )
    return rows


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """A case's warnings; whoever wants to read the file states a purpose, which is recorded."""
    desk = enter(request)
    found = selectors.case(matter_id, desk.actor)
    refusal: BadInput | None = None
    if request.method == "POST":
        try:
            made = services.open_reading(
                case_id=matter_id,
                purpose=request.POST.get("purpose", ""),
                by=desk.id,
                on=desk.on,
            )
            return redirect("supervision:reading", reading_id=made.id)
        except BadInput as no:
            refusal = no
    return page(
        request,
        "supervision/case.html",
        status=refusal.status if refusal is not None else 200,
        case=found,
        number=selectors.case_number(found),
        agency=registry.agency(found.agency_code).full_name,
        on=desk.on,
        warnings=told(matter_id, desk.on),
        may_notify=bool(scope.bodies(desk.actor)),
        purpose=request.POST.get("purpose", "")[:200].replace("\0", ""),
        refusal=refusal,
    )


def told(matter_id: UUID, on: date) -> list[dict[str, Any]]:
    """The warnings of a case with rule and badge, for its pages."""
    return [
        {"row": w, "rule": selectors.rule_of(w), "badge": badge(w)}
        for w in selectors.warnings_of(matter_id, on)
    ]
