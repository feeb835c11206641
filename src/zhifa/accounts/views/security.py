"""One's own account: second proofs, recovery codes, and what happened to it lately."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import pyotp
import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhifa.accounts import passkeys, services
from zhifa.accounts.access import person, person_required
from zhifa.accounts.forms import CodeForm, PasskeyForm, PasswordForm, TotpForm
from zhifa.accounts.models import Factor, SecurityEvent
from zhifa.accounts.tables import events_table
from zhifa.accounts.views.entering import ask, next_of, prove
from zhifa.kernel.errors import BadInput, NotPermitted, Refused
from zhifa.kernel.page import page

LATEST = 12
_NEW_SECRET = "totp_secret"
View = Callable[..., HttpResponse]


def lately_proven(view: View) -> View:
    """Only for who gave a second proof within ten minutes, once they have enrolled any."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who = person(request)
        if not who.factors.exists() or services.fresh(request):
            return view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            where = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('accounts:prove')}?{where}")
        raise NotPermitted(
            "变更二次验证，应当在十分钟内通过一次二次验证。",
            remedy="请到“账号安全”点击“重新验证”，通过后再变更",
            code="proof-not-fresh",
        )

    return guarded


@person_required
@never_cache
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """What one has enrolled, how many recovery codes are left, and the latest events."""
    who = person(request)
    factors = list(who.factors.order_by("added_at"))
    rows = SecurityEvent.objects.filter(person=who).select_related("by").order_by("-id")[:LATEST]
    return page(
        request,
        "accounts/security.html",
        factors=factors,
        codes=who.recovery_codes.filter(used_at=None).count(),
        fresh=services.fresh(request) or not factors,
        table=events_table(list(rows)),
        here=reverse("accounts:security"),
    )


@person_required
@never_cache
@lately_proven
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def totp(request: HttpRequest) -> HttpResponse:
    """Enrol a generator of codes: scan, type what it shows."""
    who = person(request)
    if request.method == "POST" and (secret := request.session.get(_NEW_SECRET)):
        form = TotpForm(request.POST)
        if form.is_valid():
            try:
                services.add_totp(person_id=who.pk, secret=secret, **form.cleaned_data)
            except BadInput as no:
                form.add_error(no.field, no.message)
            else:
                del request.session[_NEW_SECRET]
                return _enrolled(request, Factor.Kind.TOTP)
        return _totp_page(request, form, secret, status=422)
    secret = request.session.setdefault(_NEW_SECRET, pyotp.random_base32())
    return _totp_page(request, TotpForm(), secret)


def _totp_page(
    request: HttpRequest, form: TotpForm, secret: str, status: int = 200
) -> HttpResponse:
    said = pyotp.TOTP(secret).provisioning_uri(name=person(request).username, issuer_name="智法")
    return page(
        request,
        "accounts/totp.html",
        status=status,
        form=form,
        secret=" ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        picture=segno.make(said, error="m").svg_data_uri(scale=4, border=2, light="#fff"),
    )


@person_required
@never_cache
@lately_proven
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """Enrol a key. The browser does the asking; without it the page says so."""
    who = person(request)
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_passkey(
                person_id=who.pk,
                credential=form.cleaned_data["credential"],
                challenge=passkeys.taken(request),
                domain=passkeys.domain(request),
                origin=passkeys.origin(request),
                label=form.cleaned_data["label"],
            )
        except Refused as no:
            form.add_error(None, no.message)
        else:
            return _enrolled(request, Factor.Kind.PASSKEY)
    return page(
        request,
        "accounts/passkey.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        options=passkeys.to_enrol(request, who),
    )


def _enrolled(request: HttpRequest, kind: Factor.Kind) -> HttpResponse:
    """A first factor brings its recovery codes, shown this once."""
    who = person(request)
    services.mark_proven(request, kind.value)
    messages.success(request, f"{kind.label}已经添加，下次登录起使用。")
    if who.recovery_codes.filter(used_at=None).exists():
        return redirect("accounts:security")
    return _codes_page(request, services.make_codes(person_id=who.pk))


@person_required
@never_cache
@lately_proven
@require_POST
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old."""
    who = person(request)
    if not who.factors.exists():
        raise NotPermitted(
            "还没有二次验证，不需要恢复码。",
            remedy="请先添加动态口令或者通行密钥",
            code="no-factor",
        )
    return _codes_page(request, services.make_codes(person_id=who.pk))


def _codes_page(request: HttpRequest, made: list[str]) -> HttpResponse:
    return page(request, "accounts/codes.html", codes=made)


@person_required
@never_cache
@lately_proven
@require_POST
def remove(request: HttpRequest, factor_id: UUID) -> HttpResponse:
    """Take one of one's own factors away."""
    services.remove_factor(person_id=person(request).pk, factor_id=factor_id)
    messages.success(request, "已经移除。")
    return redirect("accounts:security")


@person_required
@never_cache
@lately_proven
@sensitive_post_parameters("now", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """One's own new password; the session that changed it goes on."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            who = services.change_password(
                person_id=person(request).pk, now=given["now"], new=given["new"],
                address=services.client(request),
            )  # fmt: skip
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            update_session_auth_hash(request, who)
            services.keep_session(request, who)
            messages.success(request, "密码已经更换。")
            return redirect("accounts:security")
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/password.html", status=status, form=form)


@person_required
@never_cache
@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def prove_again(request: HttpRequest) -> HttpResponse:
    """Give the second proof anew, before changing what proves."""
    who = person(request)
    if not who.factors.exists():
        return redirect("accounts:security")
    if request.method != "POST":
        return ask(request, who)
    proof, answer = prove(request, who, CodeForm(request.POST))
    if answer is not None:
        return answer
    services.mark_proven(request, proof)
    return HttpResponseRedirect(next_of(request, default=reverse("accounts:security")))
