"""What is published of a procedure is what runs: every step, every limit, in its order."""

from __future__ import annotations

from datetime import date

import pytest

from zhifa.law.procedures import ALL
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.publicity.charting import chart

ON = date(2026, 9, 14)


@pytest.mark.parametrize("procedure", ALL, ids=lambda p: p.code)
def test_every_step_stands_in_the_chart_and_every_term_among_the_limits(procedure):
    made = chart(procedure, ON)
    nodes = [n for s in made.stations for n in (*s.line, *s.side)]
    hands = sum(len(n.turns) or 1 for n in nodes)
    assert hands + sum(n.may_return for n in nodes) == len(procedure.steps)
    started = {x.term for s in procedure.steps.values() for x in s.starts}
    assert {t.code for t in made.limits} == started
    for node in nodes:
        assert node.cites
        assert node.who or node.turns


def by_code(procedure=PENALTY_ORDINARY):
    return {n.code: n for s in chart(procedure, ON).stations for n in (*s.line, *s.side)}


def test_the_line_of_a_penalty_holds_what_every_case_goes_through():
    nodes = by_code()
    for code in ("clue.register", "filing.propose", "investigation.end", "review.submit",
                 "notice.propose", "decision.propose", "document.serve", "publicity.publish",
                 "closing.propose", "archive.file"):  # fmt: skip
        assert not nodes[code].is_side, code
    for code in (
        "clue.extend",
        "preservation.propose",
        "preservation.dispose",
        "recusal.request",
        "recusal.decide",
        "extension.propose",
        "hearing.hold",
        "publicity.withdraw",
    ):
        assert nodes[code].is_side, code


def test_an_approval_is_one_node_with_its_turns():
    node = by_code()["filing.propose"]
    assert [(t.words, t.who) for t in node.turns] == [
        ("提出", "执法人员"),
        ("审查", "承办机构负责人"),
        ("批准", "行政机关负责人"),
    ]
    assert node.may_return
    assert "立案审批表" in [p.title for p in node.papers]
    assert "decision" in [t.code for t in node.starts]
