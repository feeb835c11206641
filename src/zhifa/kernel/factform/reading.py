"""Reading what was typed: one function a kind, each giving the JSON of the value or the reason."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from zhifa.kernel import clock
from zhifa.law.cite import Cite, UnknownLaw

EARLIEST, LATEST = 1900, 2199
INVISIBLE = str.maketrans("", "", "\u200b\ufeff\u00ad")
"""What creeps in by copying and is never meant: taken away without a word."""
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－：／", "0123456789.,-:/")
_MONEY = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]*))?\Z")
_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?\Z")
_INSTANT = re.compile(r"(.+?)[T\s]\s*([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.0+)?)?\Z")


class Unreadable(ValueError):
    """Why a value cannot be read, as it is said after the name of its field."""


def text(raw: str, maximum: int, *, line: bool) -> str:
    """A text as it will stand in the record: trimmed, its line ends plain, nothing unseen in it."""
    clean = raw.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE).strip()
    if len(clean) > maximum:
        raise Unreadable(f"不能超过{maximum}个字，现在有{len(clean)}个字")
    if line and "\n" in clean:
        raise Unreadable("只能填写一行，不能换行")
    for c in clean:
        category = unicodedata.category(c)
        if category == "Cs" or c == "\ufffd" or ord(c) & 0xFFFE == 0xFFFE:
            raise Unreadable("含有无法识别的字符，请重新输入")
        if category in ("Cc", "Cf", "Zl", "Zp") and c not in "\n\t":
            raise Unreadable("含有不能显示的控制字符，请删除后重新输入")
    return clean


def money(raw: str, maximum: int) -> int:
    """An amount in 元 with at most two decimals, as 分. Exact: no float comes near it."""
    clean = _figures(raw).removeprefix("¥").removeprefix("￥").removesuffix("元").strip()
    if clean.startswith("-"):
        raise Unreadable("金额不能是负数")
    found = _MONEY.match(clean)
    if found is None:
        raise Unreadable("请填写以元为单位的金额，例如 5000.00")
    whole, decimals = found[1].replace(",", "").lstrip("0") or "0", found[2] or ""
    if len(decimals.rstrip("0")) > 2:
        raise Unreadable("最多两位小数，精确到分")
    most = f"{maximum // 100:,}.{maximum % 100:02d}"
    if len(whole) > 15:
        raise Unreadable(f"不能超过{most}元")
    fen = int(Decimal(f"{whole}.{decimals[:2] or '0'}") * 100)
    if fen > maximum:
        raise Unreadable(f"不能超过{most}元")
    return fen


def number(raw: str, maximum: int) -> int:
    """A whole number from 0 to the maximum."""
    clean = _figures(raw).replace(",", "")
    if re.fullmatch("-[0-9]+", clean):
        raise Unreadable("不能是负数")
    if not re.fullmatch("[0-9]+", clean):
        raise Unreadable("请填写整数，例如 12")
    if len(clean.lstrip("0")) > 15 or int(clean) > maximum:
        raise Unreadable(f"不能大于{maximum}")
    return int(clean)


def day(raw: str) -> str:
    """A date as ISO. Takes 2026-11-24, 2026/11/24, 2026.11.24 and 2026年11月24日."""
    return _date(_figures(raw)).isoformat()


def instant(raw: str) -> str:
    """An instant as RFC 3339 with the offset of Shanghai, in whose time it was typed."""
    found = _INSTANT.match(_figures(raw))
    if found is None:
        raise Unreadable("请填写日期和时间，例如 2026-11-24 09:30")
    on, hour, minute = _date(found[1].strip()), int(found[2]), int(found[3])
    if hour > 23 or minute > 59:
        raise Unreadable("没有这个时刻")
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=clock.SHANGHAI).isoformat()


def cites(raw: str) -> list[str]:
    """Citations, one a line, as the keys by which the house names them (CF:45)."""
    keys = [line.strip() for line in raw.replace(",", "\n").splitlines() if line.strip()]
    for key in keys:
        try:
            Cite.parse(key)
        except (ValueError, UnknownLaw):
            raise Unreadable(f"没有「{key[:40]}」这一条文") from None
    return keys


def _date(clean: str) -> date:
    found = _DAY.match(clean)
    if found is None:
        raise Unreadable("请填写日期，例如 2026-11-24")
    year, month, of_month = (int(part) for part in found.groups())
    if not EARLIEST <= year <= LATEST:
        raise Unreadable(f"年份应当在{EARLIEST}和{LATEST}之间")
    try:
        return date(year, month, of_month)
    except ValueError:
        raise Unreadable("没有这一天") from None


def _figures(raw: str) -> str:
    """Figures as they are typed on any keyboard, within a length that no honest figure exceeds."""
    if len(raw) > 60:
        raise Unreadable("填写的内容过长")
    return raw.translate(INVISIBLE).translate(FULL_WIDTH).strip()
