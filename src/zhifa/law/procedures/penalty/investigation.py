"""The investigation: records, evidence, preservation, recusal, law, gain, correction, proposal."""

from __future__ import annotations

from dataclasses import replace

from zhifa.law.actor import Duty
from zhifa.law.procedure import (
    Closes,
    Extends,
    Opens,
    Owed,
    Phase,
    Starts,
    Step,
    Stops,
    Suspends,
    Who,
)
from zhifa.law.procedures.parts.approval import approval
from zhifa.law.procedures.penalty import again, days, gates, governing, weigh
from zhifa.law.procedures.penalty import guards as g
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.clue import OFFICERS
from zhifa.law.procedures.penalty.facts import (
    ClockSuspended,
    CorrectionOrdered,
    CorrectionRechecked,
    CorrectionWaived,
    EvidenceAdded,
    ExtensionProposed,
    GainFound,
    Interviewed,
    LawSettled,
    PartyConfirmed,
    PreservationDisposed,
    PreservationProposed,
    RecheckResult,
    RecusalDecided,
    RecusalRequested,
    SiteInspected,
)
from zhifa.law.procedures.penalty.held import exhibits
from zhifa.law.procedures.penalty.proposal import PenaltyProposed
from zhifa.law.sources import CF, FS, PLAN, SJ
from zhifa.law.standing import Standing
from zhifa.law.terms import Suspension

HANDLING = (
    "clue.verify",
    "filing.propose",
    "party.confirm",
    "inspection.record",
    "interview.record",
    "evidence.add",
    "evidence.inherit",
    "preservation.propose",
    "preservation.dispose",
    "law.settle",
    "gain.find",
    "correction.order",
    "correction.recheck",
    "investigation.end",
    "proposal.amend",
    "notice.propose",
    "defence.hear",
    "defence.review",
)
"""The steps whose takers handled the case: they neither review nor hear nor decide it."""
HANDLERS = replace(OFFICERS, handlers_only=True)
RUNNING = (g.is_filed, g.case_open, g.not_decided)
GATHERING = (g.is_active, g.case_open, g.not_decided)
"""Evidence may be gathered while the clue is verified, and until the decision."""


def _investigating(s: Standing) -> bool:
    return g.filed(s) and not g.proposed(s) and not g.closed(s)


def _uncorrected(_s: Standing, f: CorrectionRechecked) -> bool:
    return f.result is not RecheckResult.CORRECTED


def _span(_s: Standing, f: ClockSuspended) -> Suspension:
    return Suspension(f.from_on, f.until_on, f.kind)


STEPS: tuple[Step, ...] = (
    Step(
        "party.confirm",
        "确认当事人身份和送达地址",
        PartyConfirmed,
        HANDLERS,
        (CF(61), SJ(83)),
        Phase.INVESTIGATION,
        needs=RUNNING,
        checks=(g.by_team,),
        owes=(Owed("address_confirmation"),),
        main=lambda s: _investigating(s) and not s.has("party.confirm"),
        story="确认当事人身份和送达地址",
    ),
    Step(
        "inspection.record",
        "制作现场检查笔录",
        SiteInspected,
        HANDLERS,
        (CF(54), CF(55)),
        Phase.INVESTIGATION,
        needs=GATHERING,
        checks=(g.by_team, g.identity_shown, g.hours_true, g.refusal_witnessed),
        owes=(Owed("site_record"),),
        main=lambda s: _investigating(s) and not s.has("inspection.record"),
        story="现场检查并制作笔录",
    ),
    Step(
        "interview.record",
        "制作询问笔录",
        Interviewed,
        HANDLERS,
        (CF(55),),
        Phase.INVESTIGATION,
        needs=GATHERING,
        checks=(g.by_team, g.identity_shown, g.hours_true),
        owes=(Owed("interview_record"),),
        main=lambda s: _investigating(s) and not s.has("interview.record"),
        story="询问并制作笔录",
    ),
    Step(
        "evidence.add",
        "登记证据",
        EvidenceAdded,
        HANDLERS,
        (CF(40), CF(46), PLAN(14)),
        Phase.INVESTIGATION,
        needs=GATHERING,
        checks=(g.by_team, days.evidence_day),
        links=("evidence",),
        main=lambda s: _investigating(s) and not exhibits(s),
        story="登记证据",
        by="records",
    ),
    *approval(
        "preservation",
        "先行登记保存意见",
        PreservationProposed,
        (CF(56),),
        Phase.INVESTIGATION,
        propose=HANDLERS,
        endorsed=False,
        needs=(*GATHERING, g.nothing_preserved),
        checks=(g.by_team,),
        again=(*GATHERING, g.nothing_preserved),
        owes=(Owed("preservation_notice"),),
        starts=(Starts("preservation"),),
        opens=(Opens(owed.PRESERVATION_OPEN),),
    ),
    Step(
        "preservation.dispose",
        "处理先行登记保存的证据",
        PreservationDisposed,
        HANDLERS,
        (CF(56),),
        Phase.INVESTIGATION,
        needs=(g.case_open, g.preserved),
        checks=(g.by_team,),
        owes=(Owed("preservation_disposal"),),
        stops=(Stops("preservation"),),
        closes=(Closes(owed.PRESERVATION_OPEN),),
        main=lambda s: bool(s.open(owed.PRESERVATION_OPEN.code)),
        story="处理先行登记保存的证据",
    ),
    Step(
        "recusal.request",
        "登记回避申请",
        RecusalRequested,
        Who((Duty.OFFICER, Duty.HANDLING_HEAD), cites=(CF(43),)),
        (CF(43),),
        Phase.INVESTIGATION,
        needs=(g.case_open, g.not_decided),
        starts=(Starts("recusal.decision", key=lambda _s, f: f.person),),
        opens=(Opens(owed.RECUSAL_UNDECIDED, key=lambda _s, f: f.person),),
        story="登记回避申请",
    ),
    Step(
        "recusal.decide",
        "决定回避",
        RecusalDecided,
        Who((Duty.AGENCY_HEAD,), cites=(CF(43, 3),)),
        (CF(43, 3),),
        Phase.INVESTIGATION,
        needs=(g.recusal_asked,),
        checks=(g.recusal_asked, g.not_own),
        stops=(Stops("recusal.decision", key=lambda _s, f: f.person),),
        closes=(Closes(owed.RECUSAL_UNDECIDED, key=lambda _s, f: f.person),),
        main=lambda s: bool(s.open(owed.RECUSAL_UNDECIDED.code)),
        story="对回避申请作出决定",
    ),
    Step(
        "law.settle",
        "确定适用的法律",
        LawSettled,
        replace(HANDLERS, two=False),
        (CF(37), FS(36), FS(127), FS(136)),
        Phase.INVESTIGATION,
        needs=RUNNING,
        checks=(
            g.law_days,
            governing.subject_fits,
            governing.diligence_answered,
            governing.computed,
        ),
        main=lambda s: _investigating(s) and not s.has("law.settle"),
        story="确定适用的法律",
    ),
    Step(
        "gain.find",
        "认定货值和违法所得",
        GainFound,
        HANDLERS,
        (CF(28, 2),),
        Phase.INVESTIGATION,
        needs=RUNNING,
        checks=(g.by_team, g.refund_true),
        main=lambda s: _investigating(s) and not s.has("gain.find"),
        story="认定货值金额和违法所得",
    ),
    Step(
        "correction.order",
        "责令改正",
        CorrectionOrdered,
        HANDLERS,
        (CF(28, 1),),
        Phase.INVESTIGATION,
        needs=RUNNING,
        checks=(g.by_team, g.correction_day),
        owes=(Owed("correction_order"),),
        starts=(Starts("correction.recheck", start=lambda d: d.facts.due_on),),
        opens=(Opens(owed.CORRECTION_UNCHECKED),),
        main=lambda s: _investigating(s) and not s.has("correction.order", "correction.waive"),
        story="责令当事人改正违法行为",
    ),
    Step(
        "correction.waive",
        "说明不需要责令改正",
        CorrectionWaived,
        replace(HANDLERS, two=False),
        (CF(28, 1),),
        Phase.INVESTIGATION,
        needs=RUNNING,
        story="说明已经改正或者不能改正的情况",
    ),
    Step(
        "correction.recheck",
        "复查改正情况",
        CorrectionRechecked,
        HANDLERS,
        (CF(28, 1),),
        Phase.INVESTIGATION,
        needs=(g.case_open, g.correction_waiting),
        checks=(g.by_team,),
        starts=(
            Starts(
                "correction.recheck", when=lambda _s, f: f.result is not RecheckResult.CORRECTED
            ),
        ),
        stops=(Stops("correction.recheck"),),
        closes=(
            Closes(
                owed.CORRECTION_UNCHECKED,
                when=lambda _s, f: f.result is RecheckResult.CORRECTED,
            ),
        ),
        main=lambda s: bool(s.open(owed.CORRECTION_UNCHECKED.code)) and g.decided(s),
        story="复查改正情况",
    ),
    Step(
        "clock.suspend",
        "登记不计入办案期限的时间",
        ClockSuspended,
        Who((Duty.HANDLING_HEAD,), cites=(CF(60), SJ(64))),
        (CF(60), SJ(64)),
        Phase.INVESTIGATION,
        needs=RUNNING,
        checks=(days.suspension_days,),
        suspends=(Suspends("decision", _span),),
        story="登记不计入办案期限的时间",
    ),
    *approval(
        "extension",
        "延长办案期限意见",
        ExtensionProposed,
        (CF(60), SJ(64)),
        Phase.INVESTIGATION,
        propose=replace(HANDLERS, two=False),
        endorsed=False,
        needs=RUNNING,
        checks=(days.extension_length,),
        again=RUNNING,
        extends=(Extends("decision", by=lambda _s, f: f.days),),
    ),
    Step(
        "investigation.end",
        "终结调查并提出处理意见",
        PenaltyProposed,
        HANDLERS,
        (CF(57, 1), SJ(44)),
        Phase.INVESTIGATION,
        needs=(
            *RUNNING,
            g.not_proposed,
            g.party_confirmed,
            g.investigated,
            g.evidence_any,
            g.law_settled,
            governing.current,
            g.gain_found,
            g.correction_settled,
            g.recusal_settled,
        ),
        checks=(g.by_team, g.power_known, governing.food_law, *weigh.CHECKS, again.different),
        owes=(Owed("evidence_list"), Owed("investigation_report")),
        main=lambda s: _investigating(s) and bool(exhibits(s)),
        story="终结调查，提出处理意见",
    ),
    Step(
        "proposal.amend",
        "修改处理意见",
        PenaltyProposed,
        HANDLERS,
        (CF(57), CF(45)),
        Phase.REVIEW,
        needs=(*RUNNING, gates.proposal_made, gates.no_review_pending),
        checks=(
            g.by_team,
            g.power_known,
            governing.food_law,
            *weigh.CHECKS,
            gates.not_heavier,
            again.different,
        ),
        main=gates.amendment_owed,
        story="修改处理意见",
    ),
)
