"""A discretion benchmark (裁量基准) as data: factors, conditions, tiers, outcomes, modifiers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from zhifa.law import cite
from zhifa.law.cite import Cite
from zhifa.law.money import yuan

Value = int | bool | str
FactorValues = Mapping[str, Value]


class TierCode(StrEnum):
    """The steps of severity, lightest first."""

    NO_PENALTY = "no_penalty"
    MITIGATE = "mitigate"
    LIGHT = "light"
    GENERAL = "general"
    HEAVY = "heavy"
    EXTRA_HEAVY = "extra_heavy"

    @property
    def label(self) -> str:
        """不予处罚, 减轻, 从轻, 一般, 从重, 特别严重."""
        return {
            "no_penalty": "不予处罚",
            "mitigate": "减轻处罚",
            "light": "从轻处罚",
            "general": "一般处罚",
            "heavy": "从重处罚",
            "extra_heavy": "情节特别严重",
        }[self.value]


ORDER = tuple(TierCode)


class FactorKind(StrEnum):
    """What a factor's value is."""

    MONEY = "money"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Factor:
    """A circumstance that the tiers look at, and the evidence that must show it."""

    code: str
    label: str
    kind: FactorKind
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    evidence: str = ""

    def show(self, value: Value) -> str:
        """The value as an official reads it."""
        if self.kind is FactorKind.MONEY:
            return yuan(int(value))
        if self.kind is FactorKind.FLAG:
            return "是" if value else "否"
        if self.kind is FactorKind.CHOICE:
            return dict(self.choices).get(str(value), str(value))
        return f"{value}{self.unit}"

    def says(self, value: Value) -> str:
        """The finding in one phrase; empty where a circumstance is simply absent."""
        if self.kind is FactorKind.FLAG:
            return self.label if value else ""
        return self.show(value) if self.kind is FactorKind.CHOICE else self.label + self.show(value)


@dataclass(frozen=True, slots=True)
class Condition:
    """A tree: ``all``, ``any`` or ``not`` over parts, or one test of one factor.

    Tests are ``lt le gt ge eq`` and ``in`` (a tuple of choices): whether a bound is included is
    always said, never guessed.
    """

    op: str
    factor: str = ""
    value: Value | tuple[str, ...] = 0
    parts: tuple["Condition", ...] = ()

    def holds(self, facts: FactorValues) -> bool:
        """Whether the facts meet it. ``KeyError`` when a factor that it needs is missing."""
        match self.op:
            case "all":
                return all(p.holds(facts) for p in self.parts)
            case "any":
                return any(p.holds(facts) for p in self.parts)
            case "not":
                return not self.parts[0].holds(facts)
            case "in":
                assert isinstance(self.value, tuple)
                return facts[self.factor] in self.value
            case "eq":
                return facts[self.factor] == self.value
        have, want = facts[self.factor], self.value
        assert isinstance(have, int)
        assert isinstance(want, int)
        return {"lt": have < want, "le": have <= want, "gt": have > want, "ge": have >= want}[
            self.op
        ]

    def tests(self) -> Iterator["Condition"]:
        """Every single test in the tree."""
        if self.parts:
            for part in self.parts:
                yield from part.tests()
        elif self.factor:
            yield self

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> "Condition":
        """Read ``{all: [...]}``, ``{any: [...]}``, ``{not: {...}}`` or ``{factor: x, lt: 5}``."""
        for op in ("all", "any"):
            if op in row:
                return cls(op, parts=tuple(cls.parse(p) for p in row[op]))
        if "not" in row:
            return cls("not", parts=(cls.parse(row["not"]),))
        ops = [op for op in ("lt", "le", "gt", "ge", "eq", "in") if op in row]
        if "factor" not in row or len(ops) != 1:
            raise ValueError(f"裁量条件写法不正确：{dict(row)}")
        value = row[ops[0]]
        return cls(ops[0], row["factor"], tuple(value) if ops[0] == "in" else value)

    def as_json(self) -> dict[str, Any]:
        """As plain data: ``parse`` reads it back."""
        if self.op == "not":
            return {"not": self.parts[0].as_json()}
        if self.op in ("all", "any"):
            return {self.op: [p.as_json() for p in self.parts]}
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"factor": self.factor, self.op: value}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tier leads to: ``none``, ``fixed`` amounts in 分, ``multiple`` of a base, ``percent``
    of the legal maximum, ``of_min`` of the legal minimum (for mitigation), or ``span``: a share of
    the way from the legal minimum to the maximum.

    ``low`` and ``high`` are 分, times, or percent; ``point`` is where in the tier the proposal
    starts (0 its lower end, 100 its upper).
    """

    kind: str = "none"
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    base: str = ""
    min_inclusive: bool = True
    max_inclusive: bool = True
    point: int = 50

    def __post_init__(self) -> None:
        if self.kind not in ("none", "fixed", "multiple", "percent", "of_min", "span"):
            raise ValueError(f"不认识的裁量结果：{self.kind}")
        if self.low > self.high or not 0 <= self.point <= 100:
            raise ValueError("裁量结果的下限高于上限，或者取值点不在0至100之间")


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of the benchmark. ``when`` None: reached only by a modifier (mitigation)."""

    code: TierCode
    title: str
    when: Condition | None
    outcome: Outcome
    other_penalties: tuple[str, ...] = ()
    education_required: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Modifier:
    """A statutory circumstance beside the tiers.

    ``kind``: lighten, aggravate, or bar (no lightening at all). ``effect``: ``shift`` by so many
    tiers, ``scale`` to so many percent, ``pin_min`` or ``pin_max`` within the tier, ``none``.
    ``may_mitigate``: a ground on which the law allows going below the legal minimum.
    """

    code: str
    label: str
    kind: str
    when: Condition
    cites: tuple[Cite, ...]
    effect: str = "none"
    amount: int = 0
    may_mitigate: bool = False

    def __post_init__(self) -> None:
        if not self.cites:
            raise cite.NoCitation(f"裁量情节 {self.code} 没有写明法律依据")
        if self.kind not in ("lighten", "aggravate", "bar"):
            raise ValueError(f"不认识的裁量情节类别：{self.kind}")
        if self.effect not in ("none", "shift", "scale", "pin_min", "pin_max"):
            raise ValueError(f"不认识的裁量情节效果：{self.effect}")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A published benchmark for one power, in force on certain days.

    ``rounding_fen`` is the step to which a proposal is rounded, towards the lighter side.
    ``status`` says what it is worth: ``example`` is shown as 示例, ``published`` is the agency's.
    """

    code: str
    title: str
    power: str
    cites: tuple[Cite, ...]
    issuer: str
    status: str
    factors: tuple[Factor, ...]
    tiers: tuple[Tier, ...]
    modifiers: tuple[Modifier, ...] = ()
    rounding_fen: int = 10_000
    in_force_from: date | None = None
    in_force_until: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not self.cites:
            raise cite.NoCitation(f"裁量基准 {self.code} 没有写明法律依据")
        known = {f.code for f in self.factors}
        used = {t.factor for c in self._conditions() for t in c.tests()}
        if missing := used - known:
            raise ValueError(f"裁量基准 {self.code} 使用了没有定义的因素：{sorted(missing)}")
        if len({t.code for t in self.tiers}) != len(self.tiers):
            raise ValueError(f"裁量基准 {self.code} 有两档同级")

    def _conditions(self) -> Iterator[Condition]:
        yield from (t.when for t in self.tiers if t.when)
        yield from (m.when for m in self.modifiers)

    @property
    def needs(self) -> tuple[str, ...]:
        """The factors whose values an evaluation must be given, in their order."""
        used = {t.factor for c in self._conditions() for t in c.tests()}
        bases = {t.outcome.base for t in self.tiers if t.outcome.base}
        return tuple(f.code for f in self.factors if f.code in used | bases)

    def factor(self, code: str) -> Factor:
        """The factor of that code; ``LookupError`` when there is none."""
        for factor in self.factors:
            if factor.code == code:
                return factor
        raise LookupError(f"裁量基准 {self.code} 没有因素 {code}")

    def tier(self, code: TierCode) -> Tier | None:
        """The tier of that severity, where the benchmark has one."""
        return next((t for t in self.tiers if t.code is code), None)

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> "Benchmark":
        """Read a benchmark from data (``params/benchmarks/*.yaml`` show the shape)."""
        return cls(
            code=row["code"],
            title=row["title"],
            power=row["power"],
            cites=_cites(row["cites"]),
            issuer=row["issuer"],
            status=row["status"],
            factors=tuple(_factor(f) for f in row["factors"]),
            tiers=tuple(_tier(t) for t in row["tiers"]),
            modifiers=tuple(_modifier(m) for m in row.get("modifiers", ())),
            rounding_fen=row.get("rounding_fen", 10_000),
            in_force_from=_day(row.get("from")),
            in_force_until=_day(row.get("until")),
            source=row.get("source", ""),
        )


def _cites(keys: Any) -> tuple[Cite, ...]:
    return tuple(Cite.parse(k) for k in keys)


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _factor(row: Mapping[str, Any]) -> Factor:
    return Factor(
        row["code"],
        row["label"],
        FactorKind(row["kind"]),
        row.get("unit", ""),
        tuple((k, v) for k, v in row.get("choices", {}).items()),
        row.get("evidence", ""),
    )


def _tier(row: Mapping[str, Any]) -> Tier:
    out = row["outcome"]
    return Tier(
        TierCode(row["code"]),
        row["title"],
        Condition.parse(row["when"]) if row.get("when") else None,
        Outcome(
            out["kind"],
            Fraction(out.get("low", 0)),
            Fraction(out.get("high", 0)),
            out.get("base", ""),
            out.get("min_inclusive", True),
            out.get("max_inclusive", True),
            out.get("point", 50),
        ),
        tuple(row.get("other_penalties", ())),
        row.get("education_required", False),
        row.get("evidence", ""),
    )


def _modifier(row: Mapping[str, Any]) -> Modifier:
    return Modifier(
        row["code"],
        row["label"],
        row["kind"],
        Condition.parse(row["when"]),
        _cites(row["cites"]),
        row.get("effect", "none"),
        row.get("amount", 0),
        row.get("may_mitigate", False),
    )
