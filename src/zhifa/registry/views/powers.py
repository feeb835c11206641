"""Powers at the desk: the list with its filters and exports, one power, its next version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, Refused
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, address, csv_response, leaf, page
from zhifa.kernel.page.shapes import Tone
from zhifa.law import benchmark_words, range_words
from zhifa.law.power import FIELDS
from zhifa.law.range import BASES
from zhifa.registry import checks, selectors, services, spreadsheets, statutes
from zhifa.registry.drafts import COLUMNS, LEVELS, differences, draft_of
from zhifa.registry.forms import PowerForm, initial_of
from zhifa.registry.models import Power
from zhifa.registry.selectors import PowerCard, maintenance
from zhifa.registry.views.entering import Reader, enter
from zhifa.registry.views.trying import trial

GRADES: dict[str, tuple[str, Tone]] = {
    "text": ("已收录原文", "done"),
    "known": ("未收录原文", "plain"),
    "unconfirmed": ("待核实", "soon"),
}
_COLUMNS = (
    Column("name", "事项"),
    Column("field", "领域"),
    Column("penalty", "罚则"),
    Column("fine", "罚款幅度"),
    Column("grade", "依据", "badge"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the list, as far as they are known words."""

    field: str
    agency: str
    grade: str
    text: str

    @classmethod
    def of(cls, request: HttpRequest, agencies: set[str]) -> Asked:
        """Read them from the address; whatever is unknown is no filter."""
        ask = request.GET.get
        return cls(
            field if (field := ask("field", "")) in FIELDS else "",
            agency if (agency := ask("agency", "")) in agencies else "",
            grade if (grade := ask("grade", "")) in GRADES else "",
            ask("q", "").replace("\0", "").strip()[:60],
        )

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.field or self.agency or self.grade or self.text)


@person_required
@require_safe
def powers(request: HttpRequest) -> HttpResponse:
    """The list of powers; ``format=xlsx`` or ``csv`` exports what the filters leave."""
    reader = enter(request)
    agencies = selectors.agencies(reader.on)
    asked = Asked.of(request, {str(a.organ_id) for a in agencies})
    cards = maintenance.powers_found(
        reader.on, field=asked.field, agency=asked.agency, text=asked.text, grade=asked.grade
    )
    if request.GET.get("format") in ("xlsx", "csv"):
        return _export(cards, request.GET["format"], reader.on)
    shown = leaf(request, cards, per=40, total=len(cards))
    rows = [_row(card, reader.on) for card in shown.items]
    empty = "没有符合条件的事项。" if asked.any else "权责清单还是空的。"
    return page(
        request,
        "registry/powers.html",
        block="list",
        table=Table("权责事项", _COLUMNS, rows, empty=empty, quiet_caption=True),
        leaf=shown,
        count=len(cards),
        asked=asked,
        fields=FIELDS.items(),
        agencies=agencies,
        grades=[(code, words) for code, (words, _) in GRADES.items()],
        reader=reader,
    )


def _row(card: PowerCard, on: date) -> Row:
    rule = card.rule
    words, tone = GRADES[maintenance.grade_of(card, on)]
    lines = range_words.lines(rule.fine) if rule.fine else ()
    more = f"等{len(lines)}档" if len(lines) > 1 else ""
    example = "，裁量基准（示例）" if card.benchmark_status == "example" else ""
    return Row(
        {
            "name": Cell(
                rule.name,
                f"{rule.code}，第{card.version}版{example}",
                address("registry:power", rule.code),
            ),
            "field": FIELDS.get(rule.field, rule.field),
            "penalty": "、".join(c.label for c in rule.penalty),
            "fine": f"{lines[0][1]}{more}" if lines else "没有登记罚款",
            "grade": Badge(words, tone),
        }
    )


def _export(cards: list[PowerCard], kind: str, on: date) -> HttpResponse:
    wanted = {card.rule.code: card.version for card in cards}
    rows = Power.objects.filter(code__in=wanted).order_by("field", "code")
    drafts = [draft_of(row) for row in rows if row.version == wanted[row.code]]
    name = f"权责清单{on.isoformat()}.{kind}"
    if kind == "csv":
        lines = csv_response(name, list(COLUMNS.values()), spreadsheets.rows_of(drafts))
        return cast("HttpResponse", lines)
    answer = HttpResponse(spreadsheets.write_powers(drafts), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


# --- one power -----------------------------------------------------------------------------------


@person_required
@require_safe
def power(request: HttpRequest, code: str) -> HttpResponse:
    """One power: its articles with their text, range, benchmark to try out, bodies, versions."""
    reader = enter(request)
    versions = maintenance.versions(code)
    row = _asked_version(request, versions, reader.on)
    on = _day_of(row, reader.on)
    card = selectors.power_card(code, on)
    rule = card.rule
    texts = statutes.texts((*rule.violated, *rule.penalty), on)
    made = rule.benchmark
    return page(
        request,
        "registry/power.html",
        block="tried",
        card=card,
        rule=rule,
        row=row,
        on=on,
        field=FIELDS.get(rule.field, rule.field),
        kinds=card.kinds_label,
        levels="、".join(LEVELS.get(level, level) for level in card.levels),
        violated=[texts[c] for c in rule.violated],
        penalty=[texts[c] for c in rule.penalty],
        lines=range_words.lines(rule.fine) if rule.fine else (),
        tiers=benchmark_words.tiers(made) if made else (),
        modifiers=benchmark_words.modifiers(made) if made else (),
        is_example=card.benchmark_status == "example",
        trial=trial(request, made, rule.fine) if made and rule.fine else None,
        benchmark_code=row.benchmark_code,
        held=competence_table(maintenance.register_of_competence(None, codes=[code, rule.field]),
                              reader.on),
        versions=versions,
        changes=list(maintenance.proposals(code=code)[:6]),
        remarks=[r for r in checks.power_remarks(draft_of(row), on) if not r.stops],
        keeper=_name(row.keeper, reader.on),
        may_change=row.keeper in reader.keepers,
        reader=reader,
    )  # fmt: skip


def _asked_version(request: HttpRequest, versions: list[Power], on: date) -> Power:
    asked = request.GET.get("version", "")
    if asked:
        for row in versions:
            if str(row.version) == asked:
                return row
        raise NotFound("没有这一版本。", code="no-such-version")
    return next((row for row in versions if row.holds_on(on)), versions[0])


def _day_of(row: Power, on: date) -> date:
    """A day on which the version holds: today where it does, else its nearest."""
    if row.holds_on(on):
        return on
    return row.valid_from if row.valid_from > on else row.valid_until or row.valid_from


def _name(agency: str, on: date) -> str:
    try:
        return selectors.agency(agency, on).full_name
    except NotFound:
        return agency


def competence_table(rows: list[Any], on: date) -> Table:
    """Assignments of every day as a table: what holds today first."""
    names = {r.code: r.name for r in selectors.regions()}
    bodies = {str(b.organ_id): b.full_name for b in maintenance.bodies(on)}
    columns = (
        Column("name", "署名机关"), Column("mode", "方式"), Column("areas", "区域"),
        Column("span", "有效期"), Column("state", "状态", "badge"), Column("source", "依据文件"),
    )  # fmt: skip
    ordered = sorted(rows, key=lambda a: (not a.holds_on(on), a.agency_code, a.valid_from))
    return Table(
        "行使机关",
        columns,
        [_assignment(a, on, names, bodies) for a in ordered],
        empty="没有机关登记行使。",
        quiet_caption=True,
    )


def _assignment(a: Any, on: date, names: dict[str, str], bodies: dict[str, str]) -> Row:
    until = f"至{a.valid_until.isoformat()}" if a.valid_until else "起"
    tone: Tone
    if a.holds_on(on):
        state, tone = "有效", "done"
    elif a.valid_from > on:
        state, tone = "尚未生效", "wait"
    else:
        state, tone = "已届满", "void"
    by = "" if a.in_name_of == a.agency_code else f"由{bodies.get(a.agency_code, '')}实施"
    return Row(
        {
            "name": Cell(a.name, by, address("registry:assignment", a.code)),
            "mode": a.get_mode_display(),
            "areas": "、".join(names.get(x, x) for x in a.areas),
            "span": f"{a.valid_from.isoformat()}{until}",
            "state": Badge(state, tone),
            "source": Cell(a.source, f"法制审核：{a.review_unit}"),
        }
    )


# --- its next version ----------------------------------------------------------------------------


@person_required
def power_new(request: HttpRequest) -> HttpResponse:
    """Propose a power that is not in the list yet."""
    reader = enter(request)
    if not reader.keepers:
        raise NotPermitted("变更由编制机关的法制审核机构负责人提出。", code="not-proposer")
    return _change(request, reader, None)


@person_required
def power_change(request: HttpRequest, code: str) -> HttpResponse:
    """Propose the next version of a power, filled in with the newest one."""
    reader = enter(request)
    newest = maintenance.versions(code)[0]
    if newest.keeper not in reader.keepers:
        raise NotPermitted("变更由编制机关的法制审核机构负责人提出。", code="not-proposer")
    return _change(request, reader, newest)


def _change(request: HttpRequest, reader: Reader, newest: Power | None) -> HttpResponse:
    before = draft_of(newest) if newest else None
    given: dict[str, Any] = {
        "keepers": reader.keeper_choices(newest.keeper if newest else ""),
        "benchmarks": [(b.code, b.title) for b in maintenance.benchmarks(reader.on)],
        "known": newest.code if newest else "",
        "on": reader.on,
    }
    if request.method != "POST":
        form = PowerForm(initial=initial_of(before) if before else None, **given)
        return _form_page(request, form, newest)
    form = PowerForm(request.POST, **given)
    if not form.is_valid() or form.draft is None:
        return _form_page(request, form, newest, status=422)
    draft, day = form.draft, form.cleaned_data["valid_from"]
    told = differences(before, draft)
    remarks = checks.power_remarks(draft, day)
    if request.POST.get("do") != "submit" or any(r.stops for r in remarks) or not told:
        return _form_page(request, form, newest, told=told, remarks=remarks, checked=True)
    try:
        row = services.propose_powers(
            drafts=[draft],
            keeper=form.cleaned_data["keeper"],
            valid_from=day,
            reason=form.cleaned_data["reason"],
            on=reader.on,
            by=reader.id,
        )
    except BadInput as no:
        form.add_error(no.field if no.field in form.fields else None, no.message)
        return _form_page(request, form, newest, told=told, remarks=remarks, status=422)
    except Refused as no:
        form.add_error(None, no.message)
        return _form_page(request, form, newest, told=told, remarks=remarks, status=no.status)
    messages.success(request, "变更已经提出，等待另一人审核发布。")
    return redirect("registry:change", row.id)


def _form_page(
    request: HttpRequest,
    form: PowerForm,
    newest: Power | None,
    *,
    told: Any = (),
    remarks: Any = (),
    checked: bool = False,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "registry/power_form.html",
        form=form,
        newest=newest,
        told=told,
        remarks=remarks,
        stopped=any(r.stops for r in remarks),
        checked=checked,
        bases="、".join(BASES.values()),
        status=status,
    )
