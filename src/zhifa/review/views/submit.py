"""Submitting a case's proposal for review, and the way from a step's name to its page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from zhifa.accounts.access import person_required
from zhifa.cases.page import acting, proposing
from zhifa.cases.page.acting import Sent
from zhifa.cases.page.case import CasePage, open_case
from zhifa.cases.page.desk import enter
from zhifa.kernel.errors import BadInput, Refused, Stale
from zhifa.kernel.page import page
from zhifa.law.guards import Attempt
from zhifa.law.procedures.penalty import major
from zhifa.law.procedures.penalty.held import EVIDENCE
from zhifa.law.procedures.penalty.proposal import digest
from zhifa.procedure import selectors as matters
from zhifa.procedure.selectors import NextStep
from zhifa.procedure.services import save_draft
from zhifa.procedure.setting import gather
from zhifa.review import selectors, services
from zhifa.review.forms import SubmissionForm
from zhifa.review.models import Review

STEP = "review.submit"


@person_required
@require_safe
def step(request: HttpRequest, matter_id: UUID, step: str) -> HttpResponse:
    """Where a step of the case that the review performs is taken."""
    case = open_case(enter(request), matter_id)
    if step == STEP:
        return redirect("review:submit", case_id=case.id)
    found = selectors.open_of(case.id) or (
        Review.objects.filter(case_matter_id=case.id).order_by("-round").first()
    )
    if step not in ("review.pass", "review.return"):
        raise Http404
    if found is None:
        return redirect("review:submit", case_id=case.id)
    return redirect("review:detail", review_id=found.matter_id)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The submission: what the catalogue says, which papers go along, what has changed."""
    case = open_case(enter(request), case_id)
    found = case.view.step(STEP)
    if request.method == "POST":
        return _sent(request, case, found)
    draft = matters.draft(case.desk.id, case.id, STEP)
    form = SubmissionForm(_present(case), kept=draft)
    if found.may is None:
        return _page(request, case, found, form)
    try:
        acting.refuse_closed(case.view, found, None)
    except Refused as no:
        return _page(request, case, found, form, refusal=no, status=no.status)
    raise Http404


def _sent(request: HttpRequest, case: CasePage, found: NextStep) -> HttpResponse:
    form = SubmissionForm(_present(case), data=request.POST)
    try:
        sent = acting.read_sent(request, case.on)
    except BadInput as no:
        return _page(request, case, found, form, refusal=no, status=no.status)
    if request.POST.get("_act") == "draft" and found.may is None:
        kept = form.as_json()
        save_draft(person_id=case.desk.id, matter_id=case.id, step=STEP, content=kept)
        messages.success(request, "已存草稿，仅您本人可见。")
        return redirect(request.path)
    try:
        acting.refuse_closed(case.view, found, sent.seen)
        if not form.is_valid():
            return _page(request, case, found, form, sent=sent, status=422)
        taken = services.submit(
            case_id=case.id,
            by=case.desk.id,
            on=sent.on,
            lines=form.lines(),
            note=form.cleaned_data["note"],
            act_id=sent.act_id,
            seen=sent.seen,
            reason=sent.reason,
        )
    except Refused as no:
        if acting.done_before(sent.act_id, case.desk.id, STEP, case.id):
            return redirect("cases:detail", matter_id=case.id)
        if isinstance(no, Stale):
            case = open_case(case.desk, case.id)
            sent = Sent(sent.act_id, case.view.seen, sent.on, sent.reason)
        if no.code == "act-id-reused":
            sent = Sent(acting.new_act(), sent.seen, sent.on, sent.reason)
        return _page(request, case, found, form, sent=sent, refusal=no, status=no.status)
    acting.tell(request, taken, found.step.title)
    return redirect("cases:detail", matter_id=case.id)


def _present(case: CasePage) -> dict[str, str]:
    """The papers that are in the file already, each with what it is in words."""
    s, found = case.standing, {}
    reports = s.outputs("investigation_report")
    if reports:
        found["案件调查终结报告"] = reports[-1].number or "已形成"
    if case.proposal is not None:
        found["拟处理意见"] = f"{case.proposal.decision.label}"
        if case.proposal.tier or case.proposal.reasons:
            found["裁量基准适用说明"] = "载于处理意见"
    if count := s.count(*EVIDENCE):
        found["证据材料"] = f"{count}份"
    for kind, name in (
        ("site_record", "现场检查笔录"),
        ("interview_record", "询问笔录"),
        ("correction_order", "责令改正通知书"),
        ("hearing_record", "听证笔录"),
        ("defence_record", "陈述申辩笔录"),
    ):
        if papers := s.outputs(kind):
            found[name] = f"{len(papers)}份"
    return found


def _page(
    request: HttpRequest,
    case: CasePage,
    found: NextStep,
    form: SubmissionForm,
    *,
    sent: Sent | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    about = proposing.of_proposal(case)
    hits: Any = ()
    if case.proposal is not None:
        actor, setting = gather(case.case.matter, case.standing, by=case.desk.id, on=case.on)
        attempt = Attempt(STEP, case.on, actor, setting)
        hits = major.catalogue(case.standing, case.proposal, attempt)
    past = selectors.rounds(case.case.matter)
    return page(
        request,
        "review/submit.html",
        status=status,
        case=case,
        found=found,
        form=form,
        unmet=[c for c in found.checks if not c.met],
        met=[c for c in found.checks if c.met],
        about=about,
        hits=hits,
        last=past[0] if past else None,
        changes=_changes(case, past[0].row) if past else None,
        act_id=sent.act_id if sent is not None else acting.new_act(),
        seen=sent.seen if sent is not None and sent.seen is not None else case.view.seen,
        sent=sent,
        refusal=refusal,
        remedy_address=case.addresses.get(refusal.remedy_step or "", "") if refusal else "",
    )


def _changes(case: CasePage, last: Review) -> Any:
    """What changed since the last submission, as the proposal stands now."""
    if case.proposal is None:
        return None
    now = Review(proposal=digest(case.proposal), round=last.round + 1)
    return selectors.compared(case.standing, last, now, case.on)
