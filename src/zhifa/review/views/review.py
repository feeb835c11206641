"""One review: the proposal whole, what was sent, what changed, and the eight points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhifa.accounts.access import person_required
from zhifa.cases.page import acting, proposing
from zhifa.cases.page.acting import Sent
from zhifa.cases.page.case import CasePage, open_case
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel.errors import BadInput, NotPermitted, Refused, WrongStep
from zhifa.kernel.factform import FactForm, fact_form
from zhifa.kernel.page import page
from zhifa.law.actor import Duty
from zhifa.law.guards import Attempt, Refusal
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.procedures.penalty.proposal import of_digest
from zhifa.law.procedures.review import Assigned, Extended, Submitted
from zhifa.law.standing import TermRun
from zhifa.law.team import handlers
from zhifa.procedure import selectors as matters
from zhifa.procedure.acting import raise_refusal
from zhifa.procedure.selectors import View
from zhifa.procedure.services import Taken, save_draft
from zhifa.procedure.setting import gather
from zhifa.registry import selectors as registry
from zhifa.review import selectors, services
from zhifa.review.forms import OpinionForm
from zhifa.review.models import Review

ACTS = {"conclude": "pass", "assign": "assign", "extend": "extend"}


class Opened:
    """A review as one person opens it, with its case."""

    def __init__(self, desk: Desk, review_id: UUID) -> None:
        self.desk = desk
        self.row: Review = selectors.visible(review_id, desk.actor)
        self.view: View = matters.view(self.row.matter, desk.id, desk.on)
        self.case: CasePage = open_case(desk, self.row.case_matter_id)
        found = of_digest(self.case.standing, self.row.proposal)
        self.about = proposing.of_proposal(self.case, found[1] if found else None)
        self.submitted = self.view.standing.latest(Submitted)

    @property
    def is_open(self) -> bool:
        """Whether it waits for its conclusion."""
        return self.row.state == Review.State.OPEN

    @property
    def running(self) -> TermRun | None:
        """The term of the review, while it runs."""
        run = self.view.standing.term("review")
        return run if run is not None and run.running else None

    def barred(self) -> Refusal | None:
        """Why this person may not conclude it: of the review itself, or of its case."""
        own = self.view.step("pass")
        if own.may is not None:
            return own.may
        s = self.case.standing
        actor, setting = gather(self.case.case.matter, s, by=self.desk.id, on=self.desk.on)
        attempt = Attempt("review.pass", self.desk.on, actor, setting)
        if (no := PENALTY_ORDINARY.may(s, attempt)) is not None:
            return no
        unmet = [
            c
            for c in (*own.checks, *PENALTY_ORDINARY.checklist(s, attempt))
            if c.no is not None and self.is_open
        ]
        if not unmet or unmet[0].no is None:
            return None
        check, why = unmet[0], unmet[0].no
        return Refusal("person", check.guard.code, why.reason, check.guard.cites, why.remedy)

    def reviewers(self) -> list[tuple[str, str]]:
        """Who may be named: reviewers of the agency who do not handle the case."""
        team = handlers(self.case.standing)
        found: list[tuple[str, str]] = []
        for duty in (Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD):
            for h in registry.people_with(duty, self.row.agency_code, self.desk.on):
                if h.id not in team and h.id not in dict(found):
                    found.append((h.id, f"{h.name}（{h.title or duty.label}）"))
        return found


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show the review, keep the opinion as a draft, or take one of its steps."""
    opened = Opened(enter(request), review_id)
    if request.method == "POST":
        return _sent(request, opened)
    draft = matters.draft(opened.desk.id, review_id, "pass")
    return _page(request, opened, form=OpinionForm(kept=draft), draft=draft)


def _sent(request: HttpRequest, opened: Opened) -> HttpResponse:
    act = request.POST.get("_act", "")
    form = OpinionForm(request.POST) if act in ("conclude", "draft") else OpinionForm()
    try:
        sent = acting.read_sent(request, opened.desk.on)
    except BadInput as no:
        return _page(request, opened, form=form, refusal=no, status=no.status)
    if act == "draft":
        return _draft(request, opened, form)
    if act not in ACTS:
        raise Http404
    side = None if act == "conclude" else _side(opened, act, request.POST)
    try:
        _refuse(opened, act)
        if not (form if side is None else side).is_valid():
            return _page(request, opened, form=form, side=side, sent=sent, status=422)
        taken, title = _takers(opened, form, side)[act](sent)
    except Refused as no:
        if _was_done(opened, sent, act):
            return redirect(request.path)
        if isinstance(no, WrongStep) and no.code == "act-id-reused":
            sent = Sent(acting.new_act(), sent.seen, sent.on, sent.reason)
        again = Opened(opened.desk, opened.row.matter_id)
        return _page(request, again, form=form, side=side, sent=sent, refusal=no, status=no.status)
    acting.tell(request, taken, title)
    return redirect(request.path)


def _refuse(opened: Opened, act: str) -> None:
    if act == "conclude":
        if (no := opened.barred()) is not None and opened.is_open:
            raise_refusal(no)
        step = "pass"
    else:
        step = act
    acting.refuse_closed(opened.view, opened.view.step(step), None)


def _was_done(opened: Opened, sent: Sent, act: str) -> bool:
    steps = ("pass", "return") if act == "conclude" else (act,)
    me, matter = opened.desk.id, opened.row.matter_id
    return any(acting.done_before(sent.act_id, me, step, matter) for step in steps)


def _takers(
    opened: Opened, form: OpinionForm, side: FactForm | None
) -> dict[str, Callable[[Sent], tuple[Taken, str]]]:
    def common(sent: Sent) -> dict[str, Any]:
        return {
            "review_id": opened.row.matter_id,
            "by": opened.desk.id,
            "on": sent.on,
            "act_id": sent.act_id,
            "seen": sent.seen,
            "reason": sent.reason,
        }

    def conclude(sent: Sent) -> tuple[Taken, str]:
        taken = services.conclude(
            findings=form.findings(),
            conclusion=form.conclusion,
            advice=form.cleaned_data["advice"],
            **common(sent),
        )
        return taken, "作出审核结论：" + form.conclusion.label

    def assign(sent: Sent) -> tuple[Taken, str]:
        assert side is not None
        reviewer = UUID(side.facts().reviewer)
        return services.assign(reviewer=reviewer, **common(sent)), "指定审核人"

    def extend(sent: Sent) -> tuple[Taken, str]:
        assert side is not None
        return services.extend(why=side.facts().reason, **common(sent)), "延长审核期限"

    return {"conclude": conclude, "assign": assign, "extend": extend}


def _side(opened: Opened, act: str, data: Any = None) -> FactForm:
    """The small form of naming the reviewer or lengthening the term."""
    if act == "assign":
        offered = {"reviewer": opened.reviewers()}
        return fact_form(Assigned, choices=offered, data=data, prefix="a")
    return fact_form(Extended, data=data, prefix="e")


def _draft(request: HttpRequest, opened: Opened, form: OpinionForm) -> HttpResponse:
    if (no := opened.barred()) is not None:
        refused = NotPermitted(f"{no.message}。", cites=no.cites)
        return _page(request, opened, form=form, refusal=refused, status=refused.status)
    save_draft(
        person_id=opened.desk.id,
        matter_id=opened.row.matter_id,
        step="pass",
        content=form.as_json(),
    )
    messages.success(request, "已存草稿，仅您本人可见。")
    return redirect(request.path)


def _page(
    request: HttpRequest,
    opened: Opened,
    *,
    form: OpinionForm,
    side: FactForm | None = None,
    sent: Sent | None = None,
    refusal: Refused | None = None,
    status: int = 200,
    draft: Any = None,
) -> HttpResponse:
    past = selectors.rounds(opened.case.case.matter)
    this = next((r for r in past if r.row.matter_id == opened.row.matter_id), None)
    may = {code: opened.view.step(code) for code in ("assign", "extend")}
    forms = {
        code: side
        if side is not None and code in request.POST.get("_act", "")
        else _side(opened, code)
        for code, found in may.items()
        if found.mine and found.open
    }
    return page(
        request,
        "review/detail.html",
        status=status,
        opened=opened,
        case=opened.case,
        about=opened.about,
        this=this,
        earlier=[r for r in past if r.row.round < opened.row.round],
        barred=opened.barred(),
        form=form,
        sides=forms,
        draft=draft,
        act_id=sent.act_id if sent is not None else acting.new_act(),
        seen=opened.view.seen,
        sent=sent,
        refusal=refusal,
    )
