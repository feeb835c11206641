"""Procedures: sets of steps, each opened by guards over the standing; folding and refusing.

There is no state column. What is open is an obligation or a running term that a step opened and
another closes; the phase that screens show is derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zhifa.law import cite, documents, terms
from zhifa.law.actor import Duty, Post
from zhifa.law.calendar import WorkCalendar
from zhifa.law.cite import Cite
from zhifa.law.documents import UNSEALED, UNSERVED
from zhifa.law.facts import Choice, Facts
from zhifa.law.guards import Attempt, Check, Guard, No, Refusal
from zhifa.law.standing import Done, Obligation, ObligationKind, Standing, TermRun
from zhifa.law.team import (
    CERTIFICATE,
    QUALIFIED,
    RECUSAL,
    beyond,
    day_words,
    handlers,
    recused,
    refused_person,
    second_officer,
)

When = Callable[[Standing, Any], bool]


def always(_s: Standing, _f: Any) -> bool:
    """No condition."""
    return True


def never(_s: Standing) -> bool:
    """Never the step that is owed next; it may be taken when its guards allow."""
    return False


def no_key(_s: Standing, _f: Any) -> str:
    """One of its kind on a matter."""
    return ""


@dataclass(frozen=True, slots=True)
class Separation:
    """Who took those steps of the matter may not take this one."""

    steps: tuple[str, ...]
    reason: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Who may act on a step: said here alone, asked by forms, menus, API and the matrix test."""

    duties: tuple[Duty, ...]
    certified: bool = False
    two: bool = False
    """A second certified officer acts too, named in the facts as `co_officer`."""
    handlers_only: bool = False
    qualified: Callable[[Standing], bool] | None = None
    """When the reviewer's qualification of 行政处罚法 58 is asked."""
    apart: tuple[Separation, ...] = ()
    cites: tuple[Cite, ...] = ()
    amount: Callable[[Standing], int] | None = None
    """What the act is about in fen, where a delegation may be limited by amount."""
    at: Callable[[Standing], str] | None = None
    """The agency at which the duty is held, where that is not the matter's own: whoever is
    supervised answers."""

    def agency(self, s: Standing, own: str) -> str:
        """Where the duty must be held on a matter of the agency `own`."""
        return self.at(s) if self.at is not None else own


@dataclass(frozen=True, slots=True)
class Owed:
    """A document that the act must produce."""

    kind: str
    when: When = always


@dataclass(frozen=True, slots=True)
class Starts:
    """A term that the act starts on the matter."""

    term: str
    when: When = always
    key: Callable[[Standing, Any], str] = no_key
    start: Callable[[Done], date] = field(default=lambda done: done.on)
    days: Callable[[Standing, Any], int] | None = None
    """How long it is, where an instrument says so and not the law."""


@dataclass(frozen=True, slots=True)
class Stops:
    """A running term that the act ends, of that key, or every one where `key` is None."""

    term: str
    when: When = always
    key: Callable[[Standing, Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Extends:
    """A running term that the act lengthens, by so many of its own units."""

    term: str
    by: Callable[[Standing, Any], int]
    when: When = always


@dataclass(frozen=True, slots=True)
class Suspends:
    """A span that does not count towards a running term; both days are left out."""

    term: str
    span: Callable[[Standing, Any], terms.Suspension | None]


@dataclass(frozen=True, slots=True)
class Opens:
    """An obligation that the act opens."""

    kind: ObligationKind
    when: When = always
    key: Callable[[Standing, Any], str] = no_key
    about: Callable[[Standing, Any], str] = no_key
    aside: bool = False
    """Only in a case that has left the common road: a flowchart does not draw it on the line."""


@dataclass(frozen=True, slots=True)
class Closes:
    """Obligations that the act settles, of that key, or all where `key` is None."""

    kind: ObligationKind
    when: When = always
    key: Callable[[Standing, Any], str] | None = None


class Phase(Choice):
    """The stations of the line that a case page shows; derived, never stored."""

    CLUE = "clue", "案源"
    FILING = "filing", "立案"
    INVESTIGATION = "investigation", "调查"
    REVIEW = "review", "审核"
    NOTICE = "notice", "告知"
    DECISION = "decision", "决定"
    SERVICE = "service", "送达"
    PUBLICITY = "publicity", "公示"
    PERFORMANCE = "performance", "执行"
    CLOSING = "closing", "结案"
    ARCHIVE = "archive", "归档"


@dataclass(frozen=True, slots=True)
class Step:
    """One lawful step. `title` is the act as a button says it, `story` as the timeline tells it."""

    code: str
    title: str
    facts: type[Facts]
    who: Who
    cites: tuple[Cite, ...]
    phase: Phase
    needs: tuple[Guard, ...] = ()
    checks: tuple[Guard, ...] = ()
    owes: tuple[Owed, ...] = ()
    links: tuple[str, ...] = ()
    """The rows that the act must produce beside its documents, by kind (a seal, evidence)."""
    starts: tuple[Starts, ...] = ()
    stops: tuple[Stops, ...] = ()
    extends: tuple[Extends, ...] = ()
    suspends: tuple[Suspends, ...] = ()
    opens: tuple[Opens, ...] = ()
    closes: tuple[Closes, ...] = ()
    main: Callable[[Standing], bool] = never
    """Whether this is what the matter waits for now."""
    effective: Callable[[Standing, Any], Any] = lambda _s, f: f
    """The facts that take effect: an approval gives effect to what was proposed."""
    strikes: Callable[[Any], int] | None = None
    """The number of the entry that the act strikes out: from then on the matter is read as if that
    had never been entered, though the ledger keeps it."""
    story: str = ""
    by: str = ""
    """The room that performs it, where that is not the room of the case itself."""
    elsewhere: bool = False
    """Taken on another matter's page, by the same act: that matter's to-do list has it."""
    within: str = ""
    """The term by which it is due, where that runs on the matter that this one belongs to."""

    def __post_init__(self) -> None:
        if not self.cites:
            raise TypeError(f"step {self.code} cites nothing")

    @property
    def told(self) -> str:
        """The step as a timeline tells it after the actor's name."""
        return self.story or self.title

    def owed(self, s: Standing, facts: Any) -> tuple[str, ...]:
        """The document kinds that this act must produce, no more and no fewer."""
        effective = self.effective(s, facts)
        return tuple(o.kind for o in self.owes if o.when(s, effective))


@dataclass(frozen=True)
class Procedure:
    """A procedure: its steps, the first of them, and the version of its shape."""

    code: str
    title: str
    version: int
    cites: tuple[Cite, ...]
    first: str
    steps: Mapping[str, Step]

    def __post_init__(self) -> None:
        if not self.cites:
            raise TypeError(f"procedure {self.code} cites nothing")
        if self.first not in self.steps:
            raise TypeError(f"procedure {self.code} starts with an unknown step {self.first}")
        cite.register("procedure", self.code, self.cites)
        for step in self.steps.values():
            cite.register("step", f"{self.code}/{step.code}", step.cites)

    @classmethod
    def of(
        cls,
        code: str,
        title: str,
        *steps: Step,
        version: int,
        cites: tuple[Cite, ...],
        first: str,
    ) -> Procedure:
        """A procedure from its steps. Refuses two steps of one code."""
        by_code = {s.code: s for s in steps}
        if len(by_code) != len(steps):
            raise TypeError(f"procedure {code} has two steps of one code")
        return cls(code, title, version, cites, first, by_code)

    def empty(self) -> Standing:
        """The standing before the first step."""
        return Standing(self.code, newest={})

    # --- asking ---------------------------------------------------------------------------

    def may(self, s: Standing, a: Attempt) -> Refusal | None:
        """Whether the person may take the step at all: duty, certificate, separation, recusal."""
        step = self.steps[a.step]
        who = step.who
        posts = a.actor.posts_for(who.duties, who.agency(s, a.setting.agency))
        if not posts:
            wanted = "、".join(d.label for d in who.duties)
            return refused_person(
                "duty", f"「{step.title}」应当由{wanted}办理", who.cites or step.cites
            )
        if who.certified and not a.actor.certified_on(a.on):
            return refused_person(
                "certificate",
                f"{a.actor.name}在{day_words(a.on)}没有有效的行政执法证件，不能从事执法活动",
                CERTIFICATE,
                "请由持有效证件的执法人员办理",
            )
        if who.qualified is not None and who.qualified(s) and not a.actor.may_review:
            return refused_person(
                "qualification",
                f"{a.actor.name}未取得国家统一法律职业资格，不能首次从事行政处罚决定法制审核",
                QUALIFIED,
                "请交由具备资格的法制审核人员办理",
            )
        for rule in who.apart:
            if a.actor.id in s.people(*rule.steps):
                return refused_person("separation", rule.reason, rule.cites)
        if a.actor.id in recused(s):
            return refused_person("recused", f"{a.actor.name}已被决定回避本案", RECUSAL)
        if who.handlers_only and (team := handlers(s)) and a.actor.id not in team:
            return refused_person(
                "handler", "只有本案承办人可以办理这一步", who.cites or step.cites
            )
        refusals = [beyond(s, step, p, a.actor) for p in posts]
        return next((r for r in refusals if r is not None), None) if all(refusals) else None

    def post(self, s: Standing, a: Attempt) -> Post | None:
        """The post on which the attempt is made: the actor's own first, else a delegated one."""
        step = self.steps[a.step]
        where = step.who.agency(s, a.setting.agency)
        posts = a.actor.posts_for(step.who.duties, where)
        return next((p for p in posts if beyond(s, step, p, a.actor) is None), None)

    def checklist(self, s: Standing, a: Attempt) -> tuple[Check, ...]:
        """Each condition of the step that does not depend on what is filled in."""
        return tuple(Check(g, g.test(s, a)) for g in self.steps[a.step].needs)

    def refuse(self, s: Standing, a: Attempt) -> Refusal | None:
        """The first reason why the attempt is refused, or None when it is lawful."""
        step = self.steps[a.step]
        if not s.history and a.step != self.first:
            return Refusal("step", "not-begun", "这件事项还没有开始", step.cites)
        if s.history and a.step == self.first:
            return Refusal("step", "begun", "这件事项已经登记，不能再次登记", step.cites)
        if s.last_day is not None and a.on < s.last_day:
            return Refusal(
                "law",
                "day-order",
                f"办理日期不能早于上一步的日期（{day_words(s.last_day)}）",
                step.cites,
                field="on",
            )
        if (no := self.may(s, a)) is not None:
            return no
        for g in step.needs:
            if (why := g.test(s, a)) is not None:
                return _refusal("law", step, g, why)
        if a.facts is None:
            return None
        if step.who.two and (no := second_officer(s, step, a)) is not None:
            return no
        for g in step.checks:
            if (why := g.test(s, a)) is not None:
                return _refusal("field" if why.field else "law", step, g, why)
        return None

    def next(self, s: Standing) -> tuple[Step, ...]:
        """What the matter waits for now, in the order of the definition."""
        if not s.history:
            return (self.steps[self.first],)
        return tuple(step for step in self.steps.values() if step.main(s))

    # --- folding --------------------------------------------------------------------------

    def fold(self, s: Standing, done: Done, calendar: WorkCalendar) -> Standing:
        """The standing after a step. Terms are computed on the calendar given, so a holiday that
        is added later moves the terms that run."""
        step = self.steps[done.step]
        if step.strikes is not None:
            s = self._without(s, step.strikes(done.facts), calendar)
        facts = step.effective(s, done.facts)
        open_now = tuple(
            o
            for o in s.obligations
            if not any(
                c.kind is o.kind
                and c.when(s, facts)
                and (c.key is None or c.key(s, facts) == o.key)
                for c in step.closes
            )
        )
        runs = tuple(_after(step, s, facts, run, done, calendar) for run in s.terms)
        opened = [
            Obligation(o.kind, o.key(s, facts), done.on, done.seq, o.about(s, facts))
            for o in step.opens
            if o.when(s, facts)
        ]
        for output in done.outputs:
            if documents.rule(output.kind).outward:
                opened.append(Obligation(UNSEALED, output.id, done.on, done.seq, output.kind))
                opened.append(Obligation(UNSERVED, output.id, done.on, done.seq, output.kind))
        started = [
            _start(st, s, replace(done, facts=facts), calendar)
            for st in step.starts
            if st.when(s, facts)
        ]
        newest = None
        if s.newest is not None:
            kind = type(done.facts)
            newest = {**{c: d for c, d in s.newest.items() if c is not kind}, kind: done}
        return Standing(
            s.procedure,
            (*s.history, done),
            (*open_now, *opened),
            (*runs, *started),
            newest,
            s.struck,
        )

    def _without(self, s: Standing, seq: int, calendar: WorkCalendar) -> Standing:
        """The standing as it would be without an entry."""
        struck = tuple(d for d in s.history if d.seq == seq)
        kept = self.replay((d for d in s.history if d.seq != seq), calendar)
        return replace(kept, struck=(*s.struck, *struck))

    def replay(self, history: Iterable[Done], calendar: WorkCalendar) -> Standing:
        """The standing folded from a whole history."""
        s = self.empty()
        for done in history:
            s = self.fold(s, done, calendar)
        return s


def _start(st: Starts, s: Standing, done: Done, calendar: WorkCalendar) -> TermRun:
    """A term begins as the law of its first day sets it."""
    day = st.start(done)
    said = (st.days(s, done.facts),) if st.days is not None else ()
    due = terms.compute(terms.get(st.term, day), day, calendar, extensions=said)
    return TermRun(st.term, st.key(s, done.facts), day, due, extensions=said, seq=done.seq)


def _after(
    step: Step, s: Standing, facts: Any, run: TermRun, done: Done, calendar: WorkCalendar
) -> TermRun:
    if not run.running:
        return run
    for stop in step.stops:
        if (
            stop.term == run.code
            and stop.when(s, facts)
            and (stop.key is None or stop.key(s, facts) == run.key)
        ):
            return replace(run, stopped_on=done.on)
    extensions, spans = run.extensions, run.suspensions
    for ext in step.extends:
        if ext.term == run.code and ext.when(s, facts):
            extensions = (*extensions, ext.by(s, facts))
    for sus in step.suspends:
        if sus.term == run.code and (span := sus.span(s, facts)) is not None:
            spans = (*spans, span)
    if extensions == run.extensions and spans == run.suspensions:
        return run
    due = terms.compute(
        terms.get(run.code, run.start),
        run.start,
        calendar,
        suspensions=spans,
        extensions=extensions,
    )
    return replace(run, extensions=extensions, suspensions=spans, due=due)


def _refusal(kind: str, step: Step, guard: Guard, no: No) -> Refusal:
    return Refusal(
        kind,
        guard.code,
        f"不能{step.title}：{no.reason}",
        guard.cites,
        no.remedy,
        no.then,
        no.field,
    )
