"""A procedure as the public reads it: its stations, steps, conditions and limits, taken from the
definition that runs, so that what is published cannot differ from what is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhifa.law import documents, terms
from zhifa.law.cite import Cite
from zhifa.law.guards import Guard
from zhifa.law.procedure import Phase, Procedure, Step, always, never
from zhifa.law.term import Term

_INNER = (".pending", ".free", ".endorsed", ".unendorsed")
"""Conditions of an inner approval that say no more than that it goes on."""
_COMMON = 0.34
"""A condition that so many of the steps share is said once for all."""
_TURNS = {"propose": "提出", "endorse": "审查", "approve": "批准", "confirm": "确认"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be so before the step, and by which articles."""

    title: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that the step produces, always or as the case may be."""

    title: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a step that passes through several hands."""

    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Node:
    """A step of the flow. `is_side`: only where the case calls for it."""

    code: str
    title: str
    who: str
    turns: tuple[Turn, ...]
    conditions: tuple[Condition, ...]
    papers: tuple[Paper, ...]
    starts: tuple[Term, ...]
    cites: tuple[Cite, ...]
    is_side: bool
    may_return: bool


@dataclass(frozen=True, slots=True)
class Station:
    """A phase with its steps: those of the line, and those that the case may call for."""

    label: str
    line: tuple[Node, ...]
    side: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole procedure."""

    procedure: Procedure
    stations: tuple[Station, ...]
    everywhere: tuple[Condition, ...]
    limits: tuple[Term, ...]


def chart(procedure: Procedure, on: date) -> Chart:
    """The procedure as it runs on the day."""
    common, side = _common(procedure), _side(procedure)
    stations = []
    for phase in Phase:
        steps = [s for s in procedure.steps.values() if s.phase is phase]
        if not steps:
            continue
        nodes = [_node(chain, common, side, on) for chain in _chains(steps)]
        stations.append(
            Station(
                phase.label,
                tuple(n for n in nodes if not n.is_side),
                tuple(n for n in nodes if n.is_side),
            )
        )
    return Chart(procedure, tuple(stations), tuple(common.values()), limits(procedure, on))


def limits(procedure: Procedure, on: date) -> tuple[Term, ...]:
    """Every term that a step of the procedure starts, in the order of the steps, each once."""
    found = {
        start.term: terms.get(start.term, on)
        for step in procedure.steps.values()
        for start in step.starts
    }
    return tuple(found.values())


def _common(procedure: Procedure) -> dict[str, Condition]:
    counted = Counter(g.code for s in procedure.steps.values() for g in s.needs)
    most = len(procedure.steps) * _COMMON
    found: dict[str, Condition] = {}
    for step in procedure.steps.values():
        for guard in step.needs:
            if counted[guard.code] >= most:
                found.setdefault(guard.code, Condition(guard.title, guard.cites))
    return found


def _chains(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps of one inner approval belong together; every other step stands alone."""
    proposed = {_head(s) for s in steps if s.code.endswith(".propose")}
    found: dict[str, list[Step]] = {}
    for step in steps:
        is_turn = step.code.rpartition(".")[2] in {*_TURNS, "return"}
        key = _head(step) if is_turn and _head(step) in proposed else step.code
        found.setdefault(key, []).append(step)
    return list(found.values())


def _side(procedure: Procedure) -> frozenset[str]:
    """The steps that only some cases call for: those that nothing waits for, whatever belongs to
    such a beginning (a recusal and its decision), and what settles only what they opened."""
    steps = procedure.steps.values()
    begins: dict[str, Step] = {}
    for step in steps:
        begins.setdefault(_head(step) or step.code, step)
    side = {
        s.code
        for s in steps
        if s.needs
        and (s.main is never or begins[_head(s) or s.code].main is never)
        and (begins[_head(s) or s.code].needs or s.main is never)
    }
    opened_on_the_line = {
        o.kind.code for s in steps if s.code not in side for o in s.opens if not o.aside
    }
    aside = {o.kind.code for s in steps for o in s.opens if o.aside}
    heads = set()
    for step in steps:
        settles = {c.kind.code for c in step.closes}
        if settles and not settles & opened_on_the_line and not _paper(settles):
            side.add(step.code)
            heads |= {_head(step)} if settles <= aside else set()
    for step in steps:  # what is proposed only to settle such a thing
        if _head(step) in heads and not {c.kind.code for c in step.closes} & opened_on_the_line:
            side.add(step.code)
    return frozenset(side)


def _paper(kinds: set[str]) -> bool:
    """Documents open their own seals and services; no step says so."""
    return bool(kinds & {documents.UNSEALED.code, documents.UNSERVED.code})


def _head(step: Step) -> str:
    return step.code.rpartition(".")[0]


def _node(chain: list[Step], common: Iterable[str], side: frozenset[str], on: date) -> Node:
    first = chain[0]
    hands = [s for s in chain if not s.code.endswith(".return")] or chain
    is_chain = len(hands) > 1
    shared = set(common)
    conditions: dict[str, Condition] = {}
    for guard in (g for s in hands for g in s.needs):
        if guard.code not in shared and not _inner(guard):
            conditions.setdefault(guard.title, Condition(guard.title, guard.cites))
    return Node(
        first.code,
        first.title.removeprefix("提出") if is_chain else first.title,
        "" if is_chain else _who(first),
        tuple(Turn(_TURNS.get(s.code.rpartition(".")[2], s.title), _who(s)) for s in hands)
        if is_chain
        else (),
        tuple(conditions.values()),
        tuple(
            dict.fromkeys(
                Paper(documents.rule(o.kind).title, o.when is always) for s in hands for o in s.owes
            )
        ),
        tuple({x.term: terms.get(x.term, on) for s in hands for x in s.starts}.values()),
        tuple(dict.fromkeys(c for s in hands for c in s.cites)),
        first.code in side,
        any(s.code.endswith(".return") for s in chain) and is_chain,
    )


def _inner(guard: Guard) -> bool:
    return guard.code.endswith(_INNER)


def _who(step: Step) -> str:
    words = "、".join(d.label for d in step.who.duties)
    return f"两名{words}" if step.who.two else words
