"""Documents of service, payment and closing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from zhifa.records.inputs.parts import (
    Approval,
    Citation,
    Contact,
    Document,
    Officer,
    PartyBlock,
    PaymentRoute,
    Prose,
    Row,
)

ServiceMode = Literal[
    "直接送达", "留置送达", "电子送达", "委托送达", "邮寄送达", "转交送达", "公告送达"
]


@dataclass(frozen=True, kw_only=True)
class ServedDocument:
    """One document on a proof of service. A proof carries at most three."""

    name: str  # 文书名称
    number: str | None  # 文书编号
    copies: int  # 份数


@dataclass(frozen=True, kw_only=True)
class ServiceProof(Document):
    """送达回证: what was served, on whom, how, where and when."""

    recipient: str  # 受送达人
    documents: tuple[ServedDocument, ...]  # 送达文书
    mode: ServiceMode  # 送达方式
    place: str  # 送达地点（电子送达为电子地址）
    served_at: datetime | None  # 送达时间；空为待签收或者只记明日期
    received_by: str | None  # 收件人
    substitute_reason: Prose | None  # 代收人与受送达人的关系、代收理由
    refusal: Prose | None  # 拒收事由、留置经过
    witness: str | None  # 见证人
    arrival_system: str | None  # 电子送达：到达的系统
    arrival_digest: str | None  # 电子送达：回执摘要值
    bases: tuple[Citation, ...]  # 依据
    officers: tuple[Officer, ...]  # 送达人
    remark: Prose = ""  # 备注
    served_on: date | None = None  # 送达日期；没有记明时分的


@dataclass(frozen=True, kw_only=True)
class PaymentNotice(Document):
    """罚款缴款通知书: what to pay, where, until when, and what follows if not."""

    party: PartyBlock  # 缴款人
    decision_no: str  # 处罚决定书文号
    decided_on: date  # 决定日期
    fine_fen: int  # 罚款（分）
    confiscated_fen: int  # 没收违法所得（分）；无则为零
    payment_term: str  # 缴款期限，如 自收到行政处罚决定书之日起十五日内
    route: PaymentRoute  # 缴款方式
    surcharge: Prose  # 逾期后果
    deferral: Prose  # 暂缓或者分期缴纳的告知
    bases: tuple[Citation, ...]  # 依据
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class ClosingApproval(Document):
    """结案审批表: how the case ended, what was performed, and how the file is kept."""

    party: PartyBlock  # 当事人
    filed_on: date  # 立案日期
    decision_no: str | None  # 决定书文号
    decided_on: date | None  # 决定日期
    served_on: date | None  # 送达日期
    officers: tuple[Officer, ...]  # 承办人
    outcome: str  # 结案方式
    summary: Prose  # 案情及处理结果
    performance: Prose  # 执行情况
    correction: Prose  # 改正及复查情况
    publicity: Prose  # 公示情况
    goods: Prose  # 涉案财物处理情况
    retention: str  # 归档保管期限
    remarks: tuple[Row, ...]  # 其他
    approvals: tuple[Approval, ...]  # 各级意见
