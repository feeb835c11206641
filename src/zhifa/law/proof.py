"""Exhaustive exploration of a procedure: every state that a finite alphabet of moves can reach.

Breadth-first over the real `refuse` and `fold`. Standings that an abstraction calls the same are
merged, and the merging is tested, not believed: two merged standings must open the same moves and
lead to the same states, else the abstraction is refused. What is explored is therefore a quotient
of the real procedure under that alphabet, not a drawing of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhifa.law.actor import Actor
from zhifa.law.facts import Facts
from zhifa.law.guards import Attempt, Setting
from zhifa.law.procedure import Procedure
from zhifa.law.standing import Done, Output, Standing


@dataclass(frozen=True, slots=True)
class Point:
    """Where a matter stands, and the day that it is."""

    standing: Standing
    on: date


@dataclass(frozen=True, slots=True)
class Move:
    """A step by somebody with certain facts; `facts` answers None where it makes no sense.

    A move without a step is the passing of time: `until` gives the day it leads to, or None.
    """

    name: str
    step: str = ""
    actor: Actor | None = None
    facts: Callable[[Point], Facts | None] = field(default=lambda _p: None)
    until: Callable[[Point], date | None] = field(default=lambda _p: None)


Abstract = Callable[[Point], Hashable]
Test = Callable[[Point, Move], str | None]
"""Asked of every move that the procedure allows: what is wrong with that, or None."""


class NotCongruent(AssertionError):
    """The abstraction merges standings that behave differently; it proves nothing."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A way to a state in which a move is allowed that must not be."""

    path: tuple[str, ...]
    wrong: str

    def __str__(self) -> str:
        return "\n".join([*self.path, f"!! {self.wrong}"])


@dataclass
class Explored:
    """What was found: states, transitions, merges tested, and the first counterexample."""

    states: int = 0
    transitions: int = 0
    merges: int = 0
    allowed: dict[str, int] = field(default_factory=dict)
    """How many states open a step."""
    counterexample: Counterexample | None = None
    parents: dict[Hashable, tuple[Hashable, str] | None] = field(default_factory=dict)
    points: dict[Hashable, Point] = field(default_factory=dict)
    edges: dict[Hashable, set[Hashable]] = field(default_factory=dict)

    def path(self, key: Hashable) -> tuple[str, ...]:
        """The moves that lead to a state, shortest first found."""
        told: list[str] = []
        while (step := self.parents[key]) is not None:
            key, name = step
            told.append(name)
        return tuple(reversed(told))

    def dead_ends(self, ends: Callable[[Point], bool]) -> list[Hashable]:
        """The states from which no path leads to one that is an end."""
        before: dict[Hashable, set[Hashable]] = {}
        for source, targets in self.edges.items():
            for target in targets:
                before.setdefault(target, set()).add(source)
        reached = {key for key, point in self.points.items() if ends(point)}
        waiting = deque(reached)
        while waiting:
            for source in before.get(waiting.popleft(), ()):
                if source not in reached:
                    reached.add(source)
                    waiting.append(source)
        return [key for key in self.points if key not in reached]


def explore(
    procedure: Procedure,
    start: Point,
    moves: Sequence[Move],
    *,
    setting: Callable[[Point], Setting],
    abstract: Abstract,
    check: Test = lambda _p, _m: None,
    first: bool = False,
    ceiling: int = 200_000,
    look_ahead: int = 2,
    twins_each: int | None = None,
) -> Explored:
    """Explore all that the moves can reach from a start.

    Every merged standing (or the first `twins_each` of each state) must open just the moves of the
    one it is merged into; the first `look_ahead` must also lead to the same states. `first` stops
    at the first counterexample. Raises `NotCongruent`, and `OverflowError` above `ceiling` states.
    """
    found = Explored()
    key = abstract(start)
    found.parents[key], found.points[key] = None, start
    opened: dict[Hashable, dict[str, Hashable]] = {}
    twins: list[tuple[Hashable, Point]] = []
    waiting = deque([key])
    while waiting:
        key = waiting.popleft()
        point, targets = found.points[key], {}
        for move in moves:
            after = step_of(procedure, point, move, setting)
            if after is None:
                continue
            found.transitions += 1
            found.allowed[move.step] = found.allowed.get(move.step, 0) + 1
            if found.counterexample is None and (wrong := check(point, move)) is not None:
                found.counterexample = Counterexample((*found.path(key), move.name), wrong)
                if first:
                    found.states = len(found.points)
                    return found
            target = abstract(after)
            targets[move.name] = target
            if target in found.points:
                twins.append((target, after))
                continue
            found.points[target], found.parents[target] = after, (key, move.name)
            waiting.append(target)
            if len(found.points) > ceiling:
                raise OverflowError(f"more than {ceiling} states")
        opened[key] = targets
        found.edges[key] = set(targets.values())
    found.states = len(found.points)
    deep: dict[Hashable, int] = {}
    for key, twin in twins:
        deep[key] = deep.get(key, 0) + 1
        if twins_each is not None and deep[key] > twins_each:
            continue
        found.merges += 1
        _same(procedure, twin, moves, setting, opened[key], abstract, deep[key] <= look_ahead)
    return found


def step_of(
    procedure: Procedure, point: Point, move: Move, setting: Callable[[Point], Setting]
) -> Point | None:
    """The point after a move, None where it is refused or makes no sense."""
    if not move.step:
        day = move.until(point)
        return None if day is None else Point(point.standing, day)
    facts = move.facts(point)
    if facts is None or move.actor is None:
        return None
    attempt = Attempt(move.step, point.on, move.actor, setting(point), facts)
    s = point.standing
    if procedure.refuse(s, attempt) is not None:
        return None
    seq = s.seq + 1
    kinds = procedure.steps[move.step].owed(s, facts)
    outputs = tuple(Output(f"{seq}-{kind}", kind, "", "") for kind in kinds)
    done = Done(move.step, point.on, facts, move.actor.id, seq=seq, outputs=outputs)
    return Point(procedure.fold(s, done, attempt.setting.calendar), point.on)


def _same(
    procedure: Procedure,
    twin: Point,
    moves: Sequence[Move],
    setting: Callable[[Point], Setting],
    wanted: Mapping[str, Hashable],
    abstract: Abstract,
    deep: bool,
) -> None:
    """Refuse a merge that the procedure tells apart."""
    for move in moves:
        after = step_of(procedure, twin, move, setting)
        if (after is not None) != (move.name in wanted):
            story = " → ".join(d.step for d in twin.standing.history)
            raise NotCongruent(f"{move.name} tells two merged standings apart, after {story}")
        if deep and after is not None and abstract(after) != wanted[move.name]:
            story = " → ".join(d.step for d in twin.standing.history)
            raise NotCongruent(f"{move.name} leads merged standings apart, after {story}")
