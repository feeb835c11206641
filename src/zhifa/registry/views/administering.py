"""What administrators alone see: the audit log, and an agency's names and bank for two people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from zhifa.accounts.access import person_required
from zhifa.accounts.tables import events_table
from zhifa.kernel.errors import NotPermitted, Refused
from zhifa.kernel.models import LedgerEvent
from zhifa.kernel.page import Cell, Column, Row, Table, address, csv_response, leaf, page
from zhifa.law.actor import Duty
from zhifa.law.remedies import BodyKind
from zhifa.law.sources import DBAO
from zhifa.registry import selectors, services
from zhifa.registry.models import ChangeProposal
from zhifa.registry.policies import approvers
from zhifa.registry.selectors import audit as log
from zhifa.registry.spreadsheets import Unreadable
from zhifa.registry.staffing import COLUMNS, read
from zhifa.registry.views.entering import enter
from zhifa.registry.views.entries import PROFILE_FIELDS, ProfileForm, StaffForm
from zhifa.registry.views.people import agency_of


@person_required
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The account log and the registers' events of the agency, for the auditor alone."""
    reader = enter(request)
    agency = agency_of(request, reader)
    if not reader.actor.holds_itself(Duty.AUDITOR, agency):
        raise NotPermitted(
            "审计记录由本机关安全审计员查阅。", cites=(DBAO.whole,), code="not-auditor"
        )
    which = "registers" if request.GET.get("of") == "registers" else "accounts"
    if which == "accounts":
        shown = leaf(request, log.account_events(agency), per=60)
        table = events_table(shown.items, whose=True)
    else:
        shown = leaf(request, log.register_events(agency), per=60)
        table = _registers(shown.items)
    return page(
        request, "registry/audit.html", table=table, leaf=shown, which=which,
        agency=selectors.agency(agency, reader.on),
    )  # fmt: skip


def _registers(rows: Sequence[LedgerEvent]) -> Table:
    columns = (
        Column("at", "时间", "instant"), Column("what", "事项"), Column("by", "办理人"),
        Column("hash", "摘要"),
    )  # fmt: skip
    names = log.names(rows)
    made = [
        Row(
            {
                "at": r.recorded_at,
                "what": Cell(log.LABELS.get(r.kind, r.kind), names.about(r)),
                "by": names.of(r.actor_id) or "安装",
                "hash": r.hash[:16],
            }
        )
        for r in rows
    ]
    return Table("名册记录", columns, made, empty="没有记录。", quiet_caption=True)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def staff_import(request: HttpRequest) -> HttpResponse:
    """Units, people and posts from a file: read without writing, then proposed to be approved."""
    reader = enter(request)
    agency = agency_of(request, reader)
    if not reader.actor.holds_itself(Duty.SYSADMIN, agency):
        raise NotPermitted("人员导入由本机关系统管理员提出。", code="not-administrator")
    if request.GET.get("format") == "csv":
        return cast("HttpResponse", csv_response("人员导入.csv", list(COLUMNS.values()), []))
    form = StaffForm(request.POST or None, request.FILES or None)
    reading = None
    if request.method == "POST" and form.is_valid():
        data, name = form.content()
        try:
            reading = read(data, name, agency=agency, on=reader.on)
            if not reading.errors and request.POST.get("do") == "propose":
                row = services.propose_staff(
                    agency=agency, lines=reading.lines, reason=form.cleaned_data["reason"],
                    on=reader.on, by=reader.id, source_file=name,
                )  # fmt: skip
                messages.success(request, "已经提出导入，等待安全保密管理员审核。")
                return redirect("registry:change", row.id)
        except Unreadable as no:
            form.add_error("file", f"{no}。")
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
    wrong = request.method == "POST" and (not form.is_valid() or bool(reading and reading.errors))
    return page(
        request,
        "registry/staff_import.html",
        status=422 if wrong else 200,
        form=form,
        reading=reading,
        errors=reading.errors if reading else (),
        read=len(reading.lines) + reading.same if reading else 0,
        name=form.cleaned_data["file"].name if reading else "",
    )


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """What the agency is called and prints, proposed by one and approved by another."""
    reader = enter(request)
    agency = agency_of(request, reader)
    if not reader.actor.holds_itself(Duty.SYSADMIN, agency):
        raise NotPermitted("机关信息的变更由本机关系统管理员提出。", code="not-administrator")
    now = selectors.agency(agency, reader.on)
    initial = {name: getattr(now, name) for name, _label, _most in PROFILE_FIELDS}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        day, reason = said.pop("valid_from"), said.pop("reason")
        kept = {n: getattr(now, n) for n in services.Profile.__slots__ if n not in said}
        kept["body_kind"] = BodyKind(now.body_kind)
        try:
            row = services.propose_profile(
                agency=agency, profile=services.Profile(**{**kept, **said}), valid_from=day,
                reason=reason, on=reader.on, by=reader.id,
            )  # fmt: skip
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, no.message)
        else:
            messages.success(request, "变更已经提出，等待另一人审核。")
            return redirect("registry:change", row.id)
    return page(
        request,
        "registry/person_form.html",
        status=422 if request.method == "POST" else 200,
        title="变更机关信息",
        lead=f"由系统管理员提出，{approvers(ChangeProposal.Kind.PROFILE)}审核后自施行日期起使用。",
        form=form,
        submit="提出变更",
        back=address("registry:people"),
    )
