"""The decision: proposed, endorsed, made by the agency's head; what it opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from zhifa.law import catalogue
from zhifa.law.actor import Duty
from zhifa.law.procedure import Closes, Opens, Owed, Phase, Separation, Starts, Step, Stops, Who
from zhifa.law.procedures.parts.approval import approval
from zhifa.law.procedures.parts.paper import paper, served_on
from zhifa.law.procedures.penalty import effects, force, gates, heard
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.before import ready
from zhifa.law.procedures.penalty.investigation import HANDLERS, HANDLING, RUNNING
from zhifa.law.procedures.penalty.later import DecisionProposed
from zhifa.law.procedures.penalty.proposal import DecisionKind, current
from zhifa.law.sources import CF
from zhifa.law.standing import Standing

DECIDER = Who(
    (Duty.AGENCY_HEAD,),
    apart=(
        Separation(
            (*HANDLING, "decision.propose", "review.pass", "review.return"),
            "办理、审核、决定应当相分离，承办人和审核人员不能作出决定",
            (CF(57), CF(58)),
        ),
    ),
    cites=(CF(57, 1),),
    amount=lambda s: p.fine_fen + p.confiscated_fen if (p := current(s)) is not None else 0,
)
LETTERS = {
    DecisionKind.PENALTY: "penalty_decision",
    DecisionKind.NO_PENALTY: "no_penalty_decision",
}


def _is(kind: DecisionKind) -> Any:
    def test(s: Standing, _f: Any) -> bool:
        p = current(s)
        return p is not None and p.decision is kind

    return test


def money_due(s: Standing) -> int:
    """What the decision in force asks the party to pay, in fen: fine and confiscated gain."""
    left = force.items(s)
    return force.fine(left) + force.gain(left)


def _owes_money(s: Standing, _f: Any) -> bool:
    return money_due(s) > 0


def _takes_goods(s: Standing, _f: Any) -> bool:
    return force.takes_goods(force.items(s))


def _major(s: Standing, _f: Any) -> bool:
    """Whether a major penalty must be reported for record (备案), by person and organisation."""
    p = current(s)
    if p is None or p.decision is not DecisionKind.PENALTY:
        return False
    amounts = {i.kind.value: i.amount_fen for i in p.items}
    return catalogue.record_filing_due(amounts, p.party_class.value).due


def _letter(s: Standing, _f: Any) -> bool:
    p = current(s)
    return p is not None and p.decision in LETTERS


def _next(s: Standing) -> bool:
    if not ready(s) or gates.review_passed(s) is None:
        return False
    if gates.needs_notice(s) and gates.notice_served(s) is None:
        return False
    if s.open(owed.DEFENCE_UNANSWERED.code) or s.open(owed.HEARING_DUE.code):
        return False
    return not gates.discussion_due(s) or gates.discussed(s) is not None


def _served_notice(_s: Standing, f: Any) -> bool:
    return bool(f.document_kind == "prior_notice")


def _served_hearing_right(s: Standing, f: Any) -> bool:
    told = gates.notice_of(s, f.document) if f.document_kind == "prior_notice" else None
    return told is not None and bool(told.facts.hearing_right)


def _served_letter(_s: Standing, f: Any) -> bool:
    return f.document_kind in (*LETTERS.values(), *force.OWN, "rectification_decision")


def _served_decision(_s: Standing, f: Any) -> bool:
    return f.document_kind in (*LETTERS.values(), *force.OWN)


def _served_fine(s: Standing, f: Any) -> bool:
    return f.document_kind == "penalty_decision" and money_due(s) > 0


STEPS: tuple[Step, ...] = (
    *approval(
        "decision",
        "处理决定",
        DecisionProposed,
        (CF(57), CF(58), CF(59)),
        Phase.DECISION,
        propose=replace(HANDLERS, two=False),
        approve=DECIDER,
        needs=(*RUNNING, *heard.BEFORE_DECISION),
        checks=(heard.decision_bound,),
        again=(*heard.BEFORE_DECISION, heard.decision_bound, heard.decider_apart),
        owes=(
            Owed("decision_approval"),
            Owed("penalty_decision", _is(DecisionKind.PENALTY)),
            Owed("no_penalty_decision", _is(DecisionKind.NO_PENALTY)),
            Owed("payment_notice", _owes_money),
        ),
        starts=(
            Starts("service", _letter),
            Starts("publicity.penalty", _is(DecisionKind.PENALTY)),
            Starts("record_filing", _major),
        ),
        stops=(Stops("decision"), Stops("defence"), Stops("hearing.request"), Stops("redo")),
        closes=(Closes(owed.HEARING_DUE),),
        opens=(
            Opens(owed.UNPUBLISHED, _is(DecisionKind.PENALTY)),
            Opens(owed.FINE_UNPAID, _owes_money),
            Opens(owed.GOODS_UNTAKEN, _takes_goods),
            Opens(owed.UNREPORTED, _major),
        ),
        main=_next,
    ),
    *paper(
        Phase.SERVICE,
        Starts("defence", _served_notice, start=served_on),
        Starts("hearing.request", _served_hearing_right, start=served_on),
        Starts("payment", _served_fine, start=served_on),
        Starts("reconsideration", _served_decision, start=served_on),
        Starts("litigation", _served_decision, start=served_on),
        *effects.STARTS,
        stops=(Stops("service", _served_letter), *effects.STOPS),
        opens=effects.OPENS,
        closes=effects.CLOSES,
    ),
)
