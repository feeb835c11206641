"""The gates before a decision: review, notice, defence, hearing, discussion, bound to content."""

from __future__ import annotations

from zhifa.law import order
from zhifa.law.documents import UNSERVED
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedures.parts.approval import all_approved, approved
from zhifa.law.procedures.penalty import major
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.later import (
    ReviewKind,
    ReviewPassed,
    ReviewSubmitted,
)
from zhifa.law.procedures.penalty.leniency import level
from zhifa.law.procedures.penalty.proposal import (
    PROPOSING,
    Change,
    DecisionKind,
    PenaltyProposed,
    classify,
    covers,
    current,
    digest,
    of_digest,
    rises,
)
from zhifa.law.sources import CF, SJ
from zhifa.law.standing import Done, Standing
from zhifa.law.team import handlers

NOTICE_KINDS = (DecisionKind.PENALTY,)


def needs_notice(s: Standing) -> bool:
    """Whether the proposal is one that must be told beforehand."""
    p = current(s)
    return p is not None and p.decision in NOTICE_KINDS


def notice(s: Standing) -> Done | None:
    """The latest approved notice that covers the proposal as it stands."""
    done = approved(s, "notice")
    if done is None or not covers(s, done.facts.proposal):
        return None
    return done


def notice_of(s: Standing, document: str) -> Done | None:
    """The notice that a paper carries, whether or not it still covers the proposal: what the party
    was told is what the paper says."""
    approval = s.find(lambda d: any(o.id == document for o in d.outputs))
    if approval is None:
        return None
    return next(
        (d for d in reversed(s.history) if d.step == "notice.propose" and d.seq < approval.seq),
        None,
    )


def notice_served(s: Standing) -> Done | None:
    """The service of the notice that covers the proposal, None while it is unserved."""
    done = notice(s)
    papers = s.outputs("prior_notice")
    if done is None or not papers or s.open(UNSERVED.code, papers[-1].id):
        return None
    return s.find(lambda d: d.step == "document.serve" and d.facts.document == papers[-1].id)


def hearing_told(s: Standing) -> bool:
    """Whether the notice that covers the proposal told the right to a hearing."""
    done = notice(s)
    return done is not None and done.facts.hearing_right


def hearing_asked(s: Standing) -> bool:
    """Whether the party asked for a hearing after the notice was served."""
    told = notice_served(s)
    return told is not None and bool(s.since(told, "hearing.request"))


def review_passed(s: Standing) -> Done | None:
    """The review that passed the proposal as it stands, and came after a hearing where one was
    held (行政处罚法 58 I 2)."""
    passed = s.last("review.pass")
    if passed is None or not covers(s, passed.facts.proposal):
        return None
    if s.since(passed, "hearing.hold"):
        return None
    return passed


def discussion_due(s: Standing) -> bool:
    """Whether the heads must discuss collectively: a serious or complicated penalty, or leniency
    that one head alone does not approve."""
    p = current(s)
    if p is None:
        return False
    if level(p) is not None:
        return True
    return p.decision is DecisionKind.PENALTY and (hearing_told(s) or bool(p.deviation))


def discussed(s: Standing) -> Done | None:
    """The collective discussion that agreed to just this proposal, with the party already heard.

    What the heads resolved on is not bent afterwards, not even downwards, and what the party says
    later goes before them again.
    """
    done, p = s.last("discussion.hold"), current(s)
    if done is None or p is None or not done.facts.agreed:
        return None
    found = of_digest(s, done.facts.proposal)
    if found is None or classify(found[1], p) is not Change.SAME:
        return None
    return None if s.since(done, "defence.hear", "hearing.hold") else done


def exceeded(s: Standing, p: PenaltyProposed) -> Done | None:
    """The notice above which a proposal would rise although the party defended itself against it;
    the latest of them, None where there is none."""
    for told in reversed(all_approved(s, "notice")):
        before = of_digest(s, told.facts.proposal)
        if before is None or not rises(before[1], p):
            continue
        if s.since(told, "defence.hear", "hearing.hold"):
            return told
    return None


def heavier_after_defence(s: Standing, p: PenaltyProposed) -> bool:
    """Whether a proposal would rise against what was told, after the party defended itself."""
    return exceeded(s, p) is not None


def basis_moved(s: Standing) -> bool:
    """Whether gain or law was settled anew since the proposal was made."""
    made = s.last(*PROPOSING)
    return made is not None and bool(s.since(made, "gain.find", "law.settle"))


def amendment_owed(s: Standing) -> bool:
    """Whether the proposal must change: the review returned it, the heads did not agree, or what
    it rests on was settled anew."""
    if basis_moved(s):
        return True
    returned = s.last("review.return", "discussion.hold")
    if returned is None or s.since(returned, "proposal.amend", "review.pass", "review.submit"):
        return False
    return returned.step == "review.return" or not returned.facts.agreed


# --- guards --------------------------------------------------------------------------------------


@guard("proposal.made", "调查已终结并提出处理意见", CF(57))
def proposal_made(s: Standing, _a: Attempt) -> No | None:
    """There is a proposal to judge."""
    return None if current(s) else No("调查尚未终结", then="investigation.end")


@guard("proposal.basis", "认定和适用的法律在提出处理意见后没有改变", CF(28, 2), CF(57))
def basis_stands(s: Standing, _a: Attempt) -> No | None:
    """A proposal rests on the finding on gain and the law that were settled before it."""
    if not basis_moved(s):
        return None
    return No(
        "违法所得或者适用的法律在提出处理意见后重新作了认定",
        "请按新的认定重新提出处理意见",
        then="proposal.amend",
    )


@guard("proposal.not-heavier", "不因申辩加重处罚", CF(45, 2))
def not_heavier(s: Standing, a: Attempt) -> No | None:
    """An agency may not penalise more heavily because the party defended itself."""
    p: PenaltyProposed = a.facts
    told = exceeded(s, p)
    if told is None:
        return None
    fresh = {d.facts.evidence for d in s.since(told, "evidence.add")}
    if p.new_evidence and any(fresh & set(finding.evidence) for finding in p.findings):
        return None
    return No(
        "不得因当事人陈述、申辩而给予更重的处罚",
        "确有新的证据证明更重的违法事实的，应当先补充证据，并重新审核、重新告知",
        field="items",
    )


@guard("review.none-pending", "没有正在进行的审核", CF(58))
def no_review_pending(s: Standing, _a: Attempt) -> No | None:
    """The proposal stands still while it is being reviewed."""
    if s.open(owed.REVIEW_PENDING.code):
        return No("审核正在进行", "请等待审核结论", then="review.pass")
    return None


@guard("review.wanted", "需要审核", CF(58), SJ(46))
def review_wanted(s: Standing, a: Attempt) -> No | None:
    """What has passed unchanged is not submitted again."""
    if review_passed(s) is not None and reviewed.test(s, a) is None:
        return No("处理意见已经审核通过，内容没有变重")
    return None


@guard("review.kind", "审核类别正确", CF(58), SJ(46))
def review_kind(s: Standing, a: Attempt) -> No | None:
    """A major decision is legally reviewed, by whoever meets the catalogue."""
    p, f = current(s), a.facts
    if p is None:
        return None
    due = major.catalogue(s, p, a)
    if due and f.kind is not ReviewKind.LEGAL:
        return No("属于重大执法决定法制审核目录所列情形，应当进行法制审核", field="kind")
    return None


@guard("review.bound", "审核针对现在的处理意见", CF(58))
def review_bound(s: Standing, a: Attempt) -> No | None:
    """Review is bound to content, not to a flag."""
    p = current(s)
    if a.facts is not None and p is not None and a.facts.proposal != digest(p):
        return No("处理意见在送审后已经改变", "请按现在的内容重新送审", then="review.submit")
    return None


@guard("review.same", "审核结论针对送审的这一次", CF(58))
def review_same(s: Standing, a: Attempt) -> No | None:
    """What is concluded is the review that was submitted, of the kind that was submitted: no case
    examination ends as a legal review, whose reviewer must be qualified."""
    asked, f = s.latest(ReviewSubmitted), a.facts
    if asked is None:
        return None
    if f.review != asked.review:
        return No("审核编号与送审的不符", field="review")
    if getattr(f, "kind", asked.kind) is not asked.kind:
        return No(f"送审的是{asked.kind.label}", field="kind")
    return None


@guard("review.submitted", "已经送审", CF(58))
def review_pending(s: Standing, _a: Attempt) -> No | None:
    """There is a review to conclude."""
    return (
        None
        if s.open(owed.REVIEW_PENDING.code)
        else No("没有待审核的处理意见", then="review.submit")
    )


@guard("review.apart", "审核人员不是承办人", CF(58), SJ(46))
def reviewer_apart(s: Standing, a: Attempt) -> No | None:
    """A handler does not review the case."""
    return No("承办人不能审核本案") if a.actor.id in handlers(s) else None


@guard("review.passed", "法制审核（案件审核）已通过", CF(58))
def reviewed(s: Standing, a: Attempt) -> No | None:
    """Without review, or with one that did not pass, no decision may be made."""
    passed, p = review_passed(s), current(s)
    if passed is None:
        last = s.last("review.pass", "review.return")
        if last is None and p is not None and not examined(s, p, a):
            return None
        if last is not None and last.step == "review.return":
            return No("审核没有通过", "请按审核意见修改后重新送审", then="proposal.amend")
        if last is not None and s.since(last, "hearing.hold"):
            return No("听证后尚未重新审核", then="review.submit")
        if last is not None:
            return No("处理意见在审核后已经变重或者不同", "请重新送审", then="review.submit")
        return No("尚未审核", then="review.submit")
    facts: ReviewPassed = passed.facts
    if p is not None and major.catalogue(s, p, a) and facts.kind is not ReviewKind.LEGAL:
        return No("属于应当法制审核的情形，仅经过案件审核", "请送法制审核", then="review.submit")
    return None


def examined(s: Standing, p: PenaltyProposed, a: Attempt) -> bool:
    """Whether somebody reviews the case at all: where the field examines every case, or the
    catalogue names it."""
    every = order.order(a.setting.field, a.on).every_case_examined
    return every or bool(major.catalogue(s, p, a))


@guard("order.review-first", "先审核后告知", SJ(46), SJ(57))
def review_before_notice(s: Standing, a: Attempt) -> No | None:
    """Where the field's rules review before the notice, the notice waits for it."""
    if order.review_before_notice(a.setting.field, a.on):
        return reviewed.test(s, a)
    return None


@guard("notice.wanted", "拟给予行政处罚", CF(44))
def notice_wanted(s: Standing, _a: Attempt) -> No | None:
    """Only a penalty is told beforehand; what was told and is no heavier is not told twice."""
    if not needs_notice(s):
        return No("拟作出的不是行政处罚决定，不需要事先告知")
    if notice(s) is not None:
        return No("现在的处罚意见已经告知")
    return None


@guard("notice.bound", "告知内容与处理意见一致", CF(44))
def notice_bound(s: Standing, a: Attempt) -> No | None:
    """The notice tells the content, facts, reasons and basis as they stand."""
    p = current(s)
    if p is not None and a.facts.proposal != digest(p):
        return No("处理意见已经改变", "请按现在的内容重新提出", field="proposal")
    return None


@guard("notice.hearing-right", "依法告知听证权利", CF(63))
def hearing_right(s: Standing, a: Attempt) -> No | None:
    """The right to a hearing is told exactly where the law gives it."""
    p, f = current(s), a.facts
    if p is None:
        return None
    right, cites, why = major.hearing(p, a)
    if right and not f.hearing_right:
        return No(f"应当告知听证权利：{why}", field="hearing_right")
    if f.hearing_right and not right:
        return No(f"不属于应当告知听证权利的情形：{why}", field="hearing_right")
    if set(f.hearing_basis) - {c.key for c in cites}:
        return No("听证依据与应当告知听证权利的情形不符", field="hearing_basis")
    return None


@guard("notice.approved-bound", "处理意见未改变", CF(44))
def notice_still_bound(s: Standing, _a: Attempt) -> No | None:
    """What the head approves is what stands."""
    last, p = s.last("notice.propose"), current(s)
    if last is not None and p is not None and last.facts.proposal != digest(p):
        return No("提出告知后处理意见已经改变", "请退回后重新提出", then="notice.return")
    return None


@guard("notice.served", "已事先告知", CF(44), CF(62))
def noticed(s: Standing, _a: Attempt) -> No | None:
    """No penalty without the notice of its content, facts, reasons and basis."""
    if not needs_notice(s):
        return None
    if notice(s) is None:
        told = approved(s, "notice")
        if told is not None:
            return No("处理意见在告知后已经变重或者不同", "请重新告知", then="notice.propose")
        return No("尚未事先告知", then="notice.propose")
    if notice_served(s) is None:
        return No("事先告知书尚未送达", then="document.serve")
    return None
