"""Guards on what is proposed: proof, range, benchmark, gain, goods, grounds for leniency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from zhifa.law import discretion
from zhifa.law.benchmark import Benchmark, FactorKind, Value
from zhifa.law.cite import Cite
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.money import yuan
from zhifa.law.power import PenaltyKind, PowerRule
from zhifa.law.procedures.penalty.facts import (
    DiligenceAnswer,
    GainFound,
    LawSettled,
    PartyConfirmed,
)
from zhifa.law.procedures.penalty.governing import base as base
from zhifa.law.procedures.penalty.governing import substance
from zhifa.law.procedures.penalty.held import numbers
from zhifa.law.procedures.penalty.leniency import CHECKS as LENIENCY
from zhifa.law.procedures.penalty.proposal import (
    PROPOSING,
    ChangeCause,
    Circumstance,
    DecisionKind,
    Leniency,
    NoPenaltyGround,
    PenaltyProposed,
    current,
)
from zhifa.law.range import FineRange, RangeUnknown
from zhifa.law.sources import CF, FS, SCCL
from zhifa.law.standing import Standing


def _power(s: Standing, a: Attempt) -> PowerRule | None:
    return substance(s, a, a.facts.power)


def values(benchmark: Benchmark, circumstances: tuple[Circumstance, ...]) -> dict[str, Value]:
    """The benchmark's factors as entered. Raises `ValueError` naming what cannot be read."""
    kinds = {f.code: f for f in benchmark.factors}
    read: dict[str, Value] = {}
    for c in circumstances:
        factor = kinds.get(c.factor)
        if factor is None:
            raise ValueError(f"裁量基准没有“{c.factor}”这一因素")
        if factor.kind is FactorKind.FLAG:
            read[c.factor] = c.value in ("1", "true", "是")
        elif factor.kind is FactorKind.CHOICE:
            if c.value not in dict(factor.choices):
                raise ValueError(f"“{factor.label}”没有“{c.value}”这一选项")
            read[c.factor] = c.value
        elif c.value.isdecimal():
            read[c.factor] = int(c.value)
        else:
            raise ValueError(f"“{factor.label}”应当是整数")
    return read


def weigh(
    power: PowerRule, circumstances: tuple[Circumstance, ...], facts: Mapping[str, int]
) -> discretion.Result | None:
    """What the benchmark in force makes of the case; None where the power has none.

    Raises `ValueError`, `RangeUnknown` or `DiscretionRefused` with a Chinese sentence.
    """
    if power.benchmark is None or power.fine is None:
        return None
    merged: dict[str, Value] = {**values(power.benchmark, circumstances), **facts}
    evidence = {c.factor: c.evidence for c in circumstances}
    return discretion.evaluate(power.benchmark, merged, power.fine, evidence)


def legal_range(s: Standing, power: PowerRule) -> FineRange | None:
    """The statutory range for this case's goods value and gain."""
    return power.fine.of(base(s)) if power.fine is not None else None


@guard("proposal.proof", "每项事实都有证据和依据", CF(40), CF(46))
def proved(s: Standing, a: Attempt) -> No | None:
    """Each fact points at evidence of this file, and at an article."""
    p: PenaltyProposed = a.facts
    held = numbers(s)
    if not p.findings:
        return No("应当写明查明的事实", field="findings")
    for n, finding in enumerate(p.findings, 1):
        if not finding.evidence:
            return No(f"第{n}项事实没有证据证明", field="findings")
        if missing := [e for e in finding.evidence if e not in held]:
            return No(f"第{n}项事实引用的证据{missing[0]}不在本案", field="findings")
        if not finding.articles:
            return No(f"第{n}项事实没有写明法律依据", field="findings")
        for key in finding.articles:
            try:
                Cite.parse(key)
            except (ValueError, LookupError):
                return No(f"第{n}项事实的法律依据无法识别", field="findings")
    return None


@guard("proposal.party", "处理的是本案当事人", CF(4), CF(57))
def party_true(s: Standing, a: Attempt) -> No | None:
    """Whoever is penalised is whose identity was confirmed."""
    confirmed = s.latest(PartyConfirmed)
    if confirmed is not None and a.facts.party != confirmed.party:
        return No("处理意见的当事人与已确认身份的当事人不符", then="party.confirm", field="party")
    return None


@guard("proposal.articles", "违反的规定和处罚依据相符", CF(4), CF(38))
def articles_match(s: Standing, a: Attempt) -> No | None:
    """A penalty rests on the articles of the power that was filed."""
    p, power = a.facts, _power(s, a)
    if p.decision is not DecisionKind.PENALTY or power is None:
        return None
    if not set(p.violated) & {c.key for c in power.violated}:
        return No("违反的规定不属于该执法事项", field="violated")
    if not set(p.penalised_by) & {c.key for c in power.penalty}:
        return No("处罚依据不属于该执法事项", field="penalised_by")
    return None


@guard("proposal.items", "处罚种类和数额明确", CF(9), CF(59))
def items_lawful(s: Standing, a: Attempt) -> No | None:
    """Kinds that the article allows, once each, with an amount where there is one."""
    p, power = a.facts, _power(s, a)
    if p.decision is not DecisionKind.PENALTY:
        return No("不予处罚等处理不能附有处罚", field="items") if p.items else None
    if not p.items:
        return No("应当写明拟给予的处罚", field="items")
    kinds = [i.kind for i in p.items]
    if len(set(kinds)) != len(kinds):
        return No("同一种处罚只能写一项", field="items")
    for item in p.items:
        if power is not None and item.kind not in power.kinds:
            return No(f"处罚依据没有规定{item.kind.label}", field="items")
        if item.kind in (PenaltyKind.FINE, PenaltyKind.CONFISCATE_GAIN) and item.amount_fen <= 0:
            return No(f"{item.kind.label}应当写明数额", field="items")
    return None


@guard("proposal.gain", "违法所得依法没收", CF(28, 2))
def gain_taken(s: Standing, a: Attempt) -> No | None:
    """Gain that was found is confiscated, unless it was refunded."""
    p, found = a.facts, s.latest(GainFound)
    if p.decision is not DecisionKind.PENALTY or found is None:
        return None
    taken = sum(i.amount_fen for i in p.items if i.kind is PenaltyKind.CONFISCATE_GAIN)
    if taken != found.gain_fen:
        return No(
            f"认定的违法所得是{yuan(found.gain_fen)}，拟没收{yuan(taken)}，两者应当一致",
            field="items",
        )
    return None


@guard("proposal.range", "罚款在法定幅度内", CF(5), CF(34))
def within_range(s: Standing, a: Attempt) -> No | None:
    """Never above the statutory maximum; below the minimum only on a ground to mitigate."""
    p, power = a.facts, _power(s, a)
    if p.decision is not DecisionKind.PENALTY or power is None:
        return None
    if not p.fine_fen:
        return _fine_left_out(s, p, power)
    if power.fine is None:
        return No("处罚依据没有规定罚款", field="items")
    try:
        bounds = power.fine.of(base(s))
    except RangeUnknown as unknown:
        return No(str(unknown), then="gain.find", field="items")
    if bounds.holds(p.fine_fen):
        return None
    if p.fine_fen < bounds.min_fen and p.leniency is Leniency.MITIGATED:
        return None
    return No(
        f"罚款{yuan(p.fine_fen)}不在法定幅度（{bounds.label}）内",
        "低于下限的，应当具有法定减轻处罚情节",
        field="items",
    )


def _fine_left_out(s: Standing, p: PenaltyProposed, power: PowerRule) -> No | None:
    """Where a benchmark measures the fine, to leave it out is to go below the minimum."""
    settled = s.latest(LawSettled)
    spared = settled is not None and settled.diligence is DiligenceAnswer.ACCEPTED
    if power.benchmark is None or spared or p.leniency is Leniency.MITIGATED:
        return None
    return No(
        "该违法行为依法应当并处罚款",
        "不处罚款的，应当具有法定减轻处罚或者免予处罚的情节",
        field="items",
    )


@guard("proposal.mitigation", "减轻处罚有法定情节", CF(32))
def mitigation_reasoned(_s: Standing, a: Attempt) -> No | None:
    """To go below the range needs one of the grounds, named."""
    p: PenaltyProposed = a.facts
    if p.leniency is Leniency.MITIGATED and len(p.reasons.strip()) < 20:
        return No("减轻处罚应当写明法定情节和理由", field="reasons")
    return None


@guard("proposal.benchmark", "适用裁量基准", CF(34), SCCL.whole)
def benchmark_applied(s: Standing, a: Attempt) -> No | None:
    """The amount follows from the facts by the benchmark in force, or the deviation is reasoned."""
    p, power = a.facts, _power(s, a)
    if p.decision is not DecisionKind.PENALTY or power is None or not p.fine_fen:
        return None
    try:
        result = weigh(power, p.circumstances, base(s))
    except (ValueError, RangeUnknown, discretion.DiscretionRefused) as wrong:
        return No(str(wrong), field="circumstances")
    if result is None:
        return None
    if p.tier != result.tier.value or p.computed_fen != result.proposed_fen:
        return No(
            f"按裁量基准应为{result.tier.label}、{yuan(result.proposed_fen)}，与填写的不符",
            "请重新计算",
            field="circumstances",
        )
    span = (result.range.min_fen, result.range.max_fen) if result.range else (0, 0)
    if (p.range_min_fen, p.range_max_fen) not in (span, (0, 0)):
        return No("裁量幅度与裁量基准的结论不符", "请重新计算", field="circumstances")
    if (p.leniency is Leniency.MITIGATED) != result.mitigated and not p.deviation.strip():
        return No("裁量情节与裁量基准的结论不一致", "请修改裁量情节或者说明理由", field="leniency")
    away = result.deviation(p.fine_fen)
    if away is not None and len(p.deviation.strip()) < 10:
        return No(f"{away.why}，应当说明偏离的理由", field="deviation")
    return None


EDUCATED = (NoPenaltyGround.MINOR, NoPenaltyGround.FIRST, NoPenaltyGround.NO_FAULT)
"""The grounds of 行政处罚法 33, all of which ask for education."""


@guard("proposal.ground", "不予处罚有法定理由", CF(33), CF(30), CF(31), CF(36), FS(136))
def ground_named(s: Standing, a: Attempt) -> No | None:
    """No penalty only on a ground that the law names; 'minor' asks for education as well."""
    p: PenaltyProposed = a.facts
    if p.decision is not DecisionKind.NO_PENALTY:
        return No("给予处罚时不能填写不予处罚的理由", field="ground") if p.ground else None
    if p.ground is None:
        return No("应当写明不予处罚的法定理由", field="ground")
    if p.ground in EDUCATED and not p.education:
        return No("依法不予行政处罚的，应当对当事人进行教育", field="education")
    settled = s.latest(LawSettled)
    if p.ground is NoPenaltyGround.DILIGENT_SELLER and (
        settled is None or settled.diligence is not DiligenceAnswer.ACCEPTED
    ):
        return No("进货查验免责没有认定成立", then="law.settle", field="ground")
    return None


@guard("proposal.diligent", "免责成立的不罚款", FS(136))
def diligent_spared(s: Standing, a: Attempt) -> No | None:
    """A diligent seller who was found so is not fined without a word."""
    p, settled = a.facts, s.latest(LawSettled)
    if (
        p.decision is DecisionKind.PENALTY
        and settled is not None
        and settled.diligence is DiligenceAnswer.ACCEPTED
        and p.fine_fen
    ):
        return No("已认定进货查验免责成立，罚款应当重新审查", then="law.settle", field="decision")
    return None


@guard("proposal.cause", "修改原因明确", CF(57))
def cause_named(s: Standing, a: Attempt) -> No | None:
    """A first proposal is initial; a changed one says why it changed, and does change."""
    p, before = a.facts, current(s)
    if before is None:
        if p.cause is not ChangeCause.INITIAL:
            return No("首次提出的处理意见应当选择调查终结首次提出", field="cause")
        return None
    if p.cause is ChangeCause.INITIAL:
        return No("应当写明修改处理意见的原因", field="cause")
    anew = s.since(s.last(*PROPOSING), "gain.find", "law.settle")
    same = replace(p, cause=before.cause, nonce=before.nonce, similar=before.similar)
    if same == before and not anew:
        return No("处理意见没有变化")
    return None


CHECKS = (
    cause_named,
    party_true,
    proved,
    articles_match,
    ground_named,
    items_lawful,
    gain_taken,
    diligent_spared,
    within_range,
    mitigation_reasoned,
    benchmark_applied,
    *LENIENCY,
)
