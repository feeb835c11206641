"""Guards on leniency: each condition of the ground is listed with evidence of this file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhifa.law import levels
from zhifa.law.benchmark import Modifier
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.leniency import MITIGATING, WANTED, Condition
from zhifa.law.levels import Level
from zhifa.law.power import PowerRule
from zhifa.law.procedures.penalty.facts import DiligenceAnswer, LawSettled
from zhifa.law.procedures.penalty.governing import substance
from zhifa.law.procedures.penalty.held import numbers
from zhifa.law.procedures.penalty.proposal import (
    DecisionKind,
    Leniency,
    NoPenaltyGround,
    PenaltyProposed,
)
from zhifa.law.sources import CF, FS
from zhifa.law.standing import Standing

CONDITIONS: Mapping[NoPenaltyGround, tuple[Condition, ...]] = MappingProxyType(
    {
        NoPenaltyGround.MINOR: (
            Condition.MINOR,
            Condition.CORRECTED,
            Condition.NO_HARM,
            Condition.EDUCATED,
        ),
        NoPenaltyGround.FIRST: (
            Condition.FIRST_TIME,
            Condition.SLIGHT_HARM,
            Condition.CORRECTED,
            Condition.EDUCATED,
        ),
        NoPenaltyGround.NO_FAULT: (Condition.NO_FAULT, Condition.EDUCATED),
        NoPenaltyGround.UNDERAGE: (Condition.UNDER_14,),
        NoPenaltyGround.INSANITY: (Condition.INSANE,),
        NoPenaltyGround.LIMITATION: (Condition.TIME_BARRED,),
        NoPenaltyGround.NOT_ESTABLISHED: (),
        NoPenaltyGround.DILIGENT_SELLER: (
            Condition.INSPECTED,
            Condition.UNAWARE,
            Condition.SOURCE_NAMED,
        ),
    }
)
"""What each ground of no penalty asks, all of it; education is owed where 行政处罚法 33 spares."""


def level(p: PenaltyProposed) -> Level | None:
    """The level above the single head at which this leniency is approved; None where there is no
    such level."""
    if p.decision is DecisionKind.PENALTY:
        return levels.discussion(p.leniency.value, "")
    if p.decision is DecisionKind.NO_PENALTY and p.ground is not None:
        return levels.discussion("", p.ground.value)
    return None


def wanting(s: Standing, p: PenaltyProposed) -> tuple[Condition, ...]:
    """The conditions of the ground that spares the penalty, or the fine, which no row shows."""
    shown = {g.condition for g in p.grounds}
    ground = p.ground if p.decision is DecisionKind.NO_PENALTY else None
    settled = s.latest(LawSettled)
    diligent = settled is not None and settled.diligence is DiligenceAnswer.ACCEPTED
    if p.decision is DecisionKind.PENALTY and not p.fine_fen and diligent:
        ground = NoPenaltyGround.DILIGENT_SELLER
    return tuple(c for c in CONDITIONS[ground] if c not in shown) if ground is not None else ()


def mitigating(p: PenaltyProposed, power: PowerRule | None) -> bool:
    """Whether a ground to go below the minimum is shown: as a condition of the proposal, or as a
    factor of the benchmark that may mitigate, each with evidence."""
    if any(g.condition in MITIGATING and g.evidence for g in p.grounds):
        return True
    return bool(
        power is not None and power.benchmark and _by_benchmark(p, power.benchmark.modifiers)
    )


def _by_benchmark(p: PenaltyProposed, modifiers: tuple[Modifier, ...]) -> bool:
    proved = {c.factor for c in p.circumstances if c.evidence and c.value in ("1", "true", "是")}
    return any(m.may_mitigate and proved & {t.factor for t in m.when.tests()} for m in modifiers)


@guard("proposal.grounds", "从宽情节逐项列明证据", CF(40), CF(46))
def grounds_proved(s: Standing, a: Attempt) -> No | None:
    """A circumstance in the party's favour is a fact like any other: evidence of this file shows
    it."""
    p: PenaltyProposed = a.facts
    held = numbers(s)
    named = [g.condition for g in p.grounds]
    if len(set(named)) != len(named):
        return No("同一从宽条件只能写一项", field="grounds")
    for row in p.grounds:
        want = WANTED[row.condition].words
        if not row.evidence:
            return No(
                f"“{row.condition.label}”没有列明证据",
                f"请列明本案证据，应有：{want}",
                field="grounds",
            )
        if missing := [e for e in row.evidence if e not in held]:
            return No(
                f"“{row.condition.label}”引用的证据{missing[0]}不在本案",
                f"请先登记证据：{want}",
                then="evidence.add",
                field="grounds",
            )
    return None


@guard("proposal.spared", "不予处罚的条件逐项有证据", CF(33), CF(30), CF(31), CF(36), FS(136))
def spared_proved(s: Standing, a: Attempt) -> No | None:
    """Every condition of the ground is shown, not only named."""
    for condition in wanting(s, a.facts):
        return No(
            f"不予处罚（免予处罚）的条件“{condition.label}”没有列明证据",
            f"请列明本案证据，应有：{WANTED[condition].words}",
            field="grounds",
        )
    return None


@guard("proposal.mitigated", "减轻处罚的情节有证据", CF(32), CF(30))
def mitigation_proved(s: Standing, a: Attempt) -> No | None:
    """Whoever is penalised below the minimum is so on a ground that evidence shows."""
    p: PenaltyProposed = a.facts
    below = p.decision is DecisionKind.PENALTY and p.leniency is Leniency.MITIGATED
    if below and not mitigating(p, substance(s, a, p.power)):
        asked = "、".join(c.label for c in MITIGATING[:4])
        return No(
            "减轻处罚没有列明法定情节的证据",
            f"应当列明一项并附证据：{asked}等",
            field="grounds",
        )
    return None


CHECKS = (grounds_proved, spared_proved, mitigation_proved)
