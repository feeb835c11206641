"""After service: remedies and their outcome, revocation, rectification, refund, striking out."""

from __future__ import annotations

from zhifa.law.actor import Duty
from zhifa.law.procedure import Closes, Opens, Owed, Phase, Starts, Step, Stops, Who
from zhifa.law.procedures.parts.approval import approval
from zhifa.law.procedures.penalty import effects
from zhifa.law.procedures.penalty import guards as g
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty import righted as r
from zhifa.law.procedures.penalty.aftermath import (
    EntryStruck,
    GoodsReturned,
    RectificationProposed,
    RefundPaid,
    RefundProposed,
    RemedyAnswered,
    RemedyBegun,
    RevocationKind,
    RevocationProposed,
)
from zhifa.law.procedures.penalty.investigation import HANDLERS
from zhifa.law.procedures.penalty.later import Forum, OutcomeRecorded
from zhifa.law.sources import CF, FY, GP, PLAN, SS

REVIEWER = Who((Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD), cites=(CF(48, 2),))
"""Who keeps the agency's reconsideration and court cases."""

_SERVED = (r.is_decided, r.stands, r.decision_served)

STEPS: tuple[Step, ...] = (
    Step(
        "remedy.begin",
        "登记复议、诉讼受理",
        RemedyBegun,
        REVIEWER,
        (FY(48), SS(67, 1), CF(73, 3)),
        Phase.PERFORMANCE,
        needs=_SERVED,
        checks=(r.one_remedy, r.remedy_days),
        starts=(
            Starts(
                "reconsideration.reply",
                r.by(Forum.RECONSIDERATION),
                start=lambda d: d.facts.received_on,
            ),
            Starts("litigation.reply", r.by(Forum.COURT), start=lambda d: d.facts.received_on),
        ),
        stops=(
            Stops("reconsideration"),
            Stops("litigation", r.by(Forum.COURT)),
            Stops("litigation.after_reconsideration", r.by(Forum.COURT)),
        ),
        opens=(Opens(owed.REMEDY_PENDING, key=r.forum), Opens(owed.REPLY_DUE, key=r.forum)),
        story="登记当事人申请复议、提起诉讼",
    ),
    Step(
        "remedy.answer",
        "提出复议、诉讼答复",
        RemedyAnswered,
        REVIEWER,
        (FY(48), SS(67, 1)),
        Phase.PERFORMANCE,
        needs=(r.reply_owed,),
        checks=(r.reply_owed,),
        stops=(
            Stops("reconsideration.reply", r.by(Forum.RECONSIDERATION)),
            Stops("litigation.reply", r.by(Forum.COURT)),
        ),
        closes=(Closes(owed.REPLY_DUE, key=r.forum),),
        main=lambda s: bool(s.open(owed.REPLY_DUE.code)),
        story="向复议机关、人民法院提出答复并提交证据、依据",
    ),
    Step(
        "outcome.record",
        "登记复议、诉讼等结果",
        OutcomeRecorded,
        REVIEWER,
        (CF(48, 2), CF(75), FY(64), SS(70), PLAN(10)),
        Phase.PERFORMANCE,
        needs=(r.is_decided, r.stands),
        checks=(r.outcome_days, r.outcome_content, r.not_worse),
        starts=(
            *effects.STARTS,
            Starts(
                "litigation.after_reconsideration",
                r.by(Forum.RECONSIDERATION),
                start=lambda d: d.facts.served_on,
            ),
        ),
        stops=(
            *effects.STOPS,
            Stops("reconsideration.reply", r.by(Forum.RECONSIDERATION)),
            Stops("litigation", r.by(Forum.RECONSIDERATION)),
            Stops("litigation.reply", r.by(Forum.COURT)),
        ),
        opens=effects.OPENS,
        closes=(
            *effects.CLOSES,
            Closes(owed.REMEDY_PENDING, key=r.forum),
            Closes(owed.REPLY_DUE, key=r.forum),
        ),
        story="登记对本决定的复议、诉讼等结果",
    ),
    *approval(
        "revocation",
        "撤销、变更处罚决定的意见",
        RevocationProposed,
        (CF(75, 2),),
        Phase.PERFORMANCE,
        propose=HANDLERS,
        needs=_SERVED,
        checks=(g.by_team, r.revocation_content),
        again=_SERVED,
        owes=(
            Owed("revocation_decision", r.says(RevocationKind.REVOKE)),
            Owed("change_decision", r.says(RevocationKind.CHANGE)),
        ),
        starts=(Starts("service"),),
    ),
    *approval(
        "rectification",
        "处罚决定更正意见",
        RectificationProposed,
        (CF(75, 2), CF(59)),
        Phase.PERFORMANCE,
        propose=HANDLERS,
        endorsed=False,
        needs=_SERVED,
        checks=(g.by_team, r.is_clerical),
        again=_SERVED,
        owes=(Owed("rectification_decision"),),
        starts=(Starts("service"),),
    ),
    *approval(
        "refund",
        "退还罚没款意见",
        RefundProposed,
        (FY(72, 2), GP(36, item=1), CF(74, 3)),
        Phase.PERFORMANCE,
        propose=Who((Duty.CASHIER,), cites=(CF(74, 3),)),
        endorsed=False,
        needs=(r.refund_owed, r.refund_unapproved),
        checks=(r.refund_sums,),
        again=(r.refund_owed,),
        owes=(Owed("refund_notice"),),
        main=lambda s: bool(s.open(owed.REFUND_DUE.code)) and r.refund_open(s),
    ),
    Step(
        "refund.pay",
        "登记退付",
        RefundPaid,
        Who((Duty.CASHIER,), cites=(CF(74, 3),)),
        (FY(72, 2), GP(36, item=1), CF(74, 3)),
        Phase.PERFORMANCE,
        needs=(r.refund_owed, r.refund_approved),
        checks=(r.refund_paid,),
        stops=(Stops("refund", lambda s, _f: not s.open(owed.GOODS_BACK.code)),),
        closes=(Closes(owed.REFUND_DUE),),
        main=lambda s: bool(s.open(owed.REFUND_DUE.code)) and not r.refund_open(s),
        story="登记退付罚没款",
    ),
    Step(
        "goods.return",
        "退还没收的财物",
        GoodsReturned,
        Who((Duty.PROPERTY_KEEPER,), cites=(CF(74),)),
        (FY(72, 2), GP(36)),
        Phase.PERFORMANCE,
        needs=(r.goods_owed_back,),
        checks=(r.goods_value,),
        stops=(Stops("refund", lambda s, _f: not s.open(owed.REFUND_DUE.code)),),
        closes=(Closes(owed.GOODS_BACK),),
        main=lambda s: bool(s.open(owed.GOODS_BACK.code)),
        story="退还没收的财物",
    ),
    Step(
        "entry.strike",
        "划去误登的记录",
        EntryStruck,
        Who((Duty.HANDLING_HEAD, Duty.REVIEW_HEAD, Duty.AGENCY_HEAD), cites=(CF(75, 2),)),
        (CF(47), CF(75, 2)),
        Phase.PERFORMANCE,
        needs=(g.case_open, r.any_entry),
        checks=(r.strikeable,),
        strikes=lambda f: int(f.entry) if f.entry.isdecimal() else 0,
        story="划去误登的记录",
    ),
)
