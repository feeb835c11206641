"""How dates, money and spans are written: 2026年11月24日 in prose, 2026-11-24 in tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from zhifa.kernel import clock
from zhifa.law import money

NBSP = "\u00a0"


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return clock.legal_date(value)
    if isinstance(value, date):
        return value
    if isinstance(value, str) and value:
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def zh_date(value: Any) -> str:
    """A date as prose has it: 2026年11月24日. Nothing for none."""
    day = _day(value)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def iso_date(value: Any) -> str:
    """A date as a table has it: 2026-11-24. Nothing for none."""
    day = _day(value)
    return day.isoformat() if day else ""


def zh_instant(value: Any) -> str:
    """An instant as prose has it, in Shanghai time: 2026年11月24日 09:30."""
    if not isinstance(value, datetime):
        return zh_date(value)
    return f"{zh_date(value)} {value.astimezone(clock.SHANGHAI):%H:%M}"


def iso_instant(value: Any) -> str:
    """An instant as a table has it, in Shanghai time: 2026-11-24 09:30."""
    if not isinstance(value, datetime):
        return iso_date(value)
    return f"{value.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


def yuan(fen: Any) -> str:
    """分 as a table has it: 500000 → 5,000.00. Nothing for what is no amount."""
    if isinstance(fen, bool) or not isinstance(fen, int):
        return ""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"


def capital(fen: Any) -> str:
    """分 as a document has it, in capitals: 500000 → 伍仟元整. Nothing for what is no amount."""
    if isinstance(fen, bool) or not isinstance(fen, int) or not 0 <= fen < money.MOST_FEN:
        return ""
    return money.capitals(fen)


def remaining(due: date, on: date) -> str:
    """How far a last day is: 余7天, 今日到期, 逾期2天."""
    days = (due - on).days
    if days == 0:
        return "今日到期"
    return f"余{days}天" if days > 0 else f"逾期{-days}天"
