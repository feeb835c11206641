"""Between proposal and decision: review, notice, defence, hearing, discussion."""

from __future__ import annotations

from dataclasses import replace

from zhifa.law.actor import Duty
from zhifa.law.procedure import Closes, Opens, Owed, Phase, Separation, Step, Stops, Who
from zhifa.law.procedures.parts.approval import approval
from zhifa.law.procedures.penalty import gates, heard
from zhifa.law.procedures.penalty import guards as g
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.investigation import HANDLERS, HANDLING, RUNNING
from zhifa.law.procedures.penalty.later import (
    DefenceHeard,
    DefenceReviewed,
    Discussed,
    HearingHeld,
    HearingNotified,
    HearingRequested,
    NoticeProposed,
    ReviewKind,
    ReviewPassed,
    ReviewReturned,
    ReviewSubmitted,
    RightWaived,
)
from zhifa.law.sources import CF, SJ
from zhifa.law.standing import Standing


def _legal(s: Standing) -> bool:
    """Whether what is pending is a legal review, which asks the qualification."""
    pending = s.latest(ReviewSubmitted)
    return pending is not None and pending.kind is ReviewKind.LEGAL


REVIEWER = Who(
    (Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD),
    qualified=_legal,
    apart=(
        Separation(
            HANDLING, "参与调查的人不能审核本案，办理、审核、决定应当相分离", (CF(58), SJ(46))
        ),
    ),
    cites=(CF(58),),
)


def ready(s: Standing) -> bool:
    """A proposal stands, nothing is decided, no review runs and no amendment is owed."""
    return (
        g.proposed(s)
        and not g.decided(s)
        and not g.closed(s)
        and not s.open(owed.REVIEW_PENDING.code)
        and not gates.amendment_owed(s)
    )


def _review_next(s: Standing) -> bool:
    return ready(s) and gates.review_passed(s) is None


def _notice_next(s: Standing) -> bool:
    return (
        ready(s)
        and gates.review_passed(s) is not None
        and gates.needs_notice(s)
        and gates.notice(s) is None
    )


def _discussion_next(s: Standing) -> bool:
    return (
        ready(s)
        and (not gates.needs_notice(s) or gates.notice_served(s) is not None)
        and gates.review_passed(s) is not None
        and not s.open(owed.DEFENCE_UNANSWERED.code)
        and not s.open(owed.HEARING_DUE.code)
        and gates.discussion_due(s)
        and gates.discussed(s) is None
    )


STEPS: tuple[Step, ...] = (
    Step(
        "review.submit",
        "送审",
        ReviewSubmitted,
        replace(HANDLERS, two=False),
        (CF(58, 1), SJ(46)),
        Phase.REVIEW,
        needs=(
            *RUNNING,
            gates.proposal_made,
            gates.basis_stands,
            gates.no_review_pending,
            gates.review_wanted,
        ),
        checks=(gates.review_bound, gates.review_kind),
        owes=(Owed("review_submission"),),
        opens=(Opens(owed.REVIEW_PENDING),),
        main=_review_next,
        story="将处理意见送审",
        by="review",
    ),
    Step(
        "review.return",
        "退回处理意见",
        ReviewReturned,
        REVIEWER,
        (CF(58, 1), SJ(50)),
        Phase.REVIEW,
        needs=(gates.review_pending, gates.reviewer_apart),
        checks=(gates.review_bound, gates.review_same),
        owes=(Owed("review_opinion"),),
        closes=(Closes(owed.REVIEW_PENDING),),
        story="审核后退回",
        by="review",
        elsewhere=True,
    ),
    Step(
        "review.pass",
        "审核通过",
        ReviewPassed,
        REVIEWER,
        (CF(58, 1), SJ(50)),
        Phase.REVIEW,
        needs=(gates.review_pending, gates.reviewer_apart),
        checks=(gates.review_bound, gates.review_same, gates.review_kind),
        owes=(Owed("review_opinion"),),
        closes=(Closes(owed.REVIEW_PENDING),),
        main=lambda s: bool(s.open(owed.REVIEW_PENDING.code)),
        story="审核通过",
        by="review",
        elsewhere=True,
    ),
    *approval(
        "notice",
        "事先告知意见",
        NoticeProposed,
        (CF(44), CF(62), SJ(57)),
        Phase.NOTICE,
        propose=replace(HANDLERS, two=False),
        endorsed=False,
        needs=(
            *RUNNING,
            gates.proposal_made,
            gates.basis_stands,
            gates.no_review_pending,
            gates.review_before_notice,
            gates.notice_wanted,
        ),
        checks=(gates.notice_bound, gates.hearing_right),
        again=(*RUNNING, gates.notice_still_bound, gates.review_before_notice),
        owes=(Owed("prior_notice"),),
        main=_notice_next,
    ),
    Step(
        "defence.hear",
        "听取陈述申辩",
        DefenceHeard,
        HANDLERS,
        (CF(45, 1),),
        Phase.NOTICE,
        needs=(*RUNNING, heard.defence_open),
        checks=(g.by_team,),
        owes=(Owed("defence_record"),),
        opens=(Opens(owed.DEFENCE_UNANSWERED),),
        story="听取当事人陈述申辩",
    ),
    Step(
        "defence.review",
        "复核陈述申辩",
        DefenceReviewed,
        HANDLERS,
        (CF(45, 1), CF(62)),
        Phase.NOTICE,
        needs=(*RUNNING, heard.defence_waiting),
        checks=(g.by_team,),
        owes=(Owed("defence_review"),),
        closes=(Closes(owed.DEFENCE_UNANSWERED),),
        main=lambda s: bool(s.open(owed.DEFENCE_UNANSWERED.code)),
        story="复核当事人陈述申辩",
    ),
    Step(
        "defence.waive",
        "登记当事人放弃陈述申辩",
        RightWaived,
        replace(HANDLERS, two=False),
        (CF(62),),
        Phase.NOTICE,
        needs=(*RUNNING, heard.defence_open),
        checks=(heard.waiver_proved,),
        stops=(Stops("defence"),),
        story="登记当事人明确放弃陈述申辩权",
    ),
    Step(
        "hearing.request",
        "登记听证申请",
        HearingRequested,
        replace(HANDLERS, two=False),
        (CF(63), CF(64, 1, 1)),
        Phase.NOTICE,
        needs=(*RUNNING, heard.hearing_right_told),
        checks=(heard.hearing_in_term,),
        stops=(Stops("hearing.request"),),
        opens=(Opens(owed.HEARING_DUE),),
        story="登记当事人的听证申请",
    ),
    Step(
        "hearing.waive",
        "登记当事人放弃听证",
        RightWaived,
        replace(HANDLERS, two=False),
        (CF(63), CF(64, 1, 1)),
        Phase.NOTICE,
        needs=(*RUNNING, heard.hearing_right_told, heard.hearing_in_term),
        checks=(heard.waiver_proved,),
        stops=(Stops("hearing.request"),),
        closes=(Closes(owed.HEARING_DUE),),
        story="登记当事人明确放弃听证",
    ),
    Step(
        "hearing.notify",
        "通知听证",
        HearingNotified,
        Who((Duty.LEGAL_REVIEWER, Duty.REVIEW_HEAD, Duty.HEARING_CHAIR), cites=(CF(64),)),
        (CF(64, 1, 2),),
        Phase.NOTICE,
        needs=(*RUNNING, heard.hearing_waiting),
        checks=(heard.hearing_seven_days, heard.hearing_chair),
        owes=(Owed("hearing_notice"),),
        main=lambda s: (
            bool(s.open(owed.HEARING_DUE.code))
            and not s.since(s.last("hearing.request"), "hearing.notify")
        ),
        story="通知听证的时间和地点",
    ),
    Step(
        "hearing.hold",
        "举行听证",
        HearingHeld,
        Who((Duty.HEARING_CHAIR,), cites=(CF(64, 1, 4),)),
        (CF(64), CF(65)),
        Phase.NOTICE,
        needs=(*RUNNING, heard.hearing_waiting, heard.hearing_notified, heard.hearing_chair),
        owes=(Owed("hearing_record"),),
        closes=(Closes(owed.HEARING_DUE),),
        main=lambda s: (
            bool(s.open(owed.HEARING_DUE.code))
            and bool(s.since(s.last("hearing.request"), "hearing.notify"))
        ),
        story="举行听证",
    ),
    Step(
        "discussion.hold",
        "集体讨论",
        Discussed,
        Who((Duty.AGENCY_HEAD,), cites=(CF(57, 2),)),
        (CF(57, 2), SJ(60)),
        Phase.DECISION,
        needs=(*RUNNING, gates.proposal_made, gates.no_review_pending, heard.discussion_ready),
        checks=(heard.discussion_bound, heard.panel_lawful),
        owes=(Owed("collective_discussion"),),
        main=_discussion_next,
        story="主持集体讨论",
    ),
)
