"""Acting for another at the desk: delegations with their end, and the calendar of who is away."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhifa.accounts.access import person_required
from zhifa.kernel.errors import BadInput, NotFound, Refused
from zhifa.kernel.page import Badge, page
from zhifa.law.actor import ADMINISTRATORS, Duty
from zhifa.law.money import yuan
from zhifa.registry import selectors, services
from zhifa.registry.models import Absence
from zhifa.registry.policies import delegable, may_manage_absence, may_revoke
from zhifa.registry.selectors import people as staff
from zhifa.registry.views.entering import Reader, enter
from zhifa.registry.views.entries import AbsenceForm, DelegationForm, Pairs
from zhifa.registry.views.people import agency_of

DAYS = 14
_METHODS = ["GET", "HEAD", "POST"]


@person_required
@require_http_methods(_METHODS)
def delegations(request: HttpRequest) -> HttpResponse:
    """Who acts for whom at the agency; a head lets another act, and takes it back."""
    reader = enter(request)
    agency = agency_of(request, reader)
    own = delegable(reader.actor, agency)
    form = DelegationForm(
        request.POST if request.POST.get("do") == "delegate" else None,
        people=[p for p in _people(agency, reader) if p[0] != reader.actor.id],
        duties=[(d.value, d.label) for d in own],
        initial={"valid_from": reader.on},
    )
    if request.POST.get("do") == "revoke":
        why = request.POST.get("why", "").replace("\0", "")
        row = _id(request.POST.get("row", ""))
        services.revoke_delegation(delegation_id=row, why=why, on=reader.on, by=reader.id)
        messages.success(request, "授权已经撤回，自今日起不再有效。")
        return redirect("registry:delegations")
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            services.delegate(
                agency=agency, holder_id=UUID(said["holder_id"]),
                duties=[Duty(d) for d in said["duties"]], valid_from=said["valid_from"],
                valid_until=said["valid_until"], basis=said["basis"], limit_fen=form.limit_fen,
                on=reader.on, by=reader.id,
            )  # fmt: skip
        except Refused as no:
            _tell(form, no)
        else:
            messages.success(request, "授权已经登记。代为办理的每一件都会注明“代”。")
            return redirect("registry:delegations")
    rows = [
        {
            "row": d,
            "duties": "、".join(Duty(x).label for x in d.duties),
            "limit": f"罚没款不超过{yuan(d.limit_fen)}" if d.limit_fen else "没有数额上限",
            "badge": Badge("正在代行", "now") if d.valid_from <= reader.on else Badge("尚未开始"),
            "mine": may_revoke(reader.actor, d),
        }
        for d in staff.delegations(agency, reader.on)
    ]
    return page(
        request,
        "registry/delegations.html",
        status=422 if request.method == "POST" else 200,
        rows=rows,
        form=form if own else None,
        agency=selectors.agency(agency, reader.on),
    )


@person_required
@require_http_methods(_METHODS)
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away in the days to come, and who looks after what waits for them."""
    reader = enter(request)
    agency = agency_of(request, reader)
    members = staff.members(agency, reader.on)
    actors = selectors.actors([m.person.id for m in members], reader.on)
    managed: Pairs = [
        (id, a.name) for id, a in actors.items() if may_manage_absence(reader.actor, a, agency)
    ]
    managed.sort(key=lambda pair: (pair[0] != reader.actor.id, pair[1]))
    form = AbsenceForm(
        request.POST if request.POST.get("do") == "note" else None,
        people=managed,
        deputies=_people(agency, reader),
        initial={"valid_from": reader.on, "person_id": reader.actor.id},
    )
    if request.POST.get("do") == "call-off":
        row = _id(request.POST.get("row", ""))
        services.call_off_absence(absence_id=row, on=reader.on, by=reader.id)
        messages.success(request, "外出登记已经取消。")
        return redirect("registry:absences")
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            services.note_absence(
                person_id=UUID(said["person_id"]), agency=agency,
                kind=Absence.Kind(said["kind"]), valid_from=said["valid_from"],
                valid_until=said["valid_until"],
                deputy_id=UUID(said["deputy_id"]) if said["deputy_id"] else None,
                on=reader.on, by=reader.id,
            )  # fmt: skip
        except Refused as no:
            _tell(form, no)
        else:
            messages.success(request, "外出已经登记。各项期限照常计算。")
            return redirect("registry:absences")
    rows = list(staff.absences(agency, reader.on))
    days = [reader.on + timedelta(days=n) for n in range(DAYS)]
    managing = {id for id, _ in managed}
    return page(
        request,
        "registry/absences.html",
        status=422 if request.method == "POST" else 200,
        rows=[(r, str(r.person_id) in managing) for r in rows],
        days=days,
        calendar=[(r, [r.holds_on(d) for d in days]) for r in rows if r.valid_from <= days[-1]],
        form=form if managed else None,
        agency=selectors.agency(agency, reader.on),
    )


def _people(agency: str, reader: Reader) -> Pairs:
    """Colleagues who may act for another: with a duty of their own, no administrator."""
    barred = {d.value for d in ADMINISTRATORS}
    return [
        (str(m.person.id), f"{m.person.name}（{Duty(m.posts[0].duty).label}）")
        for m in staff.members(agency, reader.on)
        if m.posts and m.person.is_active and not {p.duty for p in m.posts} & barred
    ]


def _tell(form: Form, no: Refused) -> None:
    where = no.field if isinstance(no, BadInput) else None
    where = "limit" if where == "limit_fen" else where
    form.add_error(where if where in form.fields else None, no.message)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("没有这一登记。", code="no-such-row") from None
