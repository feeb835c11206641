"""What stands between every address and its answer: refusals become sentences, comfort is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from zhifa.kernel import readers
from zhifa.kernel.errors import Refused
from zhifa.kernel.page import address, refused

Answer = Callable[[HttpRequest], HttpResponseBase]
YEAR = 365 * 24 * 3600


class Refusals:
    """Turns a refusal raised in a view into a page, or a part of one, with its status."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do on the way."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A sentence for a refusal; everything else is a defect and is treated as one."""
        if not isinstance(exception, Refused):
            return None
        return refused(request, exception, remedy_address=_remedy(request, exception))


def _remedy(request: HttpRequest, refusal: Refused) -> str:
    """Where the step that would help is taken, on the matter that this page is about."""
    found = request.resolver_match
    if not refusal.remedy_step or found is None:
        return ""
    matter = {k: v for k, v in found.kwargs.items() if k.endswith("_id")}
    return address("cases:step", **matter, step=refusal.remedy_step)


class FreshLists:
    """After a write at the desk the lists follow at once, instead of waiting for the worker."""

    BATCH = 500

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the readers catch up once the write has been answered."""
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400:
            readers.catch_up(self.BATCH, wait=False)
        return response


class LargeType:
    """Keeps the reader's choice of large type for a year; the cookie says nothing else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Write the choice down when it is made."""
        response = self.get_response(request)
        asked = request.GET.get("large")
        if asked in ("0", "1"):
            response.set_cookie(
                "large", asked, max_age=YEAR, samesite="Lax", httponly=True,
                secure=request.is_secure(),
            )  # fmt: skip
        return response
