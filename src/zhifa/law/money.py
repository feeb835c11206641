"""Money in 分: the capitals that a document carries, the surcharge, cash on the spot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from zhifa.law import cite, params
from zhifa.law.cite import Cite
from zhifa.law.numerals import CAPITALS
from zhifa.law.sources import CF, QZ

DAY = timedelta(days=1)
MOST_FEN = 10**14
"""Amounts from one 万亿元 on are refused: none occurs, and a slip of the keyboard does."""


def yuan(fen: int) -> str:
    """An amount as a sentence carries it: 12345600 → 123456元, 50 → 0.5元."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    whole, rest = divmod(fen, 100)
    return f"{sign}{whole}" + (f".{rest:02d}".rstrip("0") if rest else "") + "元"


def capitals(fen: int) -> str:
    """An amount in Chinese capitals: 5000000 → 伍万元整, 1050 → 壹拾元伍角, 5 → 伍分.

    ``ValueError`` for a negative amount or one of a 万亿元 and more.
    """
    if not 0 <= fen < MOST_FEN:
        raise ValueError(f"金额超出范围：{fen}分")
    whole, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    text = _whole(whole) + "元" if whole else ""
    if not rest:
        return (text or "零元") + "整"
    if jiao:
        text += CAPITALS[jiao] + "角"
    elif whole:
        text += "零"
    if cents:
        text += CAPITALS[cents] + "分"
    return text


def _whole(n: int) -> str:
    text, skipped = "", False
    for word, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part, n = divmod(n, size)
        if part:
            gap = "零" if text and (skipped or part < 1000) else ""
            text += gap + _group(part) + word
        skipped = not part
    return text


def _group(n: int) -> str:
    """Below 10,000, in capitals (壹拾, not 拾)."""
    text, zero = "", False
    for power, word in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, n = divmod(n, power)
        if digit:
            text += ("零" if zero else "") + CAPITALS[digit] + word
            zero = False
        elif text:
            zero = True
    return text


# --- late payment -----------------------------------------------------------------------------

SURCHARGE = cite.register("rule", "surcharge", (CF(72, 1, 1), CF(73, 3), QZ(45)))
SURCHARGE_PERCENT = 3


@dataclass(frozen=True, slots=True)
class Surcharge:
    """The late surcharge (加处罚款) on a fine up to a day.

    ``overdue_days`` are those counted, ``paused_days`` those that reconsideration or litigation
    left out, ``capped`` whether the amount has reached the fine itself.
    """

    fine_fen: int
    overdue_days: int
    paused_days: int
    amount_fen: int
    capped: bool
    cites: tuple[Cite, ...] = SURCHARGE

    def explain(self) -> tuple[str, ...]:
        """How the amount came about, in Chinese lines."""
        paused = f"，另有{self.paused_days}日因复议或者诉讼不计" if self.paused_days else ""
        lines = [
            f"依据：{cite.labels(self.cites)}",
            f"逾期计{self.overdue_days}日{paused}",
            f"每日按罚款数额的百分之三：{yuan(self.fine_fen * SURCHARGE_PERCENT // 100)}",
        ]
        if self.capped:
            lines.append("加处罚款不超出罚款数额，以罚款数额为限")
        return (*lines, f"加处罚款：{yuan(self.amount_fen)}")


def surcharge(
    fine_fen: int,
    due: date,
    until: date,
    pauses: Iterable[tuple[date, date]] = (),
) -> Surcharge:
    """The surcharge when the fine, due on a day, is paid on ``until`` (that day counted).

    3 % of the fine for each day after ``due``, never above the fine, without the days of
    reconsideration and litigation in ``pauses`` (both ends included, overlaps once). For an
    amount that is partly paid, give the unpaid rest. ``ValueError`` for a negative fine.
    """
    if fine_fen < 0:
        raise ValueError(f"罚款数额不能为负：{fine_fen}分")
    paused = set()
    for since, last in pauses:
        day = max(since, due + DAY)
        while day <= min(last, until):
            paused.add(day)
            day += DAY
    late = max(0, (until - due).days)
    counted = late - len(paused)
    amount = min(fine_fen * SURCHARGE_PERCENT * counted // 100, fine_fen)
    capped = fine_fen * SURCHARGE_PERCENT * counted > fine_fen * 100
    return Surcharge(fine_fen, counted, len(paused), amount, capped)


# --- cash on the spot -------------------------------------------------------------------------


class CashGround(StrEnum):
    """Why an officer may take a fine in cash (行政处罚法 68, 69)."""

    UP_TO_100 = "up_to_100"
    HARD_LATER = "hard_later"
    REMOTE = "remote"

    @property
    def label(self) -> str:
        """The ground in words."""
        return {
            "up_to_100": "依法给予一百元以下罚款",
            "hard_later": "不当场收缴事后难以执行",
            "remote": "边远、水上、交通不便地区，当事人缴纳确有困难并提出当场缴纳",
        }[self.value]


@dataclass(frozen=True, slots=True)
class CashAnswer:
    """Whether cash may be taken, on which ground, and why (Chinese)."""

    allowed: bool
    why: str
    cites: tuple[Cite, ...]
    ground: CashGround | None = None


ON_THE_SPOT = cite.register("rule", "cash.on-the-spot", (CF(67, 2), CF(68), CF(69)))


def may_collect_cash(
    fine_fen: int, *, on_the_spot: bool, hard_later: bool = False, remote_request: bool = False
) -> CashAnswer:
    """Whether an officer may take this fine in cash.

    ``on_the_spot`` says that the decision was made on the spot (行政处罚法 51); ``hard_later`` and
    ``remote_request`` are findings with their evidence, the latter also in the ordinary procedure.
    """
    if on_the_spot and fine_fen <= params.load("limits")["cash_on_the_spot_fen"]:
        return CashAnswer(True, CashGround.UP_TO_100.label, (CF(68, item=1),), CashGround.UP_TO_100)
    if on_the_spot and hard_later:
        return CashAnswer(
            True, CashGround.HARD_LATER.label, (CF(68, item=2),), CashGround.HARD_LATER
        )
    if remote_request:
        return CashAnswer(True, CashGround.REMOTE.label, (CF(69),), CashGround.REMOTE)
    return CashAnswer(
        False,
        f"{yuan(fine_fen)}罚款不属于可以当场收缴的情形，应当由当事人到指定银行或者通过电子支付系统缴纳",
        (CF(67, 2), CF(67, 3)),
    )


def on_the_spot_limit(party_class: str, field: str = "") -> Any:
    """The highest fine, in 分, that may be decided on the spot for a person or an organisation."""
    rows = params.load("limits")["decide_on_the_spot"]
    row = rows.get(field) or rows["default"]
    return row[party_class]
