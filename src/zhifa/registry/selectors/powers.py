"""Powers with their ranges and benchmarks on a day, and who exercises them where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

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
    """The power as published for the day. Raises ``NotFound``. One query."""
    return power_card(code, on, using=using).rule


def power_card(code: str, on: date, *, using: str = "default") -> PowerCard:
    """The power with what a page shows beside it. One query."""
    row = _published(on, using).filter(code=code).order_by("-version").first()
    if row is None:
        raise NotFound("权责清单中没有这一事项。", code="no-such-power")
    return _card(row)


def powers(
    agency: str | None = None,
    field: str | None = None,
    on: date | None = None,
    *,
    using: str = "default",
) -> list[PowerCard]:
    """The powers of the day (without a day, the newest), by agency or field. Two queries at most.

    An agency's powers are those that an assignment gives it by code or by field.
    """
    rows = _published(on, using).order_by("code", "version")
    if field:
        rows = rows.filter(field=field)
    newest = {row.code: row for row in rows}
    if agency:
        held = CompetenceAssignment.objects.using(using).filter(agency_code=agency)
        given = {p for a in holding(held, on) for p in a.powers}
        newest = {c: r for c, r in newest.items() if {r.code, r.field} & given}
    return [_card(row) for row in newest.values()]


def _published(on: date | None, using: str) -> QuerySet[Power]:
    """Powers that hold on the day, each with its benchmark's content and status of that day."""
    editions = BenchmarkEdition.objects.filter(code=OuterRef("benchmark_code"))
    edition = holding(editions, on).order_by("-valid_from")
    return holding(Power.objects.using(using), on).annotate(
        benchmark_content=Subquery(edition.values("content")[:1]),
        benchmark_status=Subquery(edition.values("status")[:1]),
    )


def _card(row: Power) -> PowerCard:
    content: Any = getattr(row, "benchmark_content", None)
    rule = PowerRule(
        code=row.code,
        name=row.name,
        field=row.field,
        violated=_cites(row.violated),
        penalty=_cites(row.penalty),
        kinds=frozenset(PenaltyKind(kind) for kind in row.kinds),
        fine=LegalRange.parse(row.range) if row.range else None,
        benchmark=Benchmark.parse(content) if content else None,
    )
    return PowerCard(
        rule,
        row.version,
        row.conditions,
        tuple(row.levels),
        getattr(row, "benchmark_status", None) or "",
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
    """Those of the powers that the agency exercises in the region that day. Two queries."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    newest = {row.code: row for row in _published(on, "default").filter(code__in=wanted)}
    fields = {row.field for row in newest.values()}
    rows = assignments(region_code, (*wanted, *fields))
    held = {}
    for row in newest.values():
        try:
            law_competence.resolve(row.code, region_code, on, rows, field=row.field, body=agency)
        except CompetenceRefused:
            continue
        held[row.code] = _card(row).rule
    return held


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
