"""What the later steps of a penalty case newly assert, from review to archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from zhifa.law.facts import Choice, Facts, Kind, fact
from zhifa.law.procedures.penalty.proposal import PenaltyItem


class ReviewKind(Choice):
    """The two reviews: every market case is examined, major decisions legally reviewed."""

    LEGAL = "legal_review", "法制审核"
    EXAMINATION = "case_examination", "案件审核"


@dataclass(frozen=True)
class ReviewSubmitted(Facts):
    """The proposal submitted for review, with what the catalogue found."""

    review: str = fact("审核编号", prefilled=True)
    kind: ReviewKind = fact("审核类别", Kind.CHOICE, prefilled=True)
    proposal: str = fact("送审意见摘要值", Kind.DIGEST, prefilled=True)
    catalogue: tuple[str, ...] = fact("命中的目录事项", prefilled=True, optional=True, default=())


@dataclass(frozen=True)
class ReviewReturned(Facts):
    """The review found problems; the proposal goes back."""

    review: str = fact("审核编号", prefilled=True)
    proposal: str = fact("送审意见摘要值", Kind.DIGEST, prefilled=True)
    opinion: str = fact("审核意见", Kind.TEXT, private=True, maximum=4000)


@dataclass(frozen=True)
class ReviewPassed(Facts):
    """The review passed, bound to the proposal's content."""

    review: str = fact("审核编号", prefilled=True)
    kind: ReviewKind = fact("审核类别", Kind.CHOICE, prefilled=True)
    proposal: str = fact("送审意见摘要值", Kind.DIGEST, prefilled=True)
    opinion: str = fact("审核意见", Kind.TEXT, private=True, maximum=4000)


@dataclass(frozen=True)
class NoticeProposed(Facts):
    """The prior notice (事先告知) to be given: content bound to the proposal, rights told."""

    proposal: str = fact("告知内容摘要值", Kind.DIGEST, prefilled=True)
    hearing_right: bool = fact("告知听证权利", Kind.FLAG, default=False, prefilled=True)
    hearing_basis: tuple[str, ...] = fact(
        "听证依据", Kind.CITES, optional=True, default=(), prefilled=True
    )
    note: str = fact("说明", Kind.TEXT, private=True, optional=True, default="", maximum=1000)


class DefenceForm(Choice):
    """How the party defends itself."""

    ORAL = "oral", "口头"
    WRITTEN = "written", "书面"


@dataclass(frozen=True)
class DefenceHeard(Facts):
    """The party's statement and defence (陈述申辩) as heard."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    form: DefenceForm = fact("方式", Kind.CHOICE)
    speaker: str = fact("陈述申辩人", private=True)
    place: str = fact("地点", private=True)
    content: str = fact("陈述申辩内容", Kind.TEXT, private=True)


@dataclass(frozen=True)
class DefencePoint(Facts):
    """One point of the defence and what becomes of it."""

    point: str = fact("陈述申辩意见", Kind.TEXT, maximum=2000)
    adopted: bool = fact("采纳", Kind.FLAG, default=False)
    reason: str = fact("复核理由", Kind.TEXT, maximum=3000)


@dataclass(frozen=True)
class DefenceReviewed(Facts):
    """Every point of the defence answered (复核)."""

    co_officer: str = fact("另一名复核人", Kind.PERSON)
    points: tuple[DefencePoint, ...] = fact("逐项复核意见", Kind.ITEMS, private=True)
    conclusion: str = fact("复核结论", Kind.TEXT, private=True, maximum=3000)


@dataclass(frozen=True)
class RightWaived(Facts):
    """The party gives a right up in so many words, in writing or on the record."""

    evidence: str = fact("放弃权利的书面材料", Kind.EVIDENCE)
    words: str = fact("当事人的意思表示", private=True, maximum=500)


@dataclass(frozen=True)
class HearingRequested(Facts):
    """The party asks for a hearing within the term."""

    requested_on: date = fact("提出日期", Kind.DAY)
    how: str = fact("提出方式")


@dataclass(frozen=True)
class HearingNotified(Facts):
    """Time, place and chair of the hearing, told seven working days before."""

    held_on: date = fact("听证日期", Kind.DAY)
    place: str = fact("听证地点")
    chair: str = fact("听证主持人", Kind.PERSON)
    public: bool = fact("公开举行", Kind.FLAG, default=True)
    not_public_reason: str = fact("不公开的理由", optional=True, default="")


@dataclass(frozen=True)
class HearingHeld(Facts):
    """The hearing as held, or ended because the party stayed away."""

    attended: bool = fact("当事人参加", Kind.FLAG, default=True)
    present: str = fact("参加人", private=True, kind=Kind.TEXT, maximum=2000)
    record: str = fact("听证情况", Kind.TEXT, private=True)
    opinion: str = fact("听证主持人意见", Kind.TEXT, private=True, maximum=4000)


class Vote(Choice):
    """A member's voice in the collective discussion."""

    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"


@dataclass(frozen=True)
class MemberOpinion(Facts):
    """One member's opinion in their own words, given before the chair's."""

    member: str = fact("讨论成员", Kind.PERSON)
    office: str = fact("职务")
    opinion: str = fact("意见", Kind.TEXT, maximum=3000)
    vote: Vote = fact("表决", Kind.CHOICE)


@dataclass(frozen=True)
class Discussed(Facts):
    """The collective discussion (集体讨论) of the heads."""

    proposal: str = fact("讨论意见摘要值", Kind.DIGEST, prefilled=True)
    place: str = fact("地点")
    quorum: int = fact("应到人数", Kind.NUMBER, maximum=50)
    reporter: str = fact("汇报人", Kind.PERSON)
    opinions: tuple[MemberOpinion, ...] = fact("讨论情况", Kind.ITEMS, private=True)
    agreed: bool = fact("同意拟处理意见", Kind.FLAG, default=False)
    conclusion: str = fact("讨论结论", Kind.TEXT, private=True, maximum=3000)


@dataclass(frozen=True)
class DecisionProposed(Facts):
    """The decision put to the agency's head, bound to the proposal."""

    proposal: str = fact("决定内容摘要值", Kind.DIGEST, prefilled=True)
    defence_adopted: str = fact("陈述申辩采纳情况", Kind.TEXT, private=True, maximum=2000)
    summary: str = fact("提请决定的意见", Kind.TEXT, private=True, maximum=3000)


# --- after the decision --------------------------------------------------------------------------


@dataclass(frozen=True)
class PaymentRecorded(Facts):
    """Money that the collecting bank received."""

    fine_fen: int = fact("罚款", Kind.MONEY, default=0)
    gain_fen: int = fact("没收款", Kind.MONEY, default=0)
    surcharge_fen: int = fact("加处罚款", Kind.MONEY, default=0)
    paid_on: date = fact("缴款日期", Kind.DAY)
    receipt: str = fact("票据号码", maximum=60)
    bank: str = fact("代收机构", maximum=100)


@dataclass(frozen=True)
class DeferralGranted(Facts):
    """Deferral of payment for hardship (行政处罚法 66)."""

    days: int = fact("延期天数", Kind.NUMBER, maximum=3650)
    reason: str = fact("理由", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class GoodsTaken(Facts):
    """Confiscated goods taken over and disposed of."""

    keeper_note: str = fact("入库、处理情况", Kind.TEXT, private=True, maximum=2000)
    witnessed_by: str = fact("监督人", private=True)


@dataclass(frozen=True)
class Published(Facts):
    """The decision made public by the publicity room."""

    publication: str = fact("公示编号", prefilled=True)
    reduced: bool = fact("简化公示", Kind.FLAG, default=False, prefilled=True)


@dataclass(frozen=True)
class PublicationDeclined(Facts):
    """A ruling not to publish, with its reason."""

    publication: str = fact("公示编号", prefilled=True)
    ground: str = fact("不予公示的理由", maximum=500)


@dataclass(frozen=True)
class PublicationWithdrawn(Facts):
    """The published decision taken down."""

    publication: str = fact("公示编号", prefilled=True)
    ground: str = fact("撤下理由", maximum=500)


class OutcomeKind(Choice):
    """What a later instrument did to the decision (行政复议法 63-69, 行政处罚法 75)."""

    UPHELD = "upheld", "维持"
    ANNULLED = "annulled", "撤销"
    ANNULLED_REDO = "annulled_redo", "撤销并责令重新作出"
    PARTLY = "partly", "部分撤销"
    CHANGED = "changed", "变更"
    ILLEGAL = "illegal", "确认违法"
    VOID = "void", "确认无效"
    MEDIATED = "mediated", "调解、和解"
    ENDED = "ended", "驳回请求或者程序终止"
    REVOKED = "revoked", "本机关自行撤销"


class Forum(Choice):
    """Who judged the decision."""

    RECONSIDERATION = "reconsideration", "行政复议"
    COURT = "court", "行政诉讼"
    SUPERIOR = "superior", "上级机关监督"


class AnnulGround(Choice):
    """Why a decision was annulled (行政复议法 64, 行政诉讼法 70): it says what a redo may be."""

    FACTS = "facts", "主要事实不清、证据不足"
    PROCEDURE = "procedure", "违反法定程序"
    BASIS = "basis", "适用依据不合法或者适用法律错误"
    POWER = "power", "超越职权或者滥用职权"
    IMPROPER = "improper", "明显不当"


@dataclass(frozen=True)
class OutcomeRecorded(Facts):
    """A reconsideration body, court or superior's instrument; date, service and effect apart.

    `items` is what is left of the penalty, where the instrument changes it.
    """

    version: ClassVar[int] = 2

    kind: OutcomeKind = fact("结果", Kind.CHOICE)
    forum: Forum = fact("途径", Kind.CHOICE, default=Forum.RECONSIDERATION)
    ground: AnnulGround | None = fact(
        "撤销的理由", Kind.CHOICE, optional=True, help="撤销、部分撤销的填写"
    )
    instrument: str = fact("法律文书文号", maximum=120)
    body: str = fact("作出机关", maximum=120)
    dated_on: date = fact("文书日期", Kind.DAY)
    served_on: date = fact("收到日期", Kind.DAY)
    effective_on: date = fact("生效日期", Kind.DAY)
    redo_days: int = fact("责令重新作出的期限（日）", Kind.NUMBER, default=0, maximum=365)
    items: tuple[PenaltyItem, ...] = fact(
        "变更以后的处罚",
        Kind.ITEMS,
        optional=True,
        default=(),
        help="变更、部分撤销的，逐项填写仍然有效的处罚及数额",
    )
    third_party: bool = fact("第三人提出了相反请求", Kind.FLAG, default=False)


@dataclass(frozen=True)
class RecordFiled(Facts):
    """A major penalty reported for record (备案)."""

    sent_on: date = fact("报送日期", Kind.DAY)
    to: str = fact("备案机关", maximum=120)


class ClosingReason(Choice):
    """Why a case may close."""

    PERFORMED = "performed", "行政处罚决定执行完毕"
    NO_PENALTY = "no_penalty", "作出不予行政处罚决定"
    TRANSFERRED = "transferred", "案件移送"
    WITHDRAWN = "withdrawn", "撤销案件"
    TERMINATED = "terminated", "终止调查或者终结执行"
    ENFORCED = "enforced", "人民法院强制执行"
    ANNULLED = "annulled", "处罚决定被依法撤销"


@dataclass(frozen=True)
class ClosingProposed(Facts):
    """The closing of the case."""

    reason: ClosingReason = fact("结案理由", Kind.CHOICE)
    execution: str = fact("处罚执行情况", Kind.TEXT, private=True, maximum=2000)


class Retention(Choice):
    """How long a volume is kept."""

    PERMANENT = "permanent", "永久"
    THIRTY = "thirty_years", "30年"
    TEN = "ten_years", "10年"


@dataclass(frozen=True)
class Archived(Facts):
    """The volume bound, indexed and taken over by the archivist."""

    file_no: str = fact("案卷号", maximum=60, prefilled=True)
    retention: Retention = fact("保管期限", Kind.CHOICE)
    checked: str = fact("立卷检查情况", Kind.TEXT, private=True, maximum=1000)
