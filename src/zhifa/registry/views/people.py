"""The people of an agency at the desk: the roster, one person, a new account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhifa.accounts.access import person_required
from zhifa.accounts.models import Person
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, Refused
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, address, leaf, page
from zhifa.law.actor import Duty
from zhifa.registry import selectors, services
from zhifa.registry.models import Delegation, Post
from zhifa.registry.selectors import people as staff
from zhifa.registry.selectors.people import Member
from zhifa.registry.views.entering import Reader, enter
from zhifa.registry.views.entries import AccountForm, DutyForm

TABS_NONE = "您没有在任何机关任职，没有可以查看的人员。"


def agency_of(request: HttpRequest, reader: Reader) -> str:
    """The agency that a page about people is about: one of the reader's own."""
    own = reader.own_agencies
    if not own:
        raise NotPermitted(TABS_NONE, code="no-agency")
    asked = request.POST.get("agency") or request.GET.get("agency") or ""
    return asked if asked in own else own[0]


@person_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the reader's agency: duties, who is away, whose certificate runs out."""
    reader = enter(request)
    agency = agency_of(request, reader)
    units = {u.code: u.name for u in selectors.units(agency)}
    shown = leaf(request, staff.members(agency, reader.on), per=60)
    columns = (
        Column("name", "姓名"), Column("duties", "职责"), Column("unit", "内设机构"),
        Column("certificate", "执法证有效期至", "date"), Column("state", "状态", "badge"),
    )  # fmt: skip
    rows = [_row(m, units, reader) for m in shown.items]
    return page(
        request,
        "registry/people.html",
        table=Table("人员", columns, rows, quiet_caption=True),
        leaf=shown,
        agency=selectors.agency(agency, reader.on),
        others=[(a, selectors.agency(a, reader.on).short_name) for a in reader.own_agencies],
        reader=reader,
    )


def _row(m: Member, units: dict[str, str], reader: Reader) -> Row:
    duties = [Duty(p.duty).label for p in m.posts]
    acting = "；".join(_acting(row) for row in m.acts_for)
    return Row(
        {
            "name": Cell(m.person.name, m.person.username),
            "duties": Cell("、".join(dict.fromkeys(duties)) or "没有任职", acting),
            "unit": "、".join(units[u] for u in sorted(m.units) if u in units),
            "certificate": m.certificate.valid_until if m.certificate else None,
            "state": _state(m, reader),
        },
        address("registry:person", m.person.id),
    )


def _acting(row: Delegation) -> str:
    labels = "、".join(Duty(d).label for d in row.duties)
    return f"代{row.giver.name}行使{labels}职责至{row.valid_until}"


def _state(m: Member, reader: Reader) -> Badge:
    if not m.person.is_active:
        return Badge("账号停用", "void")
    if m.certificate and m.certificate.revoked_on and m.certificate.revoked_on <= reader.on:
        return Badge("执法证已收回", "late")
    if m.certificate and m.certificate.valid_until and m.certificate.valid_until < reader.on:
        return Badge("执法证过期", "late")
    if staff.soon_over(m.certificate, reader.on):
        return Badge("执法证即将到期", "soon")
    if m.absence is not None:
        return Badge(f"{m.absence.get_kind_display()}至{m.absence.valid_until}", "wait")
    return Badge("在岗" if m.posts else "没有任职", "done" if m.posts else "plain")


# --- one person ----------------------------------------------------------------------------------


@person_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: account, duties, delegations; what an administrator does is a form here."""
    reader = enter(request)
    agency = next((a for a in reader.own_agencies if staff.belongs(person_id, a)), "")
    if not agency:
        raise NotFound("没有找到这名人员，或者不属于您任职的机关。", code="no-such-person")
    if request.method != "POST":
        return _card(request, reader, person_id, agency)
    given: dict[str, Any] = {"agency": agency, "on": reader.on, "by": reader.id}
    do = request.POST.get("do", "")
    if do == "grant":
        return _grant(request, reader, person_id, agency)
    if do == "password":
        password = services.reset_password(person_id=person_id, **given)
        return _card(request, reader, person_id, agency, password=password)
    if do == "end":
        services.withdraw_duty(post_id=_uuid(request.POST.get("post", "")), **given)
        said = "任职今日终止。"
    elif do == "close":
        services.close_account(person_id=person_id, **given)
        said = "账号已经停用，正在使用的会话已经结束。"
    elif do == "reopen":
        services.reopen_account(person_id=person_id, **given)
        said = "账号已经恢复。"
    elif do == "reset":
        reason = request.POST.get("reason", "").replace("\0", "")
        row = services.propose_reset(person_id=person_id, reason=reason, **given)
        messages.success(request, "已经提出重置，等待另一名管理员审核。")
        return redirect("registry:change", row.id)
    else:
        raise NotFound("没有这一步。", code="no-such-step")
    messages.success(request, said)
    return redirect("registry:person", person_id)


def _grant(request: HttpRequest, reader: Reader, person_id: UUID, agency: str) -> HttpResponse:
    form = DutyForm(request.POST, units=_units(agency))
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.grant_duty(
                person_id=person_id, agency=agency, duty=Duty(said["duty"]), unit=said["unit"],
                title=said["title"], basis=said["basis"], on=reader.on, by=reader.id,
            )  # fmt: skip
        except BadInput as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            messages.success(request, f"已经任命为{Duty(said['duty']).label}，自今日起。")
            return redirect("registry:person", person_id)
    return _card(request, reader, person_id, agency, form=form, status=422)


def _card(
    request: HttpRequest,
    reader: Reader,
    person_id: UUID,
    agency: str,
    *,
    form: DutyForm | None = None,
    password: str = "",
    status: int = 200,
) -> HttpResponse:
    who = Person.objects.get(id=person_id)
    posts = Post.objects.filter(person_id=person_id, organ_id=agency).order_by(
        "-valid_from", "duty"
    )
    units = dict(_units(agency))
    other = str(person_id) != reader.actor.id
    me = reader.actor
    given = staff.delegations(agency, reader.on)
    return page(
        request,
        "registry/person.html",
        status=status,
        who=who,
        agency=selectors.agency(agency, reader.on),
        posts=[
            (p, Duty(p.duty).label, units.get(p.unit_code, ""), p.holds_on(reader.on))
            for p in posts
        ],
        acts_for=[_acting(d) for d in given.filter(holder_id=person_id)],
        let_act=[f"{d.holder.name}{_acting(d)}" for d in given.filter(giver_id=person_id)],
        certificates=list(who.certificates.filter(organ_id=agency).order_by("-valid_from")),
        opens=other and me.holds_itself(Duty.SYSADMIN, agency),
        grants=other and me.holds_itself(Duty.SECADMIN, agency),
        proves=who.factors.count(),
        form=form or DutyForm(units=_units(agency)),
        password=password,
        on=reader.on,
    )


def _units(agency: str) -> list[tuple[str, str]]:
    return [(u.code, u.name) for u in selectors.units(agency)]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("没有这一任职。", code="no-such-post") from None


@person_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new account, by the system administrator alone."""
    reader = enter(request)
    agency = agency_of(request, reader)
    if not reader.actor.holds_itself(Duty.SYSADMIN, agency):
        raise NotPermitted("账号由本机关系统管理员开立。", code="not-administrator")
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, password = services.open_account(
                agency=agency, on=reader.on, by=reader.id, **form.cleaned_data
            )
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            messages.success(request, "账号已经开立，还没有任何职责；职责由安全保密管理员授予。")
            return _card(request, reader, made.id, agency, password=password)
    return page(
        request,
        "registry/person_form.html",
        status=422 if request.method == "POST" else 200,
        title="开立账号",
        lead="开立账号不带任何职责。职责由安全保密管理员另行授予。",
        form=form,
        submit="开立",
        back=address("registry:people"),
    )
