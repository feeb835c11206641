"""Changes by two people at the desk: the list, one of them, approve and return, import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from zhifa.accounts.access import person_required
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, Refused
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, address, leaf, page
from zhifa.kernel.page.shapes import Tone
from zhifa.law.benchmark import Benchmark
from zhifa.registry import checks, knobs, selectors, services, spreadsheets
from zhifa.registry.drafts import PowerDraft, differences, draft_of
from zhifa.registry.forms import DecisionForm, ImportForm
from zhifa.registry.models import AgencyProfile, BenchmarkEdition, ChangeProposal, Power
from zhifa.registry.policies import approvers, may_approve, may_see, visible_to, waiting_for
from zhifa.registry.selectors import maintenance
from zhifa.registry.staffing import Line, duty_of
from zhifa.registry.views.entering import Reader, enter
from zhifa.registry.views.entries import PROFILE_FIELDS

State, Kind = ChangeProposal.State, ChangeProposal.Kind
TONES: dict[str, Tone] = {
    State.OPEN: "now", State.APPROVED: "done", State.RETURNED: "late", State.WITHDRAWN: "void",
}  # fmt: skip
_COLUMNS = (
    Column("what", "变更"),
    Column("state", "状态", "badge"),
    Column("proposed", "提出"),
    Column("valid_from", "施行日期", "date"),
    Column("decided", "审核"),
)


@person_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Every proposed change, those that wait for the reader first."""
    reader = enter(request)
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    shown = leaf(
        request, visible_to(reader.actor).filter(**({"state": state} if state else {})), per=40
    )
    rows = [change_row(row) for row in shown.items]
    return page(
        request,
        "registry/changes.html",
        table=Table("变更", _COLUMNS, rows, empty="没有变更。", quiet_caption=True),
        leaf=shown,
        state=state,
        states=State.choices,
        waiting=[change_row(r) for r in waiting_for(reader.actor)],
        reader=reader,
    )


def change_row(row: ChangeProposal) -> Row:
    """A proposal as a line of a list."""
    return Row(
        {
            "what": Cell(title_of(row), row.reason, address("registry:change", row.id)),
            "state": Badge(State(row.state).label, TONES[row.state]),
            "proposed": Cell(row.proposed_by.name, row.proposed_on.isoformat()),
            "valid_from": row.valid_from,
            "decided": Cell(row.decided_by.name, row.decided_on.isoformat())
            if row.decided_by and row.decided_on
            else "",
        }
    )


def title_of(row: ChangeProposal) -> str:
    """What a proposal is about, in one phrase."""
    first = row.items[0]
    if row.kind == Kind.PROFILE:
        return str(first["full_name"])
    if row.kind == Kind.RESET:
        return str(first["name"])
    if row.kind == Kind.STAFF:
        return f"导入{len(first['rows'])}行"
    name = first["name"] if row.kind == Kind.POWERS else first["title"]
    if len(row.items) > 1:
        return f"{name}等{len(row.items)}项"
    return str(name)


# --- one -----------------------------------------------------------------------------------------


@person_required
@require_safe
def change(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """One change: what differs, what the library says to it, and who may decide it."""
    reader = enter(request)
    return _page(request, reader, _seen(proposal_id, reader), DecisionForm())


@person_required
@require_POST
def change_act(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Approve, return or withdraw it."""
    reader = enter(request)
    row = _seen(proposal_id, reader)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, reader, row, form, status=422)
    opinion = form.cleaned_data["opinion"]
    given: dict[str, Any] = {"on": reader.on, "by": reader.id}
    try:
        match request.POST.get("do"):
            case "approve":
                services.approve_change(
                    proposal_id=proposal_id, opinion=opinion or "同意。", **given
                )
                said = _DONE.get(row.kind, f"已经发布，自{row.valid_from.isoformat()}起施行。")
            case "return":
                services.return_change(proposal_id=proposal_id, opinion=opinion, **given)
                said = "已经退回提出人。"
            case "withdraw":
                services.withdraw_change(proposal_id=proposal_id, **given)
                said = "变更已经撤回。"
            case _:
                raise NotFound("没有这一步。", code="no-such-step")
    except BadInput as no:
        form.add_error("opinion", no.message)
        return _page(request, reader, row, form, status=422)
    messages.success(request, said)
    return redirect("registry:change", proposal_id)


def _page(
    request: HttpRequest, reader: Reader, row: ChangeProposal, form: DecisionForm, status: int = 200
) -> HttpResponse:
    decided = row.state != State.OPEN
    return page(
        request,
        "registry/change.html",
        status=status,
        row=row,
        title=title_of(row),
        badge=Badge(State(row.state).label, TONES[row.state]),
        keeper=selectors.agency(row.keeper, reader.on).full_name,
        parts=_PARTS[row.kind](row),
        approvers=approvers(row.kind),
        may_decide=not decided and may_approve(reader.actor, row),
        own=row.proposed_by_id == reader.id,
        form=form,
        reader=reader,
    )


def _seen(proposal_id: UUID, reader: Reader) -> ChangeProposal:
    row = maintenance.proposal(proposal_id)
    if not may_see(reader.actor, row):
        raise NotFound("没有这一变更。", code="no-such-proposal")
    return row


def _powers(row: ChangeProposal) -> list[dict[str, Any]]:
    before = {
        (p.code, p.version): p for p in Power.objects.filter(code__in=row.codes).order_by("version")
    }
    parts = []
    for item in row.items:
        draft = PowerDraft.parse(item)
        base = before.get((draft.code, row.base.get(draft.code, 0)))
        parts.append(
            {
                "name": draft.name,
                "address": address("registry:power", draft.code) if base else "",
                "new": base is None,
                "told": differences(draft_of(base) if base else None, draft),
                "remarks": checks.power_remarks(draft, row.valid_from),
            }
        )
    return parts


def _benchmark(row: ChangeProposal) -> list[dict[str, Any]]:
    (item,) = row.items
    day = row.base.get(item["code"])
    base = BenchmarkEdition.objects.filter(code=item["code"], valid_from=day).first()
    return [
        {
            "name": item["title"],
            "address": address("registry:benchmark", item["code"]) if base else "",
            "new": base is None,
            "told": knobs.differences(base.content if base else None, item),
            "remarks": checks.benchmark_remarks(Benchmark.parse(item)),
        }
    ]


def _profile(row: ChangeProposal) -> list[dict[str, Any]]:
    (item,) = row.items
    base = AgencyProfile.objects.filter(
        organ_id=row.keeper, valid_from=row.base.get(row.keeper)
    ).first()
    told = [
        (label, str(getattr(base, name, "")), str(item[name]))
        for name, label, _most in PROFILE_FIELDS
        if base is None or getattr(base, name) != item[name]
    ]
    return [
        {
            "name": item["full_name"],
            "address": address("registry:agency", row.keeper),
            "new": False,
            "told": told,
            "remarks": [],
        }
    ]


def _reset(row: ChangeProposal) -> list[dict[str, Any]]:
    (item,) = row.items
    told = [("二次验证和恢复码", "现有的全部", "全部作废，由本人重新添加；正在使用的会话结束")]
    return [{"name": item["name"], "address": "", "new": False, "told": told, "remarks": []}]


def _staff(row: ChangeProposal) -> list[dict[str, Any]]:
    (item,) = row.items
    told = []
    for line in (Line.of(r) for r in item["rows"]):
        unit = f"{line.unit_name}（{line.unit}）" if line.unit_name else line.unit
        duty = duty_of(line).label if line.duty else ""
        what = (unit, line.name, duty, line.title, line.basis)
        told.append((line.username or line.unit, "", "，".join(filter(None, what))))
    return [{"name": "人员导入", "address": "", "new": True, "told": told, "remarks": []}]


_PARTS: dict[str, Callable[[ChangeProposal], list[dict[str, Any]]]] = {
    Kind.POWERS: _powers,
    Kind.BENCHMARK: _benchmark,
    Kind.PROFILE: _profile,
    Kind.RESET: _reset,
    Kind.STAFF: _staff,
}
_DONE: dict[str, str] = {
    Kind.STAFF: "已经导入。新开立的账号由系统管理员设置密码。",
    Kind.RESET: "已经重置，本人可以凭密码登录后重新添加。",
}


# --- a list from a file --------------------------------------------------------------------------


@person_required
def powers_import(request: HttpRequest) -> HttpResponse:
    """Take a list of powers in from a file: all of it as one proposal, or nothing and why."""
    reader = enter(request)
    if not reader.keepers:
        raise NotPermitted("变更由编制机关的法制审核机构负责人提出。", code="not-proposer")
    given: dict[str, Any] = {"keepers": reader.keeper_choices(), "on": reader.on}
    if request.method != "POST":
        return page(request, "registry/import.html", form=ImportForm(**given))
    form = ImportForm(request.POST, request.FILES, **given)
    if not form.is_valid():
        return page(request, "registry/import.html", form=form, status=422)
    data, name = form.content()
    try:
        sheet = spreadsheets.read_powers(data, name)
    except spreadsheets.Unreadable as no:
        form.add_error("file", f"{no}。")
        return page(request, "registry/import.html", form=form, status=422)
    day = form.cleaned_data["valid_from"]
    errors = sorted([*sheet.errors, *_missing(sheet, day)], key=lambda e: e.row)
    changed = _changed([draft for _, draft in sheet.drafts])
    if errors or not changed:
        if not errors:
            form.add_error("file", "文件中的事项与现行清单完全相同，没有需要变更的内容。")
        return page(
            request, "registry/import.html", form=form, errors=errors, name=name,
            read=len(sheet.drafts), status=422,
        )  # fmt: skip
    try:
        row = services.propose_powers(
            drafts=changed,
            keeper=form.cleaned_data["keeper"],
            valid_from=day,
            reason=form.cleaned_data["reason"],
            on=reader.on,
            by=reader.id,
            source_file=name,
        )
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.message)
        return page(request, "registry/import.html", form=form, status=no.status)
    left = len(sheet.drafts) - len(changed)
    more = f"，另有{left}项与现行清单相同" if left else ""
    messages.success(request, f"已经提出{len(changed)}项变更{more}，等待另一人审核发布。")
    return redirect("registry:change", row.id)


def _missing(sheet: spreadsheets.Sheet, day: Any) -> list[spreadsheets.RowError]:
    return [
        spreadsheets.RowError(number, "违则、罚则", remark.words)
        for number, draft in sheet.drafts
        for remark in checks.power_remarks(draft, day)
        if remark.stops
    ]


def _changed(drafts: list[PowerDraft]) -> list[PowerDraft]:
    """Those that differ from the newest version."""
    rows = Power.objects.filter(code__in=[d.code for d in drafts]).order_by("code", "version")
    newest = {row.code: draft_of(row).as_json() for row in rows}
    return [d for d in drafts if newest.get(d.code) != d.as_json()]
