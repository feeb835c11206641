"""Documents of the investigation: records, evidence, preservation, correction, report."""

from dataclasses import dataclass
from datetime import date, datetime

from zhifa.records.inputs.parts import (
    Approval,
    Citation,
    Contact,
    Document,
    EvidenceItem,
    Exchange,
    Goods,
    Officer,
    PartyBlock,
    PenaltyItem,
    Prose,
    Remedies,
    Row,
)


@dataclass(frozen=True, kw_only=True)
class SiteRecord(Document):
    """现场检查笔录: what two officers saw, in the presence of whom, signed page by page."""

    party: PartyBlock  # 当事人（被检查人）
    place: str  # 检查地点
    started_at: datetime  # 开始时间
    ended_at: datetime  # 结束时间
    officers: tuple[Officer, ...]  # 检查人
    recorder: str  # 记录人
    present: str  # 现场负责人（在场人）姓名、身份
    witness: str | None  # 见证人（当事人不到场或者拒签时）
    notice: Prose  # 出示证件、告知权利义务和回避权的情况
    notice_answer: Prose  # 当事人对告知的回答
    bases: tuple[Citation, ...]  # 检查依据
    findings: Prose  # 现场情况
    recordings: tuple[str, ...]  # 照片、录像编号
    party_remark: Prose  # 当事人意见，如 以上笔录已阅，记录属实
    refusal: Prose | None = None  # 拒绝签名的注明


@dataclass(frozen=True, kw_only=True)
class InterviewRecord(Document):
    """询问笔录: questions and answers of one person, signed page by page."""

    interviewee: str  # 被询问人
    gender: str  # 性别
    born_on: date | None  # 出生日期
    id_label: str  # 身份证件名称
    id_number: str  # 身份证件号码
    employer: str  # 工作单位
    post: str  # 职务或者与案件的关系
    address: str  # 住址
    phone: str  # 联系电话
    time_no: int  # 第几次询问
    started_at: datetime  # 开始时间
    ended_at: datetime  # 结束时间
    place: str  # 询问地点
    officers: tuple[Officer, ...]  # 询问人
    recorder: str  # 记录人
    exchanges: tuple[Exchange, ...]  # 问答（首问为出示证件、告知权利义务和回避）
    party_remark: Prose  # 被询问人核对后的书面意见
    refusal: Prose | None = None  # 拒绝签名的注明


@dataclass(frozen=True, kw_only=True)
class AddressConfirmation(Document):
    """当事人身份与送达地址确认书: who the party is and how papers reach them."""

    party: PartyBlock  # 当事人
    notice: Prose  # 告知事项（如实提供、变更告知、不利后果）
    bases: tuple[Citation, ...]  # 依据
    postal_address: str  # 送达地址
    postcode: str  # 邮政编码
    recipient: str  # 收件人
    recipient_phone: str  # 收件人电话
    electronic: bool  # 是否同意电子送达
    electronic_channel: str | None  # 电子送达方式（手机号码、电子邮箱等）
    electronic_address: str | None  # 电子送达地址
    agent: str | None  # 代收人及其与当事人的关系
    officers: tuple[Officer, ...]  # 执法人员


@dataclass(frozen=True, kw_only=True)
class EvidenceList(Document):
    """证据清单: every piece of evidence, its source and what it proves."""

    party: PartyBlock  # 当事人
    items: tuple[EvidenceItem, ...]  # 证据
    officers: tuple[Officer, ...]  # 承办人


@dataclass(frozen=True, kw_only=True)
class PreservationNotice(Document):
    """先行登记保存证据通知书: evidence that may be lost is registered and kept where it is."""

    party: PartyBlock  # 当事人
    reason: Prose  # 事由
    bases: tuple[Citation, ...]  # 依据
    keep_at: str  # 保存地点
    keeper: str  # 保存人
    conditions: Prose  # 保存条件和要求
    term: str  # 期限，如 七个工作日
    ends_on: date  # 届满日
    goods: tuple[Goods, ...]  # 物品清单
    officers: tuple[Officer, ...]  # 执法人员
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class DisposedGoods:
    """What is done with one preserved thing."""

    goods: Goods  # 物品
    disposal: str  # 处理方式


@dataclass(frozen=True, kw_only=True)
class PreservationDisposal(Document):
    """先行登记保存证据处理决定书: within the term, every thing gets its disposal."""

    party: PartyBlock  # 当事人
    notice_no: str  # 先行登记保存证据通知书文号
    notice_on: date  # 先行登记保存日期
    bases: tuple[Citation, ...]  # 依据
    reasons: Prose  # 理由
    items: tuple[DisposedGoods, ...]  # 逐件处理
    remedies: Remedies  # 救济
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class CorrectionOrder(Document):
    """责令改正通知书: an order, not a penalty, with what to do, by when, and the recheck."""

    party: PartyBlock  # 当事人
    facts: Prose  # 违法事实
    violated: tuple[Citation, ...]  # 违反的规定
    bases: tuple[Citation, ...]  # 责令改正的依据
    demands: tuple[Prose, ...]  # 改正内容和要求
    due_on: date | None  # 改正期限；空为立即改正
    recheck: Prose  # 复查安排
    consequence: Prose  # 逾期不改正的后果
    remedies: Remedies  # 救济
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class InvestigationReport(Document):
    """案件调查终结报告: facts, evidence, law, discretion and what the officers propose."""

    party: PartyBlock  # 当事人
    filed_on: date  # 立案日期
    officers: tuple[Officer, ...]  # 承办人
    course: Prose  # 案件来源及调查经过
    facts: Prose  # 查明的事实
    evidence: tuple[EvidenceItem, ...]  # 证据
    governing_law: Prose  # 法律适用（主体适用、行为时法与决定时法比较）
    violated: tuple[Citation, ...]  # 违反的规定
    penalty_bases: tuple[Citation, ...]  # 处罚依据
    nature: Prose  # 案件性质
    discretion: Prose  # 裁量情节、基准和计算
    illegal_gain: Prose  # 违法所得认定
    correction: Prose  # 责令改正情况
    proposal: tuple[PenaltyItem, ...]  # 拟处理内容
    proposal_text: Prose  # 处理建议说明
    proposal_digest: str  # 处理建议内容摘要值
    remarks: tuple[Row, ...]  # 其他需要说明的事项
    approvals: tuple[Approval, ...]  # 意见
