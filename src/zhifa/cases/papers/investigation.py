"""Papers of the investigation."""

from __future__ import annotations

from zhifa.cases.papers import prose
from zhifa.cases.papers.context import Context, citations, day
from zhifa.law.cite import labels
from zhifa.law.procedures.penalty.proposal import DecisionKind, digest
from zhifa.law.sources import CF, MS
from zhifa.law.terms import compute, get
from zhifa.records.inputs.investigation import (
    AddressConfirmation,
    CorrectionOrder,
    DisposedGoods,
    EvidenceList,
    InterviewRecord,
    InvestigationReport,
    PreservationDisposal,
    PreservationNotice,
    SiteRecord,
)
from zhifa.records.inputs.parts import Approval, Exchange, Goods, Row
from zhifa.registry import selectors as registry

TOLD = (
    "执法人员主动出示执法证件，说明来意，并告知：当事人或者有关人员应当如实回答询问，协助调查或者检查，"
    "不得拒绝或者阻挠；认为执法人员与案件有直接利害关系或者有其他关系可能影响公正执法的，有权申请回避；"
    "依法享有陈述、申辩的权利。"
)


def site_record(c: Context) -> SiteRecord:
    """现场检查笔录."""
    f = c.facts
    return SiteRecord(
        **c.common,
        party=c.party,
        place=f.place,
        started_at=f.started_at,
        ended_at=f.ended_at,
        officers=c.pair,
        recorder=c.name(f.co_officer),
        present=f.present,
        witness=f.witness or None,
        notice=TOLD,
        notice_answer="已看清执法证件，听清告知内容，不申请回避。",
        bases=citations((CF(54), CF(55))),
        findings=f.found,
        recordings=(),
        party_remark="" if f.refused else "以上笔录已阅，记录属实。",
        refusal=f"当事人拒绝签名，见证人：{f.witness}。" if f.refused else None,
    )


def interview_record(c: Context) -> InterviewRecord:
    """询问笔录."""
    f = c.facts
    opening = Exchange(
        question=TOLD + "你是否听清楚？是否申请回避？", answer="听清楚了，不申请回避。"
    )
    return InterviewRecord(
        **c.common,
        interviewee=f.interviewee,
        gender="",
        born_on=None,
        id_label="身份证件",
        id_number=f.identity_no,
        employer=c.party_name,
        post=f.role.label,
        address="",
        phone="",
        time_no=c.s.count("interview.record") + 1,
        started_at=f.started_at,
        ended_at=f.ended_at,
        place=f.place,
        officers=c.pair,
        recorder=c.name(f.co_officer),
        exchanges=(
            opening,
            *(Exchange(question=x.question, answer=x.answer) for x in f.exchange),
        ),
        party_remark="以上笔录已阅，与我说的一致。",
    )


def address_confirmation(c: Context) -> AddressConfirmation:
    """当事人身份与送达地址确认书."""
    f = c.facts
    return AddressConfirmation(
        **c.common,
        party=c.party,
        notice=(
            "当事人应当如实提供准确的送达地址；地址变更的应当及时书面告知。因提供或者确认的地址不准确、"
            "拒不提供、变更不告知等，导致文书未能实际接收的，文书退回之日视为送达之日。"
        ),
        bases=citations((CF(61), MS(90))),
        postal_address=f.address,
        postcode="",
        recipient=f.recipient,
        recipient_phone=f.phone,
        electronic=f.electronic_service,
        electronic_channel="电子邮箱或者手机号码" if f.electronic_service else None,
        electronic_address=f.electronic_address or None,
        agent=None,
        officers=c.pair,
    )


def _goods(items: object) -> tuple[Goods, ...]:
    return tuple(
        Goods(name=g.name, spec=g.specification, batch=g.batch, quantity=g.quantity, note=g.note)
        for g in items  # type: ignore[attr-defined]
    )


def preservation_notice(c: Context) -> PreservationNotice:
    """先行登记保存证据通知书."""
    f = c.facts
    due = compute(get("preservation", c.on), c.on, c.strand.setting.calendar)
    return PreservationNotice(
        **c.common,
        party=c.party,
        reason=f.reason,
        bases=citations((CF(56),)),
        keep_at=f.place,
        keeper=c.party_name,
        conditions="保存期间，当事人或者有关人员不得销毁或者转移证据。",
        term="七个工作日",
        ends_on=due.due,
        goods=_goods(f.exhibits),
        officers=c.team,
        contact=c.contact,
    )


def preservation_disposal(c: Context) -> PreservationDisposal:
    """先行登记保存证据处理决定书."""
    f = c.facts
    kept = c.s.last("preservation.propose")
    approved = c.s.last("preservation.approve")
    assert kept is not None
    assert approved is not None
    return PreservationDisposal(
        **c.common,
        party=c.party,
        notice_no=c.s.outputs("preservation_notice")[-1].number,
        notice_on=approved.on,
        bases=citations((CF(56),)),
        reasons=f.detail,
        items=tuple(
            DisposedGoods(goods=g, disposal=f.disposal.label) for g in _goods(kept.facts.exhibits)
        ),
        remedies=c.remedies,
        contact=c.contact,
    )


def correction_order(c: Context) -> CorrectionOrder:
    """责令改正通知书."""
    f = c.facts
    return CorrectionOrder(
        **c.common,
        party=c.party,
        facts=f.violation,
        violated=citations(c.power.violated),
        bases=citations((CF(28, 1),)),
        demands=(f.required,),
        due_on=f.due_on if f.due_on > c.on else None,
        recheck=f"本局将于{day(f.due_on)}后组织复查。",
        consequence="逾期不改正的，依法处理。",
        remedies=c.remedies,
        contact=c.contact,
    )


def evidence_list(c: Context) -> EvidenceList:
    """证据清单."""
    return EvidenceList(**c.common, party=c.party, items=prose.evidence(c), officers=c.team)


def _competence(c: Context, power: str) -> str:
    """In whose name the agency exercises the power there that day, and how it holds it."""
    matter = c.strand.matter
    held = registry.competence(power, matter.region_code, c.on, body=matter.agency_code)
    return f"{held.name}，{held.mode.label}（{labels(held.mode.cites)}）"


def investigation_report(c: Context) -> InvestigationReport:
    """案件调查终结报告."""
    p = c.proposal
    words = p.decision.label
    if p.decision is not DecisionKind.PENALTY and p.ground is not None:
        words += f"：{p.ground.label}"
    return InvestigationReport(
        **c.common,
        party=c.party,
        filed_on=c.filed_on,
        officers=c.team,
        course=prose.course(c),
        facts=prose.findings(c),
        evidence=prose.evidence(c),
        governing_law=prose.governing_law(c),
        violated=citations(p.violated),
        penalty_bases=citations(p.penalised_by),
        nature=prose.nature(c),
        discretion=prose.discretion(c),
        illegal_gain=prose.illegal_gain(c),
        correction=prose.correction(c),
        proposal=c.penalties(p),
        proposal_text=f"建议{words}。",
        proposal_digest=digest(p),
        remarks=(
            Row(label="权责事项", text=registry.power(p.power, c.on).name),
            Row(label="执法权限", text=_competence(c, p.power)),
            Row(label="类似决定", text=prose.similar(c)),
        ),
        approvals=(
            Approval(
                role="承办人意见",
                opinion=f"建议{words}。",
                signer=c.strand.signer,
                signed_on=c.on,
            ),
        ),
    )
