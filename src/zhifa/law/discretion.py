"""Discretion (裁量): the amount that facts and benchmark lead to, inside the law's range."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhifa.law import cite
from zhifa.law.benchmark import (
    ORDER,
    Benchmark,
    Condition,
    Factor,
    FactorKind,
    FactorValues,
    Modifier,
    Outcome,
    Tier,
    TierCode,
    Value,
)
from zhifa.law.cite import Cite
from zhifa.law.money import yuan
from zhifa.law.range import FineRange, LegalRange
from zhifa.law.sources import CF

RULE = cite.register("rule", "discretion", (CF(5, 2), CF(34), CF(32)))


class DiscretionRefused(LookupError):
    """The benchmark gives no answer for these facts; the message says which fact or tier."""


class FactsMissing(DiscretionRefused):
    """Circumstances that the benchmark looks at have not been found yet."""

    def __init__(self, factors: tuple[Factor, ...]) -> None:
        self.factors = factors
        super().__init__(f"尚未查明裁量因素：{'、'.join(f.label for f in factors)}")


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One circumstance in a result: its value in words, the evidence asked and given."""

    code: str
    label: str
    value: str
    finding: str
    evidence_required: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deviation:
    """An amount outside the proposed range: what it needs before it may be decided."""

    direction: str
    amount_fen: int
    outside_law: bool
    why: str
    needs_reason: bool = True
    needs_higher_approver: bool = True
    needs_legal_review: bool = True
    cites: tuple[Cite, ...] = (CF(5, 2), CF(34))


@dataclass(frozen=True, slots=True)
class Result:
    """What the benchmark proposes.

    ``base_tier`` is the tier of the conditions, ``tier`` the one after the statutory circumstances
    in ``modifiers``. ``range`` is the tier's range inside the law's ``legal`` one (None when no
    fine is due), ``proposed_fen`` the amount that starts the discussion, ``reasons`` Chinese lines.
    ``unproved`` names factors without evidence.
    """

    benchmark: str
    base_tier: TierCode
    tier: TierCode
    title: str
    range: FineRange | None
    proposed_fen: int
    legal: FineRange
    factors: tuple[FactorLine, ...]
    modifiers: tuple[str, ...]
    mitigated: bool
    other_penalties: tuple[str, ...]
    education_required: bool
    reasons: tuple[str, ...]
    unproved: tuple[str, ...]
    cites: tuple[Cite, ...]

    def deviation(self, amount_fen: int) -> Deviation | None:
        """What it means to decide another amount; None while it lies within the range."""
        if self.range is None:
            if amount_fen == 0:
                return None
            return Deviation("above", amount_fen, False, "裁量基准的结果是不予罚款")
        if self.range.holds(amount_fen):
            return None
        below = amount_fen < self.range.min_fen or (
            amount_fen == self.range.min_fen and not self.range.min_inclusive
        )
        outside = not self.legal.holds(amount_fen) and not (
            self.mitigated and amount_fen < self.legal.min_fen
        )
        word = "低于" if below else "高于"
        why = f"{yuan(amount_fen)}{word}裁量基准“{self.title}”的幅度（{self.range.label}）"
        if outside:
            why += f"，并且超出法定幅度（{self.legal.label}）"
        return Deviation("below" if below else "above", amount_fen, outside, why)

    def as_json(self) -> dict[str, Any]:
        """As plain data for an event, a document or an API."""
        return {
            "benchmark": self.benchmark,
            "base_tier": self.base_tier.value,
            "tier": self.tier.value,
            "title": self.title,
            "range": self.range.as_json() if self.range else None,
            "proposed_fen": self.proposed_fen,
            "legal": self.legal.as_json(),
            "factors": [
                {"code": f.code, "label": f.label, "value": f.value, "evidence": list(f.evidence)}
                for f in self.factors
            ],
            "modifiers": list(self.modifiers),
            "mitigated": self.mitigated,
            "other_penalties": list(self.other_penalties),
            "education_required": self.education_required,
            "reasons": list(self.reasons),
            "unproved": list(self.unproved),
            "cites": [c.key for c in self.cites],
        }


def evaluate(
    benchmark: Benchmark,
    facts: FactorValues,
    legal_range: LegalRange,
    evidence: Mapping[str, tuple[str, ...]] | None = None,
) -> Result:
    """The tier, range and amount for these facts, clamped to the law's range.

    ``facts`` maps factor codes to values (money in 分), ``evidence`` factor codes to the ids of
    what shows them. Only a statutory ground of mitigation leads below the legal minimum.
    Raises ``FactsMissing``; ``DiscretionRefused`` when no tier or more than one fits, or when
    mitigation has no ground; ``RangeUnknown`` when the law's range cannot be found.
    """
    missing = tuple(benchmark.factor(c) for c in benchmark.needs if c not in facts)
    if missing:
        raise FactsMissing(missing)
    legal = legal_range.of(facts)
    base = _base_tier(benchmark, facts)
    applied, reasons = _modifiers(benchmark, facts)
    ground = any(m.may_mitigate for m in applied)
    tier = _shift(benchmark, base, applied, ground)
    if tier.code is TierCode.MITIGATE and not ground:
        raise DiscretionRefused("减轻处罚没有法定情节，不能低于法定幅度")
    bounds = _bounds(tier, legal, facts)
    amount = _amount(benchmark, tier, bounds, applied) if bounds else 0
    lines = tuple(
        FactorLine(
            code,
            benchmark.factor(code).label,
            benchmark.factor(code).show(facts[code]),
            benchmark.factor(code).says(facts[code]),
            benchmark.factor(code).evidence,
            tuple((evidence or {}).get(code, ())),
        )
        for code in benchmark.needs
    )
    return Result(
        benchmark=benchmark.code,
        base_tier=base.code,
        tier=tier.code,
        title=tier.title,
        range=bounds,
        proposed_fen=amount,
        legal=legal,
        factors=lines,
        modifiers=tuple(m.code for m in applied),
        mitigated=tier.code is TierCode.MITIGATE,
        other_penalties=tier.other_penalties,
        education_required=tier.education_required,
        reasons=tuple(_reasons(lines, base, tier, reasons, legal, bounds, amount)),
        unproved=tuple(f.code for f in lines if f.evidence_required and not f.evidence),
        cites=(*benchmark.cites, *legal.cites, *(c for m in applied for c in m.cites)),
    )


def _base_tier(benchmark: Benchmark, facts: FactorValues) -> Tier:
    fitting = [t for t in benchmark.tiers if t.when and t.when.holds(facts)]
    if not fitting:
        raise DiscretionRefused(f"裁量基准“{benchmark.title}”对查明的情节没有规定档次")
    if len(fitting) > 1:
        names = "、".join(t.title for t in fitting)
        raise DiscretionRefused(f"裁量基准“{benchmark.title}”对查明的情节有多档规定：{names}")
    return fitting[0]


def _modifiers(
    benchmark: Benchmark, facts: FactorValues
) -> tuple[tuple[Modifier, ...], tuple[str, ...]]:
    found = [m for m in benchmark.modifiers if m.when.holds(facts)]
    bars = [m for m in found if m.kind == "bar"]
    reasons = []
    for m in found:
        articles = cite.labels(m.cites)
        if bars and m.kind == "lighten":
            reasons.append(f"{m.label}：因{bars[0].label}，不适用从轻、减轻（{articles}）")
        else:
            reasons.append(f"{m.label}（{articles}）")
    return tuple(m for m in found if not (bars and m.kind == "lighten")), tuple(reasons)


def _shift(benchmark: Benchmark, base: Tier, applied: tuple[Modifier, ...], ground: bool) -> Tier:
    by = sum(m.amount for m in applied if m.effect == "shift")
    if base.code is TierCode.NO_PENALTY or not by:
        return base
    barred = {TierCode.NO_PENALTY} if ground else {TierCode.NO_PENALTY, TierCode.MITIGATE}
    ladder = sorted(
        (t for t in benchmark.tiers if t.code not in barred or t is base),
        key=lambda t: ORDER.index(t.code),
    )
    at = ladder.index(base) + by
    return ladder[min(max(at, 0), len(ladder) - 1)]


def _bounds(tier: Tier, legal: FineRange, facts: FactorValues) -> FineRange | None:
    out = tier.outcome
    if out.kind == "none":
        return None
    low, high = (_share(out, end, legal, facts) for end in (out.low, out.high))
    if tier.code is TierCode.MITIGATE:
        inclusive = out.max_inclusive and high < legal.min_fen
        return FineRange(low, min(high, legal.min_fen), out.min_inclusive, inclusive)
    inside_low, inside_high = (min(max(n, legal.min_fen), legal.max_fen) for n in (low, high))
    return FineRange(
        inside_low,
        inside_high,
        out.min_inclusive or inside_low != low or inside_low == inside_high,
        out.max_inclusive or inside_high != high or inside_low == inside_high,
    )


def _share(out: Outcome, n: Fraction, legal: FineRange, facts: FactorValues) -> int:
    match out.kind:
        case "fixed":
            return int(n)
        case "multiple":
            return int(n * int(facts[out.base]))
        case "percent":
            return int(n * legal.max_fen / 100)
        case "of_min":
            return int(n * legal.min_fen / 100)
    return int(legal.min_fen + n * (legal.max_fen - legal.min_fen) / 100)


def _amount(
    benchmark: Benchmark, tier: Tier, bounds: FineRange, applied: tuple[Modifier, ...]
) -> int:
    point = Fraction(tier.outcome.point)
    pins = {m.effect for m in applied}
    if "pin_min" in pins:
        point = Fraction(0)
    elif "pin_max" in pins:
        point = Fraction(100)
    amount = bounds.min_fen + point * (bounds.max_fen - bounds.min_fen) / 100
    for m in applied:
        if m.effect == "scale":
            amount = amount * m.amount / 100
    step = benchmark.rounding_fen
    rounded = int(amount) // step * step
    for candidate in (rounded, min(max(int(amount), bounds.min_fen), bounds.max_fen)):
        if bounds.holds(candidate):
            return candidate
    if amount >= bounds.max_fen:
        below = (bounds.max_fen - 1) // step * step
        return below if bounds.holds(below) else bounds.max_fen - 1
    return bounds.min_fen + (0 if bounds.min_inclusive else 1)


def _reasons(
    lines: tuple[FactorLine, ...],
    base: Tier,
    tier: Tier,
    modifiers: tuple[str, ...],
    legal: FineRange,
    bounds: FineRange | None,
    amount: int,
) -> Iterator[str]:
    yield legal.why
    yield f"查明：{'；'.join(f.finding for f in lines if f.finding)}"
    yield f"符合裁量基准“{base.title}”"
    yield from modifiers
    if tier is not base:
        yield f"综合上述情节，适用“{tier.title}”"
    if bounds is None:
        yield "不予罚款"
        return
    yield f"裁量幅度：{bounds.label}"
    yield f"建议罚款：{yuan(amount)}"


# --- looking at a benchmark itself ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BoundaryFinding:
    """A point where a benchmark has no tier (gap) or several (overlap)."""

    kind: str
    facts: tuple[tuple[str, Value], ...]
    tiers: tuple[TierCode, ...]


def gaps_and_overlaps(benchmark: Benchmark, most: int = 50_000) -> tuple[BoundaryFinding, ...]:
    """Try every combination of values around each bound that the tiers name.

    Exhaustive at the bounds (one below, on, one above), since tiers compare with constants only.
    ``ValueError`` when that would be more than ``most`` combinations.
    """
    tests = [t for tier in benchmark.tiers if tier.when for t in tier.when.tests()]
    used = [f for f in benchmark.factors if any(t.factor == f.code for t in tests)]
    axes = [_samples(f, tests) for f in used]
    size = 1
    for axis in axes:
        size *= len(axis)
    if size > most:
        raise ValueError(f"裁量基准的边界组合过多：{size}")
    found = []
    for point in itertools.product(*axes):
        facts = {f.code: v for f, v in zip(used, point, strict=True)}
        fits = tuple(t.code for t in benchmark.tiers if t.when and t.when.holds(facts))
        if len(fits) != 1:
            kind = "overlap" if fits else "gap"
            found.append(BoundaryFinding(kind, tuple(facts.items()), fits))
    return tuple(found)


def _samples(factor: Factor, tests: list[Condition]) -> tuple[Value, ...]:
    if factor.kind is FactorKind.FLAG:
        return (False, True)
    if factor.kind is FactorKind.CHOICE:
        return tuple(k for k, _ in factor.choices)
    bounds = {int(t.value) for t in tests if t.factor == factor.code and isinstance(t.value, int)}
    return tuple(sorted({n for b in bounds for n in (b - 1, b, b + 1) if n >= 0} | {0}))


__all__ = [
    "Benchmark",
    "BoundaryFinding",
    "Deviation",
    "DiscretionRefused",
    "FactorLine",
    "FactsMissing",
    "Result",
    "TierCode",
    "evaluate",
    "gaps_and_overlaps",
]
