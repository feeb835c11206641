"""Documents of notice, defence and hearing."""

from dataclasses import dataclass
from datetime import date, datetime

from zhifa.records.inputs.parts import (
    Approval,
    Citation,
    Contact,
    Document,
    Officer,
    PartyBlock,
    PenaltyItem,
    Person,
    Prose,
    Speech,
)


@dataclass(frozen=True, kw_only=True)
class HearingRight:
    """The right to ask for a hearing, printed only when it is due."""

    reason: Prose  # 属于应当告知听证权的情形
    term: str  # 提出期限，如 五个工作日
    bases: tuple[Citation, ...]  # 依据


@dataclass(frozen=True, kw_only=True)
class PriorNotice(Document):
    """行政处罚事先告知书: content, facts, reasons and basis of what is intended; the rights."""

    party: PartyBlock  # 当事人
    facts: Prose  # 查明的违法事实
    evidence: Prose  # 主要证据
    violated: tuple[Citation, ...]  # 违反的规定
    penalty_bases: tuple[Citation, ...]  # 处罚依据
    reasons: Prose  # 处罚理由和裁量
    proposal: tuple[PenaltyItem, ...]  # 拟作出的行政处罚内容
    notice_bases: tuple[Citation, ...]  # 告知依据
    defence_term: str  # 陈述申辩期限，如 五个工作日
    hearing: HearingRight | None  # 听证权（应当告知时）
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class DefenceRecord(Document):
    """陈述申辩笔录: what the party says, in their own words, signed page by page."""

    party: PartyBlock  # 当事人
    speaker: str  # 陈述申辩人
    speaker_role: str  # 与当事人的关系（经营者、法定代表人、委托代理人）
    speaker_id: str  # 身份证件号码
    notice_no: str  # 事先告知书文号
    started_at: datetime  # 开始时间
    ended_at: datetime  # 结束时间
    place: str  # 地点
    officers: tuple[Officer, ...]  # 执法人员
    recorder: str  # 记录人
    statement: Prose  # 陈述申辩内容
    submitted: tuple[str, ...]  # 提交的证据材料
    hearing_waived: Prose | None  # 对听证权的表示（放弃须明确）
    party_remark: Prose  # 核对意见
    refusal: Prose | None = None  # 拒绝签名的注明


@dataclass(frozen=True, kw_only=True)
class ReviewedPoint:
    """One point of defence: what was claimed, what was found, whether it is accepted."""

    claim: Prose  # 陈述申辩意见
    finding: Prose  # 复核情况和理由
    accepted: str  # 采纳、部分采纳、不予采纳


@dataclass(frozen=True, kw_only=True)
class DefenceReview(Document):
    """陈述申辩复核意见书: every point answered with reasons; never heavier because of it."""

    party: PartyBlock  # 当事人
    notice_no: str  # 事先告知书文号
    heard_on: date  # 陈述申辩日期
    points: tuple[ReviewedPoint, ...]  # 逐项复核
    conclusion: Prose  # 复核结论
    bases: tuple[Citation, ...]  # 依据
    proposal: tuple[PenaltyItem, ...]  # 复核后的处理建议
    officers: tuple[Officer, ...]  # 复核人
    approvals: tuple[Approval, ...]  # 意见


@dataclass(frozen=True, kw_only=True)
class HearingNotice(Document):
    """行政处罚听证通知书: when, where, before whom, at least seven working days before."""

    party: PartyBlock  # 当事人
    requested_on: date  # 申请听证日期
    held_at: datetime  # 听证时间
    place: str  # 听证地点
    public: bool  # 是否公开举行
    private_reason: Prose | None  # 不公开举行的理由
    chair: Person  # 听证主持人
    members: tuple[Person, ...]  # 听证员
    recorder: Person  # 记录员
    bases: tuple[Citation, ...]  # 依据
    rights: tuple[Prose, ...]  # 注意事项（回避、委托代理人、缺席后果）
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class HearingRecord(Document):
    """听证笔录: the whole course of the hearing, on which the decision is made."""

    party: PartyBlock  # 当事人
    agents: tuple[Person, ...]  # 委托代理人
    held_at: datetime  # 开始时间
    ended_at: datetime  # 结束时间
    place: str  # 地点
    public: bool  # 是否公开举行
    chair: Person  # 主持人
    members: tuple[Person, ...]  # 听证员
    recorder: Person  # 记录员
    officers: tuple[Officer, ...]  # 案件调查人员
    opening: Prose  # 核对身份、宣布纪律、告知权利、询问回避
    speeches: tuple[Speech, ...]  # 陈述、质证和辩论
    closing: Prose  # 最后陈述和听证结束
    party_remark: Prose  # 核对意见
    refusal: Prose | None = None  # 拒绝签名的注明
