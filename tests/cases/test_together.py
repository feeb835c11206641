"""Two people at once, with real commits: one lawful result, the other is told."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connections

from tests.cases.desk import Desk
from zhifa.faces.demo import cast, facts
from zhifa.faces.demo.play import ALL, play
from zhifa.faces.demo.script import Story
from zhifa.kernel import clock, ledger
from zhifa.law.procedures.parts.approval import Endorsed
from zhifa.procedure import selectors as matters
from zhifa.registry import seeding

SCENES = 4


@pytest.fixture
def proposed(fresh_database: str) -> Iterator[Story]:
    """A filing that both heads may approve."""
    cast.ids.cache_clear()
    seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
    story = play(ALL[:SCENES], say=lambda _line: None)
    with clock.frozen(clock.at(story.on, 12)):
        story.take("filing.propose", "handler", facts.filing(story.party, story.on))
        story.take("filing.endorse", "handling_head", Endorsed(opinion="同意。"))
        yield story
    cast.ids.cache_clear()


def test_two_heads_approve_at_once_and_one_of_them_is_told(proposed: Story) -> None:
    where = f"/desk/cases/{proposed.case_id}/steps/filing.approve/"
    desks = [Desk("head"), Desk("deputy1")]
    forms = [d.open(where) | {"f-opinion": ["同意立案。"], "_act": ["perform"]} for d in desks]
    answers: list[tuple[int, str]] = []
    ready = threading.Barrier(2)

    def press(desk: Desk, form: dict[str, list[str]]) -> None:
        ready.wait()
        answer = desk.post(where, form)
        answers.append((answer.status_code, answer.content.decode()))
        connections.close_all()

    hands = [threading.Thread(target=press, args=pair) for pair in zip(desks, forms, strict=True)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
    assert sorted(status for status, _ in answers)[0] == 302
    (other,) = [page for status, page in answers if status != 302]
    assert "案件有了新的进展" in other
    assert "批准立案审批意见" in other
    assert "同意立案。" in other, "what was typed is kept"
    standing = matters.standing(matters.matter(proposed.case_id), proposed.on)
    assert standing.count("filing.approve") == 1
    assert not ledger.verify().faults


def test_one_hand_presses_five_times_at_once_and_one_act_is_done(proposed: Story) -> None:
    where = f"/desk/cases/{proposed.case_id}/steps/filing.approve/"
    desk = Desk("head")
    form = desk.open(where) | {"f-opinion": ["同意立案。"], "_act": ["perform"]}
    statuses: list[int] = []

    def press() -> None:
        statuses.append(desk.post(where, form).status_code)
        connections.close_all()

    hands = [threading.Thread(target=press) for _ in range(5)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
    assert statuses == [302] * 5
    standing = matters.standing(matters.matter(proposed.case_id), proposed.on)
    assert standing.count("filing.approve") == 1
