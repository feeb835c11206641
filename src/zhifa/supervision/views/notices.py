"""Notices of supervision: proposed because of a warning, approved, sealed, delivered, answered,
evaluated, closed; each step by whoever owes it, on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhifa.accounts.access import person_required
from zhifa.cases.page import acting
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, Refused
from zhifa.kernel.factform import FactForm, fact_form, from_json
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, Told, address, leaf, page
from zhifa.kernel.page.shapes import Tone
from zhifa.law.actor import Duty
from zhifa.law.procedures import supervision as law
from zhifa.law.procedures.parts.approval import Approved
from zhifa.law.procedures.parts.paper import Sealed
from zhifa.law.standing import Done
from zhifa.law.warnings import RULES
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import Taken, save_draft
from zhifa.records import services as records
from zhifa.records.models import Document
from zhifa.registry import selectors as registry
from zhifa.supervision import scope, selectors, services
from zhifa.supervision.models import SupervisionNotice
from zhifa.supervision.selectors import Whole
from zhifa.supervision.views.readings import pdf

State = SupervisionNotice.State
TONES: dict[str, Tone] = {
    State.PROPOSED: "wait",
    State.DECLINED: "void",
    State.ISSUED: "now",
    State.DELIVERED: "soon",
    State.ANSWERED: "now",
    State.EVALUATED: "now",
    State.CLOSED: "done",
}
COLUMNS = (
    Column("number", "文号"),
    Column("agency", "被监督机关"),
    Column("case", "案件"),
    Column("state", "状态", "badge"),
    Column("proposed", "提出日期", "date"),
    Column("delivered", "送达日期", "date"),
    Column("answered", "答复日期", "date"),
)


@person_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of one's own body, and those that reached one's agency."""
    desk = enter(request)
    state = request.GET.get("state", "")
    found = leaf(request, selectors.notices(desk.actor, state=state), per=50)
    codes = {r.agency_code for r in found.items}
    names = {code: registry.agency(code).short_name for code in codes}
    rows = [
        Row(
            {
                "number": Cell(r.number or "尚未编号", below=_subject(r.rule)),
                "agency": names[r.agency_code],
                "case": r.case_no,
                "state": Badge(State(r.state).label, TONES[r.state]),
                "proposed": r.proposed_on,
                "delivered": r.delivered_on,
                "answered": r.answered_on,
            },
            address("supervision:notice", notice_id=r.matter_id),
        )
        for r in found.items
    ]
    empty = "没有符合条件的监督通知书。"
    return page(
        request,
        "supervision/notices.html",
        table=Table("监督通知书", COLUMNS, rows, empty=empty, quiet_caption=True),
        leaf=found,
        state=state,
        states=State.choices,
        tabs=scope.tabs(desk.actor),
    )


def _subject(rule: str) -> str:
    return RULES[rule].title if rule in RULES else "其他监督发现"


# --- proposing -------------------------------------------------------------------------------


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Propose a notice about a case; a warning fills in what it knows."""
    desk = enter(request)
    case = selectors.case(matter_id, desk.actor)
    if not scope.bodies(desk.actor):
        raise NotPermitted(
            "监督通知书由行政执法监督机关发出。", cites=law.BODY, code="not-a-supervision-body"
        )
    asked = request.POST.get("rule", "") or request.GET.get("rule", "")
    rule = RULES.get(asked)
    refusal: Refused | None = None
    if request.method == "POST":
        form = fact_form(law.Proposed, data=request.POST, initial=_known(rule), prefix="f")
        act_id = _uuid(request.POST.get("act_id", ""))
        if form.is_valid():
            facts = form.facts()
            try:
                taken = services.propose(
                    case_id=matter_id,
                    origin=facts.origin,
                    finding=facts.finding,
                    demand=facts.demand,
                    rule=rule.code if rule is not None else "",
                    by=desk.id,
                    on=desk.on,
                    act_id=act_id,
                )
            except Refused as no:
                refusal = no
            else:
                messages.success(request, "监督意见已经提出，等待审批。")
                return redirect("supervision:notice", notice_id=taken.matter_id)
    else:
        act_id = None
        initial = _known(rule) | _suggested(matter_id, rule, desk)
        form = fact_form(law.Proposed, initial=initial, prefix="f")
    form.known = []
    return page(
        request,
        "supervision/propose.html",
        status=refusal.status if refusal else 422 if form.is_bound else 200,
        case=case,
        number=selectors.case_number(case),
        agency=registry.agency(case.agency_code).full_name,
        rule=rule,
        form=form,
        on=desk.on,
        act_id=act_id or acting.new_act(),
        refusal=refusal,
    )


def _known(rule: Any) -> dict[str, Any]:
    cites = rule.cites if rule is not None else law.HOW
    return {
        "case": "案件",
        "agency": "机关",
        "rule": rule.code if rule is not None else "",
        "bases": [c.key for c in cites],
    }


def _suggested(matter_id: UUID, rule: Any, desk: Desk) -> dict[str, Any]:
    if rule is None:
        return {"origin": law.Origin.OTHER.value}
    found = [w.words for w in selectors.warnings_of(matter_id, desk.on) if w.rule == rule.code]
    return {
        "origin": law.Origin.WARNING.value,
        "finding": "。\n".join((*found, "")) if found else "",
        "demand": f"{rule.advice}。",
    }


# --- one notice ------------------------------------------------------------------------------

Taker = Callable[..., Taken]


@dataclass(frozen=True, slots=True)
class Taking:
    """A step as the page takes it: its facts, its service, and what is said afterwards."""

    facts: type[Any]
    take: Taker
    said: str
    words: str = ""


STEPS: dict[str, Taking] = {
    "approve": Taking(Approved, services.approve, "监督通知书已经批准，等待用印。", "同意发出。"),
    "decline": Taking(law.Declined, services.decline, "已决定不发出监督通知书。"),
    "document.seal": Taking(Sealed, records.seal, "监督通知书已经用印，等待送达。"),
    "deliver": Taking(law.Delivered, services.deliver, "监督通知书已经送达，答复期限开始计算。"),
    "answer": Taking(law.Answered, services.answer, "答复已经提交，等待监督机关评估。"),
    "evaluate": Taking(law.Evaluated, services.evaluate, "答复已经评估。"),
    "close": Taking(law.Ended, services.close, "监督事项已经办结。"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A step on the page: who may take it, and its form where this person may."""

    code: str
    next: Any
    form: FactForm | None
    duties: str


@person_required
@require_safe
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice: what it says, what is owed by whom, how it went."""
    desk = enter(request)
    return _page(request, desk, selectors.notice(notice_id, desk.actor, desk.on))


@person_required
@require_safe
def paper(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The notice as a file, sealed where it is sealed."""
    desk = enter(request)
    selectors.notice(notice_id, desk.actor, desk.on)
    found = Document.objects.filter(matter_id=notice_id, kind="supervision_notice").first()
    if found is None:
        raise NotFound("监督通知书还没有形成。", code="no-such-document")
    return pdf(found)


@person_required
@require_POST
def act(request: HttpRequest, notice_id: UUID, step: str) -> HttpResponse:
    """Take one of its steps. What was filled in is kept until the step is done."""
    taking = STEPS.get(step)
    if taking is None:
        raise NotFound("没有这一步。", code="no-such-step")
    desk = enter(request)
    whole = selectors.notice(notice_id, desk.actor, desk.on)
    given: dict[str, Any] = {
        "by": desk.id,
        "on": desk.on,
        "act_id": _uuid(request.POST.get("act_id", "")),
        "seen": _number(request.POST.get("seen", "")),
    }
    if step == "document.seal":
        if whole.row.document_id is None:
            raise NotFound("监督通知书还没有形成。", code="no-such-document")
        records.seal(matter_id=notice_id, document_id=whole.row.document_id, **given)
        return _done(request, notice_id, taking)
    form = _form(whole, step, desk, request)
    if whole.view.step(step).mine:
        save_draft(person_id=desk.id, matter_id=notice_id, step=step, content=form.as_json())
    else:
        acting.refuse_closed(whole.view, whole.view.step(step), None)
    if not form.is_valid():
        return _page(request, desk, whole, {step: form}, status=422)
    try:
        taking.take(notice_id=notice_id, facts=form.facts(), **given)
    except Refused as no:
        field = getattr(no, "field", None)
        if not field and not isinstance(no, BadInput):
            raise
        form.refuse(field or "", no.message)
        return _page(request, desk, whole, {step: form}, status=422)
    return _done(request, notice_id, taking)


def _done(request: HttpRequest, notice_id: UUID, taking: Taking) -> HttpResponse:
    messages.success(request, taking.said)
    return redirect("supervision:notice", notice_id=notice_id)


def _form(whole: Whole, step: str, desk: Desk, request: HttpRequest | None = None) -> FactForm:
    taking = STEPS[step]
    initial = {"opinion": taking.words} if taking.words else None
    given: dict[str, Any] = {"initial": initial, "prefix": "f"}
    if request is not None:
        return fact_form(taking.facts, data=request.POST, **given)
    kept = matters.draft(desk.id, whole.row.matter_id, step)
    return from_json(taking.facts, kept, **given) if kept else fact_form(taking.facts, **given)


def _page(
    request: HttpRequest,
    desk: Desk,
    whole: Whole,
    given: dict[str, FactForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    main: list[Shown] = []
    rest: list[Shown] = []
    for found in whole.view.steps:
        code = found.step.code
        if not found.open:
            continue
        form = (given or {}).get(code)
        if form is None and found.mine and code != "document.seal":
            form = _form(whole, code, desk)
        duties = "或者".join(d.label for d in found.step.who.duties)
        if found.step.who.at is not None:
            duties = f"被监督机关的{duties}"
        (main if found.main else rest).append(Shown(code, found, form, duties))
    run = whole.view.standing.term("supervision.answer")
    s = whole.view.standing
    return page(
        request,
        "supervision/notice.html",
        status=status,
        whole=whole,
        row=whole.row,
        on=desk.on,
        badge=Badge(State(whole.row.state).label, TONES[whole.row.state]),
        subject=_subject(whole.row.rule),
        main=main,
        rest=[s for s in rest if s.next.mine],
        run=run if run is not None and run.running else None,
        answered=s.last("answer"),
        evaluated=s.last("evaluate"),
        ended=s.last("close", "decline"),
        act_id=acting.new_act(),
        told=[_told(whole, d) for d in reversed(s.history)],
        may_read=bool(scope.bodies(desk.actor)),
    )


def _told(whole: Whole, d: Done) -> Told:
    step = whole.view.procedure.steps[d.step]
    duty = Duty(d.duty).label if d.duty else ""
    return Told(d.on, d.actor_name, step.told, duty, late=d.reason)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
