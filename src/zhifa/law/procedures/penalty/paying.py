"""What is owed in money, what was paid, and the surcharge that lateness adds."""

from __future__ import annotations

from datetime import date

from zhifa.law import money
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.decision import money_due
from zhifa.law.procedures.penalty.later import PaymentRecorded
from zhifa.law.sources import CF
from zhifa.law.standing import Standing


def paid(s: Standing) -> int:
    """What was paid towards fine and gain so far, in fen."""
    return fine_paid(s) + gain_paid(s)


def fine_paid(s: Standing) -> int:
    """What was paid towards the fine so far, in fen."""
    return force.received(s).fine


def gain_paid(s: Standing) -> int:
    """What was paid of the confiscated gain so far, in fen."""
    return force.received(s).gain


def surcharge_due(s: Standing, on: date) -> int:
    """The surcharge (加处罚款) up to a day, less what was paid of it, in fen.

    Reckoned on the fine in force, without the days of reconsideration and litigation.
    """
    grown = force.surcharge_grown(s, force.fine(force.items(s)), on)
    return max(0, grown - force.received(s).surcharge)


def pays_all(s: Standing, f: PaymentRecorded) -> bool:
    """Whether fine and gain are paid in full with this payment."""
    return paid(s) + f.fine_fen + f.gain_fen >= money_due(s)


@guard("payment.owed", "有待缴款项", CF(67))
def payment_owed(s: Standing, _a: Attempt) -> No | None:
    """There is something to pay."""
    return None if s.open(owed.FINE_UNPAID.code) else No("没有待缴的罚没款")


@guard("payment.amount", "缴款数额相符", CF(67), CF(72), CF(73, 3))
def payment_amount(s: Standing, a: Attempt) -> No | None:
    """No more than is owed of each; the surcharge with the last of a late fine."""
    f: PaymentRecorded = a.facts
    fine = force.fine(force.items(s))
    if f.fine_fen + f.gain_fen + f.surcharge_fen <= 0:
        return No("缴款数额应当大于零", field="fine_fen")
    if f.paid_on > a.on:
        return No("缴款日期不能晚于登记日期", field="paid_on")
    rest = max(0, fine - fine_paid(s))
    if f.fine_fen > rest:
        return No(f"超过尚欠的罚款{money.yuan(rest)}", field="fine_fen")
    rest = max(0, money_due(s) - fine - gain_paid(s))
    if f.gain_fen > rest:
        return No(f"超过尚欠的没收款{money.yuan(rest)}", field="gain_fen")
    late = surcharge_due(s, f.paid_on)
    if f.surcharge_fen > late:
        return No(f"加处罚款应为{money.yuan(late)}", field="surcharge_fen")
    if pays_all(s, f) and f.surcharge_fen != late:
        return No(f"逾期缴纳的加处罚款应为{money.yuan(late)}", field="surcharge_fen")
    return None
