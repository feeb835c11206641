"""Where a matter stands: a frozen value folded from its steps, which no caller can supply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from zhifa.law import cite
from zhifa.law.cite import Cite
from zhifa.law.facts import Facts
from zhifa.law.terms import Due, Suspension

F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, slots=True)
class Output:
    """A document that an act produced."""

    id: str
    kind: str
    number: str
    digest: str


def acting(name: str, of: str) -> str:
    """A name as it signs: 黄示例（代赵示例）where it acts for another, else the name alone."""
    return f"{name}（代{of}）" if of else name


@dataclass(frozen=True, slots=True)
class Done:
    """One step that was taken."""

    step: str
    on: date
    facts: Any
    actor: str
    duty: str = ""
    seq: int = 0
    outputs: tuple[Output, ...] = ()
    actor_name: str = ""
    act_id: str = ""
    recorded_on: date | None = None
    reason: str = ""
    """Why the entry is late, where it is."""
    acting_for: str = ""
    """Whose duty was exercised by delegation, by name; empty where it was the actor's own."""

    @property
    def signed(self) -> str:
        """The actor's name as a document signs it: an acting person says for whom (代)."""
        return acting(self.actor_name, self.acting_for)


@dataclass(frozen=True, slots=True)
class ObligationKind:
    """Something that is open until a step settles it, with the article that demands it."""

    code: str
    label: str
    cites: tuple[Cite, ...]
    settled_by: str

    def __post_init__(self) -> None:
        if not self.cites:
            raise TypeError(f"obligation {self.code} cites nothing")
        cite.register("obligation", self.code, self.cites)


@dataclass(frozen=True, slots=True)
class Obligation:
    """An open obligation; `key` tells several of a kind apart (a document, an exhibit)."""

    kind: ObligationKind
    key: str
    since: date
    seq: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class TermRun:
    """A term that runs or has run on this matter."""

    code: str
    key: str
    start: date
    due: Due
    stopped_on: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[int, ...] = ()
    seq: int = 0

    @property
    def running(self) -> bool:
        """Whether the term still counts."""
        return self.stopped_on is None

    def over(self, on: date) -> bool:
        """Whether its last day has passed on that day."""
        return on > self.due.due


@dataclass(frozen=True, slots=True)
class Standing:
    """The frozen state of a matter on which guards judge."""

    procedure: str
    history: tuple[Done, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    terms: tuple[TermRun, ...] = ()
    newest: Mapping[type[Any], Done] | None = field(default=None, compare=False, repr=False)
    """The latest taking of each class of facts, the latest of all last: so that asking does not
    take longer on a long history. None where nobody kept count."""
    struck: tuple[Done, ...] = ()
    """The entries that were struck out: nothing reads them but whoever tells the story."""

    @property
    def seq(self) -> int:
        """The stream's sequence that this standing was folded up to."""
        return self.history[-1].seq if self.history else 0

    @property
    def last_day(self) -> date | None:
        """The day of the last step; none may be taken before it, so none was later."""
        return self.history[-1].on if self.history else None

    def has(self, *steps: str) -> bool:
        """Whether any of the steps was taken."""
        return any(d.step in steps for d in self.history)

    def count(self, *steps: str) -> int:
        """How often any of the steps was taken."""
        return sum(d.step in steps for d in self.history)

    def last(self, *steps: str) -> Done | None:
        """The latest taking of any of the steps."""
        return next((d for d in reversed(self.history) if d.step in steps), None)

    def all(self, *steps: str) -> tuple[Done, ...]:
        """Every taking of any of the steps, oldest first."""
        return tuple(d for d in self.history if d.step in steps)

    def since(self, done: Done | None, *steps: str) -> tuple[Done, ...]:
        """What was taken of the steps after that one."""
        after = done.seq if done is not None else -1
        return tuple(d for d in self.history if d.seq > after and d.step in steps)

    def latest(self, facts: type[F], *steps: str) -> F | None:
        """The latest facts of a class, of the named steps where any are named."""
        if self.newest is not None and not any(issubclass(c, facts) for c in self.newest):
            return None
        for d in reversed(self.history):
            if isinstance(d.facts, facts) and (not steps or d.step in steps):
                return d.facts
        return None

    def classes(self) -> Iterable[type[Any]]:
        """The classes of facts that were ever asserted."""
        return self.newest if self.newest is not None else {type(d.facts) for d in self.history}

    def people(self, *steps: str) -> frozenset[str]:
        """Who took any of the steps, with the second officer where there was one."""
        found: set[str] = set()
        for d in self.history:
            if d.step in steps:
                found.add(d.actor)
                second = getattr(d.facts, "co_officer", "")
                if second:
                    found.add(second)
        return frozenset(found)

    def open(self, code: str, key: str | None = None) -> tuple[Obligation, ...]:
        """The open obligations of a kind, of that key where one is named."""
        return tuple(o for o in self.obligations if o.kind.code == code and key in (None, o.key))

    def term(self, code: str, key: str | None = None) -> TermRun | None:
        """The latest run of a term, running or stopped."""
        return next(
            (t for t in reversed(self.terms) if t.code == code and key in (None, t.key)), None
        )

    def outputs(self, kind: str) -> tuple[Output, ...]:
        """Every document of a kind, oldest first."""
        return tuple(o for d in self.history for o in d.outputs if o.kind == kind)

    def find(self, test: Callable[[Done], bool]) -> Done | None:
        """The latest step that passes the test."""
        return next((d for d in reversed(self.history) if test(d)), None)
