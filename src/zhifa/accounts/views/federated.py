"""Signing in through the city's identity provider, and back."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhifa.accounts import oidc
from zhifa.accounts.access import public
from zhifa.accounts.views.entering import enter, next_of, refused_entry
from zhifa.kernel.errors import NotFound

UNREACHABLE = "统一身份认证暂时不能使用，请稍后再试，或者用登录名和密码登录。"
UNKNOWN = "统一身份认证已经通过，但是没有与之对应的账号。请联系本单位系统管理员核对登录名。"
log = structlog.get_logger()


@public
@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """On to the provider."""
    try:
        known = _known()
        where = oidc.begin(request, known, back=_back(request), then=next_of(request))
    except oidc.ProviderRefused as no:
        log.warning("oidc.refused", why=str(no))
        return refused_entry(request, UNREACHABLE, status=503)
    return HttpResponseRedirect(where)


@public
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: in, on to the second proof, or refused with what to do."""
    try:
        told, then = oidc.finish(request, _known(), back=_back(request))
    except oidc.ProviderRefused as no:
        log.warning("oidc.refused", why=str(no))
        return refused_entry(request, UNREACHABLE, status=403)
    person = oidc.person_of(told)
    if person is None:
        return refused_entry(request, UNKNOWN, status=403)
    return enter(request, person, proof="oidc" if told.twice else "", where=then)


def _known() -> oidc.Provider:
    known = oidc.provider()
    if known is None:
        raise NotFound("没有配置统一身份认证。", code="no-provider")
    return known


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:oidc-back"))
