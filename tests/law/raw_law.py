"""What must be true of a decision, read from the raw history alone, without one line of a guard.

Written twice on purpose: the procedure says it in guards over a standing, this says it as a clerk
would who goes through the finished file from the first sheet to the last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tests.law.penalty_story import CALENDAR, CAST
from zhifa.law.cite import version_on
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.facts import FilingProposed, GainFound, LawSettled
from zhifa.law.procedures.penalty.proposal import (
    DecisionKind,
    PartyClass,
    PenaltyProposed,
    digest,
)
from zhifa.law.standing import Done

HANDLED = frozenset(
    {"clue.verify", "inspection.record", "evidence.add", "investigation.end", "proposal.amend"}
)


def wrong(
    history: Sequence[Done],
    on: date,
    decider: str,
    qualified: Callable[[str], bool] = lambda who: CAST[who].may_review,
) -> str | None:
    """What is unlawful about approving the decision on that day, or None."""
    file = _File(history, on, qualified)
    for question in (
        file.proposal_missing,
        file.repeats_what_fell,
        file.findings_missing,
        file.unbound,
        file.recusal_open,
        file.review_missing,
        file.notice_missing,
        file.defence_open,
        file.hearing_open,
        file.discussion_missing,
    ):
        if (answer := question()) is not None:
            return answer
    return file.wrong_decider(decider)


def _workdays_after(day: date, n: int) -> date:
    while n:
        day += timedelta(days=1)
        n -= CALENDAR.is_workday(day)
    return day


def _no_heavier(then: PenaltyProposed, now: PenaltyProposed) -> bool:
    """Whether who was told one thing is not surprised by the other."""
    if now.decision is DecisionKind.NO_PENALTY:
        if then.decision is DecisionKind.NO_PENALTY:
            return (then.ground, then.grounds) == (now.ground, now.grounds)
        return then.decision is DecisionKind.PENALTY
    if then.decision is not now.decision or then.findings != now.findings:
        return False
    sums = {i.kind: i.amount_fen for i in then.items}
    return all(i.kind in sums and i.amount_fen <= sums[i.kind] for i in now.items)


class _File:
    def __init__(self, history: Sequence[Done], on: date, qualified: Callable[[str], bool]) -> None:
        self.sheets, self.on, self.qualified = list(history), on, qualified
        made = [d for d in self.sheets if isinstance(d.facts, PenaltyProposed)]
        self.made = made[-1] if made else None
        self.by_digest = {digest(d.facts): d.facts for d in made}

    def repeats_what_fell(self) -> str | None:
        """The annulled penalty again, resting on nothing that was not in the annulled file."""
        sheets = self.sheets_of("redo.inherit")
        if not sheets or self.made is None:
            return None
        told, now = sheets[-1].facts, self.made.facts
        if told.ground is later.AnnulGround.PROCEDURE:
            return None
        cited = {e for finding in now.findings for e in finding.evidence}
        new = cited - {f"原{e.evidence}" for e in told.evidence}
        articles = [(p.violated, p.penalised_by) for p in (told.before, now)]
        sums = [{i.kind: i.amount_fen for i in p.items} for p in (told.before, now)]
        close = sums[0].keys() == sums[1].keys() and all(
            sums[1][k] * 10 >= sums[0][k] * 9 for k in sums[0]
        )
        if not new and articles[0] == articles[1] and close and now.items:
            return "以同一事实和理由作出与被撤销的决定基本相同的处罚"
        return None

    def sheets_of(self, *steps: str, after: int = 0) -> list[Done]:
        return [d for d in self.sheets if d.step in steps and d.seq > after]

    @property
    def now(self) -> PenaltyProposed:
        assert self.made is not None
        made: PenaltyProposed = self.made.facts
        return made

    @property
    def penalises(self) -> bool:
        return self.now.decision is DecisionKind.PENALTY

    def proposal_missing(self) -> str | None:
        return "没有处理意见" if self.made is None else None

    def findings_missing(self) -> str | None:
        assert self.made is not None
        gains = [d for d in self.sheets if isinstance(d.facts, GainFound)]
        laws = [d for d in self.sheets if isinstance(d.facts, LawSettled)]
        if not gains or not laws:
            return "没有认定违法所得或者适用法律"
        if not self.sheets_of("correction.order", "correction.waive"):
            return "没有责令改正"
        if max(gains[-1].seq, laws[-1].seq) > self.made.seq:
            return "处理意见作出后认定已经改变"
        if version_on("FS", laws[-1].on) is not version_on("FS", self.on):
            return "确定适用法律后法律已经修改"
        return None

    def unbound(self) -> str | None:
        put = self.sheets_of("decision.propose")
        if not put or put[-1].facts.proposal != digest(self.now):
            return "提请决定的不是现在的处理意见"
        return None

    def recusal_open(self) -> str | None:
        asked = len(self.sheets_of("recusal.request"))
        return "回避尚未决定" if asked > len(self.sheets_of("recusal.decide")) else None

    def review_missing(self) -> str | None:
        hearings = self.sheets_of("hearing.hold")
        after = hearings[-1].seq if hearings else 0
        good = [
            d
            for d in self.sheets_of("review.pass", after=after)
            if _no_heavier(self.by_digest[d.facts.proposal], self.now)
        ]
        if not good:
            return "没有经过审核，或者审核后变重，或者听证后没有重新审核"
        if self.penalises and not any(d.facts.kind is later.ReviewKind.LEGAL for d in good):
            return "没有经过法制审核"
        for d in good:
            if d.facts.kind is later.ReviewKind.LEGAL and not self.qualified(d.actor):
                return "审核人员没有资格"
            if d.actor in self.people():
                return "承办人审核了本案"
        return None

    def people(self) -> set[str]:
        found: set[str] = set()
        for d in self.sheets:
            if d.step in HANDLED:
                found |= {d.actor, getattr(d.facts, "co_officer", d.actor)}
            if isinstance(d.facts, FilingProposed):
                found |= set(d.facts.handlers)
        return found

    def notice(self) -> tuple[Done, Done] | None:
        """The latest notice that was approved, with its service."""
        approved = self.sheets_of("notice.approve")
        if not approved:
            return None
        told = [d for d in self.sheets_of("notice.propose") if d.seq < approved[-1].seq][-1]
        paper = approved[-1].outputs[0].id
        served = [d for d in self.sheets_of("document.serve") if d.facts.document == paper]
        return (told, served[-1]) if served else None

    def notice_missing(self) -> str | None:
        if not self.penalises:
            return None
        found = self.notice()
        if found is None:
            return "没有事先告知，或者没有送达"
        told = found[0].facts
        if not _no_heavier(self.by_digest[told.proposal], self.now):
            return "告知之后变重或者不同"
        due = self.now.party_class is PartyClass.PERSON and self.now.fine_fen >= 1_000_000
        return "没有告知听证权利" if due and not told.hearing_right else None

    def defence_open(self) -> str | None:
        for heard in self.sheets_of("defence.hear"):
            if not self.sheets_of("defence.review", after=heard.seq):
                return "陈述申辩没有复核"
        found = self.notice()
        if not self.penalises or found is None:
            return None
        served = found[1]
        waived = self.sheets_of("defence.waive", after=served.seq)
        over = self.on > _workdays_after(served.on, 5)
        return None if waived or over else "陈述申辩期限没有届满"

    def hearing_open(self) -> str | None:
        found = self.notice()
        if not self.penalises or found is None or not found[0].facts.hearing_right:
            return None
        served = found[1]
        settled = self.sheets_of("hearing.hold", "hearing.waive", after=served.seq)
        for asked in self.sheets_of("hearing.request"):
            if not self.sheets_of("hearing.hold", "hearing.waive", after=asked.seq):
                return "申请的听证没有举行"
        over = self.on > _workdays_after(served.on, 5)
        return None if settled or over else "听证申请期限没有届满"

    def discussion_missing(self) -> str | None:
        if not self.penalises or self.now.party_class is not PartyClass.PERSON:
            return None
        held = self.sheets_of("discussion.hold")
        if not held or not held[-1].facts.agreed:
            return "没有集体讨论，或者没有同意"
        of = self.by_digest[held[-1].facts.proposal]
        if not (_no_heavier(of, self.now) and _no_heavier(self.now, of)):
            return "集体讨论的不是现在的处理意见"
        if self.sheets_of("defence.hear", "hearing.hold", after=held[-1].seq):
            return "集体讨论之后又听取了当事人意见"
        return None

    def wrong_decider(self, decider: str) -> str | None:
        if decider in self.people() or decider in {d.actor for d in self.sheets_of("review.pass")}:
            return "承办人或者审核人作出了决定"
        return None
