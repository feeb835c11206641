"""Two at once, with real commits: one result, the other is told, and nothing is lost or doubled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections

from tests.procedure.toy import DAY, Begun, Checked, begin, take
from zhifa.faces.demo import cast
from zhifa.kernel import ids, ledger
from zhifa.kernel.errors import AgainstLaw, Refused, Stale
from zhifa.procedure import folding, selectors
from zhifa.procedure.services import Move, Taken, once, perform

pytestmark = pytest.mark.usefixtures("committed_toy")


def at_once(*acts: Callable[[], Taken]) -> list[Any]:
    """What each act answers or raises when all begin together."""
    ready, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n: int, act: Callable[[], Any]) -> None:
        ready.wait(timeout=30)
        try:
            answers[n] = act()
        except Refused as refused:
            answers[n] = refused  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_of_two_who_take_the_same_step_one_succeeds_and_the_other_is_told() -> None:
    first = begin()
    answers = at_once(
        *(
            lambda p=p: take(first.matter_id, "check", p, seen=first.seq)
            for p in ("handler", "second")
        )
    )
    assert sorted(type(a).__name__ for a in answers) == ["Stale", "Taken"]
    (told,) = [a for a in answers if isinstance(a, Stale)]
    assert "核对" in told.changes[0]
    assert [e.seq for e in ledger.events(first.matter_id)] == [1, 2, 3]
    assert not ledger.verify().faults


def test_without_a_page_the_law_itself_refuses_the_second() -> None:
    first = begin()
    answers = at_once(
        lambda: take(first.matter_id, "check", "handler"),
        lambda: take(first.matter_id, "check", "second"),
    )
    assert sorted(type(a).__name__ for a in answers) == ["AgainstLaw", "Taken"]
    (refused,) = [a for a in answers if isinstance(a, AgainstLaw)]
    assert refused.code == "toy.unchecked"


def test_a_double_click_is_one_act() -> None:
    first, act_id = begin(), ids.uuid7()
    answers = at_once(*(lambda: take(first.matter_id, "check", act_id=act_id) for _ in range(4)))
    assert {a.event_id for a in answers} == {answers[0].event_id}
    assert sorted(a.repeated for a in answers) == [False, True, True, True]
    assert len(ledger.of_act(act_id)) == 1


def test_many_notes_at_once_are_all_there_in_one_chain() -> None:
    first = begin()
    acts = [lambda n=n: take(first.matter_id, "note", found=f"第{n}条") for n in range(8)]
    answers = at_once(*acts)
    assert all(isinstance(a, Taken) for a in answers), answers
    standing = selectors.standing(selectors.matter(first.matter_id), DAY)
    assert sorted(d.facts.found for d in standing.history if not isinstance(d.facts, Begun)) == [
        f"第{n}条" for n in range(8)
    ]
    assert [e.seq for e in ledger.events(first.matter_id)] == list(range(1, 11))
    assert not ledger.verify().faults


def test_two_acts_on_two_matters_the_other_way_round_do_not_wait_for_each_other_for_ever() -> None:
    one, two = begin(name="甲"), begin(name="乙")

    @once
    def both(first: Taken, second: Taken) -> Taken:
        with perform(
            first.matter_id, "note", by=cast.who("handler"), on=DAY, facts=Checked(),
            also=(Move(second.matter_id, "note", Checked()),),
        ) as act:  # fmt: skip
            pass
        assert act.taken is not None
        return act.taken

    for _ in range(5):
        answers = at_once(lambda: both(one, two), lambda: both(two, one))
        assert all(isinstance(a, Taken) for a in answers), answers
    assert len(ledger.events(one.matter_id)) == len(ledger.events(two.matter_id)) == 12


def test_what_this_process_remembers_is_not_what_another_wrote_over_it() -> None:
    """A memory of a head that was never committed is thrown away, not folded upon."""
    first = begin()
    matter = selectors.matter(first.matter_id)
    calendar = next(iter(folding._memory))[1]
    standing = selectors.standing(matter, DAY)
    ghost = standing.history[-1]
    forged = replace(standing, history=(*standing.history, replace(ghost, step="check", seq=3)))
    folding._memory[(first.matter_id, calendar)] = ("f" * 64, first.seq + 1, forged)
    assert not selectors.standing(matter, DAY).has("check")
    folding._memory[(first.matter_id, calendar)] = ("f" * 64, first.seq, forged)
    take(first.matter_id, "note")
    now = selectors.standing(matter, DAY)
    assert [d.step for d in now.history] == ["begin", "note"]
