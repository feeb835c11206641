"""What stands between every address and its answer: refusals become sentences, comfort is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from zhifa.accounts.access import access_of
from zhifa.accounts.models import Person
from zhifa.accounts.services import proven
from zhifa.kernel import clock, readers
from zhifa.kernel.errors import NotPermitted, Refused
from zhifa.kernel.page import address, refused
from zhifa.law.sources import DBAO
from zhifa.registry import selectors as registry
from zhifa.registry.policies import proves_twice, second_proof_enforced

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


class SecondProof:
    """Refuses the desk to who must prove twice who they are, until they have, and says how."""

    OPEN = ("accounts",)
    """Signing in and out, and one's own account, where a second proof is enrolled."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do on the way."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The refusal, where the policy asks for a proof that this session has not seen."""
        found, who = request.resolver_match, request.user
        if access_of(view) != "person" or not isinstance(who, Person) or proven(request):
            return None
        if (found is not None and found.app_name in self.OPEN) or not second_proof_enforced():
            return None
        duties = proves_twice(registry.actor(who.pk, clock.today()))
        if not duties:
            return None
        held = "、".join(d.label for d in duties)
        refusal = NotPermitted(
            f"您担任{held}，登录工作台应当有二次验证，这次登录还没有。",
            cites=(DBAO.whole,),
            remedy="到“账号安全”添加动态口令或者通行密钥",
            code="second-proof",
        )
        return refused(request, refusal, remedy_address=address("accounts:security"))


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
