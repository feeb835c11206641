"""Signing in, in one step or two, and out."""

from __future__ import annotations

from typing import Any, cast

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhifa.accounts import oidc, passkeys, services
from zhifa.accounts.access import public
from zhifa.accounts.forms import CodeForm, SignInForm
from zhifa.accounts.models import Person, SecurityEvent
from zhifa.kernel.errors import NotPermitted

HOME = "/desk/"
WRONG = "登录名或者密码不正确。"
WRONG_PROOF = "二次验证没有通过。请核对后重新验证。"
LOCKED = "连续{limit}次输入错误，暂停登录{minutes}分钟。如需立即恢复，请联系本单位系统管理员。"
TOO_LATE = "验证超过五分钟，请重新登录。"


@public
@never_cache
@csrf_protect
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. A refusal never says whether the name or the password was wrong."""
    if isinstance(request.user, Person):
        return HttpResponseRedirect(next_of(request))
    if request.method != "POST":
        late = TOO_LATE if "late" in request.GET else ""
        return _page(request, SignInForm(), refusal=late)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    found = authenticate(request, username=given["username"], password=given["password"])
    if isinstance(found, Person):
        return enter(request, found)
    if (known := Person.objects.filter(username=given["username"]).first()) is not None:
        address = services.client(request)
        services.told(known, SecurityEvent.Kind.PASSWORD_WRONG, address=address)
    if not AxesProxyHandler.is_allowed(request, {"username": given["username"]}):
        cast("Any", request).axes_locked_out = False  # this page says it, in Chinese
        return _page(request, form, refusal=_locked(), status=429)
    return _page(request, form, refusal=WRONG, status=422)


def enter(
    request: HttpRequest, person: Person, *, proof: str = "", where: str = ""
) -> HttpResponse:
    """The first proof was given: in, or on to the second where the person has enrolled one."""
    where = where or next_of(request)
    if proof or not person.factors.exists():
        services.sign_in(request, person, proof=proof)
        return HttpResponseRedirect(where)
    services.await_proof(request, person)
    return HttpResponseRedirect(f"{reverse('accounts:second')}?{urlencode({'next': where})}")


@public
@never_cache
@csrf_protect
@sensitive_post_parameters("code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code of the minute, a recovery code or a key."""
    if isinstance(request.user, Person):
        return HttpResponseRedirect(next_of(request))
    person = services.awaited(request)
    if person is None:
        where = urlencode({"next": next_of(request), "late": "1"})
        return HttpResponseRedirect(f"{reverse('accounts:sign-in')}?{where}")
    if request.method != "POST":
        return ask(request, person)
    form = CodeForm(request.POST)
    proof, answer = prove(request, person, form)
    if answer is not None:
        return answer
    services.sign_in(request, person, proof=proof)
    return HttpResponseRedirect(next_of(request))


def prove(request: HttpRequest, person: Person, form: CodeForm) -> tuple[str, HttpResponse | None]:
    """By what the second proof was given, or the page that asks for it again and says why."""
    try:
        if request.POST.get("credential"):
            proof = services.prove_by_passkey(
                person_id=person.pk,
                credential=request.POST["credential"][:20_000],
                challenge=passkeys.taken(request),
                domain=passkeys.domain(request),
                origin=passkeys.origin(request),
                address=services.client(request),
            )
            form = CodeForm()
        elif not form.is_valid():
            return "", ask(request, person, form, status=422)
        else:
            proof = services.prove_by_code(
                person_id=person.pk,
                given=form.cleaned_data["code"],
                address=services.client(request),
            )
    except NotPermitted as no:
        return "", ask(request, person, refusal=f"{no.message}{no.remedy}。", status=429)
    if not proof:
        return "", ask(request, person, refusal=WRONG_PROOF, status=422)
    return proof, None


def ask(
    request: HttpRequest,
    person: Person,
    form: CodeForm | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page that asks for the second proof."""
    context = {
        "who": person,
        "form": form or CodeForm(),
        "refusal": refusal,
        "next": next_of(request, default=""),
        "options": passkeys.to_prove(request, person),
        "elsewhere": passkeys.by_number(request),
    }
    return render(request, "accounts/second.html", context, status=status)


@public
@require_POST
@csrf_protect
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go to the sign-in page."""
    services.sign_out(request)
    return HttpResponseRedirect(reverse("accounts:sign-in"))


def refused_entry(request: HttpRequest, refusal: str, *, status: int) -> HttpResponse:
    """The sign-in page with why another way in was refused."""
    return _page(request, SignInForm(), refusal=refusal, status=status)


def _page(
    request: HttpRequest, form: SignInForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    known = oidc.provider()
    context = {
        "form": form,
        "refusal": refusal,
        "next": next_of(request, default=""),
        "provider": known.name if known is not None else "",
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def _locked() -> str:
    minutes = round(float(settings.AXES_COOLOFF_TIME) * 60)
    return LOCKED.format(limit=settings.AXES_FAILURE_LIMIT, minutes=minutes)


def next_of(request: HttpRequest, default: str = HOME) -> str:
    """Where to go afterwards: only ever an address of this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else default
