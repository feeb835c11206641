"""Benchmarks at the desk: the list, one to try out, its next edition by turning its knobs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.kernel.errors import NotFound, NotPermitted, Refused
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, address, page
from zhifa.law import benchmark_words
from zhifa.law.benchmark import Benchmark, FactorKind
from zhifa.law.power import FIELDS
from zhifa.registry import checks, knobs, selectors, services
from zhifa.registry.forms import ChangeForm
from zhifa.registry.models import BenchmarkEdition
from zhifa.registry.selectors import maintenance
from zhifa.registry.views.entering import Reader, enter
from zhifa.registry.views.trying import trial

_COLUMNS = (
    Column("title", "名称"),
    Column("powers", "适用事项"),
    Column("issuer", "制定机关"),
    Column("from", "施行日期", "date"),
    Column("status", "性质", "badge"),
)
EXAMPLE = Badge("示例，未经公布", "soon")


@person_required
@require_safe
def benchmarks(request: HttpRequest) -> HttpResponse:
    """Every benchmark in force or to come."""
    reader = enter(request)
    field = request.GET.get("field", "")
    field = field if field in FIELDS else ""
    text = request.GET.get("q", "").replace("\0", "").strip()[:60]
    names = {c.rule.code: c.rule.name for c in selectors.powers(on=reader.on)}
    rows = [
        Row(
            {
                "title": Cell(b.title, b.code, address("registry:benchmark", b.code)),
                "powers": names.get(b.power_code, b.power_code),
                "issuer": b.content.get("issuer", ""),
                "from": b.valid_from,
                "status": EXAMPLE if b.status == "example" else Badge("已公布", "done"),
            }
        )
        for b in maintenance.benchmarks(reader.on, field=field, text=text)
    ]
    empty = "没有符合条件的裁量基准。"
    return page(
        request,
        "registry/benchmarks.html",
        block="list",
        table=Table("裁量基准", _COLUMNS, rows, empty=empty, quiet_caption=True),
        fields=FIELDS.items(),
        field=field,
        text=text,
    )


@person_required
@require_safe
def benchmark(request: HttpRequest, code: str) -> HttpResponse:
    """One benchmark: tiers, factors with their evidence, editions, a form to try it out."""
    reader = enter(request)
    editions = maintenance.editions(code)
    row = _asked(request, editions, reader)
    made = Benchmark.parse(row.content)
    powers = maintenance.used_by(code, reader.on)
    fine = next(
        (
            rule.fine
            for p in sorted(powers, key=lambda p: p.code != made.power)
            if (rule := selectors.power(p.code, reader.on)).fine
        ),
        None,
    )
    return page(
        request,
        "registry/benchmark.html",
        block="tried",
        row=row,
        made=made,
        on=reader.on,
        is_example=row.status == "example",
        tiers=benchmark_words.tiers(made),
        modifiers=benchmark_words.modifiers(made),
        factors=[(f.label, _kind(f.kind, f.unit), f.evidence) for f in made.factors],
        remarks=checks.benchmark_remarks(made),
        trial=trial(request, made, fine) if fine else None,
        powers=powers,
        editions=editions,
        changes=list(maintenance.proposals(code=code)[:6]),
        keeper=selectors.agency(row.keeper, reader.on).full_name,
        may_change=row.keeper in reader.keepers,
    )


def _asked(
    request: HttpRequest, editions: list[BenchmarkEdition], reader: Reader
) -> BenchmarkEdition:
    asked = request.GET.get("from", "")
    if asked:
        for row in editions:
            if row.valid_from.isoformat() == asked:
                return row
        raise NotFound("没有这一版本。", code="no-such-edition")
    return next((row for row in editions if row.holds_on(reader.on)), editions[0])


def _kind(kind: FactorKind, unit: str) -> str:
    names = {FactorKind.MONEY: "金额", FactorKind.FLAG: "有或者没有", FactorKind.CHOICE: "选择"}
    return names.get(kind, f"数量（{unit}）" if unit else "数量")


# --- its next edition ----------------------------------------------------------------------------


@person_required
def benchmark_change(request: HttpRequest, code: str) -> HttpResponse:
    """Propose the next edition: the knobs of the newest one, checked at every bound."""
    reader = enter(request)
    newest = maintenance.editions(code)[0]
    if newest.keeper not in reader.keepers:
        raise NotPermitted("变更由编制机关的法制审核机构负责人提出。", code="not-proposer")
    keepers = reader.keeper_choices(newest.keeper)
    if request.method != "POST":
        return _form_page(request, newest, ChangeForm(keepers=keepers, on=reader.on))
    form = ChangeForm(request.POST, keepers=keepers, on=reader.on)
    typed = {
        k.name: request.POST.get(f"k.{k.name}", k.value)[:300] for k in knobs.knobs(newest.content)
    }
    wrong: dict[str, str] = {}
    content = newest.content
    for name, value in typed.items():  # one by one, so that every wrong one is named
        try:
            knobs.turned(newest.content, {name: value})
        except knobs.KnobWrong as no:
            wrong[no.name] = f"{no}。"
        except ValueError as no:
            wrong[name] = f"{no}。"
    if not wrong:
        content = knobs.turned(newest.content, typed)
    told = knobs.differences(newest.content, content)
    remarks = checks.benchmark_remarks(Benchmark.parse(content))
    shown: dict[str, Any] = {
        "typed": typed, "wrong": wrong, "told": told, "remarks": remarks, "checked": True,
    }  # fmt: skip
    if wrong or not form.is_valid():
        return _form_page(request, newest, form, **shown, status=422)
    if request.POST.get("do") != "submit" or any(r.stops for r in remarks) or not told:
        return _form_page(request, newest, form, **shown)
    try:
        row = services.propose_benchmark(
            content=content,
            keeper=form.cleaned_data["keeper"],
            valid_from=form.cleaned_data["valid_from"],
            reason=form.cleaned_data["reason"],
            on=reader.on,
            by=reader.id,
        )
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.message)
        return _form_page(request, newest, form, **shown, status=no.status)
    messages.success(request, "变更已经提出，等待另一人审核发布。")
    return redirect("registry:change", row.id)


def _form_page(
    request: HttpRequest,
    newest: BenchmarkEdition,
    form: ChangeForm,
    *,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    told: Any = (),
    remarks: Any = (),
    checked: bool = False,
    status: int = 200,
) -> HttpResponse:
    found = knobs.knobs(newest.content)
    titles = {t.code: t.title for t in Benchmark.parse(newest.content).tiers}

    def lines(held: list[knobs.Knob]) -> list[dict[str, Any]]:
        return [
            {
                "knob": k,
                "value": (typed or {}).get(k.name, k.value),
                "wrong": (wrong or {}).get(k.name, ""),
            }
            for k in held
        ]

    return page(
        request,
        "registry/benchmark_form.html",
        newest=newest,
        form=form,
        heads=lines([k for k in found if "." not in k.name]),
        bounds=lines([k for k in found if k.name.startswith("b.")]),
        tiers=[(titles[code], lines(held)) for code, held in knobs.by_tier(found)],
        evidence=lines([k for k in found if k.name.startswith("e.")]),
        told=told,
        remarks=remarks,
        stopped=any(r.stops for r in remarks),
        checked=checked,
        status=status,
    )
