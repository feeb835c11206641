"""No path from clue to decision avoids notice, defence, hearing and review where they are due.

Exhaustive over the real procedure under a finite alphabet (see `proof_world`), judged by a reading
of the raw file that shares no code with the guards; and each guard taken out in turn, to show that
the proof would notice.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.law.proof_contents import repeated
from tests.law.proof_world import CHANGING, World, decided
from tests.law.raw_law import wrong
from zhifa.law.guards import Guard
from zhifa.law.procedure import Procedure
from zhifa.law.procedures.penalty import PENALTY_ORDINARY, heard
from zhifa.law.procedures.penalty.proposal import PartyClass
from zhifa.law.proof import Explored, Move, NotCongruent, Point, explore
from zhifa.law.standing import Standing

ORGANISATION = PartyClass.ORGANISATION
Make = Callable[[], World]
WORLDS: dict[str, Make] = {
    "告知、陈述申辩": lambda: World(ORGANISATION),
    "听证权利、集体讨论": lambda: World(),
    "先决定审核的领域": lambda: World(sector="general"),
    "谁审核、谁决定": lambda: World(ORGANISATION, everybody=True),
    "回避": lambda: World(ORGANISATION, recusal=True),
    "法律修改、重新认定": lambda: World(ORGANISATION, start=CHANGING, anew=True),
    "改为不予处罚": lambda: World(ORGANISATION, names=("拟罚", "不罚")),
    "变轻": lambda: World(ORGANISATION, names=("拟罚", "减")),
    "举行听证": lambda: World(hearing=True),
    "重新处理": lambda: World(ORGANISATION, redo=True, made=repeated(ORGANISATION)),
}
LARGE: dict[str, Make] = {
    "变轻（一般领域）": lambda: World(sector="general", names=("拟罚", "减")),
    "变轻、不罚": lambda: World(ORGANISATION, names=("拟罚", "减", "不罚")),
    "新证据变重": lambda: World(ORGANISATION, names=("拟罚", "加")),
    "变轻并集体讨论": lambda: World(names=("拟罚", "减")),
}
"""Worlds that take a minute each: `make test-long`."""


def tell(line: str) -> None:
    """For the reader of `pytest -s`, and of a failure."""
    sys.stdout.write(f"\n{line}\n")


def run(
    world: World, procedure: Procedure = PENALTY_ORDINARY, *, first: bool = False, each: int = 3
) -> Explored:
    def judged(p: Point, m: Move) -> str | None:
        if m.step != "decision.approve" or m.actor is None:
            return None
        return wrong(p.standing.history, p.on, m.actor.id)

    return explore(
        procedure,
        world.start(),
        world.moves,
        setting=world.setting,
        abstract=world.abstract,
        check=judged,
        first=first,
        twins_each=each,
    )


def prove(name: str, world: World, each: int = 3) -> None:
    found = run(world, each=each)
    tell(
        f"{name}: {found.states} states, {found.transitions} transitions, "
        f"{found.merges} merges tested, {found.allowed['decision.approve']} decisions"
    )
    assert found.counterexample is None, f"\n{found.counterexample}"
    assert found.allowed["decision.approve"] > 0
    dead = found.dead_ends(lambda p: decided(p.standing))
    assert not dead, "\n".join(found.path(dead[0]))


@pytest.mark.parametrize("name", WORLDS)
def test_no_path_to_a_decision_avoids_what_is_due_and_none_is_a_dead_end(name: str) -> None:
    prove(name, WORLDS[name](), each=1 if name in ("变轻", "举行听证") else 3)


@pytest.mark.long
@pytest.mark.parametrize("name", [*WORLDS, *LARGE])
def test_nor_in_the_large_worlds_with_every_merge_tested(name: str) -> None:
    prove(name, (WORLDS | LARGE)[name](), each=1_000_000)


@pytest.mark.parametrize("names", [("拟罚",), ("不罚",)])
def test_from_every_state_a_case_can_be_closed_and_archived(names: tuple[str, ...]) -> None:
    found = run(World(ORGANISATION, names=names, after=True))
    dead = found.dead_ends(lambda p: p.standing.has("archive.file"))
    tell(f"{names}: {found.states} states, {found.transitions} transitions to the archive")
    assert found.allowed["archive.file"] > 0
    assert not dead, "\n".join(found.path(dead[0]))


# --- the proof can fail --------------------------------------------------------------------------


def without(code: str) -> Procedure:
    """The procedure with a guard taken out of the decision's two steps."""

    def kept(guards: tuple[Guard, ...]) -> tuple[Guard, ...]:
        return tuple(g for g in guards if g.code != code)

    steps = {
        k: replace(s, needs=kept(s.needs), checks=kept(s.checks))
        if k in ("decision.propose", "decision.approve")
        else s
        for k, s in PENALTY_ORDINARY.steps.items()
    }
    return replace(PENALTY_ORDINARY, steps=steps)


CAUGHT_IN = {
    "proposal.basis": "法律修改、重新认定",
    "law.current": "法律修改、重新认定",
    "recusal.decided": "回避",
    "notice.served": "告知、陈述申辩",
    "defence.answered": "告知、陈述申辩",
    "defence.term": "告知、陈述申辩",
    "hearing.settled": "举行听证",
    "review.passed": "先决定审核的领域",
    "discussion.done": "听证权利、集体讨论",
}
IMPLIED = {"proposal.made", "review.none-pending"}
"""Guards that say a reason of their own for what `review.passed` refuses as well: without a
proposal nothing was reviewed, and what is being reviewed has not passed."""


def test_every_guard_before_the_decision_is_taken_out_in_turn() -> None:
    assert {g.code for g in heard.BEFORE_DECISION} == set(CAUGHT_IN) | IMPLIED


@pytest.mark.parametrize("code", CAUGHT_IN)
def test_without_the_guard_the_proof_finds_the_unlawful_path(code: str) -> None:
    found = run(WORLDS[CAUGHT_IN[code]](), without(code), first=True)
    assert found.counterexample is not None
    tell(f"without {code}:\n{found.counterexample}")
    assert found.counterexample.path[-1].startswith("批准处理决定")


def test_the_decision_is_bound_to_what_was_put_to_the_head() -> None:
    world = World(ORGANISATION, names=("拟罚", "不罚"))
    found = run(world, without("decision.bound"), first=True)
    assert found.counterexample is not None
    assert found.counterexample.wrong == "提请决定的不是现在的处理意见"


def test_without_its_guard_the_proof_finds_the_annulled_penalty_made_again() -> None:
    def bare(code: str) -> object:
        step = PENALTY_ORDINARY.steps[code]
        return replace(step, checks=tuple(g for g in step.checks if g.code != "redo.different"))

    free = {code: bare(code) for code in ("investigation.end", "proposal.amend")}
    procedure = replace(PENALTY_ORDINARY, steps={**PENALTY_ORDINARY.steps, **free})  # type: ignore[dict-item]
    found = run(WORLDS["重新处理"](), procedure, first=True)
    assert found.counterexample is not None
    assert found.counterexample.wrong.startswith("以同一事实和理由")


@pytest.mark.parametrize("step", ["review.pass", "decision.approve"])
def test_without_the_separation_of_people_the_proof_finds_who_did_both(step: str) -> None:
    bare = PENALTY_ORDINARY.steps[step]
    kept = tuple(g for g in bare.needs if g.code not in ("review.apart", "decision.apart"))
    open_to_all = replace(bare, who=replace(bare.who, apart=(), qualified=None), needs=kept)
    procedure = replace(PENALTY_ORDINARY, steps=PENALTY_ORDINARY.steps | {step: open_to_all})  # type: ignore[operator]
    found = run(WORLDS["谁审核、谁决定"](), procedure, first=True)
    assert found.counterexample is not None


@pytest.mark.parametrize("code", sorted(IMPLIED))
def test_what_another_guard_implies_changes_nothing_when_it_goes(code: str) -> None:
    assert run(WORLDS["告知、陈述申辩"](), without(code)).counterexample is None


def test_an_abstraction_that_forgets_something_is_refused() -> None:
    world = World(ORGANISATION)

    def blind(p: Point) -> object:
        s: Standing = p.standing
        return frozenset(d.step for d in s.history)

    with pytest.raises(NotCongruent):
        explore(PENALTY_ORDINARY, world.start(), world.moves, setting=world.setting,
                abstract=blind)  # fmt: skip
