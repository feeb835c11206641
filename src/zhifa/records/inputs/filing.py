"""Documents from the clue to the filing of the case."""

from dataclasses import dataclass
from datetime import date, datetime

from zhifa.records.inputs.parts import (
    Approval,
    Citation,
    Document,
    Officer,
    PartyBlock,
    Prose,
)


@dataclass(frozen=True, kw_only=True)
class ClueRegistration(Document):
    """案件来源登记表: where a case comes from, what was said, what is to be done about it."""

    source: str  # 来源：监督检查、投诉举报、其他机关移送、上级交办、自行发现
    received_at: datetime  # 收到时间
    received_by: str  # 登记人
    channel: str  # 形式：来电、来信、来访、网络、现场
    informant: str  # 来源人（匿名的写“匿名”；要求保密的写“要求保密”）
    informant_contact: str  # 来源人联系方式
    subject: str  # 被反映人（当事人）
    subject_address: str  # 被反映人地址
    content: Prose  # 内容
    attachments: tuple[str, ...]  # 随附材料
    verification: Prose  # 核查情况
    verify_by: date | None  # 核查期限届满日
    approvals: tuple[Approval, ...]  # 处理意见


@dataclass(frozen=True, kw_only=True)
class FilingApproval(Document):
    """立案审批表: the head opens the case and names at least two officers."""

    source: str  # 案件来源
    found_on: date  # 发现日期
    party: PartyBlock  # 当事人
    summary: Prose  # 案情摘要
    violated: tuple[Citation, ...]  # 涉嫌违反的规定
    penalty_bases: tuple[Citation, ...]  # 可能适用的处罚依据
    filing_bases: tuple[Citation, ...]  # 立案依据
    jurisdiction: Prose  # 管辖依据说明
    officers: tuple[Officer, ...]  # 承办人
    approvals: tuple[Approval, ...]  # 各级意见
