"""What the steps of an ordinary-procedure penalty case newly assert, from clue to evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from zhifa.law.facts import Choice, Facts, Kind, fact
from zhifa.law.leniency import Condition, wanted
from zhifa.law.subject import Answer, FoodSubject, seller_exemption
from zhifa.law.term import SuspensionKind


class ClueSource(Choice):
    """Where a clue comes from (案件来源)."""

    INSPECTION = "inspection", "监督检查"
    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"
    TRANSFER = "transfer", "其他机关移送"
    SUPERIOR = "superior", "上级交办"
    OWN = "own", "依职权自行发现"
    REDO = "redo", "处罚决定被撤销后重新处理"
    OTHER = "other", "其他途径"


class FilingOutcome(Choice):
    """What becomes of a verified clue."""

    FILE = "file", "立案"
    NOT_FILE = "not_file", "不予立案"
    HAND_OVER = "hand_over", "移送有管辖权的机关"
    MERGE = "merge", "并入已立案件"


class VerificationAct(Choice):
    """What may be done to verify a clue before filing."""

    VISIT = "visit", "现场核实"
    QUESTION = "question", "询问"
    SAMPLE = "sample", "抽样"
    RECORDS = "records", "调取资料"
    OTHER = "other", "其他核查"


@dataclass(frozen=True)
class ClueRegistered(Facts):
    """A clue as received."""

    source: ClueSource = fact("案件来源", Kind.CHOICE)
    received_on: date = fact("收到或者发现日期", Kind.DAY)
    place: str = fact("涉嫌违法行为发生地")
    region: str = fact("发生地区划代码", prefilled=True, default="")
    party: str = fact("当事人", Kind.PARTY, optional=True, default="")
    named_reporter: bool = fact("举报人实名", Kind.FLAG, default=False)
    reporter: str = fact(
        "举报人及联系方式", private=True, optional=True, default="", help="依法保密，不入正卷"
    )
    summary: str = fact("线索内容", Kind.TEXT, private=True, maximum=4000)


@dataclass(frozen=True)
class Verified(Facts):
    """The clue verified (核查) by two officers."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    acts: tuple[VerificationAct, ...] = fact("采取的核查方式", Kind.CHOICES)
    found: str = fact("核查情况", Kind.TEXT, private=True, maximum=4000)
    criteria_met: bool = fact(
        "符合立案标准",
        Kind.FLAG,
        default=False,
        help="有证据初步证明存在违法行为、应当给予行政处罚、属于本机关管辖、在处罚时效以内",
    )


@dataclass(frozen=True)
class VerificationExtended(Facts):
    """Fifteen more working days to verify."""

    reason: str = fact("延长理由", Kind.TEXT, maximum=1000, private=True)


@dataclass(frozen=True)
class FilingProposed(Facts):
    """Whether to file, against whom, for what, and who handles it."""

    outcome: FilingOutcome = fact("处理意见", Kind.CHOICE)
    cause: str = fact("案由", help="涉嫌＋违法行为＋案，例如：涉嫌销售超过保质期的食品案")
    party: str = fact("当事人", Kind.PARTY, optional=True, default="")
    power: str = fact("执法事项", Kind.POWER, optional=True, default="")
    acted_until: date | None = fact("违法行为终了日期", Kind.DAY, optional=True)
    life_or_health: bool = fact(
        "涉及公民生命健康安全、金融安全且有危害后果", Kind.FLAG, default=False
    )
    handlers: tuple[str, ...] = fact("承办人", Kind.PERSONS)
    target: str = fact("移送机关或者并入案件", optional=True, default="")
    suspected: str = fact("初步查明的事实", Kind.TEXT, private=True, maximum=6000)
    reasons: str = fact("理由", Kind.TEXT, private=True, maximum=4000)


@dataclass(frozen=True)
class ReporterTold(Facts):
    """The named reporter told whether the case was filed."""

    told_on: date = fact("告知日期", Kind.DAY)
    how: str = fact("告知方式")


@dataclass(frozen=True)
class HandlersChanged(Facts):
    """New handlers, with the hand-over of the file."""

    handlers: tuple[str, ...] = fact("承办人", Kind.PERSONS)
    reason: str = fact("变更理由", private=True, maximum=1000, kind=Kind.TEXT)


# --- investigation -----------------------------------------------------------------------------


@dataclass(frozen=True)
class PartyConfirmed(Facts):
    """The party's identity and the address for service, signed by the party."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    party: str = fact("当事人", Kind.PARTY)
    address: str = fact("送达地址", private=True)
    recipient: str = fact("收件人", private=True)
    phone: str = fact("联系电话", private=True, maximum=30)
    electronic_service: bool = fact("同意电子送达", Kind.FLAG, default=False)
    electronic_address: str = fact(
        "电子送达地址", private=True, optional=True, default="", maximum=120
    )


@dataclass(frozen=True)
class SiteInspected(Facts):
    """A site inspection as recorded on the spot."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    place: str = fact("检查地点", private=True)
    started_at: datetime = fact("开始时间", Kind.INSTANT)
    ended_at: datetime = fact("结束时间", Kind.INSTANT)
    identity_shown: bool = fact("已主动出示执法证件并说明来意", Kind.FLAG, default=False)
    recusal_told: bool = fact("已告知申请回避等权利", Kind.FLAG, default=False)
    present: str = fact("在场人及身份", private=True)
    found: str = fact("现场检查情况", Kind.TEXT, private=True)
    refused: bool = fact("当事人拒绝签字", Kind.FLAG, default=False)
    witness: str = fact("见证人", private=True, optional=True, default="")


class IntervieweeRole(Choice):
    """Who is questioned."""

    PARTY = "party", "当事人"
    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人或者负责人"
    STAFF = "staff", "从业人员"
    WITNESS = "witness", "证人"


@dataclass(frozen=True)
class QuestionAnswer(Facts):
    """One question and its answer."""

    question: str = fact("问", Kind.TEXT, maximum=2000)
    answer: str = fact("答", Kind.TEXT, maximum=8000)


@dataclass(frozen=True)
class Interviewed(Facts):
    """An interview (询问) as recorded."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    role: IntervieweeRole = fact("被询问人身份", Kind.CHOICE)
    interviewee: str = fact("被询问人", private=True)
    identity_no: str = fact("身份证件号码", private=True, maximum=40)
    place: str = fact("询问地点", private=True)
    started_at: datetime = fact("开始时间", Kind.INSTANT)
    ended_at: datetime = fact("结束时间", Kind.INSTANT)
    identity_shown: bool = fact("已出示执法证件", Kind.FLAG, default=False)
    rights_told: bool = fact("已告知如实回答义务和申请回避等权利", Kind.FLAG, default=False)
    exchange: tuple[QuestionAnswer, ...] = fact("询问内容", Kind.ITEMS, private=True)


class EvidenceKind(Choice):
    """The eight kinds of evidence of 行政处罚法 46."""

    DOCUMENT = "document", "书证"
    OBJECT = "object", "物证"
    AUDIOVISUAL = "audiovisual", "视听资料"
    ELECTRONIC = "electronic", "电子数据"
    WITNESS = "witness", "证人证言"
    PARTY = "party", "当事人的陈述"
    APPRAISAL = "appraisal", "鉴定意见"
    RECORD = "record", "勘验笔录、现场笔录"


@dataclass(frozen=True)
class EvidenceAdded(Facts):
    """A piece of evidence entered, with the five facts that item 14 of the city's plan asks."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    evidence: str = fact("证据编号", prefilled=True)
    kind: EvidenceKind = fact("证据种类", Kind.CHOICE)
    title: str = fact("证据名称", private=True)
    proves: str = fact("证明对象", private=True, kind=Kind.TEXT, maximum=1000)
    collected_at: datetime = fact("采集时间", Kind.INSTANT)
    place: str = fact("采集地点", private=True)
    original: bool = fact("原件或者原物", Kind.FLAG, default=False)
    sha256: str = fact("文件摘要", Kind.DIGEST, optional=True, default="", prefilled=True)


@dataclass(frozen=True)
class Exhibit(Facts):
    """One thing preserved or confiscated."""

    name: str = fact("名称")
    specification: str = fact("规格型号", optional=True, default="")
    batch: str = fact("生产日期或者批号", optional=True, default="")
    quantity: str = fact("数量", maximum=40)
    note: str = fact("备注", optional=True, default="")


@dataclass(frozen=True)
class PreservationProposed(Facts):
    """Registered preservation (先行登记保存) of evidence that may be lost."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    reason: str = fact("保存理由", Kind.TEXT, private=True, maximum=1000)
    place: str = fact("保存地点", private=True)
    exhibits: tuple[Exhibit, ...] = fact("保存物品", Kind.ITEMS, private=True)


class Disposal(Choice):
    """What becomes of preserved evidence within seven working days."""

    RETURN = "return", "退还当事人"
    KEEP_RECORD = "keep_record", "采取记录、复制、拍照等证据保全措施后退还"
    TEST = "test", "送交检测、检验、检疫、鉴定"
    SEIZE = "seize", "依法查封、扣押"
    CONFISCATE = "confiscate", "依法没收"
    TRANSFER = "transfer", "移送有关部门处理"


@dataclass(frozen=True)
class PreservationDisposed(Facts):
    """The disposal of what was preserved."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    disposal: Disposal = fact("处理方式", Kind.CHOICE)
    detail: str = fact("处理情况", Kind.TEXT, private=True, maximum=2000)


class RecusalBy(Choice):
    """Who asks for a recusal."""

    PARTY = "party", "当事人申请"
    OFFICER = "officer", "执法人员自行申请"
    AGENCY = "agency", "本机关依职权"


@dataclass(frozen=True)
class RecusalRequested(Facts):
    """A request that a person withdraw from the matter; the investigation goes on meanwhile."""

    person: str = fact("被申请回避的人", Kind.PERSON)
    requested_by: RecusalBy = fact("申请方式", Kind.CHOICE)
    reason: str = fact("理由", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class RecusalDecided(Facts):
    """The head's decision on a recusal."""

    person: str = fact("被申请回避的人", Kind.PERSON)
    granted: bool = fact("决定回避", Kind.FLAG, default=False)
    reason: str = fact("理由", Kind.TEXT, private=True, maximum=2000)


class DiligenceAnswer(Choice):
    """The answer to 食品安全法 136: did the seller check, not know, and name the source?"""

    REJECTED = "rejected", "经审查不成立"
    ACCEPTED = "accepted", "成立，可以免予处罚，但应当没收不符合食品安全标准的食品"
    OPEN = "open", "尚未查明"


@dataclass(frozen=True)
class LawSettled(Facts):
    """Which law governs the subject and the day, and whether art. 136 spares the seller."""

    subject: FoodSubject = fact("主体类型", Kind.CHOICE)
    acted_from: date = fact("违法行为开始日期", Kind.DAY)
    acted_until: date = fact("违法行为终了日期", Kind.DAY)
    inspected: Answer = fact(
        "是否履行了进货查验等义务", Kind.CHOICE, help=wanted(Condition.INSPECTED)
    )
    unaware: Answer = fact(
        "是否有充分证据证明不知道食品不符合食品安全标准",
        Kind.CHOICE,
        help=wanted(Condition.UNAWARE),
    )
    source_named: Answer = fact(
        "是否如实说明进货来源", Kind.CHOICE, help=wanted(Condition.SOURCE_NAMED)
    )
    diligence_reason: str = fact(
        "进货查验免责的审查情况和理由", Kind.TEXT, private=True, maximum=3000
    )
    law: str = fact("适用的法律", prefilled=True, default="")
    law_version: str = fact("适用的版本", prefilled=True, default="")
    applies_on: date | None = fact(
        "适用何日的规定", Kind.DAY, prefilled=True, optional=True, default=None
    )
    comparison: str = fact("新旧法比较", Kind.TEXT, prefilled=True, default="", private=True)

    @property
    def diligence(self) -> DiligenceAnswer:
        """What the three conditions of 食品安全法 136 come to."""
        found = seller_exemption(self.inspected, self.unaware, self.source_named)
        if found.may_exempt:
            return DiligenceAnswer.ACCEPTED
        return DiligenceAnswer.REJECTED if found.failed else DiligenceAnswer.OPEN


@dataclass(frozen=True)
class GainFound(Facts):
    """The finding on illegal gain (违法所得): an amount with its method, or none with reasons."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    goods_value_fen: int = fact("货值金额", Kind.MONEY)
    income_fen: int = fact("违法所得款项", Kind.MONEY)
    refunded_fen: int = fact("依法退赔金额", Kind.MONEY, default=0)
    method: str = fact("计算方法或者没有违法所得的理由", Kind.TEXT, private=True, maximum=2000)

    @property
    def gain_fen(self) -> int:
        """Income less what was refunded, in fen (行政处罚法 28 II)."""
        return max(0, self.income_fen - self.refunded_fen)


@dataclass(frozen=True)
class CorrectionOrdered(Facts):
    """An order to correct (责令改正), which is no penalty."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    violation: str = fact("违法行为", Kind.TEXT, private=True, maximum=2000)
    required: str = fact("改正要求", Kind.TEXT, private=True, maximum=2000)
    due_on: date = fact("改正期限", Kind.DAY)


@dataclass(frozen=True)
class CorrectionWaived(Facts):
    """Why no correction is ordered: it is corrected already, or cannot be."""

    corrected: bool = fact("已经改正", Kind.FLAG, default=False)
    reason: str = fact("理由", Kind.TEXT, private=True, maximum=2000)


class RecheckResult(Choice):
    """What the recheck of a correction found."""

    CORRECTED = "corrected", "已改正"
    PARTLY = "partly", "部分改正"
    NOT_CORRECTED = "not_corrected", "未改正"


@dataclass(frozen=True)
class CorrectionRechecked(Facts):
    """The recheck (复查) of an ordered correction."""

    co_officer: str = fact("另一名执法人员", Kind.PERSON)
    result: RecheckResult = fact("复查结果", Kind.CHOICE)
    found: str = fact("复查情况", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class ClockSuspended(Facts):
    """A span that does not count towards the decision limit; first and last day are left out."""

    kind: SuspensionKind = fact("不计入期限的事由", Kind.CHOICE)
    from_on: date = fact("开始日期", Kind.DAY)
    until_on: date = fact("结束日期", Kind.DAY)
    reason: str = fact("说明", Kind.TEXT, private=True, maximum=1000)


@dataclass(frozen=True)
class ExtensionProposed(Facts):
    """More days for the decision, with the reason."""

    days: int = fact("延长天数", Kind.NUMBER, maximum=365)
    discussion: str = fact(
        "集体讨论笔录", Kind.EVIDENCE, optional=True, default="", help="再次延长时填写"
    )
    reason: str = fact("延长理由", Kind.TEXT, private=True, maximum=2000)
