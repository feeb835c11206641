"""Promise 8, the second way: a machine that tries everything through `perform` on PostgreSQL.

It takes what the matter waits for and, in between, whatever else the alphabet of the proof holds.
Each decision that the house lets through is judged from the raw file, which knows no guard; each
refusal must have changed nothing; and the file read cold stands where it stood warm.
"""

from __future__ import annotations

import dataclasses
import sys
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.law import penalty_facts as say
from tests.law.proof_contents import GAIN, TWO
from tests.law.proof_world import QUIET, World
from tests.law.raw_law import wrong
from zhifa.accounts.models import Person
from zhifa.faces.demo import cast
from zhifa.kernel import clock, ids, ledger
from zhifa.kernel.errors import Refused
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.procedures.penalty.proposal import (
    Leniency,
    NoPenaltyGround,
    PartyClass,
    PenaltyItem,
    PenaltyProposed,
)
from zhifa.law.proof import Move, Point
from zhifa.law.standing import Standing
from zhifa.procedure import folding, selectors
from zhifa.procedure.models import Matter
from zhifa.procedure.services import Act, open_matter, perform

PEOPLE = {
    "承办人": "yc-officer1",
    "协办人": "yc-officer2",
    "外勤": "yc-officer3",
    "科长": "yc-handling-head",
    "局长": "yc-agency-head1",
    "副局长": "yc-agency-head2",
    "副局长二": "yc-agency-head3",
    "审核员": "yc-legal-reviewer",
    "无资格审核员": "yc-newcomer",
    "主持人": "yc-hearing-chair",
    "印章员": "yc-seal-keeper",
    "出纳": "yc-cashier",
    "保管员": "yc-property-keeper",
    "公示审核员": "yc-publish-reviewer",
    "档案员": "yc-archivist",
}
FOOD = {"party_class": PartyClass.PERSON, "violated": ("FS:34::10",)}


def fined(fen: int, **changed: Any) -> PenaltyProposed:
    items = (PenaltyItem(kind=PenaltyKind.FINE, amount_fen=fen), GAIN)
    return say.proposal(items=items, **FOOD | changed)


CONTENTS = {
    "拟罚": fined(5_000_000),
    "减": fined(
        2_750_000,
        leniency=Leniency.MITIGATED,
        tier="mitigate",
        computed_fen=2_750_000,
        circumstances=say.circumstances(removed_harm="1"),
        reasons="当事人主动消除违法行为危害后果，依法减轻处罚",
    ),
    "加": fined(
        6_000_000, findings=TWO, new_evidence=True, deviation="查明销售范围较大，应当从重处罚"
    ),
    "不罚": say.no_penalty(ground=NoPenaltyGround.NO_FAULT, education=True, **FOOD),
}
WORLD = World(hearing=True, recusal=True, anew=True, everybody=True, after=True, made=CONTENTS)
MOVES = tuple(m for m in WORLD.moves if m.actor is None or m.actor.id in PEOPLE)
seen: dict[str, int] = {}


def note(what: str) -> None:
    seen[what] = seen.get(what, 0) + 1


def named(value: Any, who: dict[str, str]) -> Any:
    """Facts of the proof's cast, said of the people of the registers."""
    if isinstance(value, str) and type(value) is str:
        return who.get(value, value)
    if isinstance(value, tuple):
        return tuple(named(v, who) for v in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: named(getattr(value, f.name), who) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return value


def produce(act: Act) -> None:
    """Just what the step owes."""
    for kind in act.main.owed:
        act.output(kind, id=ids.uuid7(), number="", digest="0" * 64)
    for kind in act.main.step.links:
        act.link(kind, ids.uuid7())


class PenaltyMachine(RuleBasedStateMachine):
    """One case, and whatever anybody may try with it."""

    def __init__(self) -> None:
        super().__init__()
        rows = dict(
            Person.objects.filter(username__in=PEOPLE.values()).values_list("username", "id")
        )
        self.who = {name: str(rows[username]) for name, username in PEOPLE.items()}
        self.who["party-1"] = str(ids.uuid7())
        self.on = QUIET
        self.advice: str | None = None
        self.matter = self._begin()

    def _begin(self) -> Matter:
        facts = named(say.clue(self.on), self.who)
        with clock.frozen(clock.at(self.on, 12)), open_matter(
            "penalty_ordinary", agency=cast.AGENCY, region="511802", unit=cast.UNIT,
            title="示例", by=UUID(self.who["外勤"]), on=self.on, facts=facts,
        ) as act:  # fmt: skip
            produce(act)
        return act.matter

    @property
    def standing(self) -> Standing:
        return selectors.standing(self.matter, self.on)

    @rule(pick=st.integers(0, 10_000))
    def whatever(self, pick: int) -> None:
        """Any move of the alphabet."""
        self._try(MOVES[pick % len(MOVES)])

    @rule(picks=st.lists(st.integers(0, 10_000), min_size=4, max_size=8))
    def onward(self, picks: list[int]) -> None:
        """What the matter waits for now, or what the last refusal says would help."""
        for pick in picks:
            waiting = {step.code for step in PENALTY_ORDINARY.next(self.standing)}
            if self.advice:
                waiting = {self.advice}
            if "correction.order" in waiting:
                waiting.add("correction.waive")
            fitting = [m for m in MOVES if m.step in waiting]
            if fitting:
                self._try(fitting[pick % len(fitting)])

    @rule()
    def days_pass(self) -> None:
        """To the day after whatever runs out next."""
        self._try(next(m for m in MOVES if not m.step))

    def _try(self, move: Move) -> None:
        before = self.standing
        point = Point(before, self.on)
        if not move.step:
            self.on = move.until(point) or self.on
            return
        facts = move.facts(point)
        if facts is None or move.actor is None:
            return
        facts, by = named(facts, self.who), self.who[move.actor.id]
        lawful = None
        if move.step == "decision.approve":
            newcomer = self.who["无资格审核员"]
            lawful = wrong(before.history, self.on, by, lambda who: who != newcomer)
        try:
            with (
                clock.frozen(clock.at(self.on, 12)),
                perform(self.matter.id, move.step, by=UUID(by), on=self.on, facts=facts) as act,
            ):
                produce(act)
        except Refused as refused:
            note(f"{move.step} {refused.code}")
            assert self.standing == before, f"{move.name} was refused and moved the case"
            note("refused")
            self.advice = refused.remedy_step if self.advice is None else None
            return
        self.advice = None
        assert lawful is None, f"{move.name}：{lawful}"
        assert len(self.standing.history) == len(before.history) + 1
        note(move.step)

    def teardown(self) -> None:
        warm = self.standing
        folding.forget()
        assert self.standing == warm
        self.matter.refresh_from_db()
        assert self.matter.seq == warm.seq
        events = ledger.events(self.matter.id)
        assert [e.seq for e in events] == list(range(1, warm.seq + 1))


@pytest.mark.usefixtures("city", "db")
def test_no_way_through_perform_to_an_unlawful_decision() -> None:
    folding.forget()
    seen.clear()
    run_state_machine_as_test(
        PenaltyMachine,
        settings=settings(
            settings.default,
            max_examples=8,
            stateful_step_count=50,
            suppress_health_check=list(HealthCheck),
        ),
    )
    told = "\n".join(f"{n:5} {what}" for what, n in sorted(seen.items(), key=lambda x: -x[1]))
    sys.stdout.write(f"\n{told}\n")
    assert seen["decision.approve"] >= 1
    assert seen["refused"] >= 20
    assert not ledger.verify().faults


@pytest.mark.long
@pytest.mark.usefixtures("city", "db")
def test_nor_in_a_long_run() -> None:
    folding.forget()
    run_state_machine_as_test(
        PenaltyMachine,
        settings=settings(
            settings.default,
            max_examples=200,
            stateful_step_count=60,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not ledger.verify().faults


def test_the_days_of_the_machine_lie_in_the_past() -> None:
    assert date(2026, 1, 1) < QUIET
