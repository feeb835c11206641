"""Signing in and out."""

from __future__ import annotations

from typing import Any, cast

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhifa.accounts import services
from zhifa.accounts.access import public
from zhifa.accounts.forms import SignInForm
from zhifa.accounts.models import Person

HOME = "/desk/"
WRONG = "登录名或者密码不正确。"
LOCKED = "连续{limit}次输入错误，暂停登录{minutes}分钟。如需立即恢复，请联系本单位系统管理员。"


@public
@never_cache
@csrf_protect
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. A refusal never says whether the name or the password was wrong."""
    if isinstance(request.user, Person):
        return HttpResponseRedirect(_next(request))
    if request.method != "POST":
        return _page(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    found = authenticate(request, username=given["username"], password=given["password"])
    if isinstance(found, Person):
        services.sign_in(request, found)
        return HttpResponseRedirect(_next(request))
    if not AxesProxyHandler.is_allowed(request, {"username": given["username"]}):
        cast("Any", request).axes_locked_out = False  # this page says it, in Chinese
        return _page(request, form, refusal=_locked(), status=429)
    return _page(request, form, refusal=WRONG, status=422)


@public
@require_POST
@csrf_protect
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go to the sign-in page."""
    services.sign_out(request)
    return HttpResponseRedirect(reverse("accounts:sign-in"))


def _page(
    request: HttpRequest, form: SignInForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "next": _next(request, default="")}
    return render(request, "accounts/sign_in.html", context, status=status)


def _locked() -> str:
    minutes = round(float(settings.AXES_COOLOFF_TIME) * 60)
    return LOCKED.format(limit=settings.AXES_FAILURE_LIMIT, minutes=minutes)


def _next(request: HttpRequest, default: str = HOME) -> str:
    """Where to go afterwards: only ever an address of this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else default
