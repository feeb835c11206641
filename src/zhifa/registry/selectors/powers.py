"""Powers with their ranges and benchmarks on a day, and who exercises them where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhifa.kernel.errors import AgainstLaw, NotFound
from zhifa.law import competence as law_competence
from zhifa.law.benchmark import Benchmark
from zhifa.law.cite import Cite
from zhifa.law.competence import Assignment, Competence, CompetenceRefused, Mode
from zhifa.law.power import PenaltyKind, PowerRule
from zhifa.law.range import LegalRange
from zhifa.registry.models import BenchmarkEdition, CompetenceAssignment, Power
from zhifa.registry.models.dated import holding


@dataclass(frozen=True, slots=True)
class PowerCard:
    """A power as a list or a public page shows it."""

    rule: PowerRule
    version: int
    conditions: str
    levels: tuple[str, ...]
    benchmark_status: str
    valid_from: date
    valid_until: date | None

    @property
    def kinds_label(self) -> str:
        """警告、罚款、没收违法所得, in the order of the law."""
        return "、".join(kind.label for kind in PenaltyKind if kind in self.rule.kinds)


def power(code: str, on: date, *, using: str = "default") -> PowerRule:
    """The power as published for the day. Raises ``NotFound``. Two queries at most."""
    return power_card(code, on, using=using).rule


def power_card(code: str, on: date, *, using: str = "default") -> PowerCard:
    """The power with what a page shows beside it."""
    rows = holding(Power.objects.using(using).filter(code=code), on)
    row = rows.order_by("-version").first()
    if row is None:
        raise NotFound("权责清单中没有这一事项。", code="no-such-power")
    return _cards([row], on, using)[0]


def powers(
    agency: str | None = None,
    field: str | None = None,
    on: date | None = None,
    *,
    using: str = "default",
) -> list[PowerCard]:
    """The powers of the day (all versions' newest without one), by agency or field. Three queries.

    An agency's powers are those that an assignment gives it by code or by field.
    """
    rows = Power.objects.using(using).order_by("code", "-version")
    rows = holding(rows, on)
    if field:
        rows = rows.filter(field=field)
    newest = {row.code: row for row in reversed(list(rows))}
    if agency:
        held = CompetenceAssignment.objects.using(using).filter(agency_code=agency)
        given = {p for a in holding(held, on) for p in a.powers}
        newest = {c: r for c, r in newest.items() if {r.code, r.field} & given}
    return _cards([newest[c] for c in sorted(newest)], on, using)


def _cards(rows: list[Power], on: date | None, using: str) -> list[PowerCard]:
    codes = {row.benchmark_code for row in rows if row.benchmark_code}
    editions: dict[str, BenchmarkEdition] = {}
    if codes:
        found = BenchmarkEdition.objects.using(using).filter(code__in=codes)
        for edition in holding(found, on).order_by("valid_from"):
            editions[edition.code] = edition
    return [_card(row, editions.get(row.benchmark_code)) for row in rows]


def _card(row: Power, edition: BenchmarkEdition | None) -> PowerCard:
    rule = PowerRule(
        code=row.code,
        name=row.name,
        field=row.field,
        violated=_cites(row.violated),
        penalty=_cites(row.penalty),
        kinds=frozenset(PenaltyKind(kind) for kind in row.kinds),
        fine=LegalRange.parse(row.range) if row.range else None,
        benchmark=Benchmark.parse(edition.content) if edition else None,
    )
    return PowerCard(
        rule,
        row.version,
        row.conditions,
        tuple(row.levels),
        edition.status if edition else "",
        row.valid_from,
        row.valid_until,
    )


def _cites(keys: Iterable[str]) -> tuple[Cite, ...]:
    return tuple(Cite.parse(key) for key in keys)


# --- who exercises them --------------------------------------------------------------------------


def competence(
    power_code: str, region_code: str, on: date, *, body: str = "", using: str = "default"
) -> Competence:
    """Who exercises the power in the region that day, and in whose name. Two queries.

    With ``body``, whether that very body does. None, two or an expired one: ``AgainstLaw``.
    """
    published = holding(Power.objects.using(using).filter(code=power_code), on)
    row = published.order_by("-version").first()
    if row is None:
        raise NotFound("权责清单中没有这一事项。", code="no-such-power")
    rows = assignments(region_code, (power_code, row.field), using=using)
    try:
        return law_competence.resolve(power_code, region_code, on, rows, field=row.field, body=body)
    except CompetenceRefused as no:
        raise AgainstLaw(f"{no}。", cites=no.cites, code="no-competence") from no


def holds_power(agency: str, power_code: str, region_code: str, on: date) -> bool:
    """Whether the agency exercises the power in the region that day."""
    try:
        competence(power_code, region_code, on, body=agency)
    except (AgainstLaw, NotFound):
        return False
    return True


def powers_held(
    agency: str, codes: Iterable[str], region_code: str, on: date
) -> dict[str, PowerRule]:
    """Those of the powers that the agency exercises in the region that day. Three queries."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    found = holding(Power.objects.filter(code__in=wanted), on).order_by("version")
    newest = {row.code: row for row in found}
    fields = {row.field for row in newest.values()}
    rows = assignments(region_code, (*wanted, *fields))
    held = []
    for row in newest.values():
        try:
            law_competence.resolve(row.code, region_code, on, rows, field=row.field, body=agency)
        except CompetenceRefused:
            continue
        held.append(row)
    return {card.rule.code: card.rule for card in _cards(held, on, "default")}


def assignments(
    region_code: str, powers: Iterable[str], *, using: str = "default"
) -> list[Assignment]:
    """The assignments for the powers or fields in a region, of every day."""
    rows = CompetenceAssignment.objects.using(using).filter(
        powers__overlap=list(powers), areas__contains=[region_code]
    )
    return [assignment(row) for row in rows.order_by("code")]


def assignment(row: CompetenceAssignment) -> Assignment:
    """A row of the register as the law reads it."""
    return Assignment(
        id=row.code,
        powers=tuple(row.powers),
        areas=tuple(row.areas),
        level=row.level,
        body=row.agency_code,
        mode=Mode(row.mode),
        name=row.name,
        seal=row.seal,
        in_name_of=row.in_name_of,
        review_unit=row.review_unit,
        respondent=row.respondent,
        in_force_from=row.valid_from,
        source=row.source,
        in_force_until=row.valid_until,
        cites=_cites(row.cites),
    )
