"""The legal range (法定幅度) of a fine as data: fixed amounts or multiples of a base."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhifa.law import cite
from zhifa.law.cite import Cite
from zhifa.law.money import yuan

BASES = {
    "goods_value_fen": "货值金额",
    "illegal_gain_fen": "违法所得",
    "turnover_fen": "违法经营额",
    "project_cost_fen": "建设工程造价",
    "advertising_fee_fen": "广告费用",
}
"""What a range may be measured by: the fact's name and its Chinese name."""

CONDITIONS = {
    "refused": "拒不改正",
    "overdue": "逾期不改正",
    "serious": "情节严重",
    "grave": "造成严重后果",
}
"""When an article allows a fine at all, or a heavier one: the fact's name and what it says."""


class RangeUnknown(LookupError):
    """The range cannot be found: what it is measured by is missing, or no band holds it."""


@dataclass(frozen=True, slots=True)
class FineRange:
    """A fine's lower and upper bound in 分. ``min_stated`` False where the law names no minimum."""

    min_fen: int
    max_fen: int
    min_inclusive: bool = True
    max_inclusive: bool = True
    min_stated: bool = True
    why: str = ""
    cites: tuple[Cite, ...] = ()

    def holds(self, fen: int) -> bool:
        """Whether the amount lies within, the ends as they are marked."""
        above = fen >= self.min_fen if self.min_inclusive else fen > self.min_fen
        below = fen <= self.max_fen if self.max_inclusive else fen < self.max_fen
        return above and below

    @property
    def label(self) -> str:
        """In words: 50000元以上100000元以下; an end that is not included says 不满 or 超过."""
        low = f"{yuan(self.min_fen)}以上" if self.min_inclusive else f"超过{yuan(self.min_fen)}"
        high = f"{yuan(self.max_fen)}以下" if self.max_inclusive else f"不满{yuan(self.max_fen)}"
        if not self.min_stated:
            return high
        if self.min_fen == self.max_fen:
            return yuan(self.min_fen)
        return low + high

    def as_json(self) -> dict[str, Any]:
        """As plain data for an event or a document."""
        return {
            "min_fen": self.min_fen,
            "max_fen": self.max_fen,
            "min_inclusive": self.min_inclusive,
            "max_inclusive": self.max_inclusive,
            "min_stated": self.min_stated,
            "why": self.why,
            "cites": [c.key for c in self.cites],
        }


@dataclass(frozen=True, slots=True)
class Band:
    """One line of a range: for a base from ``from_fen`` (included) to ``until_fen`` (excluded).

    Either fixed bounds in 分, or multiples of the base.
    """

    min_fen: int | None = None
    max_fen: int | None = None
    min_times: Fraction | None = None
    max_times: Fraction | None = None
    from_fen: int = 0
    until_fen: int | None = None

    def __post_init__(self) -> None:
        fixed = self.max_fen is not None
        if fixed == (self.max_times is not None):
            raise ValueError("幅度应当是固定数额或者倍数之一")
        low, high = (self.min_fen, self.max_fen) if fixed else (self.min_times, self.max_times)
        if low is not None and high is not None and low > high:
            raise ValueError("幅度的下限高于上限")

    @property
    def words(self) -> str:
        """The amount as an article puts it: 50000元以上100000元以下, 10倍以上20倍以下, 30%以下."""
        ends = (self.min_fen, self.max_fen) if self.max_times is None else (
            self.min_times, self.max_times
        )  # fmt: skip
        low, high = (None if end is None else self._end(end) for end in ends)
        if low is None:
            return f"{high}以下"
        return f"{low}" if low == high else f"{low}以上{high}以下"

    def _end(self, end: int | Fraction) -> str:
        return yuan(int(end)) if self.max_times is None else multiple(Fraction(end))


@dataclass(frozen=True, slots=True)
class Heavier:
    """A heavier range of the same article, for when one of the ``CONDITIONS`` is met."""

    when: str
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        if self.when not in CONDITIONS:
            raise ValueError(f"不认识的适用条件：{self.when}")


@dataclass(frozen=True, slots=True)
class LegalRange:
    """What the penalty article allows. ``base`` is the fact that bands and multiples measure by.

    Bands must follow one another without gap from 0. ``heavier`` ranges hold when their condition
    is among the facts, the last one that does. ``only``: the condition without which there is no
    fine at all. ``least_fen``: a smaller base counts as this. Refused without a citation.
    """

    cites: tuple[Cite, ...]
    bands: tuple[Band, ...]
    base: str = ""
    heavier: tuple[Heavier, ...] = ()
    only: str = ""
    least_fen: int = 0

    def __post_init__(self) -> None:
        if not self.cites:
            raise cite.NoCitation("罚款幅度没有写明法律依据")
        if self.base and self.base not in BASES:
            raise ValueError(f"不认识的计罚基数：{self.base}")
        if self.only and self.only not in CONDITIONS:
            raise ValueError(f"不认识的适用条件：{self.only}")
        conditions = [self.only, *(h.when for h in self.heavier)]
        if len(set(conditions)) != len(conditions):
            raise ValueError("同一适用条件只能有一组幅度")
        if self.least_fen and not self.base:
            raise ValueError("没有计罚基数，不能写最低计算数额")
        for bands in (self.bands, *(h.bands for h in self.heavier)):
            self._check(bands)

    def _check(self, bands: tuple[Band, ...]) -> None:
        if not self.base and (len(bands) != 1 or bands[0].max_times is not None):
            raise ValueError("没有计罚基数的幅度只能有一档固定数额")
        at: int | None = 0
        for band in bands:
            if band.from_fen != at:
                raise ValueError("幅度各档之间有空缺或者重叠")
            at = band.until_fen
        if at is not None:
            raise ValueError("幅度的最后一档应当没有上限")

    def of(self, facts: Mapping[str, Any]) -> FineRange:
        """The bounds for these facts. ``RangeUnknown`` when the base is not among them.

        A condition that the facts do not name is not met; where a fine as such asks for one, only
        its denial refuses (the base range is then shown with its condition).
        """
        if self.only and facts.get(self.only) is False:
            raise RangeUnknown(f"没有{CONDITIONS[self.only]}的，不得罚款")
        bands, lead = self.bands, CONDITIONS.get(self.only, "")
        for step in self.heavier:
            if facts.get(step.when) is True:
                bands, lead = step.bands, CONDITIONS[step.when]
        lead = f"{lead}，" if lead else ""
        if not self.base:
            return self._bounds(bands[0], 0, lead)
        value = facts.get(self.base)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise RangeUnknown(f"缺少{BASES[self.base]}，不能确定罚款幅度")
        if value < self.least_fen:
            lead += f"{BASES[self.base]}{yuan(value)}，按{yuan(self.least_fen)}计算，"
            value = self.least_fen
        for band in bands:
            if band.until_fen is None or value < band.until_fen:
                return self._bounds(band, value, lead)
        raise RangeUnknown(f"{BASES[self.base]}{yuan(value)}不在任何一档")

    def _bounds(self, band: Band, value: int, lead: str) -> FineRange:
        name = BASES.get(self.base, "")
        reach = f"{lead}{name}{yuan(value)}，" if name and "计算" not in lead else lead
        if band.max_times is None:
            assert band.max_fen is not None
            low, high = band.min_fen or 0, band.max_fen
            found = FineRange(low, high, min_stated=band.min_fen is not None, cites=self.cites)
            return _because(found, f"{reach}法定幅度为{found.label}")
        least = band.min_times or Fraction(0)
        low, high = int(-(-least * value // 1)), int(band.max_times * value // 1)
        stated = band.min_times is not None
        found = FineRange(low, max(low, high), min_stated=stated, cites=self.cites)
        return _because(found, f"{reach}法定幅度为{name}{band.words}，即{found.label}")

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> "LegalRange":
        """Read a range from data; see ``as_json`` for the shape. Multiples are whole or "1/2"."""
        return cls(
            tuple(Cite.parse(k) for k in row["cites"]),
            _bands(row["bands"]),
            row.get("base", ""),
            tuple(Heavier(h["when"], _bands(h["bands"])) for h in row.get("heavier", ())),
            row.get("only", ""),
            row.get("least_fen", 0),
        )

    def as_json(self) -> dict[str, Any]:
        """As plain data: ``parse`` reads it back. What an article does not have is left out."""
        found: dict[str, Any] = {
            "base": self.base,
            "cites": [c.key for c in self.cites],
            "bands": [_line(b) for b in self.bands],
        }
        if self.heavier:
            found["heavier"] = [
                {"when": h.when, "bands": [_line(b) for b in h.bands]} for h in self.heavier
            ]
        if self.only:
            found["only"] = self.only
        if self.least_fen:
            found["least_fen"] = self.least_fen
        return found


def _bands(rows: Iterable[Mapping[str, Any]]) -> tuple[Band, ...]:
    return tuple(
        Band(
            b.get("min_fen"),
            b.get("max_fen"),
            Fraction(b["min_times"]) if b.get("min_times") is not None else None,
            Fraction(b["max_times"]) if b.get("max_times") is not None else None,
            b.get("from_fen", 0),
            b.get("until_fen"),
        )
        for b in rows
    )


def _line(b: Band) -> dict[str, Any]:
    line: dict[str, Any] = {"from_fen": b.from_fen, "until_fen": b.until_fen}
    if b.max_times is None:
        return line | {"min_fen": b.min_fen, "max_fen": b.max_fen}
    low = {} if b.min_times is None else {"min_times": str(b.min_times)}
    return line | low | {"max_times": str(b.max_times)}


def _because(found: FineRange, why: str) -> FineRange:
    return FineRange(
        found.min_fen, found.max_fen, min_stated=found.min_stated, why=why, cites=found.cites
    )


def multiple(n: Fraction) -> str:
    """A multiple of a base in words: 10倍, 1.5倍; below one whole as a share: 30%."""
    return f"{float(n * 100):g}%" if n < 1 else f"{float(n):g}倍"
