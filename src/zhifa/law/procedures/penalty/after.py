"""After the decision: publicity, payment, confiscation, report, outcome, closing, archive."""

from __future__ import annotations

from zhifa.law.actor import Duty
from zhifa.law.documents import UNSEALED
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedure import Closes, Extends, Opens, Owed, Phase, Starts, Step, Stops, Who
from zhifa.law.procedures.parts.approval import approval, pending
from zhifa.law.procedures.penalty import days, force, heard
from zhifa.law.procedures.penalty import guards as g
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.clue import OFFICER
from zhifa.law.procedures.penalty.effects import published
from zhifa.law.procedures.penalty.later import (
    Archived,
    ClosingProposed,
    ClosingReason,
    DeferralGranted,
    GoodsTaken,
    PaymentRecorded,
    PublicationDeclined,
    PublicationWithdrawn,
    Published,
    RecordFiled,
)
from zhifa.law.procedures.penalty.paying import payment_amount, payment_owed, pays_all
from zhifa.law.procedures.penalty.proposal import DecisionKind, current
from zhifa.law.procedures.penalty.righted import decision_served, is_decided, stands
from zhifa.law.sources import CF, DA, PLAN, SCBA, SJ
from zhifa.law.standing import Standing

_APPROVALS = {
    "preservation": "先行登记保存意见",
    "extension": "延长办案期限意见",
    "notice": "事先告知意见",
    "decision": "处理决定",
    "revocation": "撤销、变更处罚决定的意见",
    "rectification": "处罚决定更正意见",
    "refund": "退还罚没款意见",
}
PUBLISHER = Who((Duty.PUBLISH_REVIEWER,), cites=(CF(48), PLAN(9)))


@guard("goods.owed", "有待收缴的财物", CF(74))
def goods_owed(s: Standing, _a: Attempt) -> No | None:
    """Goods were confiscated and not taken over yet."""
    return None if s.open(owed.GOODS_UNTAKEN.code) else No("没有待收缴的财物")


@guard("publicity.owed", "决定待公示", CF(48), PLAN(9))
def publicity_owed(s: Standing, _a: Attempt) -> No | None:
    """The decision waits to be made public."""
    return None if s.open(owed.UNPUBLISHED.code) else No("没有待公示的决定，或者已经公示")


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


@guard("publicity.old-down", "变更前的公示已经撤下", CF(48, 2), PLAN(10))
def nothing_to_take_down(s: Standing, _a: Attempt) -> No | None:
    """What was changed comes down before what it was changed to goes up."""
    if s.open(owed.WITHDRAWAL_DUE.code):
        return No("变更前的公示尚未撤下", then="publicity.withdraw")
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
        owed.REMEDY_PENDING,
        owed.REFUND_DUE,
        owed.GOODS_BACK,
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
    if (reason is ClosingReason.ANNULLED) != force.undone(s):
        why = "处罚决定已被依法撤销" if force.undone(s) else "没有登记撤销处罚决定的法律文书"
        return No(why, then="" if force.undone(s) else "outcome.record", field="reason")
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
        needs=(is_decided, stands, publicity_owed, decision_sealed, nothing_to_take_down),
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
