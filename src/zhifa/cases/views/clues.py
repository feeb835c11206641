"""Registering a clue: the first act of a case that does not exist yet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from zhifa.accounts.access import person_required
from zhifa.cases import choices, services
from zhifa.cases.page import acting
from zhifa.cases.page.acting import Sent
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel.errors import BadInput, NotPermitted, Refused
from zhifa.kernel.factform import FactForm, fact_form, from_json
from zhifa.kernel.page import page
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.procedures.penalty.facts import ClueRegistered
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import drop_draft, save_draft
from zhifa.registry import selectors as registry

FIRST = PENALTY_ORDINARY.steps[PENALTY_ORDINARY.first]
LEAD = "f"


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form of a clue, its draft, and the act."""
    desk = enter(request)
    if not desk.may_receive:
        raise NotPermitted(
            f"「{FIRST.title}」应当由{'、'.join(d.label for d in FIRST.who.duties)}办理。",
            cites=FIRST.cites,
        )
    if request.method == "POST":
        return _sent(request, desk)
    draft = matters.drafts(desk.id, None, FIRST.code).first()
    content = draft.content if draft is not None else None
    form = _form(desk, draft=content, party=request.GET.get("party", ""))
    return _page(request, desk, form, draft=draft)


def _sent(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = _form(desk, request=request)
    try:
        sent = acting.read_sent(request, desk.on)
    except BadInput as no:
        return _page(request, desk, form, refusal=no, status=no.status)
    pressed = request.POST.get("_act", "")
    if "_drop" in request.POST:
        drop_draft(person_id=desk.id, matter_id=None, step=FIRST.code)
        messages.success(request, "已丢弃草稿。")
        return redirect(request.path)
    if pressed in ("draft", "party"):
        kept = {k: [v.replace("\0", "") for v in found] for k, found in form.as_json().items()}
        save_draft(person_id=desk.id, matter_id=None, step=FIRST.code, content=kept)
        if pressed == "party":
            return redirect(f"{reverse('cases:parties')}?{urlencode({'next': request.path})}")
        messages.success(request, "已存草稿，仅您本人可见。")
        return redirect(request.path)
    if not form.is_valid():
        if before := acting.done_before(sent.act_id, desk.id, FIRST.code):
            return redirect("cases:detail", matter_id=before)
        return _page(request, desk, form, sent=sent, status=422)
    try:
        taken = services.register_clue(
            agency=desk.agency,
            unit=desk.unit,
            by=desk.id,
            on=sent.on,
            facts=form.facts(),
            act_id=sent.act_id,
            reason=sent.reason,
        )
    except Refused as no:
        if no.code == "act-id-reused":
            sent = Sent(acting.new_act(), None, sent.on, sent.reason)
        if no.field in form.fields:
            form.refuse(str(no.field), no.message)
        return _page(request, desk, form, sent=sent, refusal=no, status=no.status)
    drop_draft(person_id=desk.id, matter_id=None, step=FIRST.code)
    acting.tell(request, taken, FIRST.title)
    return redirect("cases:detail", matter_id=taken.matter_id)


def _form(
    desk: Desk, *, request: HttpRequest | None = None, draft: Any = None, party: str = ""
) -> FactForm:
    data = request.POST if request is not None else None
    kept = dict(draft) if isinstance(draft, dict) else None
    asked = party or _typed(data, kept)
    known = choices.party_of(asked, desk.agency) if asked else ""
    region = registry.agency(desk.agency, desk.on).region_code
    given: dict[str, Any] = {
        "region": region,
        "received_on": desk.on.isoformat(),
        "party": known,
    }
    names = [(r.code, r.name) for r in registry.regions() if r.code == region]
    offered = {"party": choices.party_pairs([UUID(known)] if known else []), "region": names}
    if data is None and kept is not None:
        if party and known:
            kept[f"{LEAD}-party"] = [known]
        return from_json(ClueRegistered, kept, choices=offered, initial=given, prefix=LEAD)
    return fact_form(ClueRegistered, choices=offered, data=data, initial=given, prefix=LEAD)


def _typed(data: Any, kept: dict[str, Any] | None) -> str:
    if data is not None:
        return str(data.get(f"{LEAD}-party", ""))
    found = (kept or {}).get(f"{LEAD}-party") or [""]
    return str(found[0] if isinstance(found, list) else found)


def _page(
    request: HttpRequest,
    desk: Desk,
    form: FactForm,
    *,
    sent: Sent | None = None,
    status: int = 200,
    refusal: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    return page(
        request,
        "cases/new.html",
        status=status,
        desk=desk,
        step=FIRST,
        form=form,
        act_id=sent.act_id if sent is not None else acting.new_act(),
        sent=sent,
        refusal=refusal,
        **more,
    )
