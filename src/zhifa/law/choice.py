"""Which law governs the substance (行政处罚法 37): the act's day, unless the new law is lighter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhifa.law import cite
from zhifa.law.cite import Cite, VersionNotHeld
from zhifa.law.range import FineRange, LegalRange
from zhifa.law.sources import CF

RULE = cite.register("rule", "choice-of-law", (CF(37), CF(36, 2)))


@dataclass(frozen=True, slots=True)
class Norm:
    """What the law lays down for one kind of violation, on the days on which it does.

    ``punishable`` False: the law of those days does not penalise it (``fine`` and ``kinds`` are
    empty then). ``kinds`` are the other penalties that may be or must be given, by code.
    """

    cites: tuple[Cite, ...]
    in_force_from: date
    in_force_until: date | None = None
    punishable: bool = True
    fine: LegalRange | None = None
    kinds: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.cites:
            raise cite.NoCitation("违法行为的规定没有写明法律依据")

    def in_force(self, on: date) -> bool:
        """Whether it is the law on the day."""
        return self.in_force_from <= on and (
            self.in_force_until is None or on <= self.in_force_until
        )


def norm_on(norms: Iterable[Norm], on: date) -> Norm:
    """The norm in force on the day; ``VersionNotHeld`` when the rows say nothing about it."""
    for norm in norms:
        if norm.in_force(on):
            return norm
    raise VersionNotHeld(f"未收录{on.isoformat()}施行的该项违法行为的规定")


class Weight(StrEnum):
    """How the new law compares with the old."""

    SAME = "same"
    LIGHTER = "lighter"
    HEAVIER = "heavier"
    MIXED = "mixed"
    """Lighter in one respect and heavier in another: a person must decide, with reasons."""

    @property
    def label(self) -> str:
        """新规定与旧规定相同, 较轻, 较重, 轻重互见."""
        return {
            "same": "处罚相同",
            "lighter": "新规定处罚较轻",
            "heavier": "新规定处罚较重",
            "mixed": "新旧规定轻重互见",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Side:
    """One law's answer to the same facts."""

    day: date
    norm: Norm
    fine: FineRange | None

    @property
    def line(self) -> str:
        """The answer in one Chinese line."""
        articles = cite.labels(self.norm.cites)
        if not self.norm.punishable:
            return f"{self._which}不认为是违法（{articles}）"
        fine = f"罚款{self.fine.label}" if self.fine else "没有罚款"
        return f"{self._which}，{fine}（{articles}）"

    @property
    def _which(self) -> str:
        """The version by the day since when it is in force; by the day asked where it is not
        held, as when the article was repealed."""
        try:
            day = cite.version_on(self.norm.cites[0].law, self.day).in_force_from
        except VersionNotHeld:
            return f"{self.day.year}年{self.day.month}月{self.day.day}日的规定"
        return f"{day.year}年{day.month}月{day.day}日起施行的规定"


@dataclass(frozen=True, slots=True)
class Choice:
    """Both laws side by side, and the one that applies. ``day`` is the day whose law it is.

    ``unsettled``: the comparison is mixed; the old law stands until a person finds otherwise.
    The benchmark of the same day applies too, as policy.
    """

    old: Side
    new: Side
    weight: Weight
    applies_new: bool
    unsettled: bool
    cites: tuple[Cite, ...] = RULE

    @property
    def applied(self) -> Side:
        """The side that applies."""
        return self.new if self.applies_new else self.old

    @property
    def day(self) -> date:
        """The day whose substantive law and benchmark apply."""
        return self.applied.day

    @property
    def changed(self) -> bool:
        """Whether the law changed between the act and the decision."""
        return self.old.norm is not self.new.norm

    def explain(self) -> tuple[str, ...]:
        """The comparison as a document prints it."""
        if not self.changed:
            return (f"行为时与决定时适用同一规定：{self.old.line}",)
        which = "决定时的新规定" if self.applies_new else "行为发生时的规定"
        lines = [
            f"行为时：{self.old.line}",
            f"决定时：{self.new.line}",
            f"比较：{self.weight.label}，适用{which}（{CF(37).label}）",
        ]
        if self.unsettled:
            lines.append("轻重互见，须由办案人员逐项比较并说明理由")
        lines.append("裁量基准随所适用的规定选择（政策性适用）；程序适用办理时的规定")
        return tuple(lines)

    def as_json(self) -> dict[str, Any]:
        """As plain data for an event or a document."""
        return {
            "act_day": self.old.day.isoformat(),
            "decision_day": self.new.day.isoformat(),
            "weight": self.weight.value,
            "applies": "new" if self.applies_new else "old",
            "unsettled": self.unsettled,
            "explain": list(self.explain()),
            "cites": [c.key for c in (*self.cites, *self.applied.norm.cites)],
        }


def choose(
    norms: Iterable[Norm], act_day: date, decision_day: date, facts: Mapping[str, Any]
) -> Choice:
    """Evaluate the law of the act's day and of the decision's day, and choose.

    ``act_day`` is the last day of the act: a continuing one counts from its end. ``facts`` give
    what the ranges measure by (分). Raises ``VersionNotHeld`` when a day has no row,
    ``RangeUnknown`` when a base is missing, ``ValueError`` when the decision precedes the act.
    """
    if decision_day < act_day:
        raise ValueError("决定日期不能早于违法行为终了之日")
    rows = tuple(norms)
    old, new = (_side(norm_on(rows, day), day, facts) for day in (act_day, decision_day))
    weight = Weight.SAME if old.norm is new.norm else _compare(old, new)
    if not old.norm.punishable:
        return Choice(old, new, weight, applies_new=False, unsettled=False)
    return Choice(
        old,
        new,
        weight,
        applies_new=weight is Weight.LIGHTER,
        unsettled=weight is Weight.MIXED,
    )


def _side(norm: Norm, day: date, facts: Mapping[str, Any]) -> Side:
    return Side(day, norm, norm.fine.of(facts) if norm.punishable and norm.fine else None)


def _compare(old: Side, new: Side) -> Weight:
    if old.norm.punishable != new.norm.punishable:
        return Weight.HEAVIER if new.norm.punishable else Weight.LIGHTER
    lighter, heavier = bool(old.norm.kinds - new.norm.kinds), bool(new.norm.kinds - old.norm.kinds)
    for before, after in zip(_ends(old.fine), _ends(new.fine), strict=True):
        lighter, heavier = lighter or after < before, heavier or after > before
    if lighter and heavier:
        return Weight.MIXED
    if lighter:
        return Weight.LIGHTER
    return Weight.HEAVIER if heavier else Weight.SAME


def _ends(fine: FineRange | None) -> tuple[int, int]:
    return (fine.min_fen, fine.max_fen) if fine else (0, 0)
