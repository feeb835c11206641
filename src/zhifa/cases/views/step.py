"""One page for any step: its conditions, its form, its preview, its draft, and the act itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from zhifa.accounts.access import person_required
from zhifa.cases import services
from zhifa.cases.page import acting, completing, doors, preview, proposing
from zhifa.cases.page.acting import Sent
from zhifa.cases.page.case import CasePage, open_case
from zhifa.cases.page.desk import enter
from zhifa.cases.views.stepform import StepForm
from zhifa.kernel.errors import BadInput, Refused, Stale, WrongStep
from zhifa.kernel.page import page
from zhifa.law.procedure import Step
from zhifa.procedure import selectors as matters
from zhifa.procedure.selectors import NextStep
from zhifa.procedure.services import Taken, drop_draft, save_draft
from zhifa.records import services as records

NUMBERED_BY_HOUSE = ("evidence.add", "archive.file")
"""Steps whose facts get a fresh number each time, so that a repeat is known by its act alone."""


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, matter_id: UUID, step: str) -> HttpResponse:
    """Show the step, save its draft, preview it, or take it."""
    case = open_case(enter(request), matter_id)
    found = case.view.step(step)
    if found.step.by not in doors.HERE or step == case.view.procedure.first:
        where = case.addresses[step]
        if not where:
            raise Http404
        return redirect(where)
    if request.method == "POST":
        return _sent(request, case, found)
    draft = matters.drafts(case.desk.id, matter_id, step).first()
    party = request.GET.get("party", "")
    form = StepForm(case, found.step, draft=draft.content if draft else None, party=party)
    shown: dict[str, Any] = {"draft": draft}
    status = 200
    if found.may is not None:
        status = 403
        try:
            acting.refuse_closed(case.view, found, None)
        except Refused as no:
            shown["refusal"] = no
    elif found.open and found.step.code.endswith(".approve"):
        shown["previews"] = _of_approval(case, found.step)
    return _page(request, case, found, form, status=status, **shown)


def _sent(request: HttpRequest, case: CasePage, found: NextStep) -> HttpResponse:
    """What was pressed: a row, a draft, a party to look for, a calculation, a preview, the act."""
    pressed = request.POST.get("_act", "")
    form = StepForm(case, found.step, request=request)
    try:
        sent = acting.read_sent(request, case.on)
    except BadInput as no:
        return _page(request, case, found, form, refusal=no, status=no.status)
    code, me = found.step.code, case.desk.id
    if "_drop" in request.POST:
        drop_draft(person_id=me, matter_id=case.id, step=code)
        messages.success(request, "已丢弃草稿。")
        return redirect(request.path)
    if form.adds:
        return _page(request, case, found, form, sent=sent)
    if pressed == "articles":
        typed = {k: request.POST.getlist(k) for k in request.POST}
        return _page(request, case, found, StepForm(case, found.step, draft=typed), sent=sent)
    if pressed in ("draft", "party"):
        if found.may is not None:
            return _refused(request, case, found, form, sent)
        save_draft(person_id=me, matter_id=case.id, step=code, content=form.as_json())
        if pressed == "party":
            query = urlencode({"next": request.path})
            return redirect(f"{reverse('cases:parties')}?{query}")
        messages.success(request, "已存草稿，仅您本人可见。")
        return redirect(request.path)
    if pressed == "weigh" and form.is_proposal:
        return _weigh(request, case, found, form, sent)
    return _act(request, case, found, form, sent, only_preview=pressed == "preview")


def _act(
    request: HttpRequest,
    case: CasePage,
    found: NextStep,
    form: StepForm,
    sent: Sent,
    *,
    only_preview: bool,
) -> HttpResponse:
    code = found.step.code
    try:
        acting.refuse_closed(case.view, found, sent.seen)
        if not form.is_valid():
            if acting.done_before(sent.act_id, case.desk.id, code, case.id):
                return redirect("cases:detail", matter_id=case.id)
            return _page(request, case, found, form, sent=sent, status=422)
        facts = completing.complete(case, form.facts())
        take = _taker(case, found.step, facts, form)
        if only_preview and not preview.offered(found.step):
            raise BadInput("这一步没有可以预览的文书。", field="_act")
        if only_preview:
            made = preview.of_act(lambda: take(_trial(sent)))
            return _page(request, case, found, form, sent=sent, previews=made, previewed=True)
        taken = take(sent)
    except Refused as no:
        if acting.done_before(sent.act_id, case.desk.id, code, case.id) and _is_repeat(no, code):
            return redirect("cases:detail", matter_id=case.id)
        return _keep(request, case, found, form, sent, no)
    acting.tell(request, taken, found.step.title)
    return redirect("cases:detail", matter_id=taken.matter_id)


def _is_repeat(no: Refused, code: str) -> bool:
    """Whether what was refused is the second press of a button whose first went through."""
    if no.code == "act-id-reused":
        return code in NUMBERED_BY_HOUSE
    return not isinstance(no, BadInput)


def _taker(case: CasePage, step: Step, facts: Any, form: StepForm) -> Callable[[Sent], Taken]:
    """The service that takes the step, as the step's room says."""

    def take(sent: Sent) -> Taken:
        common: dict[str, Any] = {
            "matter_id": case.id,
            "by": case.desk.id,
            "on": sent.on,
            "act_id": sent.act_id,
            "seen": sent.seen,
            "reason": sent.reason,
        }
        match step.code:
            case "document.seal":
                return records.seal(document_id=UUID(facts.document), **common)
            case "document.serve":
                return records.serve(facts=facts, **common)
            case "evidence.add":
                file = form.file
                assert file is not None
                file.seek(0)
                return records.add_evidence(
                    content=file, filename=str(file.name or ""), facts=facts, **common
                )
            case "evidence.inherit":
                return records.inherit_evidence(facts=facts, **common)
            case "redo.open":
                return services.reopen(facts=facts, **common)
            case "archive.file":
                return records.archive(retention=facts.retention, checked=facts.checked, **common)
        return services.take(step=step.code, facts=facts, **common)

    return take


def _trial(sent: Sent) -> Sent:
    """The same act under a number of its own, to be rolled back."""
    return Sent(acting.new_act(), sent.seen, sent.on, sent.reason)


def _of_approval(case: CasePage, step: Step) -> tuple[preview.Previewed, ...]:
    """The outward documents that an approval would issue, for the head to read beforehand."""
    facts = step.facts(opinion="同意。")  # type: ignore[call-arg]
    sent = Sent(acting.new_act(), case.view.seen, case.on, "")
    try:
        return preview.of_act(
            lambda: services.take(
                matter_id=case.id,
                step=step.code,
                by=case.desk.id,
                on=sent.on,
                facts=facts,
                act_id=sent.act_id,
                seen=sent.seen,
            ),
            outward=True,
        )
    except Refused:
        return ()


def _weigh(
    request: HttpRequest, case: CasePage, found: NextStep, form: StepForm, sent: Sent
) -> HttpResponse:
    form.weigh()
    data = form.weighed_data()
    again = StepForm(case, found.step, draft={k: data.getlist(k) for k in data})
    again.result, again.cannot_weigh = form.result, form.cannot_weigh
    if form.factors is not None and form.factors.errors:
        again.factors = form.factors
    return _page(request, case, found, again, sent=sent, weighed=True, deviates=form.deviates(data))


def _keep(
    request: HttpRequest,
    case: CasePage,
    found: NextStep,
    form: StepForm,
    sent: Sent,
    no: Refused,
) -> HttpResponse:
    """The refusal in one sentence, with what was filled in kept as it was."""
    if isinstance(no, Stale):
        case = open_case(case.desk, case.id)
        found = case.view.step(found.step.code)
        sent = Sent(sent.act_id, case.view.seen, sent.on, sent.reason)
    if isinstance(no, WrongStep) and no.code == "act-id-reused":
        sent = Sent(acting.new_act(), sent.seen, sent.on, sent.reason)
    anchor = form.refuse(no.field, no.message) if no.field else ""
    return _page(request, case, found, form, sent=sent, refusal=no, anchor=anchor, status=no.status)


def _refused(
    request: HttpRequest, case: CasePage, found: NextStep, form: StepForm, sent: Sent
) -> HttpResponse:
    try:
        acting.refuse_closed(case.view, found, None)
    except Refused as no:
        return _keep(request, case, found, form, sent, no)
    raise Http404


def _page(
    request: HttpRequest,
    case: CasePage,
    found: NextStep,
    form: StepForm,
    *,
    sent: Sent | None = None,
    status: int = 200,
    refusal: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    remedy = case.addresses.get(refusal.remedy_step or "", "") if refusal is not None else ""
    return page(
        request,
        "cases/proposal_form.html" if form.is_proposal else "cases/step.html",
        status=status,
        case=case,
        found=found,
        form=form,
        act_id=sent.act_id if sent is not None else acting.new_act(),
        seen=sent.seen if sent is not None and sent.seen is not None else case.view.seen,
        sent=sent,
        refusal=refusal,
        remedy_address=remedy,
        basis=proposing.basis(case, found.step) if found.mine else None,
        unmet=[c for c in found.checks if not c.met],
        met=[c for c in found.checks if c.met],
        can_preview=preview.offered(found.step),
        **more,
    )
