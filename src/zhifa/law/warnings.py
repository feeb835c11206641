"""Warnings (预警): what a supervision body must know of a running case, and from which day.

A rule is asked of a standing and answers with the days on which each level begins, so that nothing
has to be asked again as the days go by. `params/warnings.yaml` holds titles, articles and levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zhifa.law import cite, params
from zhifa.law.actor import Certificate
from zhifa.law.cite import Cite
from zhifa.law.facts import Choice
from zhifa.law.guards import Attempt
from zhifa.law.procedure import Procedure
from zhifa.law.procedures.penalty import major
from zhifa.law.procedures.penalty.gates import needs_notice, notice_served, review_passed
from zhifa.law.procedures.penalty.proposal import DecisionKind, current
from zhifa.law.standing import Done, Standing, TermRun

ACT = "act"
"""The levels of a rule that looks at an act and not at a term."""


class Level(Choice):
    """How grave a warning is, mildest first."""

    WATCH = "watch", "蓝色提醒"
    NEAR = "near", "黄色预警"
    OVER = "over", "橙色预警"
    GRAVE = "grave", "红色预警"


@dataclass(frozen=True, slots=True)
class World:
    """What the rules know beside the standing.

    ``attempt`` is the decision as the catalogue of reviews looks at it, None before one is made.
    ``certificates`` are all that each person of the case was ever issued.
    """

    procedure: Procedure
    attempt: Attempt | None = None
    certificates: Mapping[str, Sequence[Certificate]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to warn of. ``key`` tells several of a rule apart; ``begins`` says from which day
    at which level; ``ended`` is the day on which it was put right, None while it goes on. ``words``
    name neither a party nor a fact of the case."""

    rule: str
    key: str
    words: str
    begins: Mapping[Level, date]
    due: date | None = None
    ended: date | None = None

    def level(self, on: date) -> Level | None:
        """The level on a day; None before the first."""
        reached = [level for level in Level if level in self.begins and self.begins[level] <= on]
        return reached[-1] if reached else None


Test = Callable[["WarningRule", Standing, World], Iterator[Warned]]


@dataclass(frozen=True, slots=True)
class WarningRule:
    """A rule: its title and article, the days of its levels by term, what is to be done."""

    code: str
    title: str
    cites: tuple[Cite, ...]
    levels: Mapping[str, Mapping[Level, int]]
    advice: str
    layer: str
    test: Test

    def __post_init__(self) -> None:
        # That something is wrong rests on the article; the days of the levels on nobody's.
        cite.register("warning", self.code, self.cites, unconfirmed=True)

    def find(self, s: Standing, world: World) -> tuple[Warned, ...]:
        """What there is to warn of on a matter that stands so."""
        return tuple(self.test(self, s, world))


def find(s: Standing, world: World) -> tuple[Warned, ...]:
    """What all the rules find, in their order."""
    return tuple(w for rule in RULES.values() for w in rule.find(s, world))


# --- the rules -----------------------------------------------------------------------------------


def _limit(rule: WarningRule, s: Standing, _w: World) -> Iterator[Warned]:
    """The ninety days within which a decision is made (行政处罚法 60)."""
    yield from _of_terms(rule, s, "办案期限")


def _publication(rule: WarningRule, s: Standing, _w: World) -> Iterator[Warned]:
    """The days within which a decision is published; grave past the statute's own."""
    yield from _of_terms(rule, s, "公示期限")


def _measure(rule: WarningRule, s: Standing, _w: World) -> Iterator[Warned]:
    """Preserved or seized things: the power ends on the counted day, which no holiday moves."""
    yield from _of_terms(rule, s, "期限", raw=True)


def _defence(rule: WarningRule, s: Standing, _w: World) -> Iterator[Warned]:
    """A penalty decided before the party's days were over, or before it was told at all."""
    done = s.last("decision.approve")
    if done is None or not needs_notice(s):
        return
    served, run = notice_served(s), s.term("defence")
    if served is None or served.seq > done.seq:
        yield _of_act(rule, done, "事先告知书送达前作出了处罚决定")
    elif any(d.seq < done.seq for d in s.since(served, "defence.waive")):
        return
    elif run is None or not run.over(done.on):
        until = f"{_day(run.due.due)}才届满，" if run is not None else "没有起算，"
        yield _of_act(rule, done, f"陈述申辩期限{until}{_day(done.on)}已经作出处罚决定")


def _certificate(rule: WarningRule, s: Standing, w: World) -> Iterator[Warned]:
    """A certified act by somebody who held no valid certificate that day."""
    for done in s.history:
        if not w.procedure.steps[done.step].who.certified:
            continue
        for person in (done.actor, str(getattr(done.facts, "co_officer", "") or "")):
            held = w.certificates.get(person, ())
            if person and not any(c.valid_on(done.on) for c in held):
                title = w.procedure.steps[done.step].title
                words = f"{_day(done.on)}办理“{title}”的执法人员当日没有有效的执法证件"
                yield _of_act(rule, done, words, key=f"{done.seq}:{person}")


def _review(rule: WarningRule, s: Standing, w: World) -> Iterator[Warned]:
    """A decision that the catalogue calls major, without a review that passed just this."""
    done, p = s.last("decision.approve"), current(s)
    if done is None or p is None or w.attempt is None or p.decision is not DecisionKind.PENALTY:
        return
    hits = major.catalogue(s, p, w.attempt)
    passed = review_passed(s)
    if hits and (passed is None or passed.seq > done.seq):
        listed = "、".join(h.title for h in hits)
        yield _of_act(rule, done, f"属于重大执法决定（{listed}），没有法制审核通过的记录")


_TESTS: Mapping[str, Test] = {
    "decision.limit": _limit,
    "defence.cut": _defence,
    "certificate.expired": _certificate,
    "publication.late": _publication,
    "review.missing": _review,
    "measure.end": _measure,
}


def _of_act(rule: WarningRule, done: Done, words: str, *, key: str = "") -> Warned:
    begins = {lv: done.on + timedelta(days=n) for lv, n in rule.levels[ACT].items()}
    return Warned(rule.code, key or str(done.seq), words, begins)


def _of_terms(rule: WarningRule, s: Standing, name: str, *, raw: bool = False) -> Iterator[Warned]:
    """The runs of the rule's terms that go on, and those that ended too late."""
    for run in s.terms:
        if run.code not in rule.levels:
            continue
        due = run.due.raw_due if raw else run.due.due
        if run.stopped_on is not None and run.stopped_on <= due:
            continue
        begins = {lv: due + timedelta(days=n) for lv, n in rule.levels[run.code].items()}
        if rule.layer and (further := run.due.layer(rule.layer)) is not None:
            begins[Level.GRAVE] = further.due + timedelta(days=rule.levels[run.code][Level.GRAVE])
        if run.stopped_on is not None:
            begins = {lv: day for lv, day in begins.items() if day <= run.stopped_on}
        title = name if not raw else f"{run.due.title}{name}"
        words = f"{title}{_day(due)}届满{_outcome(run)}"
        yield Warned(rule.code, f"{run.code}:{run.key}:{run.seq}", words, begins, due,
                     run.stopped_on)  # fmt: skip


def _outcome(run: TermRun) -> str:
    if run.stopped_on is None:
        return "，尚未办理"
    return f"，{_day(run.stopped_on)}才办理"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rule(code: str, row: Mapping[str, Any]) -> WarningRule:
    levels = {t: {Level(k): n for k, n in days.items()} for t, days in row["levels"].items()}
    cites = tuple(Cite.parse(k) for k in row["cites"])
    layer = row.get("layer", "")
    return WarningRule(code, row["title"], cites, levels, row["advice"], layer, _TESTS[code])


RULES: Mapping[str, WarningRule] = {
    code: _rule(code, row) for code, row in params.load("warnings")["warnings"].items()
}
"""Every rule by its code, in the order of the parameters."""
