"""What of a decision is in force today, after every instrument that undid or changed it; and what
was paid too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhifa.law import money
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.parts.paper import Served, served_on
from zhifa.law.procedures.penalty.aftermath import (
    RectificationProposed,
    RefundPaid,
    RemedyBegun,
    RevocationProposed,
)
from zhifa.law.procedures.penalty.later import OutcomeKind, OutcomeRecorded, PaymentRecorded
from zhifa.law.procedures.penalty.proposal import DecisionKind, PenaltyItem, current
from zhifa.law.standing import Done, Standing

UNDONE = frozenset(
    {OutcomeKind.ANNULLED, OutcomeKind.ANNULLED_REDO, OutcomeKind.VOID, OutcomeKind.REVOKED}
)
"""The outcomes that leave nothing of the decision to carry out."""
CHANGES = frozenset({OutcomeKind.CHANGED, OutcomeKind.PARTLY})
"""The outcomes that leave something else."""
TAKES_DOWN = UNDONE | CHANGES | {OutcomeKind.ILLEGAL}
"""The outcomes that take a published decision down (行政处罚法 48)."""
OWN = ("revocation_decision", "change_decision")
"""The letters by which the agency undoes or changes its decision itself."""
Items = tuple[PenaltyItem, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """What undid or changed the decision, or left it as it is; `on` is the day of its effect."""

    kind: OutcomeKind
    items: Items
    on: date
    number: str
    facts: Any
    """The outcome as recorded, or the agency's own proposal."""


def own_motion(s: Standing, document: str) -> RevocationProposed | None:
    """The revocation or change that a letter of the agency's own carries."""
    found: RevocationProposed | None = _proposed(s, document, "revocation")
    return found


def rectification(s: Standing, document: str) -> RectificationProposed | None:
    """The rectification that a letter carries."""
    found: RectificationProposed | None = _proposed(s, document, "rectification")
    return found


def _proposed(s: Standing, document: str, code: str) -> Any:
    """What was proposed and approved, and is what the letter says."""
    last = None
    for d in s.history:
        if d.step == f"{code}.propose":
            last = d
        elif d.step == f"{code}.approve" and any(o.id == document for o in d.outputs):
            return last.facts if last is not None else None
    return None


def effect(s: Standing, f: Any) -> tuple[OutcomeKind, Items] | None:
    """What an act does to the decision: the recording of an instrument, or the service of a letter
    of the agency's own. None for any other act."""
    if isinstance(f, OutcomeRecorded):
        return f.kind, f.items
    if isinstance(f, Served) and f.document_kind in OWN:
        made = own_motion(s, f.document)
        return (made.kind.outcome, made.items) if made is not None else None
    return None


def instruments(s: Standing) -> tuple[Instrument, ...]:
    """Every instrument on the decision, in the order in which they came."""
    return tuple(_instruments(s))


def _instruments(s: Standing) -> Iterator[Instrument]:
    for d in s.all("outcome.record", "document.serve"):
        if (found := effect(s, d.facts)) is None:
            continue
        kind, items = found
        if isinstance(d.facts, OutcomeRecorded):
            yield Instrument(kind, items, d.facts.effective_on, d.facts.instrument, d.facts)
            continue
        paper = next(o for x in s.history for o in x.outputs if o.id == d.facts.document)
        yield Instrument(kind, items, served_on(d), paper.number, own_motion(s, d.facts.document))


def undoing(s: Standing) -> Instrument | None:
    """The instrument that undid the decision, None while it stands."""
    return next((i for i in instruments(s) if i.kind in UNDONE), None)


def last_change(s: Standing) -> Instrument | None:
    """The latest instrument that touched what the decision says or is worth."""
    return next((i for i in reversed(instruments(s)) if i.kind in TAKES_DOWN), None)


def undone(s: Standing) -> bool:
    """Whether the decision was annulled, revoked or found void since."""
    return undoing(s) is not None


def decided_items(s: Standing) -> Items:
    """The penalties as decided, or as proposed while there is no decision."""
    p = current(s)
    return p.items if p is not None and p.decision is DecisionKind.PENALTY else ()


def items(s: Standing) -> Items:
    """The penalties in force."""
    left = decided_items(s)
    for i in instruments(s):
        left = remaining(left, i.kind, i.items)
    return left


def remaining(before: Items, kind: OutcomeKind, given: Items) -> Items:
    """What an instrument leaves."""
    if kind in UNDONE:
        return ()
    return given if kind in CHANGES else before


def after(s: Standing, f: Any) -> Items:
    """The penalties in force once the act has been taken."""
    found = effect(s, f)
    return items(s) if found is None else remaining(items(s), *found)


def fine(left: Items) -> int:
    """The fine of some penalties, in fen."""
    return sum(i.amount_fen for i in left if i.kind is PenaltyKind.FINE)


def gain(left: Items) -> int:
    """The confiscated gain of some penalties, in fen."""
    return sum(i.amount_fen for i in left if i.kind is PenaltyKind.CONFISCATE_GAIN)


def confiscated(left: Items) -> int:
    """Gain and goods' value confiscated, in fen."""
    return gain(left) + sum(i.amount_fen for i in left if i.kind is PenaltyKind.CONFISCATE_GOODS)


def takes_goods(left: Items) -> bool:
    """Whether goods are confiscated."""
    return any(i.kind is PenaltyKind.CONFISCATE_GOODS for i in left)


# --- money ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums in fen, each of its kind."""

    fine: int = 0
    gain: int = 0
    surcharge: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return self.fine + self.gain + self.surcharge


def payments(s: Standing) -> tuple[PaymentRecorded, ...]:
    """What was paid; entries that were struck out are not among them."""
    return tuple(d.facts for d in s.all("payment.record"))


def received(s: Standing) -> Sums:
    """What was paid in all."""
    paid = payments(s)
    return Sums(
        sum(p.fine_fen for p in paid),
        sum(p.gain_fen for p in paid),
        sum(p.surcharge_fen for p in paid),
    )


def pauses(s: Standing, on: date) -> tuple[tuple[date, date], ...]:
    """The spans of reconsideration and litigation up to a day, for which no surcharge accrues
    (行政处罚法 73 III): from the day of the application, which favours the party, to the effect of
    what it led to."""
    spans = []
    for d in s.all("remedy.begin"):
        f: RemedyBegun = d.facts
        ended = next((x for x in s.since(d, "outcome.record") if x.facts.forum is f.forum), None)
        spans.append((f.applied_on, ended.facts.effective_on if ended is not None else on))
    return tuple(spans)


def surcharge_grown(s: Standing, fine_fen: int, on: date) -> int:
    """The surcharge on a fine up to a day, in fen, what was paid of it not yet taken off.

    Three percent a day of what was unpaid on that day, so that a part paid late still bears its
    days, and never more than the fine.
    """
    run = s.term("payment")
    if run is None:
        return 0
    paused = pauses(s, on)
    rest, since, grown = fine_fen, run.due.due, 0
    for f in sorted(payments(s), key=lambda f: f.paid_on):
        if f.paid_on > on:
            break
        grown += money.surcharge(max(0, rest), since, f.paid_on, paused).amount_fen
        rest, since = rest - f.fine_fen, max(since, f.paid_on)
    grown += money.surcharge(max(0, rest), since, on, paused).amount_fen
    return min(grown, fine_fen)


def overpaid(s: Standing, left: Items, on: date) -> Sums:
    """What must be given back where those penalties are in force, what was given back taken off."""
    paid, back = received(s), given_back(s)
    owed = surcharge_grown(s, fine(left), on)
    return Sums(
        max(0, paid.fine - fine(left) - back.fine),
        max(0, paid.gain - gain(left) - back.gain),
        max(0, paid.surcharge - owed - back.surcharge),
    )


def given_back(s: Standing) -> Sums:
    """What the treasury gave back: the refunds approved, as far as they were paid."""
    found = Sums()
    proposal: Any = None
    for d in s.history:
        if d.step == "refund.propose":
            proposal = d.facts
        elif d.step == "refund.pay" and isinstance(d.facts, RefundPaid) and proposal is not None:
            found = Sums(
                found.fine + proposal.fine_fen,
                found.gain + proposal.gain_fen,
                found.surcharge + proposal.surcharge_fen,
            )
    return found


# --- words ---------------------------------------------------------------------------------------


def errata(s: Standing) -> Iterator[tuple[str, str]]:
    """The slips that served letters of rectification put right: what stood, what should stand."""
    for d in s.all("document.serve"):
        made = rectification(s, d.facts.document)
        for slip in made.errata if made is not None else ():
            yield slip.wrong, slip.right


def corrected(s: Standing, text: str) -> str:
    """A text of the decision as it reads after its rectifications."""
    for wrong, right in errata(s):
        text = text.replace(wrong, right)
    return text


def lighter(before: Items, left: Items) -> bool:
    """Whether some penalties are fewer or smaller than others, and none is greater or new."""
    old = {i.kind: i.amount_fen for i in before}
    new = {i.kind: i.amount_fen for i in left}
    return old != new and set(new) <= set(old) and all(new[k] <= old[k] for k in new)


def heavier(before: Items, left: Items) -> bool:
    """Whether a penalty is greater than before, or new."""
    old = {i.kind: i.amount_fen for i in before}
    return any(i.amount_fen > old.get(i.kind, -1) for i in left)


def served_letter(s: Standing, kinds: Iterable[str]) -> Done | None:
    """The latest service of a letter of those kinds."""
    wanted = frozenset(kinds)
    return s.find(lambda d: d.step == "document.serve" and d.facts.document_kind in wanted)
