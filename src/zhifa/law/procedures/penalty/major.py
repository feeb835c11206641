"""What makes a proposal major: the review catalogue and the hearing thresholds, on the day."""

from __future__ import annotations

from zhifa.law import catalogue as lists
from zhifa.law.cite import Cite
from zhifa.law.guards import Attempt
from zhifa.law.procedures.penalty.leniency import level
from zhifa.law.procedures.penalty.proposal import DecisionKind, Leniency, PenaltyProposed
from zhifa.law.standing import Standing


def hearing(p: PenaltyProposed, a: Attempt) -> tuple[bool, tuple[Cite, ...], str]:
    """Whether the party may ask for a hearing, on which articles, and why in a sentence."""
    right = lists.hearing_right(
        {i.kind.value: i.amount_fen for i in p.items},
        p.party_class.value,
        a.setting.field,
        a.on,
    )
    return right.due, right.cites, right.why


def catalogue(s: Standing, p: PenaltyProposed, a: Attempt) -> tuple[lists.Hit, ...]:
    """The entries of the review catalogue that the proposal meets; empty where none does."""
    due, _cites, _why = hearing(p, a)
    view = lists.ProposalView(
        act="penalty",
        decision=p.decision.value,
        amounts={i.kind.value: i.amount_fen for i in p.items},
        party_class=p.party_class.value,
        hearing=due,
        heard=s.has("hearing.hold"),
        mitigated=p.leniency is Leniency.MITIGATED,
        deviates=bool(p.deviation),
        spared=p.decision is DecisionKind.NO_PENALTY and level(p) is not None,
    )
    return lists.due(view, field=a.setting.field, on=a.on)
