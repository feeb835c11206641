"""After the decision: publicity, payment, confiscation, report, outcome, closing, archive."""

from __future__ import annotations

from zhifa.law.actor import Duty
from zhifa.law.documents import UNSEALED
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedure import Closes, Extends, Opens, Owed, Phase, Starts, Step, Stops, Who
from zhifa.law.procedures.parts.approval import approval, pending
from zhifa.law.procedures.parts.paper import served
from zhifa.law.procedures.penalty import days, heard
from zhifa.law.procedures.penalty import guards as g
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.clue import OFFICER
from zhifa.law.procedures.penalty.later import (
    Archived,
    ClosingProposed,
    ClosingReason,
    DeferralGranted,
    GoodsTaken,
    OutcomeKind,
    OutcomeRecorded,
    PaymentRecorded,
    PublicationDeclined,
    PublicationWithdrawn,
    Published,
    RecordFiled,
)
from zhifa.law.procedures.penalty.paying import payment_amount, payment_owed, pays_all
from zhifa.law.procedures.penalty.proposal import DecisionKind, current
from zhifa.law.sources import CF, DA, PLAN, SCBA, SJ
from zhifa.law.standing import Standing

TAKES_DOWN = frozenset(
    {
        OutcomeKind.ANNULLED,
        OutcomeKind.ANNULLED_REDO,
        OutcomeKind.CHANGED,
        OutcomeKind.ILLEGAL,
        OutcomeKind.VOID,
        OutcomeKind.REVOKED,
    }
)
UNDONE = frozenset(
    {OutcomeKind.ANNULLED, OutcomeKind.ANNULLED_REDO, OutcomeKind.VOID, OutcomeKind.REVOKED}
)
"""The outcomes that leave nothing of the decision to carry out."""
_APPROVALS = {
    "preservation": "先行登记保存意见",
    "extension": "延长办案期限意见",
    "notice": "事先告知意见",
    "decision": "处理决定",
}
PUBLISHER = Who((Duty.PUBLISH_REVIEWER,), cites=(CF(48), PLAN(9)))


def published(s: Standing) -> bool:
    """Whether the decision is public now."""
    done = s.last("publicity.publish", "publicity.withdraw")
    return done is not None and done.step == "publicity.publish"


def undone(s: Standing) -> bool:
    """Whether the decision was annulled, revoked or found void since."""
    return any(d.facts.kind in UNDONE for d in s.all("outcome.record"))


@guard("decision.stands", "决定没有被撤销", CF(48, 2), CF(75))
def stands(s: Standing, _a: Attempt) -> No | None:
    """What was annulled is neither published nor collected."""
    return No("处罚决定已被撤销或者确认无效") if undone(s) else None


@guard("decision.made", "已作出决定", CF(57))
def is_decided(s: Standing, _a: Attempt) -> No | None:
    """There is a decision to carry out."""
    return None if g.decided(s) else No("尚未作出决定", then="decision.propose")


@guard("goods.owed", "有待收缴的财物", CF(74))
def goods_owed(s: Standing, _a: Attempt) -> No | None:
    """Goods were confiscated and not taken over yet."""
    return None if s.open(owed.GOODS_UNTAKEN.code) else No("没有待收缴的财物")


@guard("publicity.owed", "决定待公示", CF(48), PLAN(9))
def publicity_owed(s: Standing, _a: Attempt) -> No | None:
    """The decision waits to be made public."""
    return None if s.open(owed.UNPUBLISHED.code) else No("没有待公示的决定，或者已经公示")


@guard("decision.served", "决定书已送达", CF(61))
def decision_served(s: Standing, _a: Attempt) -> No | None:
    """The party carries out what it has received."""
    if not served(s, "penalty_decision"):
        return No("处罚决定书尚未送达", then="document.serve")
    return None


@guard("decision.sealed", "决定书已用印", CF(59, 2))
def decision_sealed(s: Standing, _a: Attempt) -> No | None:
    """Only a sealed decision can be published; the term runs from the decision, not service."""
    papers = s.outputs("penalty_decision")
    if not papers or s.open(UNSEALED.code, papers[-1].id):
        return No("处罚决定书尚未用印", then="document.seal")
    return None


@guard("publicity.up", "决定正在公示", CF(48, 2))
def is_published(s: Standing, _a: Attempt) -> No | None:
    """Only what is up is taken down."""
    return None if published(s) else No("决定没有在公示")


@guard("outcome.days", "文书日期、收到日期、生效日期合理", CF(48, 2))
def outcome_days(_s: Standing, a: Attempt) -> No | None:
    """Date, service and effect are three days."""
    f: OutcomeRecorded = a.facts
    if f.served_on < f.dated_on:
        return No("收到日期不能早于文书日期", field="served_on")
    if f.effective_on < f.dated_on:
        return No("生效日期不能早于文书日期", field="effective_on")
    if f.served_on > a.on:
        return No("收到日期不能晚于登记日期", field="served_on")
    if f.kind is OutcomeKind.ANNULLED_REDO and not f.redo_days:
        return No("责令重新作出的应当写明期限", field="redo_days")
    return None


@guard("record_filing.owed", "有待备案的重大处罚", SCBA(2))
def report_owed(s: Standing, _a: Attempt) -> No | None:
    """A major penalty waits to be reported for record."""
    return None if s.open(owed.UNREPORTED.code) else No("没有待备案的重大行政处罚")


@guard("closing.ready", "处罚已执行完毕，没有未了事项", CF(66), SJ(77))
def closing_ready(s: Standing, _a: Attempt) -> No | None:
    """A case closes when nothing that it owes the party or the treasury is open."""
    for kind in (
        owed.PRESERVATION_OPEN,
        owed.CORRECTION_UNCHECKED,
        owed.FINE_UNPAID,
        owed.GOODS_UNTAKEN,
        owed.WITHDRAWAL_DUE,
        owed.RECUSAL_UNDECIDED,
    ):
        if s.open(kind.code):
            return No(kind.label, then=kind.settled_by)
    return None


@guard("closing.nothing-pending", "没有尚未审批完毕的意见", SJ(77))
def nothing_pending(s: Standing, _a: Attempt) -> No | None:
    """What was put to the head has been answered."""
    for code, title in _APPROVALS.items():
        if pending(s, code) is not None:
            return No(f"{title}正在审批", then=f"{code}.return")
    return None


@guard("closing.reason", "结案理由与处理结果相符", SJ(77))
def closing_reason(s: Standing, a: Attempt) -> No | None:
    """The reason matches what was decided."""
    p, reason = current(s), a.facts.reason
    if p is None:
        return None
    wanted = {
        DecisionKind.PENALTY: {
            ClosingReason.PERFORMED,
            ClosingReason.ENFORCED,
            ClosingReason.TERMINATED,
            ClosingReason.ANNULLED,
        },
        DecisionKind.NO_PENALTY: {ClosingReason.NO_PENALTY},
        DecisionKind.TRANSFER_CRIMINAL: {ClosingReason.TRANSFERRED},
        DecisionKind.TRANSFER_AGENCY: {ClosingReason.TRANSFERRED},
        DecisionKind.WITHDRAW: {ClosingReason.WITHDRAWN},
        DecisionKind.TERMINATE: {ClosingReason.TERMINATED},
    }[p.decision]
    if reason not in wanted:
        return No(f"处理结果是{p.decision.label}", field="reason")
    if (reason is ClosingReason.ANNULLED) != undone(s):
        why = "处罚决定已被依法撤销" if undone(s) else "没有登记撤销处罚决定的法律文书"
        return No(why, then="" if undone(s) else "outcome.record", field="reason")
    return None


@guard("archive.owed", "案卷待归档", CF(47), DA(14))
def archive_owed(s: Standing, _a: Attempt) -> No | None:
    """A closed case waits for the archive."""
    return None if s.open(owed.UNARCHIVED.code) else No("没有待归档的案卷", then="closing.propose")


def _paid_up(s: Standing) -> bool:
    done = not s.open(owed.FINE_UNPAID.code) and not s.open(owed.GOODS_UNTAKEN.code)
    return (
        g.decided(s)
        and done
        and not s.open("document.unserved")
        and not s.open(owed.CORRECTION_UNCHECKED.code)
        and not s.has("closing.approve")
    )


BINDING = (Owed("volume_cover"), Owed("volume_contents"), Owed("volume_note_sheet"))
"""What binds a volume. Every case has two: the main one and the internal one, which the party does
not see, not even its contents."""

STEPS: tuple[Step, ...] = (
    Step(
        "publicity.publish",
        "公示处罚决定",
        Published,
        PUBLISHER,
        (CF(48, 1), PLAN(9)),
        Phase.PUBLICITY,
        needs=(is_decided, publicity_owed, decision_sealed, stands),
        stops=(Stops("publicity.penalty"),),
        closes=(Closes(owed.UNPUBLISHED),),
        main=lambda s: bool(s.open(owed.UNPUBLISHED.code)) and not s.open(UNSEALED.code),
        story="公示处罚决定",
        by="publicity",
        elsewhere=True,
    ),
    Step(
        "publicity.decline",
        "决定不予公示",
        PublicationDeclined,
        PUBLISHER,
        (CF(48, 1), PLAN(9)),
        Phase.PUBLICITY,
        needs=(is_decided, publicity_owed),
        stops=(Stops("publicity.penalty"),),
        closes=(Closes(owed.UNPUBLISHED),),
        story="决定不予公示",
        by="publicity",
        elsewhere=True,
    ),
    Step(
        "publicity.withdraw",
        "撤下公示信息",
        PublicationWithdrawn,
        PUBLISHER,
        (CF(48, 2), PLAN(10)),
        Phase.PUBLICITY,
        needs=(is_published,),
        stops=(Stops("withdrawal"),),
        closes=(Closes(owed.WITHDRAWAL_DUE),),
        main=lambda s: bool(s.open(owed.WITHDRAWAL_DUE.code)),
        story="撤下公示信息",
        by="publicity",
        elsewhere=True,
    ),
    Step(
        "payment.record",
        "登记缴款",
        PaymentRecorded,
        Who((Duty.CASHIER,), cites=(CF(67),)),
        (CF(67), CF(72)),
        Phase.PERFORMANCE,
        needs=(is_decided, decision_served, payment_owed),
        checks=(payment_amount,),
        stops=(Stops("payment", pays_all),),
        closes=(Closes(owed.FINE_UNPAID, pays_all),),
        main=lambda s: bool(s.open(owed.FINE_UNPAID.code)) and not s.open("document.unserved"),
        story="登记缴款",
    ),
    Step(
        "payment.defer",
        "批准延期缴纳",
        DeferralGranted,
        Who((Duty.AGENCY_HEAD,), cites=(CF(66, 2),)),
        (CF(66, 2),),
        Phase.PERFORMANCE,
        needs=(is_decided, decision_served, payment_owed),
        checks=(days.deferral_length,),
        extends=(Extends("payment", by=lambda _s, f: f.days),),
        story="批准延期缴纳罚款",
    ),
    Step(
        "confiscation.record",
        "登记没收财物",
        GoodsTaken,
        Who((Duty.PROPERTY_KEEPER,), cites=(CF(74),)),
        (CF(74),),
        Phase.PERFORMANCE,
        needs=(is_decided, decision_served, goods_owed),
        closes=(Closes(owed.GOODS_UNTAKEN),),
        main=lambda s: bool(s.open(owed.GOODS_UNTAKEN.code)) and not s.open("document.unserved"),
        story="登记没收财物的收缴处理",
    ),
    Step(
        "record_filing.send",
        "报送重大行政处罚备案",
        RecordFiled,
        OFFICER,
        (SCBA(2), SCBA(4)),
        Phase.PERFORMANCE,
        needs=(is_decided, report_owed),
        checks=(days.record_filing_day,),
        stops=(Stops("record_filing"),),
        closes=(Closes(owed.UNREPORTED),),
        main=lambda s: bool(s.open(owed.UNREPORTED.code)),
        story="报送重大行政处罚备案",
    ),
    Step(
        "outcome.record",
        "登记复议、诉讼等结果",
        OutcomeRecorded,
        Who((Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD), cites=(CF(48, 2),)),
        (CF(48, 2), CF(75), PLAN(10)),
        Phase.PERFORMANCE,
        needs=(is_decided,),
        checks=(outcome_days,),
        starts=(
            Starts(
                "withdrawal",
                when=lambda s, f: f.kind in TAKES_DOWN and published(s),
                start=lambda d: d.facts.effective_on,
            ),
        ),
        opens=(
            Opens(owed.WITHDRAWAL_DUE, when=lambda s, f: f.kind in TAKES_DOWN and published(s)),
        ),
        stops=(Stops("payment", when=lambda _s, f: f.kind in UNDONE),),
        closes=(
            Closes(owed.FINE_UNPAID, when=lambda _s, f: f.kind in UNDONE),
            Closes(owed.GOODS_UNTAKEN, when=lambda _s, f: f.kind in UNDONE),
        ),
        story="登记对本决定的复议、诉讼等结果",
    ),
    *approval(
        "closing",
        "结案审批意见",
        ClosingProposed,
        (SJ(77),),
        Phase.CLOSING,
        propose=OFFICER,
        endorsed=False,
        needs=(g.case_open, is_decided, heard.papers_served, closing_ready, nothing_pending),
        checks=(closing_reason,),
        again=(heard.papers_served, closing_ready, nothing_pending),
        owes=(Owed("closing_approval"),),
        starts=(Starts("archiving"),),
        opens=(Opens(owed.UNARCHIVED),),
        main=_paid_up,
    ),
    Step(
        "archive.file",
        "归档",
        Archived,
        Who((Duty.ARCHIVIST,), cites=(DA(14),)),
        (CF(47), DA(14)),
        Phase.ARCHIVE,
        needs=(archive_owed,),
        owes=(*BINDING, *BINDING),
        stops=(Stops("archiving"),),
        closes=(Closes(owed.UNARCHIVED),),
        main=lambda s: bool(s.open(owed.UNARCHIVED.code)),
        story="案卷归档",
        by="records",
    ),
)
