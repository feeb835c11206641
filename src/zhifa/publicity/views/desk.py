"""The publishing desk: what is owed and until when; the notice beside its original; each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from zhifa.accounts.access import person, person_required
from zhifa.kernel import clock, ids
from zhifa.kernel.errors import BadInput, NotFound
from zhifa.kernel.factform import FactForm, fact_form, from_json
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, Told, address, leaf, page
from zhifa.kernel.page.shapes import Tone
from zhifa.kernel.page.words import remaining
from zhifa.law import publishing
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures import publication as law
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import Taken, save_draft
from zhifa.publicity import selectors, services
from zhifa.publicity.models import Publication
from zhifa.publicity.selectors import Whole
from zhifa.registry import selectors as registry
from zhifa.registry.models import PartyKind

State = Publication.State
TONES: dict[str, Tone] = {
    State.OPEN: "wait",
    State.RULED: "now",
    State.DRAFTED: "now",
    State.PUBLIC: "done",
    State.DECLINED: "plain",
    State.WITHDRAWN: "void",
}
COLUMNS = (
    Column("number", "决定书文号"),
    Column("cause", "案由"),
    Column("state", "状态", "badge"),
    Column("decided", "决定日期", "date"),
    Column("due", "公示期限", "date"),
    Column("left", "剩余"),
)


@person_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The duties to publish and to take down, soonest due first."""
    on = clock.today()
    actor = registry.actor(person(request).id, on)
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:60]
    shown = leaf(request, selectors.listed(actor, state=state, text=text), per=50)
    names = {str(a.organ_id): a.short_name for a in registry.agencies(on)}
    rows = [_row(p, on, names) for p in shown.items]
    empty = "没有待办的公示事项。" if not state and not text else "没有符合条件的公示事项。"
    return page(
        request,
        "publicity/desk.html",
        table=Table("公示事项", COLUMNS, rows, empty=empty, quiet_caption=True),
        leaf=shown,
        states=State.choices,
        state=state,
        text=text,
    )


def _row(p: Any, on: date, names: dict[str, str]) -> Row:
    left: Any = ""
    tone: Tone = "plain"
    if p.due_on is not None:
        days = (p.due_on - on).days
        tone = "late" if days < 0 else "plain"
        left = Badge(
            remaining(p.due_on, on), "late" if days < 0 else "soon" if days <= 2 else "plain"
        )
    return Row(
        {
            "number": p.number,
            "cause": Cell(p.cause, names.get(p.agency_code, "")),
            "state": Badge(State(p.state).label, TONES[p.state]),
            "decided": p.decided_on,
            "due": p.due_on,
            "left": left,
        },
        address("publicity:publication", p.matter_id),
        tone,
    )


@person_required
@require_safe
def publication(request: HttpRequest, publication_id: UUID) -> HttpResponse:
    """One publication: the step that is owed and who owes it, the notice beside the original."""
    return _page(request, _whole(request, publication_id))


@person_required
@require_POST
def act(request: HttpRequest, publication_id: UUID, step: str) -> HttpResponse:
    """Take one of its steps. What was filled in is kept until the step is done."""
    taking = STEPS.get(step)
    if taking is None:
        raise NotFound("没有这一步。", code="no-such-step")
    whole = _whole(request, publication_id)
    form = _form(whole, step, request)
    by = person(request).id
    save_draft(person_id=by, matter_id=publication_id, step=step, content=form.as_json())
    if not form.is_valid():
        return _page(request, whole, {step: form}, status=200 if form.adds else 422)
    try:
        taking.take(
            request,
            whole,
            form.facts(),
            {
                "publication_id": publication_id,
                "by": by,
                "on": clock.today(),
                "act_id": _uuid(request.POST.get("act_id", "")),
                "seen": _number(request.POST.get("seen", "")),
            },
        )
    except BadInput as no:
        form.refuse(no.field or "", no.message)
        return _page(request, whole, {step: form}, status=422)
    messages.success(request, taking.said)
    return redirect("publicity:publication", publication_id)


WORDS = {
    "party_kind": [(k.value, str(k.label)) for k in PartyKind],
    "kinds": [(k.value, k.label) for k in PenaltyKind],
}
"""What keys mean that the house fills in."""


# --- the steps -------------------------------------------------------------------------------

Taker = Callable[[HttpRequest, Whole, Any, dict[str, Any]], Taken]


@dataclass(frozen=True, slots=True)
class Taking:
    """A step as the desk takes it: its facts, its service, and what is said afterwards."""

    facts: type[Any]
    take: Taker
    said: str


def _plain(service: Callable[..., Taken]) -> Taker:
    return lambda _request, _whole, facts, given: service(facts=facts, **given)


def _release(request: HttpRequest, whole: Whole, _facts: Any, given: dict[str, Any]) -> Taken:
    kept = []
    for n, left in enumerate(whole.left):
        reason = request.POST.get(f"keep-{n}", "").strip()
        if reason and request.POST.get(f"words-{n}", "") == left.words:
            kept.append(law.Kept(words=left.words[:200], reason=reason[:300]))
    return services.release(notice=request.POST.get("read", "")[:64], kept=kept, **given)


STEPS: dict[str, Taking] = {
    "rule.propose": Taking(
        law.RulingProposed, _plain(services.propose_ruling), "公示裁定已经提出，等待审核。"
    ),
    "rule.confirm": Taking(
        law.RulingConfirmed, _plain(services.confirm_ruling), "公示裁定已经生效。"
    ),
    "rule.return": Taking(law.SentBack, _plain(services.return_ruling), "公示裁定已经退回。"),
    "draft": Taking(law.NoticeDrafted, _plain(services.draft), "公示内容已经拟定，等待审核发布。"),
    "draft.return": Taking(law.SentBack, _plain(services.return_draft), "公示内容已经退回。"),
    "release": Taking(law.NoticeReleased, _release, "公示已经发布。"),
    "decline": Taking(law.NotPublished, _plain(services.decline), "已决定不予公示。"),
    "withdraw": Taking(law.NoticeWithdrawn, _plain(services.withdraw), "公示已经撤下。"),
}


def _form(whole: Whole, step: str, request: HttpRequest | None = None) -> FactForm:
    cls, initial = STEPS[step].facts, _initial(whole, step)
    kept = matters.draft(UUID(whole.view.actor.id), whole.row.matter_id, step)
    given: dict[str, Any] = {"choices": WORDS, "initial": initial, "prefix": "f"}
    if request is not None:
        form = fact_form(cls, data=request.POST, **given)
    elif kept:
        form = from_json(cls, kept, **given)
    else:
        form = fact_form(cls, **given)
    form.known = [k for k in form.known if k.name != "nonce"]
    return form


def _initial(whole: Whole, step: str) -> Any:
    if step == "draft":
        return whole.notice
    if step == "rule.propose":
        last = whole.view.standing.last("rule.propose")
        return (
            last.facts
            if last is not None
            else law.RulingProposed(regime=law.Regime.PLAN, ruling=_asked(whole).ruling)
        )
    if step == "release":
        return law.NoticeReleased(notice="0", record="0")
    if step == "decline" and whole.ruling is not None:
        return law.NotPublished(ground=whole.ruling.reason)
    if step == "withdraw":
        noted = whole.view.standing.latest(law.OutcomeNoted)
        if noted is not None:
            return {
                "ground": noted.ground.value,
                "instrument": noted.instrument,
                "effective_on": noted.effective_on.isoformat(),
            }
    if step == "rule.confirm":
        return {"opinion": "同意。"}
    return None


def _asked(whole: Whole) -> publishing.Proposal:
    field = registry.agency(whole.row.agency_code).field
    return publishing.propose(frozenset(), field=field)


# --- the page --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A step on the page: who may take it, what blocks it, and its form where it may be taken."""

    code: str
    next: Any
    form: FactForm | None
    duties: str


def _page(
    request: HttpRequest,
    whole: Whole,
    given: dict[str, FactForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    main: list[Shown] = []
    rest: list[Shown] = []
    for found in whole.view.steps:
        code = found.step.code
        if code not in STEPS or not found.open:
            continue
        form = (given or {}).get(code)
        if form is None and found.mine:
            form = _form(whole, code)
        duties = "、".join(d.label for d in found.step.who.duties)
        (main if found.main else rest).append(Shown(code, found, form, duties))
    on = clock.today()
    return page(
        request,
        "publicity/publication.html",
        status=status,
        whole=whole,
        row=whole.row,
        on=on,
        badge=Badge(State(whole.row.state).label, TONES[whole.row.state]),
        main=main,
        rest=[s for s in rest if s.form is not None and s.code != "draft"],
        redraft=next((s for s in rest if s.code == "draft" and s.form is not None), None),
        left=whole.left if whole.row.state in (State.RULED, State.DRAFTED) else (),
        read=law.digest(whole.draft) if whole.draft is not None else "",
        asked=_asked(whole),
        act_id=ids.uuid7(),
        told=_told(whole),
        case_address=address("cases:detail", whole.row.case_matter_id),
    )


def _told(whole: Whole) -> list[Told]:
    steps = whole.view.procedure.steps
    return [
        Told(
            d.on,
            d.signed,
            steps[d.step].told,
            next((x.label for x in steps[d.step].who.duties if x.value == d.duty), ""),
            late=d.reason,
        )
        for d in whole.view.standing.history
    ]


def _whole(request: HttpRequest, publication_id: UUID) -> Whole:
    on = clock.today()
    return selectors.whole(publication_id, registry.actor(person(request).id, on), on)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
