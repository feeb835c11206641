"""A discretion benchmark in the words of a page: each tier, when it applies, what it leads to."""

from dataclasses import dataclass
from fractions import Fraction

from zhifa.law.benchmark import Benchmark, Condition, Outcome, TierCode
from zhifa.law.money import yuan
from zhifa.law.range import BASES

_TESTS = {"lt": "不足", "le": "不超过", "gt": "超过", "ge": "达到"}
_KINDS = {"lighten": "从轻、减轻", "aggravate": "从重", "bar": "不适用从轻、减轻"}


@dataclass(frozen=True, slots=True)
class TierWords:
    """A tier: its name, when it applies, what fine it leads to, which other penalties."""

    code: TierCode
    title: str
    when: str
    then: str
    others: tuple[str, ...] = ()


def tiers(benchmark: Benchmark) -> tuple[TierWords, ...]:
    """The tiers of a benchmark, lightest first."""
    return tuple(
        TierWords(
            tier.code,
            tier.title,
            condition(benchmark, tier.when) if tier.when else "具有法定减轻情节",
            outcome(tier.outcome),
            tier.other_penalties,
        )
        for tier in benchmark.tiers
    )


def modifiers(benchmark: Benchmark) -> tuple[tuple[str, str, str], ...]:
    """The statutory circumstances: what, to which effect, by which article."""
    return tuple(
        (m.label, _KINDS[m.kind], "、".join(c.label for c in m.cites)) for m in benchmark.modifiers
    )


def outcome(out: Outcome) -> str:
    """What a tier leads to, as a share of the law's range or in amounts."""
    low, high = _number(out.low), _number(out.high)
    if out.kind == "none":
        return "不予处罚"
    if out.kind == "fixed":
        return f"{yuan(int(out.low))}以上{yuan(int(out.high))}以下"
    if out.kind == "multiple":
        return f"{BASES.get(out.base, '')}{low}倍以上{high}倍以下"
    if out.kind == "percent":
        return f"法定最高罚款数额的{low}%至{high}%"
    if out.kind == "of_min":
        return f"法定最低罚款数额的{low}%以上，低于法定最低罚款数额"
    return f"法定幅度的{low}%至{high}%"


def condition(benchmark: Benchmark, c: Condition) -> str:
    """A condition as a sentence; one that only denies another tier names that tier."""
    if c.op in ("all", "any"):
        joint = "，且" if c.op == "all" else "；或者"
        return joint.join(condition(benchmark, p) for p in c.parts)
    if c.op == "not":
        other = next((t for t in benchmark.tiers if t.when == c.parts[0]), None)
        if other is not None:
            return f"不属于“{other.title}”"
        return f"没有下列情形：{condition(benchmark, c.parts[0])}"
    factor = benchmark.factor(c.factor)
    if c.op == "in":
        assert isinstance(c.value, tuple)
        return "或者".join(factor.show(v) for v in c.value)
    assert not isinstance(c.value, tuple)
    if c.op == "eq":
        if isinstance(c.value, bool):
            return factor.label if c.value else f"不具有“{factor.label}”的情形"
        return f"{factor.label}为{factor.show(c.value)}"
    return f"{factor.label}{_TESTS[c.op]}{factor.show(c.value)}"


def _number(value: Fraction) -> str:
    return f"{float(value):g}"
