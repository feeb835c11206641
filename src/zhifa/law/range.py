"""The legal range (法定幅度) of a fine as data: fixed amounts or multiples of a base."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhifa.law import cite
from zhifa.law.cite import Cite
from zhifa.law.money import yuan

BASES = {"goods_value_fen": "货值金额", "illegal_gain_fen": "违法所得"}
"""What a range may be measured by: the fact's name and its Chinese name."""


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
        if not fixed and self.min_times is None:
            raise ValueError("倍数幅度应当写明下限")


@dataclass(frozen=True, slots=True)
class LegalRange:
    """What the penalty article allows. ``base`` is the fact that bands and multiples measure by.

    Bands must follow one another without gap from 0. Refused without a citation.
    """

    cites: tuple[Cite, ...]
    bands: tuple[Band, ...]
    base: str = ""

    def __post_init__(self) -> None:
        if not self.cites:
            raise cite.NoCitation("罚款幅度没有写明法律依据")
        if self.base and self.base not in BASES:
            raise ValueError(f"不认识的计罚基数：{self.base}")
        if not self.base and (len(self.bands) != 1 or self.bands[0].max_times is not None):
            raise ValueError("没有计罚基数的幅度只能有一档固定数额")
        at: int | None = 0
        for band in self.bands:
            if band.from_fen != at:
                raise ValueError("幅度各档之间有空缺或者重叠")
            at = band.until_fen
        if at is not None:
            raise ValueError("幅度的最后一档应当没有上限")

    def of(self, facts: Mapping[str, Any]) -> FineRange:
        """The bounds for these facts. ``RangeUnknown`` when the base is not among them."""
        if not self.base:
            return self._bounds(self.bands[0], 0)
        value = facts.get(self.base)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise RangeUnknown(f"缺少{BASES[self.base]}，不能确定罚款幅度")
        for band in self.bands:
            if band.until_fen is None or value < band.until_fen:
                return self._bounds(band, value)
        raise RangeUnknown(f"{BASES[self.base]}{yuan(value)}不在任何一档")

    def _bounds(self, band: Band, value: int) -> FineRange:
        name = BASES.get(self.base, "")
        reach = f"{name}{yuan(value)}，" if name else ""
        if band.max_times is None:
            assert band.max_fen is not None
            low, high = band.min_fen or 0, band.max_fen
            found = FineRange(low, high, min_stated=band.min_fen is not None, cites=self.cites)
            return _because(found, f"{reach}法定幅度为{found.label}")
        assert band.min_times is not None
        low, high = -(-band.min_times * value // 1), band.max_times * value // 1
        times = f"{_times(band.min_times)}倍以上{_times(band.max_times)}倍以下"
        found = FineRange(int(low), max(int(low), int(high)), cites=self.cites)
        return _because(found, f"{reach}法定幅度为{name}{times}，即{found.label}")

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> "LegalRange":
        """Read a range from data; see ``as_json`` for the shape. Multiples are whole or "1/2"."""
        return cls(
            tuple(Cite.parse(k) for k in row["cites"]),
            tuple(
                Band(
                    b.get("min_fen"),
                    b.get("max_fen"),
                    Fraction(b["min_times"]) if "min_times" in b else None,
                    Fraction(b["max_times"]) if "max_times" in b else None,
                    b.get("from_fen", 0),
                    b.get("until_fen"),
                )
                for b in row["bands"]
            ),
            row.get("base", ""),
        )

    def as_json(self) -> dict[str, Any]:
        """As plain data: ``parse`` reads it back."""
        bands = []
        for b in self.bands:
            line: dict[str, Any] = {"from_fen": b.from_fen, "until_fen": b.until_fen}
            if b.max_times is None:
                line |= {"min_fen": b.min_fen, "max_fen": b.max_fen}
            else:
                line |= {"min_times": str(b.min_times), "max_times": str(b.max_times)}
            bands.append(line)
        return {"base": self.base, "cites": [c.key for c in self.cites], "bands": bands}


def _because(found: FineRange, why: str) -> FineRange:
    return FineRange(
        found.min_fen, found.max_fen, min_stated=found.min_stated, why=why, cites=found.cites
    )


def _times(n: Fraction) -> str:
    return str(n) if n.denominator == 1 else f"{float(n):g}"
