"""The party heard before a decision: defence, hearing, collective discussion, and who decides."""

from __future__ import annotations

from datetime import date

from zhifa.law.actor import Duty
from zhifa.law.documents import UNSEALED, UNSERVED
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.periods import compute
from zhifa.law.procedures.penalty import obligations as owed
from zhifa.law.procedures.penalty.gates import (
    basis_stands,
    discussed,
    discussion_due,
    hearing_told,
    needs_notice,
    no_review_pending,
    notice_served,
    noticed,
    proposal_made,
    reviewed,
)
from zhifa.law.procedures.penalty.governing import current as law_current
from zhifa.law.procedures.penalty.guards import recusal_settled
from zhifa.law.procedures.penalty.held import numbers
from zhifa.law.procedures.penalty.investigation import HANDLING
from zhifa.law.procedures.penalty.later import Discussed, HearingNotified
from zhifa.law.procedures.penalty.leniency import level
from zhifa.law.procedures.penalty.proposal import current, digest
from zhifa.law.sources import CF, SJ
from zhifa.law.standing import Standing
from zhifa.law.team import handlers, recused
from zhifa.law.terms import get


@guard("defence.open", "可以陈述申辩", CF(45))
def defence_open(s: Standing, _a: Attempt) -> No | None:
    """The party may state its case once the notice is served, until the decision."""
    return None if notice_served(s) is not None else No("事先告知书尚未送达", then="document.serve")


@guard("defence.waiting", "有待复核的陈述申辩", CF(45))
def defence_waiting(s: Standing, _a: Attempt) -> No | None:
    """There is something to answer."""
    return None if s.open(owed.DEFENCE_UNANSWERED.code) else No("没有待复核的陈述申辩")


@guard("defence.answered", "陈述申辩已复核", CF(45, 1), CF(62))
def defence_answered(s: Standing, _a: Attempt) -> No | None:
    """The facts, reasons and evidence that the party puts forward are reviewed."""
    if s.open(owed.DEFENCE_UNANSWERED.code):
        heard = s.last("defence.hear")
        when = f"{heard.on.month}月{heard.on.day}日" if heard else ""
        return No(f"当事人{when}提出的陈述申辩尚未复核", then="defence.review")
    return None


@guard("defence.term", "陈述申辩期限已届满或者已明确放弃", CF(45), CF(62), SJ(57))
def defence_over(s: Standing, a: Attempt) -> No | None:
    """No decision before the party's days are over, unless it gave them up in so many words."""
    served = notice_served(s)
    if not needs_notice(s) or served is None or s.since(served, "defence.waive"):
        return None
    run = s.term("defence")
    if run is None:
        return No("陈述申辩期限没有起算", then="notice.propose")
    if not run.over(a.on):
        return No(f"陈述申辩期限至{_day(run.due.due)}届满", "期限届满后办理，或者由当事人书面放弃")
    return None


@guard("waiver.proved", "放弃权利有书面材料", CF(62), CF(63))
def waiver_proved(s: Standing, a: Attempt) -> No | None:
    """A right is given up in so many words, and the words are in the file."""
    if a.facts.evidence not in numbers(s):
        return No(
            "应当先把当事人放弃权利的书面材料登记为证据", then="evidence.add", field="evidence"
        )
    return None


@guard("hearing.right-told", "已告知听证权利", CF(63), CF(64, 1, 1))
def hearing_right_told(s: Standing, _a: Attempt) -> No | None:
    """Only where the right was told is there something to ask for or give up."""
    if notice_served(s) is None or not hearing_told(s):
        return No("本案没有告知听证权利，或者告知书尚未送达")
    return None


@guard("hearing.in-term", "在听证申请期限内", CF(64, 1, 1))
def hearing_in_term(s: Standing, a: Attempt) -> No | None:
    """Five working days from the notice; what was asked for may be given up later too."""
    if a.step == "hearing.waive" and s.open(owed.HEARING_DUE.code):
        return None
    run = s.term("hearing.request")
    day = getattr(a.facts, "requested_on", a.on) if a.facts is not None else a.on
    if day > a.on:
        return No("提出日期不能晚于登记日期", field="requested_on")
    if run is not None and run.over(day):
        return No(f"听证申请期限已于{_day(run.due.due)}届满")
    return None


@guard("hearing.waiting", "有待举行的听证", CF(64))
def hearing_waiting(s: Standing, _a: Attempt) -> No | None:
    """A hearing was asked for and not held."""
    return None if s.open(owed.HEARING_DUE.code) else No("没有待举行的听证")


@guard("hearing.seven-days", "听证七个工作日前通知", CF(64, 1, 2), CF(85))
def hearing_seven_days(_s: Standing, a: Attempt) -> No | None:
    """The party is told time and place seven working days before."""
    f: HearingNotified = a.facts
    last = compute(get("hearing.notice"), f.held_on, a.setting.calendar).due
    if a.on > last:
        return No(f"听证应当在举行七个工作日前通知，最迟为{_day(last)}", field="held_on")
    if not f.public and not f.not_public_reason:
        return No("不公开举行听证应当写明理由", field="not_public_reason")
    return None


@guard("hearing.chair", "主持人不是本案调查人员", CF(64, 1, 4))
def hearing_chair(s: Standing, a: Attempt) -> No | None:
    """The chair did not investigate the case, and is the one whom the party was told of."""
    chair = getattr(a.facts, "chair", "") or a.actor.id
    if chair in handlers(s) | s.people(*HANDLING) | recused(s):
        return No("听证由非本案调查人员主持", field="chair")
    told = s.last("hearing.notify")
    if a.step == "hearing.hold" and told is not None and told.facts.chair != chair:
        return No("听证由通知的主持人主持", "更换主持人的，应当重新通知", then="hearing.notify")
    person = a.setting.people.get(chair)
    if person is not None and not person.holds(Duty.HEARING_CHAIR, a.setting.agency):
        return No("应当由听证主持人主持", field="chair")
    return None


@guard("hearing.notified", "已通知听证", CF(64, 1, 2))
def hearing_notified(s: Standing, a: Attempt) -> No | None:
    """No hearing without its notice served, nor before the day told."""
    asked = s.last("hearing.request")
    told = s.since(asked, "hearing.notify") if asked is not None else ()
    if not told:
        return No("尚未通知听证的时间、地点", then="hearing.notify")
    paper, day = told[-1].outputs[-1].id, told[-1].facts.held_on
    served = s.find(lambda d: d.step == "document.serve" and d.facts.document == paper)
    if served is None:
        return No("听证通知书尚未送达", then="document.serve")
    last = compute(get("hearing.notice"), day, a.setting.calendar).due
    if served.on > last:
        return No(
            f"听证通知书于{_day(served.on)}送达，距听证不足七个工作日",
            "请另定听证日期，重新通知",
            then="hearing.notify",
        )
    if a.on < day:
        return No(f"通知的听证日期是{_day(day)}")
    return None


@guard("hearing.settled", "听证已举行、已放弃或者逾期未申请", CF(63), CF(64), CF(65))
def hearing_settled(s: Standing, a: Attempt) -> No | None:
    """A hearing that was lawfully asked for is held before the decision."""
    served = notice_served(s)
    if not needs_notice(s) or served is None or not hearing_told(s):
        return None
    if s.open(owed.HEARING_DUE.code):
        return No("当事人申请的听证尚未举行", then="hearing.hold")
    if s.since(served, "hearing.waive", "hearing.hold"):
        return None
    run = s.term("hearing.request")
    if run is None or run.seq < served.seq:
        return No("听证申请期限没有起算", then="notice.propose")
    if not run.over(a.on):
        return No(f"听证申请期限至{_day(run.due.due)}届满", "期限届满后办理，或者由当事人书面放弃")
    return None


@guard("discussion.bound", "讨论的是现在的处理意见", CF(57, 2))
def discussion_bound(s: Standing, a: Attempt) -> No | None:
    """The panel's result is bound to the proposal."""
    p = current(s)
    if p is not None and a.facts.proposal != digest(p):
        return No("处理意见已经改变", field="proposal")
    return None


@guard("discussion.panel", "讨论人员组成合法", CF(57, 2), CF(43))
def panel_lawful(s: Standing, a: Attempt) -> No | None:
    """Quorum, nobody twice, no handler or reviewer votes, nobody who was recused."""
    f: Discussed = a.facts
    members = [o.member for o in f.opinions]
    if len(set(members)) != len(members):
        return No("同一人不能重复表决", field="opinions")
    if len(members) < 3 or 2 * len(members) <= f.quorum:
        return No("参加讨论的负责人应当过半数且不少于三人", field="opinions")
    if f.quorum < len(members):
        return No("应到人数不能少于参加讨论的人数", field="quorum")
    if f.reporter not in a.setting.people:
        return No("汇报人应当是登记在册的人员", field="reporter")
    if set(members) & (handlers(s) | s.people("review.pass", "review.return") | {f.reporter}):
        return No("承办人、汇报人和审核人员列席，不参加表决", field="opinions")
    if set(members) & recused(s):
        return No("已决定回避的人员不能参加讨论", field="opinions")
    for member in members:
        person = a.setting.people.get(member)
        if person is None or not person.holds_itself(Duty.AGENCY_HEAD, a.setting.agency):
            return No("参加表决的应当是本机关负责人本人，不能由他人代为表决", field="opinions")
    agreeing = sum(o.vote.value == "agree" for o in f.opinions)
    if f.agreed and 2 * agreeing <= len(members):
        return No("同意的人数没有过半数，结论不能是同意", field="agreed")
    return None


@guard("discussion.done", "已集体讨论", CF(57, 2), SJ(60))
def discussion_done(s: Standing, _a: Attempt) -> No | None:
    """Complicated or serious cases are discussed by the heads together."""
    if not discussion_due(s):
        return None
    if discussed(s) is None:
        last = s.last("discussion.hold")
        if last is not None and not last.facts.agreed:
            return No("集体讨论没有同意现在的处理意见", "请按讨论意见修改", then="proposal.amend")
        p = current(s)
        lenient = level(p) if p is not None else None
        if lenient is not None:
            return No(f"{lenient.why}，尚未经行政机关负责人集体讨论", then="discussion.hold")
        return No("情节复杂或者重大违法行为，尚未经行政机关负责人集体讨论", then="discussion.hold")
    return None


@guard("discussion.ready", "陈述申辩、听证已经完结", CF(57, 2), CF(45), CF(63))
def discussion_ready(s: Standing, a: Attempt) -> No | None:
    """The heads discuss once the party has been heard."""
    for g in (noticed, defence_answered, hearing_settled):
        if (no := g.test(s, a)) is not None:
            return no
    return None


@guard("decision.bound", "决定内容与处理意见一致", CF(57), CF(62))
def decision_bound(s: Standing, a: Attempt) -> No | None:
    """The decision is what was reviewed, told and discussed."""
    p = current(s)
    if p is None:
        return None
    given = a.facts.proposal if hasattr(a.facts, "proposal") else None
    if given is None:
        last = s.last("decision.propose")
        given = last.facts.proposal if last is not None else None
    if given != digest(p):
        return No("处理意见已经改变", "请按现在的内容重新提请决定", field="proposal")
    return None


@guard("decision.apart", "决定人不是承办人或者审核人", CF(57), CF(58))
def decider_apart(s: Standing, a: Attempt) -> No | None:
    """Handling, review and decision are three people."""
    if a.actor.id in handlers(s) or a.actor.id in s.people("review.pass", "review.return"):
        return No("办理、审核、决定应当相分离，承办人和审核人员不能作出决定")
    return None


@guard("papers.served", "对外文书均已用印送达", CF(61))
def papers_served(s: Standing, _a: Attempt) -> No | None:
    """Nothing that was issued to the party lies unsealed or unserved."""
    if s.open(UNSEALED.code):
        return No("有文书尚未用印", then="document.seal")
    if s.open(UNSERVED.code):
        return No("有文书尚未送达", then="document.serve")
    return None


BEFORE_DECISION = (
    proposal_made,
    basis_stands,
    law_current,
    recusal_settled,
    no_review_pending,
    noticed,
    defence_answered,
    defence_over,
    hearing_settled,
    reviewed,
    discussion_done,
)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
