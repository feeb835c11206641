"""Papers of discussion, decision, payment and closing."""

from __future__ import annotations

from zhifa.cases.papers import prose
from zhifa.cases.papers.context import Context, citations, day
from zhifa.kernel import clock
from zhifa.law.leniency import Condition
from zhifa.law.money import yuan
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.parts.paper import served
from zhifa.law.procedures.penalty.gates import discussion_due
from zhifa.law.procedures.penalty.later import GoodsTaken, Vote
from zhifa.law.procedures.penalty.leniency import level
from zhifa.law.procedures.penalty.proposal import NoPenaltyGround, PenaltyProposed, digest
from zhifa.law.sources import CF, FJ, FS
from zhifa.records.inputs.decision import (
    CollectiveDiscussion,
    DecisionApproval,
    NoPenaltyDecision,
    PenaltyDecision,
)
from zhifa.records.inputs.execution import ClosingApproval, PaymentNotice
from zhifa.records.inputs.parts import Person, Speech

SURCHARGE = (
    "到期不缴纳罚款的，依据《中华人民共和国行政处罚法》第七十二条第一款第一项的规定，每日按罚款"
    "数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额。"
)
DEFERRAL = (
    "当事人确有经济困难，需要延期或者分期缴纳罚款的，可以向本局提出书面申请，"
    "经批准后暂缓或者分期缴纳。"
)
GROUNDS = {
    NoPenaltyGround.MINOR: (CF(33, 1),),
    NoPenaltyGround.FIRST: (CF(33, 1),),
    NoPenaltyGround.NO_FAULT: (CF(33, 2),),
    NoPenaltyGround.UNDERAGE: (CF(30),),
    NoPenaltyGround.INSANITY: (CF(31),),
    NoPenaltyGround.LIMITATION: (CF(36),),
    NoPenaltyGround.NOT_ESTABLISHED: (CF(57, 1, 3),),
    NoPenaltyGround.DILIGENT_SELLER: (FS(136),),
}


def collective_discussion(c: Context) -> CollectiveDiscussion:
    """集体讨论笔录."""
    f = c.facts
    chair = str(c.act.by)
    voices = sorted(f.opinions, key=lambda o: o.member == chair)  # the chair speaks last
    present = tuple(c.person(o.member, o.office) for o in voices)
    dissent = [o for o in f.opinions if o.vote is Vote.DISAGREE]
    review = c.s.last("review.pass")
    attending = [Person(name=c.name(f.reporter), post="承办人（汇报）")]
    if review is not None:
        attending.append(Person(name=review.actor_name, post="审核人员"))
    return CollectiveDiscussion(
        **c.common,
        party=c.party,
        held_at=clock.at(c.on, 15),
        ended_at=clock.at(c.on, 16),
        place=f.place,
        reason=_why_discussed(c),
        bases=citations((CF(57, 2),)),
        chair=next(
            (p for p, o in zip(present, voices, strict=True) if o.member == chair),
            c.person(chair, "主持人"),
        ),
        members=present,
        attending=tuple(attending),
        quorum=f"应到{f.quorum}人，实到{len(f.opinions)}人",
        recused=(),
        recorder=c.name(f.reporter),
        report=(
            f"{prose.findings(c)}\n{prose.nature(c)}拟处理意见：{c.proposal.decision.label}。"
            f"{prose.discretion(c)}\n本机关类似决定：{prose.similar(c)}"
        ),
        review_report=prose.reviewed(c),
        opinions=tuple(
            Speech(name=c.name(o.member), post=o.office, text=f"{o.opinion}（{o.vote.label}）")
            for o in voices
        ),
        conclusion=f.conclusion,
        dissent="；".join(f"{c.name(o.member)}：{o.opinion}" for o in dissent) or None,
        proposal_digest=f.proposal,
    )


def _why_discussed(c: Context) -> str:
    lenient = level(c.proposal)
    if lenient is not None:
        return f"{lenient.why}，提请集体讨论。"
    if discussion_due(c.s):
        return "拟作出的行政处罚属于情节复杂或者重大违法行为，提请集体讨论。"
    return "提请集体讨论。"


def decision_approval(c: Context) -> DecisionApproval:
    """行政处罚决定审批表."""
    p, f = c.proposal, c.facts
    return DecisionApproval(
        **c.common,
        party=c.party,
        filed_on=c.filed_on,
        officers=c.team,
        facts=prose.findings(c),
        evidence=prose.evidence_line(c),
        violated=citations(p.violated),
        penalty_bases=citations(p.penalised_by),
        discretion=prose.discretion(c),
        defence=f"{prose.rights(c)}{f.defence_adopted}",
        review=prose.reviewed(c),
        discussion=prose.discussed(c),
        proposal=c.penalties(p),
        proposal_digest=digest(p),
        approvals=c.approvals("decision", words=f.summary),
    )


def penalty_decision(c: Context) -> PenaltyDecision:
    """行政处罚决定书: the six elements of 行政处罚法 59."""
    p = c.proposal
    fine = p.fine_fen
    money = fine or any(i.kind is PenaltyKind.CONFISCATE_GAIN for i in p.items)
    goods = any(i.kind is PenaltyKind.CONFISCATE_GOODS for i in p.items)
    return PenaltyDecision(
        **c.common,
        party=c.party,
        course=prose.course(c),
        facts=prose.findings(c),
        evidence=prose.evidence(c),
        procedure=prose.procedure(c),
        defence=prose.defence(c),
        law_choice=prose.law_choice(c) or None,
        violated=citations(p.violated),
        penalty_bases=citations(p.penalised_by),
        nature=prose.nature(c),
        discretion=prose.discretion(c),
        illegal_gain=prose.illegal_gain(c),
        correction=prose.correction(c),
        penalties=c.penalties(p),
        payment=c.route if money else None,
        payment_term="自收到本决定书之日起十五日内",
        surcharge=SURCHARGE if fine else None,
        performance="没收的财物由本局依法收缴、处理。" if goods else None,
        performance_bases=citations((CF(66), CF(67), *((CF(72, 1, 1),) if fine else ()))),
        remedies=c.remedies,
        publicity="本决定将依法向社会公开，接受社会监督。",
        contact=c.contact,
    )


def no_penalty_decision(c: Context) -> NoPenaltyDecision:
    """不予行政处罚决定书."""
    p = c.proposal
    assert p.ground is not None
    return NoPenaltyDecision(
        **c.common,
        party=c.party,
        course=prose.course(c),
        facts=prose.findings(c),
        evidence=prose.evidence(c),
        violated=citations(p.violated),
        ground=f"{prose.spared(c)}\n{prose.procedure(c)}",
        ground_bases=citations(GROUNDS[p.ground]),
        education=_education(p) + prose.correction(c),
        remedies=c.remedies,
        publicity=None,
        contact=c.contact,
    )


def _education(p: PenaltyProposed) -> str:
    if not p.education:
        return ""
    told = next((g.shown for g in p.grounds if g.condition is Condition.EDUCATED), "")
    return "已对当事人进行教育。" + (f"{told.rstrip('。')}。\n" if told else "")


def payment_notice(c: Context) -> PaymentNotice:
    """罚款缴款通知书; its number of the decision is that of the decision just made."""
    p = c.proposal
    made = next((o for o in c.strand.outputs if o.kind == "penalty_decision"), None)
    return PaymentNotice(
        **c.common,
        party=c.party,
        decision_no=made.number if made is not None else "",
        decided_on=c.on,
        fine_fen=p.fine_fen,
        confiscated_fen=sum(i.amount_fen for i in p.items if i.kind is PenaltyKind.CONFISCATE_GAIN),
        payment_term="自收到行政处罚决定书之日起十五日内",
        route=c.route,
        surcharge=SURCHARGE,
        deferral=DEFERRAL,
        bases=citations((CF(67), CF(72), FJ(7))),
        contact=c.contact,
    )


def _paid(c: Context) -> str:
    lines = []
    for done in c.s.all("payment.record"):
        f = done.facts
        total = f.fine_fen + f.gain_fen + f.surcharge_fen
        extra = f"（其中加处罚款{yuan(f.surcharge_fen)}）" if f.surcharge_fen else ""
        lines.append(f"{day(f.paid_on)}缴纳{yuan(total)}{extra}，票据号{f.receipt}")
    return "；".join(lines) + "。" if lines else "无罚没款项。"


def closing_approval(c: Context) -> ClosingApproval:
    """结案审批表."""
    f = c.facts
    decided = c.s.last("decision.approve")
    letters = [o for kind in ("penalty_decision", "no_penalty_decision") for o in c.s.outputs(kind)]
    served_on = None
    if letters and served(c.s, letters[-1].kind):
        done = c.s.find(lambda d: d.step == "document.serve" and d.facts.document == letters[-1].id)
        served_on = done.on if done is not None else None
    public = c.s.last("publicity.publish")
    taken = c.s.latest(GoodsTaken)
    return ClosingApproval(
        **c.common,
        party=c.party,
        filed_on=c.filed_on,
        decision_no=letters[-1].number if letters else None,
        decided_on=decided.on if decided is not None else None,
        served_on=served_on,
        officers=c.team,
        outcome=f.reason.label,
        summary=prose.findings(c),
        performance=f"{f.execution.rstrip('。')}。{_paid(c)}",
        correction=prose.correction(c),
        publicity=f"{day(public.on)}向社会公示。" if public is not None else "未公示。",
        goods=taken.keeper_note if taken is not None else "无。",
        retention="30年",
        remarks=(),
        approvals=c.approvals("closing", words=f"建议结案：{f.reason.label}。"),
    )
