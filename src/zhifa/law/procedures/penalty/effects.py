"""What an instrument on the decision sets going: money back, publicity down, a redo; whoever made
it, and whether it was recorded or served."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhifa.law.procedure import Closes, Opens, Starts, Stops, When
from zhifa.law.procedures.parts.paper import Served, served_on
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.later import OutcomeKind, OutcomeRecorded
from zhifa.law.standing import Done, Standing


def published(s: Standing) -> bool:
    """Whether the decision is public now."""
    done = s.last("publicity.publish", "publicity.withdraw")
    return done is not None and done.step == "publicity.publish"


def _day(s: Standing, f: Any) -> date:
    """The day from which money is reckoned anew."""
    if isinstance(f, OutcomeRecorded):
        return f.effective_on
    assert s.last_day is not None
    return s.last_day


def _effect_day(done: Done) -> date:
    """The day on which the instrument took effect: for a letter of one's own, that of service."""
    if isinstance(done.facts, OutcomeRecorded):
        return done.facts.effective_on
    return served_on(done)


def _touches(s: Standing, f: Any) -> bool:
    return force.effect(s, f) is not None


def undoes(s: Standing, f: Any) -> bool:
    """Whether nothing of the decision is left, so that nothing more is to be published."""
    found = force.effect(s, f)
    return found is not None and found[0] in force.UNDONE


def takes_down(s: Standing, f: Any) -> bool:
    """Whether the published decision must come down, and is not due to already."""
    found = force.effect(s, f)
    is_due = bool(s.open(owed.WITHDRAWAL_DUE.code))
    return found is not None and found[0] in force.TAKES_DOWN and published(s) and not is_due


def shows_anew(s: Standing, f: Any) -> bool:
    """Whether the decision, which is public, must be published as it now reads."""
    if not published(s) or s.open(owed.UNPUBLISHED.code):
        return False
    if isinstance(f, Served) and f.document_kind == "rectification_decision":
        return force.rectification(s, f.document) is not None
    found = force.effect(s, f)
    return found is not None and found[0] in force.CHANGES


def settles(s: Standing, f: Any) -> bool:
    """Whether nothing is left to pay."""
    if not _touches(s, f):
        return False
    left, paid = force.after(s, f), force.received(s)
    late = force.surcharge_grown(s, force.fine(left), _day(s, f)) - paid.surcharge
    return paid.fine + paid.gain >= force.fine(left) + force.gain(left) and late <= 0


def owes_again(s: Standing, f: Any) -> bool:
    """Whether more must be paid than was, where all was paid before."""
    if not _touches(s, f) or s.open(owed.FINE_UNPAID.code):
        return False
    left, paid = force.after(s, f), force.received(s)
    return force.fine(left) + force.gain(left) > paid.fine + paid.gain


def overpays(s: Standing, f: Any) -> bool:
    """Whether more was paid than is owed now, and nothing waits to be given back already."""
    if not _touches(s, f) or s.open(owed.REFUND_DUE.code):
        return False
    return force.overpaid(s, force.after(s, f), _day(s, f)).total > 0


def frees_goods(s: Standing, f: Any) -> bool:
    """Whether goods are no longer confiscated."""
    return _touches(s, f) and not force.takes_goods(force.after(s, f))


def returns_goods(s: Standing, f: Any) -> bool:
    """Whether goods that were taken over must be given back."""
    taken = s.has("confiscation.record") and force.takes_goods(force.items(s))
    return taken and frees_goods(s, f)


def orders_redo(s: Standing, f: Any) -> bool:
    """Whether a new act is ordered within so many days."""
    return isinstance(f, OutcomeRecorded) and f.kind is OutcomeKind.ANNULLED_REDO


def _redo_days(_s: Standing, f: Any) -> int:
    return int(f.redo_days)


def _either(*tests: When) -> When:
    return lambda s, f: any(test(s, f) for test in tests)


STARTS = (
    Starts("withdrawal", takes_down, start=_effect_day),
    Starts("publicity.penalty", shows_anew, start=_effect_day),
    Starts("refund", _either(overpays, returns_goods), start=_effect_day),
    Starts("redo", orders_redo, start=_effect_day, days=_redo_days),
    Starts("payment", owes_again, start=_effect_day),
)
STOPS = (Stops("payment", settles), Stops("publicity.penalty", undoes))
OPENS = (
    Opens(owed.WITHDRAWAL_DUE, takes_down, aside=True),
    Opens(owed.UNPUBLISHED, shows_anew, aside=True),
    Opens(owed.FINE_UNPAID, owes_again, aside=True),
    Opens(owed.REFUND_DUE, overpays, aside=True),
    Opens(owed.GOODS_BACK, returns_goods, aside=True),
    Opens(owed.REDO_DUE, orders_redo, aside=True),
)
CLOSES = (
    Closes(owed.FINE_UNPAID, settles),
    Closes(owed.GOODS_UNTAKEN, frees_goods),
    Closes(owed.UNPUBLISHED, undoes),
)
