"""Documents by which a served decision is put right, and what was taken is given back."""

from dataclasses import dataclass
from datetime import date

from zhifa.records.inputs.parts import (
    Citation,
    Contact,
    Document,
    PartyBlock,
    PenaltyItem,
    Prose,
    Remedies,
)


@dataclass(frozen=True, kw_only=True)
class Erratum:
    """One slip: where, what stood there, what stands there now."""

    place: str  # 更正部位
    wrong: str  # 原文，照录
    right: str  # 更正为，照录


@dataclass(frozen=True, kw_only=True)
class RectificationDecision(Document):
    """行政处罚决定更正书: slips of the pen put right; what was decided stays as it is."""

    party: PartyBlock  # 当事人
    decision_no: str  # 原决定书文号
    decided_on: date  # 原决定日期
    served_on: date | None  # 原决定送达日期
    reason: Prose  # 更正理由
    errata: tuple[Erratum, ...]  # 更正内容
    bases: tuple[Citation, ...]  # 依据
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class RevocationDecision(Document):
    """撤销行政处罚决定书: the decision undone by who made it, and what follows."""

    party: PartyBlock  # 当事人
    decision_no: str  # 原决定书文号
    decided_on: date  # 原决定日期
    penalties: tuple[PenaltyItem, ...]  # 原决定的处罚
    error: Prose  # 原决定的错误
    reasons: Prose  # 撤销的理由
    bases: tuple[Citation, ...]  # 依据
    consequence: Prose  # 撤销的后果：已缴款项、财物的退还，公示的撤下
    remedies: Remedies  # 救济途径和期限
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class ChangeDecision(Document):
    """变更行政处罚决定书: the decision made lighter by who made it."""

    party: PartyBlock  # 当事人
    decision_no: str  # 原决定书文号
    decided_on: date  # 原决定日期
    before: tuple[PenaltyItem, ...]  # 原决定的处罚
    after: tuple[PenaltyItem, ...]  # 变更以后的处罚
    error: Prose  # 原决定的错误
    reasons: Prose  # 变更的理由
    bases: tuple[Citation, ...]  # 依据
    consequence: Prose  # 履行和退还
    remedies: Remedies  # 救济途径和期限
    contact: Contact  # 联系人


@dataclass(frozen=True, kw_only=True)
class RefundNotice(Document):
    """退还罚没款通知书: how much is given back, why, and how."""

    party: PartyBlock  # 当事人
    decision_no: str  # 处罚决定书文号
    instrument: str  # 撤销、变更的文书
    effective_on: date  # 其生效日期
    fine_fen: int  # 退还罚款（分）
    gain_fen: int  # 退还没收款（分）
    surcharge_fen: int  # 退还加处罚款（分）
    payee: str  # 收款人
    account: str  # 开户银行和账号
    note: Prose  # 说明
    bases: tuple[Citation, ...]  # 依据
    contact: Contact  # 联系人
