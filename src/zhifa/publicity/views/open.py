"""What every public page has: open to all, safe methods only, kept by caches as long as it may."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from zhifa.accounts.access import public
from zhifa.kernel import clock

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
_KEPT_STATUS = frozenset({200, 410})


def open_page(*, seconds: int) -> Callable[[V], V]:
    """A public page. Caches may keep it for so long; 0 asks them to check every time, which a
    page that may be taken down within the hour must.

    An unchanged page is answered with 304 and no body.
    """

    def made(view: V) -> V:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code not in _KEPT_STATUS:
                return response
            if seconds:
                patch_cache_control(response, public=True, max_age=seconds)
            else:
                patch_cache_control(response, public=True, no_cache=True)
            patch_vary_headers(response, ("Cookie", "HX-Request"))
            if isinstance(response, HttpResponse) and response.status_code == 200:
                etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
                response.headers["ETag"] = etag
                return get_conditional_response(request, etag=etag, response=response) or response
            return response

        return cast("V", public(require_safe(answer)))  # type: ignore[type-var]

    return made


def day_asked(request: HttpRequest) -> date:
    """The day that the address asks for (`?on=2026-03-02`), else today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()


def page_asked(request: HttpRequest) -> int:
    """The page number that the address asks for, 1 where it makes no sense."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    return min(max(number, 1), 2_000)
