"""Similar decisions (类案): what the agency itself decided before on the same power."""

from __future__ import annotations

from datetime import date

from zhifa.cases.models import Decision
from zhifa.kernel.errors import BadInput
from zhifa.law.procedures.penalty.later import OutcomeKind
from zhifa.law.procedures.penalty.proposal import (
    DecisionKind,
    Leniency,
    NoPenaltyGround,
    PenaltyProposed,
    SimilarDecision,
)

MOST = 8
"""How many are shown and kept, the newest first."""
KINDS = (DecisionKind.PENALTY.value, DecisionKind.NO_PENALTY.value)
STANDING = ("", OutcomeKind.UPHELD.value)
"""A decision that was annulled, changed or withdrawn is no measure for another."""


def decisions(power: str, agency: str, on: date) -> tuple[SimilarDecision, ...]:
    """The agency's decisions on the power that stand on the day, newest first. One query."""
    rows = Decision.objects.filter(
        power=power,
        matter__agency_code=agency,
        decided_on__lte=on,
        kind__in=KINDS,
        outcome__in=STANDING,
    ).order_by("-decided_on", "-id")
    return tuple(_shown(row) for row in rows[:MOST])


def check(p: PenaltyProposed, agency: str) -> None:
    """Refuse a proposal that is kept beside a decision which the agency never made so."""
    if not p.similar:
        return
    numbers = [d.number for d in p.similar]
    rows = Decision.objects.filter(
        power=p.power, matter__agency_code=agency, kind__in=KINDS, number__in=numbers
    )
    made = {row.number: _shown(row) for row in rows}
    if len(set(numbers)) != len(numbers) or any(made.get(d.number) != d for d in p.similar):
        raise BadInput("所列类似决定与本机关登记的决定不符。", field="similar")


def _shown(row: Decision) -> SimilarDecision:
    words = DecisionKind(row.kind).label
    if row.leniency in (Leniency.MITIGATED, Leniency.LIGHTER, Leniency.HEAVIER):
        words += f"（{Leniency(row.leniency).label}）"
    elif row.ground:
        words += f"（{NoPenaltyGround(row.ground).label.split('（')[0]}）"
    return SimilarDecision(
        number=row.number,
        decided_on=row.decided_on,
        outcome=words[:60],
        goods_value_fen=row.goods_value_fen or 0,
        fine_fen=row.fine_fen,
        confiscated_fen=row.confiscated_fen,
    )
