"""What a penalty case may still owe, each with the article that demands it."""

from zhifa.law.sources import CF, DA, FY, GP, PLAN, SCBA, SJ, SS, TSB
from zhifa.law.standing import ObligationKind

CLUE_UNDECIDED = ObligationKind(
    "clue.undecided", "线索尚未决定是否立案", (CF(54, 2), SJ(18)), "filing.propose"
)
REPORTER_UNTOLD = ObligationKind(
    "reporter.untold", "尚未将是否立案告知实名举报人", (TSB.whole,), "reporter.tell"
)
PRESERVATION_OPEN = ObligationKind(
    "preservation.open", "先行登记保存的证据尚未处理", (CF(56),), "preservation.dispose"
)
RECUSAL_UNDECIDED = ObligationKind(
    "recusal.undecided", "回避申请尚未决定", (CF(43),), "recusal.decide"
)
CORRECTION_UNCHECKED = ObligationKind(
    "correction.unchecked", "责令改正尚未复查", (CF(28),), "correction.recheck"
)
REVIEW_PENDING = ObligationKind("review.pending", "审核尚未完成", (CF(58),), "review.pass")
DEFENCE_UNANSWERED = ObligationKind(
    "defence.unanswered", "陈述申辩尚未复核", (CF(45),), "defence.review"
)
HEARING_DUE = ObligationKind("hearing.due", "听证尚未举行", (CF(64),), "hearing.hold")
FINE_UNPAID = ObligationKind(
    "fine.unpaid", "罚款、没收款尚未缴清", (CF(66), CF(67)), "payment.record"
)
GOODS_UNTAKEN = ObligationKind(
    "goods.untaken", "没收的财物尚未收缴处理", (CF(74),), "confiscation.record"
)
UNPUBLISHED = ObligationKind(
    "publicity.due", "行政处罚决定尚未公示", (CF(48), PLAN(9)), "publicity.publish"
)
WITHDRAWAL_DUE = ObligationKind(
    "withdrawal.due", "已公示的决定尚未撤下", (PLAN(10), CF(48, 2)), "publicity.withdraw"
)
UNARCHIVED = ObligationKind("archive.due", "案卷尚未归档", (CF(47), DA(14)), "archive.file")
UNREPORTED = ObligationKind(
    "record_filing.due", "重大行政处罚尚未备案", (SCBA(2),), "record_filing.send"
)
REMEDY_PENDING = ObligationKind(
    "remedy.pending", "复议、诉讼尚未有结果", (CF(73), FY(42)), "outcome.record"
)
REPLY_DUE = ObligationKind(
    "remedy.reply", "尚未向复议机关、人民法院提出答复", (FY(48), SS(67, 1)), "remedy.answer"
)
REFUND_DUE = ObligationKind(
    "refund.due", "多收的罚没款尚未退还", (FY(72, 2), GP(36, item=1)), "refund.pay"
)
GOODS_BACK = ObligationKind(
    "goods.back", "没收的财物尚未退还", (FY(72, 2), GP(36, item=1)), "goods.return"
)
REDO_DUE = ObligationKind(
    "redo.due", "责令重新作出的行政行为尚未作出", (FY(64, 1), FY(77, 1), SS(70)), "redo.open"
)
