"""Which addresses ask for a person, and which are open to everybody: said on the view itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from zhifa.accounts.models import Person

V = TypeVar("V", bound=Callable[..., HttpResponse])


def person_required(view: V) -> V:
    """Only for a person who has signed in; others are led to the sign-in page and back.

    An htmx request gets 401 with the address to go to, so that no half page is swapped in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return to_sign_in(request)

    return _marked(cast("V", guarded), "person")


def public(view: V) -> V:
    """Open to everybody, on purpose. Views carry one of the two marks; a house test looks."""
    return _marked(view, "public")


def access_of(view: Callable[..., Any]) -> str:
    """What a view asks for: "person", "public", or nothing where nobody has said."""
    return str(getattr(view, "zhifa_access", ""))


def person(request: HttpRequest) -> Person:
    """The signed-in person of a request that passed :func:`person_required`."""
    if not isinstance(request.user, Person):
        raise TypeError("the view does not ask for a person")
    return request.user


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and afterwards back to the page that was asked for."""
    if request.headers.get("HX-Request"):
        back = request.headers.get("HX-Current-URL", "")
        answer = HttpResponse("请先登录。", status=401, content_type="text/plain; charset=utf-8")
        answer["HX-Redirect"] = _sign_in_address(_path_of(back))
        return answer
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    return HttpResponseRedirect(_sign_in_address(back))


def _sign_in_address(back: str) -> str:
    address = reverse("accounts:sign-in")
    return f"{address}?{urlencode({'next': back})}" if back else address


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _marked(view: V, access: str) -> V:
    marked = cast("Any", view)
    marked.zhifa_access = access
    return cast("V", marked)
