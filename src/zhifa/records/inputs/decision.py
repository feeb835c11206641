"""Documents of discussion and decision."""

from dataclasses import dataclass
from datetime import date, datetime

from zhifa.records.inputs.parts import (
    Approval,
    Citation,
    Contact,
    Document,
    EvidenceItem,
    Officer,
    PartyBlock,
    PaymentRoute,
    PenaltyItem,
    Person,
    Prose,
    Remedies,
    Speech,
)


@dataclass(frozen=True, kw_only=True)
class CollectiveDiscussion(Document):
    """集体讨论笔录: each opinion in its own words, the chair's last, dissent kept."""

    party: PartyBlock  # 当事人
    held_at: datetime  # 开始时间
    ended_at: datetime  # 结束时间
    place: str  # 地点
    reason: Prose  # 提请集体讨论的事由
    bases: tuple[Citation, ...]  # 依据
    chair: Person  # 主持人
    members: tuple[Person, ...]  # 参加人（有表决权）
    attending: tuple[Person, ...]  # 列席人（无表决权）
    quorum: str  # 应到、实到人数
    recused: tuple[Person, ...]  # 回避人员
    recorder: str  # 记录人
    report: Prose  # 承办人汇报
    review_report: Prose  # 法制审核意见汇报
    opinions: tuple[Speech, ...]  # 各人意见（主持人最后发表）
    conclusion: Prose  # 结论
    dissent: Prose | None  # 不同意见
    proposal_digest: str  # 所讨论的拟决定内容摘要值


@dataclass(frozen=True, kw_only=True)
class DecisionApproval(Document):
    """行政处罚决定审批表: the proposal, what became of defence and review, the head's decision."""

    party: PartyBlock  # 当事人
    filed_on: date  # 立案日期
    officers: tuple[Officer, ...]  # 承办人
    facts: Prose  # 违法事实
    evidence: Prose  # 主要证据
    violated: tuple[Citation, ...]  # 违反的规定
    penalty_bases: tuple[Citation, ...]  # 处罚依据
    discretion: Prose  # 裁量说明
    defence: Prose  # 告知、陈述申辩、听证及采纳情况
    review: Prose  # 法制审核意见及采纳情况
    discussion: Prose | None  # 集体讨论情况
    proposal: tuple[PenaltyItem, ...]  # 拟决定内容
    proposal_digest: str  # 拟决定内容摘要值
    approvals: tuple[Approval, ...]  # 各级意见


@dataclass(frozen=True, kw_only=True)
class PenaltyDecision(Document):
    """行政处罚决定书: the six elements that the law asks of it, in that order."""

    party: PartyBlock  # 一、当事人
    course: Prose  # 案件来源及调查经过
    facts: Prose  # 二、违反法律、法规、规章的事实
    evidence: tuple[EvidenceItem, ...]  # 证据
    procedure: Prose  # 告知、陈述申辩、听证、审核、集体讨论情况
    defence: Prose  # 陈述申辩意见及采纳情况、理由
    law_choice: Prose | None  # 新旧法律适用比较（有变化时）
    violated: tuple[Citation, ...]  # 违反的规定
    penalty_bases: tuple[Citation, ...]  # 三、处罚的依据
    nature: Prose  # 违法行为性质
    discretion: Prose  # 裁量情节、基准和理由
    illegal_gain: Prose  # 违法所得认定
    correction: Prose  # 责令改正情况
    penalties: tuple[PenaltyItem, ...]  # 处罚种类和内容
    payment: PaymentRoute | None  # 四、履行方式
    payment_term: str  # 履行期限，如 自收到本决定书之日起十五日内
    surcharge: Prose | None  # 逾期后果（加处罚款）
    performance: Prose | None  # 其他处罚的履行方式
    performance_bases: tuple[Citation, ...]  # 履行依据
    remedies: Remedies  # 五、救济途径和期限
    publicity: Prose | None  # 公示告知
    contact: Contact | None = None  # 联系人


@dataclass(frozen=True, kw_only=True)
class NoPenaltyDecision(Document):
    """不予行政处罚决定书: the facts, why the penalty is spared, the education given."""

    party: PartyBlock  # 当事人
    course: Prose  # 案件来源及调查经过
    facts: Prose  # 查明的事实
    evidence: tuple[EvidenceItem, ...]  # 证据
    violated: tuple[Citation, ...]  # 违反的规定
    ground: Prose  # 不予行政处罚的理由
    ground_bases: tuple[Citation, ...]  # 不予行政处罚的依据
    education: Prose  # 教育和责令改正情况
    remedies: Remedies  # 救济
    publicity: Prose | None  # 公示告知
    contact: Contact | None = None  # 联系人
