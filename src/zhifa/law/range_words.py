"""A legal range in the words of a list of powers, and read back from them.

``500元以上5000元以下；拒不改正：5000元以上20000元以下`` is one range. Pages and spreadsheets say it
so.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from zhifa.law.cite import Cite
from zhifa.law.money import yuan
from zhifa.law.range import BASES, CONDITIONS, Band, Heavier, LegalRange

MOST_LETTERS = 600
_BASE = "|".join(BASES.values())
_CONDITION = re.compile(f"^(?P<only>仅)?(?P<condition>{'|'.join(CONDITIONS.values())})(?:的)?$")
_REACH = re.compile(
    rf"^(?P<base>{_BASE})(?:(?P<low>[\d.]+)元以上)?(?:不足(?P<high>[\d.]+)元)?(?:的)?$"
)
_END = r"(?P<{0}>[\d.]+)(?P<{0}_unit>元|倍|%)"
_AMOUNT = re.compile(
    rf"^(?P<base>{_BASE})?(?:{_END.format('low')}以上)?{_END.format('high')}(?P<below>以下)?(?:罚款)?$"
)
_LEAST = re.compile(rf"^(?P<base>{_BASE})?不足的?按(?P<least>[\d.]+)元计算$")


class RangeUnreadable(ValueError):
    """The words are no range; the message says which part and why."""


def lines(fine: LegalRange) -> tuple[tuple[str, str], ...]:
    """Each case of a range: when, and how much."""
    found = []
    for condition, bands in _cases(fine):
        for band in bands:
            reach = _reach(fine, band)
            when = "，".join(filter(None, (CONDITIONS.get(condition, ""), reach)))
            plain = "一般情形" if fine.heavier else "全部情形"
            found.append((when or plain, _amount(fine, band)))
    if fine.least_fen:
        found.append((f"{BASES[fine.base]}不足{yuan(fine.least_fen)}", _least(fine)))
    return tuple(found)


def text(fine: LegalRange) -> str:
    """The whole range as one line, which ``read`` reads back."""
    parts = []
    for condition, bands in _cases(fine):
        for band in bands:
            only = "仅" if condition and condition == fine.only else ""
            lead = [only + CONDITIONS[condition]] if condition else []
            reach = _reach(fine, band)
            when = "，".join([*lead, *([reach] if reach else [])])
            parts.append((f"{when}：" if when else "") + _amount(fine, band))
    if fine.least_fen:
        parts.append(f"{BASES[fine.base]}不足的按{yuan(fine.least_fen)}计算")
    return "；".join(parts)


def read(words: str, cites: Iterable[Cite]) -> LegalRange:
    """The range that the words say. ``RangeUnreadable`` names the part that is not understood."""
    if len(words) > MOST_LETTERS:
        raise RangeUnreadable("罚款幅度过长")
    cases: dict[str, list[Band]] = {}
    bases: set[str] = set()
    only, least = "", 0
    for part in _parts(words):
        if found := _LEAST.match(part):
            least = _fen(found["least"], part)
            bases |= {found["base"]} if found["base"] else set()
            continue
        condition, is_only, reach, amount = _split(part)
        only = condition if is_only else only
        low, high, base = _span(reach, part)
        band, of = _band(amount, low, high, part)
        bases |= {b for b in (base, of) if b}
        cases.setdefault(condition, []).append(band)
    if not cases:
        raise RangeUnreadable("没有写明罚款幅度")
    if len(bases) > 1:
        raise RangeUnreadable(f"只能有一种计罚基数，写了{'、'.join(sorted(bases))}")
    plain = cases.pop(only, None)
    if plain is None:
        raise RangeUnreadable("应当先写一般情形的幅度")
    key = next((k for k, name in BASES.items() if name in bases), "")
    try:
        return LegalRange(
            tuple(cites), tuple(plain), key,
            tuple(Heavier(when, tuple(bands)) for when, bands in cases.items()), only, least,
        )  # fmt: skip
    except ValueError as error:
        raise RangeUnreadable(str(error)) from error


# --- writing -------------------------------------------------------------------------------------


def _cases(fine: LegalRange) -> Iterator[tuple[str, tuple[Band, ...]]]:
    yield fine.only, fine.bands
    for step in fine.heavier:
        yield step.when, step.bands


def _reach(fine: LegalRange, band: Band) -> str:
    base = BASES.get(fine.base, "")
    low = f"{yuan(band.from_fen)}以上" if band.from_fen else ""
    high = f"不足{yuan(band.until_fen)}" if band.until_fen is not None else ""
    return f"{base}{low}{high}" if low or high else ""


def _amount(fine: LegalRange, band: Band) -> str:
    return (BASES[fine.base] if band.max_times is not None else "") + band.words


def _least(fine: LegalRange) -> str:
    return f"按{yuan(fine.least_fen)}计算"


# --- reading -------------------------------------------------------------------------------------


def _parts(words: str) -> list[str]:
    plain = re.sub(r"[ \t\r\u3000,]", "", words.replace("％", "%").replace(":", "："))
    return [part for part in re.split(r"[；;。\n]", plain) if part]


def _split(part: str) -> tuple[str, bool, str, str]:
    """Condition, whether a fine asks for it at all, reach of the base, amount."""
    head, colon, amount = part.rpartition("：")
    if not colon:
        return "", False, "", part
    first, _, rest = head.partition("，")
    if found := _CONDITION.match(first):
        code = next(k for k, name in CONDITIONS.items() if name == found["condition"])
        return code, bool(found["only"]), rest, amount
    return "", False, head, amount


def _span(reach: str, part: str) -> tuple[int, int | None, str]:
    if not reach:
        return 0, None, ""
    found = _REACH.match(reach)
    if found is None:
        raise RangeUnreadable(f"“{part}”中的“{reach}”不能识别，应当写明计罚基数和界限")
    low = _fen(found["low"], part) if found["low"] else 0
    high = _fen(found["high"], part) if found["high"] else None
    return low, high, found["base"]


def _band(amount: str, low: int, high: int | None, part: str) -> tuple[Band, str]:
    found = _AMOUNT.match(amount)
    if found is None or (found["low"] and not found["below"]):
        raise RangeUnreadable(f"“{part}”不能识别，例如“50000元以上100000元以下”“10倍以上20倍以下”")
    exact = not found["low"] and not found["below"]
    units = [found["low_unit"] or found["high_unit"], found["high_unit"]]
    if ("元" in units) and set(units) != {"元"}:
        raise RangeUnreadable(f"“{part}”的下限和上限应当都是数额，或者都是倍数")
    try:
        if units[1] == "元":
            most = _fen(found["high"], part)
            least = most if exact else _fen(found["low"], part) if found["low"] else None
            return Band(least, most, from_fen=low, until_fen=high), found["base"] or ""
        if not found["base"]:
            raise RangeUnreadable(f"“{part}”没有写明是什么的倍数")
        top = _times(found["high"], units[1])
        bottom = top if exact else _times(found["low"], units[0]) if found["low"] else None
        band = Band(min_times=bottom, max_times=top, from_fen=low, until_fen=high)
    except (ValueError, ZeroDivisionError) as error:
        if isinstance(error, RangeUnreadable):
            raise
        raise RangeUnreadable(f"“{part}”：{error}") from error
    return band, found["base"]


def _times(number: str, unit: str) -> Fraction:
    return Fraction(number) / (100 if unit == "%" else 1)


def _fen(number: str, part: str) -> int:
    try:
        fen = Fraction(number) * 100
    except (ValueError, ZeroDivisionError):
        raise RangeUnreadable(f"“{part}”中的“{number}”不是数额") from None
    if fen.denominator != 1 or fen >= 10**14:
        raise RangeUnreadable(f"“{part}”中的“{number}元”不是有效数额")
    return int(fen)
