"""The penalty procedure as a proof sees it: a finite alphabet, and what makes two standings one.

The alphabet has everybody who could go wrong (a handler who reviews, a reviewer who decides, an
unqualified reviewer) and every content that matters to the gates: a proposal, a lighter and a
heavier one, and no penalty at all. Days pass to the day after whatever runs out next.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.law import penalty_facts as say
from tests.law.penalty_facts import POWER
from tests.law.penalty_story import AGENCY, APPROVED, CALENDAR, CAST, ENDORSED, RETURNED
from tests.law.proof_contents import contents, fined
from zhifa.law.cite import version_on
from zhifa.law.documents import RULES, UNSEALED, UNSERVED
from zhifa.law.facts import Facts
from zhifa.law.guards import Setting
from zhifa.law.procedures.parts.approval import approved, pending
from zhifa.law.procedures.parts.paper import Sealed
from zhifa.law.procedures.penalty import PENALTY_ORDINARY, force, gates, later
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.effects import published
from zhifa.law.procedures.penalty.governing import settle
from zhifa.law.procedures.penalty.proposal import (
    PROPOSING,
    ChangeCause,
    PartyClass,
    PenaltyProposed,
    current,
    digest,
    of_digest,
)
from zhifa.law.proof import Move, Point, step_of
from zhifa.law.standing import Standing

QUIET = date(2026, 3, 2)
"""A Monday after which no law of the case changes."""
CHANGING = date(2025, 11, 24)
"""A Monday; the food law was amended with effect from 2025-12-01, while the party's days run."""
PLAIN = replace(POWER, benchmark=None)
REVIEWERS = ("审核员", "无资格审核员", "审核局长", "转岗审核员")
DECIDERS = ("局长", "审核局长", "双岗局长")
INVESTIGATED = (
    "clue.register", "redo.inherit", "clue.verify", "filing.propose", "filing.endorse",
    "filing.approve", "inspection.record", "party.confirm", "evidence.inherit", "evidence.add",
    "law.settle", "gain.find", "correction.waive",
)  # fmt: skip


class World:
    """An alphabet over one kind of party in one field."""

    def __init__(
        self,
        party: PartyClass = PartyClass.PERSON,
        sector: str = "market",
        *,
        names: tuple[str, ...] = ("拟罚",),
        start: date = QUIET,
        hearing: bool = False,
        recusal: bool = False,
        anew: bool = False,
        everybody: bool = False,
        after: bool = False,
        redo: bool = False,
        made: dict[str, PenaltyProposed] | None = None,
    ) -> None:
        self.party, self.sector, self.began = party, sector, start
        self.contents = made or {n: p for n, p in contents(party).items() if n in names}
        self.names = {(p.decision, p.items): name for name, p in self.contents.items()}
        self.hearing, self.recusal, self.anew, self.redo = hearing, recusal, anew, redo
        self.reviewers = REVIEWERS if everybody else REVIEWERS[:1]
        self.deciders = DECIDERS if everybody else DECIDERS[:1]
        self.moves = tuple(self._moves()) + (_AFTER if after else ())

    def setting(self, _p: Point) -> Setting:
        powers = {PLAIN.code: PLAIN}
        return Setting(CALENDAR, AGENCY, self.sector, powers, powers, CAST)

    def start(self) -> Point:
        """Before everything; a redo has been investigated, for there it differs from no other."""
        point = Point(PENALTY_ORDINARY.empty(), self.began)
        for code in INVESTIGATED if self.redo else ():
            move = next(m for m in self.moves if m.step == code)
            after = step_of(PENALTY_ORDINARY, point, move, self.setting)
            assert after is not None, code
            point = after
        return point

    # --- the alphabet ------------------------------------------------------------------------

    def _moves(self) -> list[Move]:
        moves = [
            act("clue.register", "外勤", self._clue),
            act("clue.verify", "承办人", lambda p: say.verified()),
            act("filing.propose", "承办人", lambda p: say.filing(self.began)),
            act("filing.endorse", "科长", lambda _p: ENDORSED),
            act("filing.approve", "局长", lambda _p: APPROVED),
            act("filing.return", "局长", lambda _p: RETURNED),
            act("inspection.record", "承办人", self._finds(lambda p: say.inspection(p.on))),
            act("party.confirm", "承办人", self._finds(lambda _p: say.confirmed())),
            act("evidence.add", "承办人", self._evidence),
            act("law.settle", "承办人", self._finds(self._settled)),
            act("gain.find", "承办人", self._finds(lambda _p: say.gain())),
            act("correction.waive", "承办人", self._finds(lambda _p: WAIVED)),
        ]
        if self.recusal:
            moves.append(act("recusal.request", "科长", self._recusal))
            moves.append(act("recusal.decide", "局长", lambda _p: say.recusal_decided("外勤")))
        if self.redo:
            old = fined(6_000_000, self.party)
            moves.append(act("redo.inherit", "外勤", lambda _p: say.inherited(old)))
            moves.append(act("evidence.inherit", "承办人", self._inherits))
        for name in self.contents:
            moves.append(act("investigation.end", "承办人", self._content(name, True), name))
            moves.append(act("proposal.amend", "承办人", self._content(name, False), name))
        for kind in later.ReviewKind:
            moves.append(act("review.submit", "承办人", _submitted(kind), kind.label))
            for who in self.reviewers:
                moves.append(act("review.pass", who, _passed(kind), kind.label))
        moves += [
            act("review.return", "审核员", lambda p: say.returning(_digest(p))),
            act("notice.propose", "承办人", lambda p: say.telling(_digest(p), True), "告知听证"),
            act("notice.propose", "承办人", lambda p: say.telling(_digest(p), False)),
            act("notice.approve", "局长", lambda _p: APPROVED),
            act("notice.return", "局长", lambda _p: RETURNED),
            act("defence.hear", "承办人", lambda _p: say.defence()),
            act("defence.review", "承办人", lambda _p: say.answered()),
            act("defence.waive", "承办人", lambda _p: say.waived()),
            act("decision.propose", "承办人", lambda p: say.deciding(_digest(p))),
            act("decision.endorse", "科长", lambda _p: ENDORSED),
            act("decision.return", "局长", lambda _p: RETURNED),
            *(act("decision.approve", who, lambda _p: APPROVED) for who in self.deciders),
            act("document.seal", "印章员", _to_seal),
            act("document.serve", "承办人", _to_serve),
            Move("过期限", until=_next_day),
        ]
        if self.party is PartyClass.PERSON:
            moves += [
                act("discussion.hold", "局长", lambda p: say.discussed(_digest(p)), "同意"),
                act("discussion.hold", "局长", _against, "不同意"),
            ]
        if self.hearing:
            moves += [
                act("hearing.request", "承办人", _requested),
                act("hearing.waive", "承办人", lambda _p: say.waived()),
                act("hearing.notify", "主持人", _hearing_told),
                act("hearing.hold", "主持人", lambda _p: say.hearing_held()),
            ]
        return moves

    def _clue(self, p: Point) -> Facts:
        return say.clue(p.on, source=f.ClueSource.REDO if self.redo else f.ClueSource.INSPECTION)

    def _inherits(self, p: Point) -> Facts | None:
        return say.inheriting(p.standing) if p.standing.has("redo.inherit") else None

    def _content(self, name: str, initial: bool) -> Any:
        made = self.contents[name]
        again = replace(made, cause=ChangeCause.NEW_EVIDENCE)

        def facts(p: Point) -> Facts | None:
            if decided(p.standing):
                return None
            return made if initial else again

        return facts

    def _finds(self, facts: Any) -> Any:
        """A finding is made once; anew only in a world that asks what that does."""

        def made(p: Point) -> Facts | None:
            again = self.anew and p.standing.has(*PROPOSING)
            found: Facts | None = facts(p)
            done = any(type(d.facts) is type(found) for d in p.standing.history)
            return found if again or not done else None

        return made

    def _evidence(self, p: Point) -> Facts | None:
        n = p.standing.count("evidence.add")
        fresh = n == 1 and "加" in self.contents and bool(p.standing.outputs("prior_notice"))
        return say.evidence(p.on, f"证{n + 1}") if n == 0 or fresh else None

    def _settled(self, p: Point) -> Facts:
        bare = replace(
            say.settled(self.began), law="", law_version="", comparison="", applies_on=None
        )
        return settle(bare, p.on, PLAIN, PLAIN, {"goods_value_fen": 126_800})

    def _recusal(self, p: Point) -> Facts | None:
        return None if p.standing.has("recusal.request") else say.recusal("外勤")

    # --- what makes two standings one --------------------------------------------------------

    def abstract(self, p: Point) -> Hashable:
        s = p.standing
        papers = (UNSEALED.code, UNSERVED.code)
        owes = frozenset(o.kind.code for o in s.obligations if o.kind.code not in papers)
        owes |= frozenset((kind, bare) for _paper, kind, bare in _newest(s))
        flows = tuple(self._flow(s, c) for c in ("filing", "notice", "decision", "closing"))
        if s.has("decision.approve"):
            ended = s.has("closing.approve")
            back = (force.undone(s), self._flow(s, "refund"), s.has("refund.approve"), published(s))
            return ("decided", self._name(current(s)), owes, flows[1], flows[3], ended, back)
        found = frozenset(d.step for d in s.history if d.step in _FINDINGS)
        key = ("open", owes, flows[0], found, s.has("filing.approve"), self._recused(s))
        made = s.last(*PROPOSING)
        if made is None:
            settled = s.last("law.settle")
            stale = settled is not None and self._old_law(settled.on, p.on)
            return (*key, stale)
        return (
            *key,
            self._name(made.facts),
            s.count("evidence.add"),
            self._old_law(_on(s, "law.settle"), p.on),
            self._old_law(self.began, p.on),
            gates.basis_moved(s),
            flows[1:3],
            self._review(s),
            self._told(s),
            self._heard(p),
            self._discussion(s),
        )

    def _name(self, made: PenaltyProposed | None) -> str:
        if made is None:
            return ""
        again = "" if made.cause is ChangeCause.INITIAL else "′"
        return self.names[(made.decision, made.items)] + again

    def _named(self, s: Standing, bound: str) -> str:
        found = of_digest(s, bound)
        return self._name(found[1]) if found is not None else "?"

    def _flow(self, s: Standing, code: str) -> Hashable:
        last = pending(s, code)
        if last is None:
            return None
        bound = getattr(last.facts, "proposal", "")
        now = current(s)
        exact = bound == "" or (now is not None and bound == digest(now))
        right = getattr(last.facts, "hearing_right", None)
        since = tuple(
            bool(s.since(last, *steps))
            for steps in ((f"{code}.endorse",), ("defence.hear", "hearing.hold"), ("evidence.add",))
        )
        return (since, self._named(s, bound), exact, right)

    def _recused(self, s: Standing) -> int:
        return s.count("recusal.request") + s.count("recusal.decide")

    def _old_law(self, since: date, on: date) -> bool:
        return version_on("FS", since) is not version_on("FS", on)

    def _review(self, s: Standing) -> Hashable:
        asked, passed = s.last("review.submit"), s.last("review.pass")
        waiting = None
        if asked is not None and not s.since(asked, "review.pass", "review.return"):
            now = current(s)
            exact = now is not None and asked.facts.proposal == digest(now)
            waiting = (asked.facts.kind, exact)
        given = None
        if passed is not None:
            stale = bool(s.since(passed, "hearing.hold"))
            given = (passed.facts.kind, self._named(s, passed.facts.proposal), stale)
        ever = self.sector != "market" and s.has("review.return", "review.pass")
        return (waiting, given, ever, frozenset(s.people("review.pass")))

    def _told(self, s: Standing) -> Hashable:
        told: dict[Hashable, Hashable] = {}
        for done in s.all("notice.propose"):
            if not _approved(s, done.seq):
                continue
            name = self._named(s, done.facts.proposal)
            fresh = bool(s.since(done, "evidence.add"))
            told.pop(name, None)
            told[name] = (bool(s.since(done, "defence.hear", "hearing.hold")), fresh)
        last = gates.approved(s, "notice")
        right = last.facts.hearing_right if last is not None else None
        return (tuple(told.items()), right, self._served(s))

    def _served(self, s: Standing) -> Hashable:
        papers = s.outputs("prior_notice")
        if not papers or s.open(UNSERVED.code, papers[-1].id):
            return None
        done = s.find(lambda d: d.step == "document.serve" and d.facts.document == papers[-1].id)
        marks = ("defence.waive", "hearing.waive", "hearing.hold")
        return tuple(bool(s.since(done, mark)) for mark in marks)

    def _heard(self, p: Point) -> Hashable:
        s = p.standing
        over = tuple(
            run is None or run.over(p.on) for run in (s.term("defence"), s.term("hearing.request"))
        )
        asked = s.last("hearing.request")
        hearing: Hashable = None
        if asked is not None and s.open("hearing.due"):
            told = s.since(asked, "hearing.notify")
            day = told[-1].facts.held_on if told else None
            later_than_told = bool(told) and p.on > told[-1].on
            hearing = (day is None, day is not None and p.on >= day, _late(s), later_than_told)
        return (over, hearing, s.has("hearing.hold"))

    def _discussion(self, s: Standing) -> Hashable:
        done = s.last("discussion.hold")
        if done is None:
            return None
        stale = bool(s.since(done, "defence.hear", "hearing.hold"))
        return (done.facts.agreed, self._named(s, done.facts.proposal), stale)


def act(step: str, who: str, facts: Any, note: str = "") -> Move:
    title = PENALTY_ORDINARY.steps[step].title
    return Move(f"{title}{'·' + note if note else ''}（{who}）", step, CAST[who], facts)


WAIVED = f.CorrectionWaived(corrected=True, reason="已经下架")
DOWN = later.PublicationWithdrawn(publication="p", ground="被撤销")
ARCHIVED = later.Archived(file_no="1", retention=later.Retention.TEN, checked="齐全")
OUTWARD = tuple(rule.kind for rule in RULES.values() if rule.outward)
_FINDINGS = (
    "clue.register", "clue.verify", "inspection.record", "party.confirm", "evidence.add",
    "law.settle", "gain.find", "correction.waive", "redo.inherit", "evidence.inherit",
)  # fmt: skip


def decided(s: Standing) -> bool:
    return s.has("decision.approve")


def _on(s: Standing, step: str) -> date:
    done = s.last(step)
    return done.on if done is not None else QUIET


def _approved(s: Standing, seq: int) -> bool:
    after = next(
        (d for d in s.history if d.seq > seq and d.step in ("notice.approve", "notice.return")),
        None,
    )
    return after is not None and after.step == "notice.approve"


def _digest(p: Point) -> str:
    made = current(p.standing)
    return digest(made) if made is not None else ""


def _submitted(kind: later.ReviewKind) -> Any:
    return lambda p: say.submitting(_digest(p), kind)


def _passed(kind: later.ReviewKind) -> Any:
    return lambda p: say.passing(_digest(p), kind)


def _against(p: Point) -> Facts:
    voices = tuple(
        later.MemberOpinion(member=m, office="负责人", opinion="否", vote=later.Vote.DISAGREE)
        for m in ("局长", "副局长", "副局长二")
    )
    return say.discussed(_digest(p), agreed=False, opinions=voices)


def _requested(p: Point) -> Facts | None:
    if p.standing.open("hearing.due"):
        return None
    return later.HearingRequested(requested_on=p.on, how="书面")


def _hearing_day(p: Point) -> date:
    day, left = p.on, 8
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_workday(day)
    return day


def _hearing_told(p: Point) -> Facts | None:
    """The hearing is told once, and again where the paper came too late."""
    s = p.standing
    asked = s.last("hearing.request")
    if s.since(asked, "hearing.notify") and not _late(s):
        return None
    return say.hearing_notified(_hearing_day(p))


def _late(s: Standing) -> bool:
    """Whether the latest hearing notice was served, with fewer than seven working days left."""
    told = s.last("hearing.notify")
    if told is None:
        return False
    paper = told.outputs[-1].id
    served = s.find(lambda d: d.step == "document.serve" and d.facts.document == paper)
    return served is not None and served.on > told.on


def _newest(s: Standing) -> Iterator[tuple[str, str, bool]]:
    """The newest paper of each kind that still waits: its id, its kind, whether for the seal."""
    unsealed = {o.key for o in s.open(UNSEALED.code)}
    unserved = {o.key for o in s.open(UNSERVED.code)}
    for kind in OUTWARD:
        papers = s.outputs(kind)
        if papers and papers[-1].id in unserved:
            yield papers[-1].id, kind, papers[-1].id in unsealed


def _to_seal(p: Point) -> Facts | None:
    waiting = [paper for paper, _kind, bare in _newest(p.standing) if bare]
    return Sealed(document=waiting[0]) if waiting else None


def _to_serve(p: Point) -> Facts | None:
    waiting = [(paper, kind) for paper, kind, bare in _newest(p.standing) if not bare]
    return say.served(*waiting[0]) if waiting else None


def _next_day(p: Point) -> date | None:
    s = p.standing
    if decided(s):
        return None
    days = [t.due.due for t in (s.term("defence"), s.term("hearing.request")) if t is not None]
    if s.open("hearing.due"):
        told = s.since(s.last("hearing.request"), "hearing.notify")
        days += [d.facts.held_on - timedelta(days=1) for d in told[-1:]]
    ahead = [d for d in days if d >= p.on]
    return min(ahead) + timedelta(days=1) if ahead else None


def _payment(p: Point) -> Facts | None:
    made = current(p.standing)
    if made is None or not made.items:
        return None
    return say.paying(p.on, fine_fen=made.fine_fen, gain_fen=8_600)


def _closing(p: Point) -> Facts:
    made = current(p.standing)
    penalty = made is not None and bool(made.items)
    if force.undone(p.standing):
        return say.closing(later.ClosingReason.ANNULLED)
    reason = later.ClosingReason.PERFORMED if penalty else later.ClosingReason.NO_PENALTY
    return say.closing(reason)


def _falls(p: Point) -> Facts | None:
    """An annulment before the case is closed; of a penalty, for nothing else is given back."""
    made = current(p.standing)
    if made is None or not made.items or p.standing.has("closing.propose"):
        return None
    return say.outcome(p.on)


def _refund(p: Point) -> Facts:
    due = force.overpaid(p.standing, force.items(p.standing), p.on)
    return say.refunding(due.fine, due.gain, due.surcharge)


def _refunded(p: Point) -> Facts | None:
    made = approved(p.standing, "refund")
    return say.refunded(made.facts.total_fen, p.on) if made is not None else None


_AFTER = (
    act("publicity.publish", "公示审核员", lambda _p: later.Published(publication="p")),
    act("payment.record", "出纳", _payment),
    act("record_filing.send", "承办人", lambda p: later.RecordFiled(sent_on=p.on, to="局")),
    act("outcome.record", "法制科长", _falls),
    act("publicity.withdraw", "公示审核员", lambda _p: DOWN),
    act("refund.propose", "出纳", _refund),
    act("refund.approve", "局长", lambda _p: APPROVED),
    act("refund.pay", "出纳", _refunded),
    act("closing.propose", "承办人", _closing),
    act("closing.approve", "局长", lambda _p: APPROVED),
    act("archive.file", "档案员", lambda _p: ARCHIVED),
)
