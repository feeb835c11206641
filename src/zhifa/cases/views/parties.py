"""Finding and registering a party, and back to the form that asked for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_safe

from zhifa.accounts.access import person_required
from zhifa.cases.forms import PartyForm
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel.errors import BadInput, NotPermitted, Refused
from zhifa.kernel.page import page
from zhifa.law.sources import CF
from zhifa.registry import selectors as registry
from zhifa.registry.services.parties import register_party

LONGEST = 100


@person_required
@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Parties of the agency by part of a name or by a whole number."""
    desk = _allowed(request)
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    back = _back(request)
    found = registry.search_parties(text, agency=desk.agency) if text else []
    return page(
        request,
        "cases/parties.html",
        block="found",
        text=text,
        next=back,
        found=[(p, _chosen(back, str(p.id))) for p in found],
        new=f"{reverse('cases:party-new')}?{urlencode({'next': back, 'name': text})}",
    )


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a party. One that is known already is taken, not doubled."""
    desk = _allowed(request)
    back = _back(request)
    if request.method != "POST":
        name = request.GET.get("name", "").replace("\0", "")[:LONGEST]
        return page(
            request, "cases/party_new.html", form=PartyForm(initial={"name": name}), next=back
        )
    form = PartyForm(request.POST)
    refusal: Refused | None = None
    if form.is_valid():
        try:
            party = register_party(facts=form.facts(), agency=desk.agency, on=desk.on, by=desk.id)
        except BadInput as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        except Refused as no:
            refusal = no
        else:
            messages.success(request, f"已登记当事人“{form.cleaned_data['name']}”。")
            return redirect(_chosen(back, str(party)) or reverse("cases:parties"))
    return page(
        request,
        "cases/party_new.html",
        status=refusal.status if refusal is not None else 422,
        form=form,
        next=back,
        refusal=refusal,
    )


def _allowed(request: HttpRequest) -> Desk:
    desk = enter(request)
    if not desk.may_receive:
        raise NotPermitted("当事人由执法人员或者窗口人员查找、登记。", cites=(CF(54, 1),))
    return desk


def _back(request: HttpRequest) -> str:
    """The form that asked: only ever an address of this desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/desk/") and "?" not in wanted else ""


def _chosen(back: str, party: str) -> str:
    return f"{back}?{urlencode({'party': party})}" if back else ""
