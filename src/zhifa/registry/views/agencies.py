"""The desk's front page, agencies with their people, officers, and who is competent where."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.kernel.errors import AgainstLaw, NotFound
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, address, leaf, page
from zhifa.kernel.page.shapes import Tone
from zhifa.law.actor import Duty
from zhifa.law.competence import Competence, Mode
from zhifa.law.power import FIELDS
from zhifa.registry import selectors
from zhifa.registry.models import AgencyProfile, CompetenceAssignment
from zhifa.registry.policies import visible_to, waiting_for
from zhifa.registry.selectors import Card, maintenance
from zhifa.registry.selectors.people import WARN_DAYS
from zhifa.registry.selectors.powers import assignment as assignment_of
from zhifa.registry.views.changes import change_row
from zhifa.registry.views.entering import enter
from zhifa.registry.views.powers import GRADES, competence_table

LEVELS = {"province": "省级", "city": "市级", "county": "县级", "township": "乡镇（街道）"}


@person_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What the registers hold, how well it is founded, and what waits for the reader."""
    reader = enter(request)
    cards = selectors.powers(on=reader.on)
    grades = Counter((c.rule.field, maintenance.grade_of(c, reader.on)) for c in cards)
    fields = Counter(c.rule.field for c in cards)
    with_benchmark = Counter(c.rule.field for c in cards if c.rule.benchmark)
    rows = [
        Row(
            {
                "field": name,
                "count": fields[code],
                "benchmarks": with_benchmark[code],
                **{g: grades[(code, g)] for g in GRADES},
            },
            f"{address('registry:powers')}?field={code}",
        )
        for code, name in FIELDS.items()
    ]
    columns = (
        Column("field", "领域"), Column("count", "事项", "number"),
        Column("benchmarks", "有裁量基准", "number"),
        *(Column(g, words, "number") for g, (words, _) in GRADES.items()),
    )  # fmt: skip
    waiting = waiting_for(reader.actor)
    return page(
        request,
        "registry/desk.html",
        table=Table("各领域事项", columns, rows, quiet_caption=True),
        count=len(cards),
        agencies=len([b for b in maintenance.bodies(reader.on) if b.enforces]),
        benchmarks=len(maintenance.benchmarks(reader.on)),
        people=sum(maintenance.staff_counts(reader.on).values()),
        waiting=[change_row(row) for row in waiting],
        recent=[change_row(row) for row in visible_to(reader.actor)[:5]],
        reader=reader,
    )


# --- agencies ------------------------------------------------------------------------------------


@person_required
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Every body of the register."""
    reader = enter(request)
    staff = maintenance.staff_counts(reader.on)
    regions = {r.code: r.name for r in selectors.regions()}
    rows = [
        Row(
            {
                "name": Cell(b.full_name, b.organ_id, address("registry:agency", b.organ_id)),
                "field": FIELDS.get(b.field, "行政执法监督" if b.supervises else ""),
                "region": regions.get(b.region_code, b.region_code),
                "level": LEVELS.get(b.level, b.level),
                "people": staff.get(str(b.organ_id), 0) or "",
                "state": Badge("行政执法主体", "done")
                if b.enforces
                else Badge("仅作登记", "plain"),
            }
        )
        for b in maintenance.bodies(reader.on)
    ]
    columns = (
        Column("name", "机关"), Column("field", "领域"), Column("region", "区域"),
        Column("level", "层级"), Column("people", "人员", "number"),
        Column("state", "性质", "badge"),
    )  # fmt: skip
    return page(
        request,
        "registry/agencies.html",
        table=Table("机关", columns, rows, empty="没有登记机关。", quiet_caption=True),
    )


@person_required
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency: names, letterhead, bank, inner units with their people, powers, competence."""
    reader = enter(request)
    found = selectors.agency(code, reader.on)
    units = {u.code: u.name for u in selectors.units(code)}
    posts = maintenance.posts_of(code, reader.on)
    bodies = {str(b.organ_id): b.full_name for b in maintenance.bodies(reader.on)}
    people = [
        (name, [p for p in posts if p.unit_code == unit])
        for unit, name in [("", "负责人"), *units.items()]
    ]
    return page(
        request,
        "registry/agency.html",
        found=found,
        code=code,
        field=FIELDS.get(found.field, ""),
        level=LEVELS.get(found.level, found.level),
        pairs=_pairs(found, bodies),
        people=[(name, held) for name, held in people if held],
        duties={d.value: d.label for d in Duty},
        certificates=_certificates(code, reader.on),
        powers=len(selectors.powers(agency=code, on=reader.on)),
        held=competence_table(
            maintenance.register_of_competence(None, agency=code), reader.on
        ),
    )  # fmt: skip


def _pairs(found: AgencyProfile, bodies: dict[str, str]) -> list[tuple[str, str]]:
    said = [
        ("简称", found.short_name),
        ("机关代字", found.word),
        ("发文机关标志", found.letterhead),
        ("印章名称", found.seal_name),
        ("本级人民政府", bodies.get(found.government, "")),
        ("上级机关", bodies.get(found.superior, "")),
        ("派驻地人民政府", bodies.get(found.local_government, "")),
        ("地址", found.address),
        ("联系电话", found.phone),
        ("监督电话", found.complaint_phone),
        ("代收机构", found.bank),
        ("收款户名", found.bank_account_name),
        ("执收编码", found.payment_code),
        ("登记生效", found.valid_from.isoformat()),
    ]
    return [(label, value) for label, value in said if value]


def _certificates(code: str, on: date) -> Table | None:
    cards = selectors.officer_cards(on, agency=code)
    return _cards_table(cards, on) if cards else None


def _cards_table(cards: list[Card], on: date) -> Table:
    columns = (
        Column("name", "姓名"), Column("number", "证件号"), Column("unit", "内设机构"),
        Column("fields", "执法领域"), Column("until", "有效期至", "date"),
        Column("state", "状态", "badge"),
    )  # fmt: skip
    return Table(
        "执法证件",
        columns,
        [_card_row(c, on) for c in cards],
        empty="没有执法证件。",
        quiet_caption=True,
    )


def _card_row(card: Card, on: date) -> Row:
    tone: Tone = "done" if card.valid else "late"
    state = "有效" if card.valid else "已收回" if card.revoked_on else "不在有效期"
    if card.valid and (left := (card.valid_until - on).days) <= WARN_DAYS:
        state, tone = f"有效，余{left}日", "soon"
    return Row(
        {
            "name": Cell(card.name, card.agency),
            "number": card.number,
            "unit": card.unit,
            "fields": "、".join(FIELDS.get(f, f) for f in card.fields),
            "until": card.valid_until,
            "state": Badge(state, tone),
        }
    )


@person_required
@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """Officers and their certificates, by agency or name."""
    reader = enter(request)
    listed = selectors.agencies(reader.on)
    asked = request.GET.get("agency", "")
    asked = asked if asked in {str(a.organ_id) for a in listed} else ""
    text = request.GET.get("q", "").replace("\0", "").strip()[:40]
    cards = selectors.officer_cards(reader.on, agency=asked)
    if text:
        cards = [c for c in cards if text in c.name or text in c.number]
    shown = leaf(request, cards, per=40, total=len(cards))
    return page(
        request,
        "registry/officers.html",
        block="list",
        table=_cards_table(list(shown.items), reader.on),
        leaf=shown,
        agencies=listed,
        agency=asked,
        text=text,
    )


# --- competence ----------------------------------------------------------------------------------


@person_required
@require_safe
def competence(request: HttpRequest) -> HttpResponse:
    """Who exercises a power in a place on a day; below, the register that says so."""
    reader = enter(request)
    cards = selectors.powers(on=reader.on)
    places = [r for r in selectors.regions() if r.level in ("county", "township")]
    power = request.GET.get("power", "")
    area = request.GET.get("area", "")
    on = _day(request.GET.get("on", "")) or reader.on
    answer: Competence | None = None
    refusal = None
    if power in {c.rule.code for c in cards} and area in {r.code for r in places}:
        try:
            answer = selectors.competence(power, area, on)
        except (AgainstLaw, NotFound) as no:
            refusal = no
    mode = request.GET.get("mode", "")
    rows = maintenance.register_of_competence(None)
    if mode in {m.value for m in Mode}:
        rows = [r for r in rows if r.mode == mode]
    return page(
        request,
        "registry/competence.html",
        block="answer",
        cards=cards,
        places=places,
        power=power,
        area=area,
        on=on,
        answer=answer,
        refused=refusal,
        table=competence_table(rows, reader.on),
        modes=[(m.value, m.label) for m in Mode],
        mode=mode,
    )


@person_required
@require_safe
def assignment(request: HttpRequest, code: str) -> HttpResponse:
    """One assignment: what it gives, and the running cases that its recall would touch."""
    reader = enter(request)
    row = CompetenceAssignment.objects.filter(code=code).first()
    if row is None:
        raise NotFound("没有这一登记。", code="no-such-assignment")
    names = {c.rule.code: c.rule.name for c in selectors.powers(on=reader.on)} | dict(FIELDS)
    regions = {r.code: r.name for r in selectors.regions()}
    return page(
        request,
        "registry/assignment.html",
        row=row,
        on=reader.on,
        holds=row.holds_on(reader.on),
        mode=Mode(row.mode),
        powers=[(p, names.get(p, p), p in FIELDS) for p in row.powers],
        areas="、".join(regions.get(a, a) for a in row.areas),
        body=_full_name(row.agency_code, reader.on),
        cites=assignment_of(row).cites,
    )


def _full_name(code: str, on: date) -> str:
    try:
        return selectors.agency(code, on).full_name
    except NotFound:
        return code


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
