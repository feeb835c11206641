"""What the steps after service newly assert: remedies, revocation, rectification, refund, redo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from zhifa.law.facts import Choice, Facts, Kind, fact
from zhifa.law.procedures.penalty.facts import EvidenceKind
from zhifa.law.procedures.penalty.later import AnnulGround, Forum, OutcomeKind
from zhifa.law.procedures.penalty.proposal import PenaltyItem, PenaltyProposed


@dataclass(frozen=True)
class RemedyBegun(Facts):
    """The party turned against the decision: its application reached the agency."""

    forum: Forum = fact("途径", Kind.CHOICE)
    number: str = fact("受理案号", maximum=120)
    body: str = fact("受理机关", maximum=120)
    applied_on: date = fact("申请或者起诉日期", Kind.DAY)
    received_on: date = fact("本机关收到副本日期", Kind.DAY)
    claim: str = fact("请求和理由", Kind.TEXT, private=True, maximum=4000)


@dataclass(frozen=True)
class RemedyAnswered(Facts):
    """The agency's written reply, with the evidence and the bases of the decision."""

    forum: Forum = fact("途径", Kind.CHOICE)
    sent_on: date = fact("提交日期", Kind.DAY)
    reply: str = fact("答复要点和提交的材料", Kind.TEXT, private=True, maximum=6000)


class RevocationKind(Choice):
    """What the agency itself does to its decision."""

    REVOKE = "revoke", "撤销"
    CHANGE = "change", "变更"

    @property
    def outcome(self) -> OutcomeKind:
        """What that means for the decision."""
        return OutcomeKind.REVOKED if self is RevocationKind.REVOKE else OutcomeKind.CHANGED


@dataclass(frozen=True)
class RevocationProposed(Facts):
    """The agency found its decision wrong and puts it right of its own motion (行政处罚法 75)."""

    co_officer: str = fact("另一名承办人", Kind.PERSON)
    kind: RevocationKind = fact("处理方式", Kind.CHOICE)
    error: str = fact("决定的错误", Kind.TEXT, private=True, maximum=4000)
    reasons: str = fact("理由和依据", Kind.TEXT, private=True, maximum=4000)
    items: tuple[PenaltyItem, ...] = fact(
        "变更以后的处罚",
        Kind.ITEMS,
        optional=True,
        default=(),
        help="变更的，逐项填写仍然有效的处罚及数额；只能减轻",
    )


@dataclass(frozen=True)
class Erratum(Facts):
    """One slip of the pen: where, what stands there, what should stand there."""

    place: str = fact("更正部位", maximum=100, help="例如：第2页“查明的事实”")
    wrong: str = fact("原文", maximum=500)
    right: str = fact("更正为", maximum=500)


@dataclass(frozen=True)
class RectificationProposed(Facts):
    """Clerical slips of the served decision, which leave what was decided as it is."""

    co_officer: str = fact("另一名承办人", Kind.PERSON)
    errata: tuple[Erratum, ...] = fact("更正内容", Kind.ITEMS, private=True)
    reason: str = fact("更正理由", Kind.TEXT, private=True, maximum=2000)
    clerical: bool = fact(
        "只更正文字，不改变处罚的事实、依据和内容",
        Kind.FLAG,
        default=False,
        help="改变实质内容的，应当撤销或者变更处罚决定",
    )


@dataclass(frozen=True)
class RefundProposed(Facts):
    """Money to be given back, each sum as the house computes it."""

    fine_fen: int = fact("退还罚款", Kind.MONEY, prefilled=True, default=0)
    gain_fen: int = fact("退还没收款", Kind.MONEY, prefilled=True, default=0)
    surcharge_fen: int = fact("退还加处罚款", Kind.MONEY, prefilled=True, default=0)
    payee: str = fact("收款人", private=True)
    account: str = fact("开户银行和账号", private=True)
    note: str = fact("说明", Kind.TEXT, private=True, optional=True, default="", maximum=1000)

    @property
    def total_fen(self) -> int:
        """All of it, in fen."""
        return self.fine_fen + self.gain_fen + self.surcharge_fen


@dataclass(frozen=True)
class RefundPaid(Facts):
    """The treasury gave the money back (退库)."""

    amount_fen: int = fact("退还金额", Kind.MONEY)
    interest_fen: int = fact(
        "银行同期存款利息", Kind.MONEY, default=0, help="依国家赔偿法返还的填写"
    )
    paid_on: date = fact("退付日期", Kind.DAY)
    receipt: str = fact("退库凭证号码", maximum=60)


class ReturnMode(Choice):
    """How confiscated goods are made good."""

    GOODS = "goods", "退还原物"
    PROCEEDS = "proceeds", "给付拍卖、变卖所得价款"
    VALUE = "value", "原物已销毁或者灭失，给付相应的赔偿金"


@dataclass(frozen=True)
class GoodsReturned(Facts):
    """Confiscated goods given back, or their value."""

    mode: ReturnMode = fact("退还方式", Kind.CHOICE)
    amount_fen: int = fact("给付金额", Kind.MONEY, default=0)
    taken_by: str = fact("签收人", private=True)
    detail: str = fact("退还情况", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class EntryStruck(Facts):
    """A wrong entry struck out (划去): the ledger keeps it, the case no longer reads it."""

    entry: str = fact("划去的记录", maximum=20, help="办理记录的序号")
    reason: str = fact("理由", Kind.TEXT, private=True, maximum=2000)


# --- doing it again ------------------------------------------------------------------------------


@dataclass(frozen=True)
class RedoOpened(Facts):
    """The annulled case is handled anew, in a matter of its own."""

    matter: str = fact("重新处理的事项", prefilled=True, optional=True, default="")
    reason: str = fact("重新处理的理由", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class RedoDone(Facts):
    """The decision that the matter opened anew came to."""

    matter: str = fact("重新处理的事项", prefilled=True)


@dataclass(frozen=True)
class OldEvidence(Facts):
    """A piece of evidence of the annulled case, as it was entered there."""

    evidence: str = fact("原案证据编号", maximum=20)
    kind: EvidenceKind = fact("证据种类", Kind.CHOICE)
    title: str = fact("证据名称")
    proves: str = fact("证明对象", Kind.TEXT, maximum=1000)
    collected_at: datetime = fact("采集时间", Kind.INSTANT)
    place: str = fact("采集地点")
    sha256: str = fact("文件摘要", optional=True, default="", maximum=64)


@dataclass(frozen=True)
class RedoInherited(Facts):
    """What a redo is bound by: the decision that was undone, by whom, why, and until when."""

    matter: str = fact("原案件", prefilled=True)
    case_no: str = fact("原案号", prefilled=True, maximum=60)
    decision_no: str = fact("原处罚决定书文号", prefilled=True, maximum=60)
    outcome: OutcomeKind = fact("结果", Kind.CHOICE, prefilled=True)
    forum: Forum | None = fact("途径", Kind.CHOICE, prefilled=True, optional=True)
    ground: AnnulGround | None = fact("撤销的理由", Kind.CHOICE, prefilled=True, optional=True)
    instrument: str = fact("法律文书文号", prefilled=True, maximum=120)
    effective_on: date = fact("生效日期", Kind.DAY, prefilled=True)
    redo_days: int = fact("责令重新作出的期限（日）", Kind.NUMBER, prefilled=True, default=0)
    before: PenaltyProposed = fact("原处罚决定的内容", Kind.ITEM, private=True, prefilled=True)
    evidence: tuple[OldEvidence, ...] = fact(
        "原案证据", Kind.ITEMS, private=True, prefilled=True, optional=True, default=()
    )


@dataclass(frozen=True)
class EvidenceInherited(Facts):
    """Evidence of the annulled case taken over: referred to where it lies, and examined anew."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    original: str = fact("原案证据", Kind.EVIDENCE)
    examined: str = fact(
        "重新审查的意见",
        Kind.TEXT,
        private=True,
        maximum=2000,
        help="逐件写明来源、取得方式是否合法，与本案事实的关系",
    )
    evidence: str = fact("本案证据编号", prefilled=True, optional=True, default="")
    matter: str = fact("原案件", prefilled=True, optional=True, default="")
    kind: EvidenceKind = fact(
        "证据种类", Kind.CHOICE, prefilled=True, default=EvidenceKind.DOCUMENT
    )
    title: str = fact("证据名称", private=True, prefilled=True, optional=True, default="")
    proves: str = fact(
        "证明对象", Kind.TEXT, private=True, prefilled=True, optional=True, default=""
    )
    collected_at: datetime | None = fact("采集时间", Kind.INSTANT, prefilled=True, optional=True)
    place: str = fact("采集地点", private=True, prefilled=True, optional=True, default="")
    sha256: str = fact("文件摘要", prefilled=True, optional=True, default="", maximum=64)
