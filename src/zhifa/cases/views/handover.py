"""A leaver's matters at the desk: handed over by the unit's head, then let go."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from zhifa.accounts.access import person_required
from zhifa.accounts.models import Person
from zhifa.cases import services
from zhifa.cases.handover import Estate, estate, may_hand_over
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel import ids
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted
from zhifa.kernel.page import page
from zhifa.law.actor import Actor
from zhifa.law.sources import CF
from zhifa.registry import selectors as registry


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What a person has open, and another handler in their place on each of the chosen matters."""
    desk = enter(request)
    person, agency = _subject(desk, person_id)
    if not may_hand_over(desk.actor, person, agency):
        raise NotPermitted(
            "移交由该人员所在承办机构的负责人办理。", cites=(CF(42),), code="not-their-head"
        )
    found = estate(person_id, agency, desk.on)
    if request.method != "POST":
        return _page(request, person, found)
    try:
        told = services.hand_over(
            person_id=person_id,
            to_id=_id(request.POST.get("to", ""), dict(found.takers)),
            agency=agency,
            matter_ids=[UUID(m) for m in request.POST.getlist("matter") if _known(m, found)],
            reason=request.POST.get("reason", "").replace("\0", "")[:1000],
            by=desk.id,
            on=desk.on,
            act_id=UUID(request.POST["act"])
            if _is_id(request.POST.get("act", ""))
            else ids.uuid7(),
        )
    except BadInput as no:
        return _page(request, person, found, refusal=no.message, status=422)
    refused = {id: no for id, no in told.items() if no is not None}
    done = len(told) - len(refused)
    if done:
        messages.success(request, f"已经移交{done}件，每件都记明变更承办人和理由。")
    if not refused:
        return redirect("cases:handover", person_id)
    left = estate(person_id, agency, desk.on)
    lines = [
        (m.number, m.cause, refused[m.matter.id]) for m in left.matters if m.matter.id in refused
    ]
    return _page(request, person, left, lines=lines, status=409)


@person_required
@require_POST
def leave(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every duty of the person ends today, by the security administrator."""
    desk = enter(request)
    _person, agency = _subject(desk, person_id)
    why = request.POST.get("why", "").replace("\0", "")[:200]
    count = services.leave(person_id=person_id, agency=agency, why=why, by=desk.id, on=desk.on)
    messages.success(request, f"{count}项任职今日终止，代行授权一并撤回。账号由系统管理员停用。")
    return redirect("registry:person", person_id)


def _subject(desk: Desk, person_id: UUID) -> tuple[Actor, str]:
    found = registry.actors([person_id], desk.on).get(str(person_id))
    if found is not None:
        for post in found.posts:
            if not post.of and desk.actor.duties(post.agency):
                return found, post.agency
    raise NotFound("没有找到这名人员，或者不属于您任职的机关。", code="no-such-person")


def _page(
    request: HttpRequest,
    person: Actor,
    found: Estate,
    *,
    refusal: str = "",
    lines: object = (),
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "cases/handover.html",
        status=status,
        who=Person.objects.get(id=person.id),
        found=found,
        refusal=refusal,
        lines=lines,
        reason=request.POST.get("reason", ""),
        act=ids.uuid7(),
    )


def _known(text: str, found: Estate) -> bool:
    return text in {str(m.matter.id) for m in found.matters}


def _id(text: str, takers: dict[str, str]) -> UUID:
    if text not in takers:
        raise BadInput("请选择接手的执法人员。", field="to")
    return UUID(text)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
