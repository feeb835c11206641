"""What is owed in money, what was paid, and the surcharge that lateness adds."""

from __future__ import annotations

from datetime import date

from zhifa.law import money
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.decision import money_due
from zhifa.law.procedures.penalty.later import PaymentRecorded
from zhifa.law.procedures.penalty.proposal import current
from zhifa.law.sources import CF
from zhifa.law.standing import Standing


def _payments(s: Standing) -> tuple[PaymentRecorded, ...]:
    return tuple(d.facts for d in s.all("payment.record"))


def paid(s: Standing) -> int:
    """What was paid towards fine and gain so far, in fen."""
    return fine_paid(s) + gain_paid(s)


def fine_paid(s: Standing) -> int:
    """What was paid towards the fine so far, in fen."""
    return sum(f.fine_fen for f in _payments(s))


def gain_paid(s: Standing) -> int:
    """What was paid of the confiscated gain so far, in fen."""
    return sum(f.gain_fen for f in _payments(s))


def surcharge_due(s: Standing, on: date) -> int:
    """The surcharge (加处罚款) up to a day, less what was paid of it, in fen.

    Three percent a day of what was unpaid on that day, so that a part paid late still bears its
    days, and never more than the fine.
    """
    run, p = s.term("payment"), current(s)
    if run is None or p is None:
        return 0
    rest, since, grown = p.fine_fen, run.due.due, 0
    for f in sorted(_payments(s), key=lambda f: f.paid_on):
        if f.paid_on > on:
            break
        grown += money.surcharge(rest, since, f.paid_on).amount_fen
        rest, since = rest - f.fine_fen, max(since, f.paid_on)
    grown += money.surcharge(rest, since, on).amount_fen
    return max(0, min(grown, p.fine_fen) - sum(f.surcharge_fen for f in _payments(s)))


def pays_all(s: Standing, f: PaymentRecorded) -> bool:
    """Whether fine and gain are paid in full with this payment."""
    return paid(s) + f.fine_fen + f.gain_fen >= money_due(s)


@guard("payment.owed", "有待缴款项", CF(67))
def payment_owed(s: Standing, _a: Attempt) -> No | None:
    """There is something to pay."""
    return None if s.open(owed.FINE_UNPAID.code) else No("没有待缴的罚没款")


@guard("payment.amount", "缴款数额相符", CF(67), CF(72))
def payment_amount(s: Standing, a: Attempt) -> No | None:
    """No more than is owed of each; the surcharge with the last of a late fine."""
    f: PaymentRecorded = a.facts
    p = current(s)
    if p is None:
        return None
    if f.fine_fen + f.gain_fen + f.surcharge_fen <= 0:
        return No("缴款数额应当大于零", field="fine_fen")
    if f.paid_on > a.on:
        return No("缴款日期不能晚于登记日期", field="paid_on")
    rest = p.fine_fen - fine_paid(s)
    if f.fine_fen > rest:
        return No(f"超过尚欠的罚款{money.yuan(rest)}", field="fine_fen")
    rest = money_due(s) - p.fine_fen - gain_paid(s)
    if f.gain_fen > rest:
        return No(f"超过尚欠的没收款{money.yuan(rest)}", field="gain_fen")
    late = surcharge_due(s, f.paid_on)
    if f.surcharge_fen > late:
        return No(f"加处罚款应为{money.yuan(late)}", field="surcharge_fen")
    if pays_all(s, f) and f.surcharge_fen != late:
        return No(f"逾期缴纳的加处罚款应为{money.yuan(late)}", field="surcharge_fen")
    return None
