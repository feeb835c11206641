"""The review as a matter of its own: papers, eight points, conclusion, assignment, its days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.law.penalty_story import DAY, Story, refuses
from zhifa.law.procedures.penalty.later import ReviewKind
from zhifa.law.procedures.review import (
    LEGAL_REVIEW,
    REQUIRED_PAPERS,
    Assigned,
    Concluded,
    Conclusion,
    Extended,
    PaperLine,
    Point,
    PointFinding,
    PointResult,
    Submitted,
)


def submitted(**changed: Any) -> Submitted:
    values: dict[str, Any] = {
        "case": "c",
        "kind": ReviewKind.LEGAL,
        "proposal": "0" * 64,
        "round": 1,
        "papers": tuple(PaperLine(name=n, present=True) for n in REQUIRED_PAPERS),
    }
    return Submitted(**values | changed)


def concluded(conclusion: Conclusion, problem: Point | None = None, opinion: str = "缺少证据",
              points: tuple[Point, ...] = tuple(Point)) -> Concluded:  # fmt: skip
    def finding(point: Point) -> PointFinding:
        bad = point is problem
        result = PointResult.PROBLEM if bad else PointResult.PASS
        return PointFinding(point=point, result=result, opinion=opinion if bad else "")

    return Concluded(findings=tuple(map(finding, points)), conclusion=conclusion, advice="意见")


def begun() -> Story:
    s = Story(procedure=LEGAL_REVIEW, standing=LEGAL_REVIEW.empty(), on=DAY)
    return s.take("submit", "承办人", submitted())


@pytest.mark.parametrize("missing", REQUIRED_PAPERS)
def test_incomplete_papers_go_back_at_once_and_the_days_do_not_begin(missing: str) -> None:
    s = Story(procedure=LEGAL_REVIEW, standing=LEGAL_REVIEW.empty(), on=DAY)
    papers = tuple(PaperLine(name=n, present=n != missing) for n in REQUIRED_PAPERS)
    refusal = refuses(s, "submit", "承办人", submitted(papers=papers), "review.papers", "CF:58")
    assert missing in refusal.message
    assert begun().due("review") == date(2026, 3, 9)


def test_all_eight_points_are_answered_once_and_a_problem_says_what_it_is() -> None:
    s = begun()
    for facts in (
        concluded(Conclusion.AGREE, points=tuple(Point)[1:]),
        concluded(Conclusion.AGREE, points=(*Point, Point.FACTS)),
        concluded(Conclusion.SUPPLEMENT, Point.FACTS, opinion="  "),
    ):
        step = "pass" if facts.conclusion is Conclusion.AGREE else "return"
        refuses(s, step, "审核员", facts, "review.eight-points", "CF:58")


def test_what_has_a_problem_does_not_pass_and_a_return_names_one() -> None:
    s = begun()
    refuses(s, "pass", "审核员", concluded(Conclusion.SUPPLEMENT), "review.passing", "CF:58")
    refuses(s, "pass", "审核员", concluded(Conclusion.AGREE, Point.LAW), "review.passing")
    refuses(s, "return", "审核员", concluded(Conclusion.AGREE, Point.LAW), "review.returning")
    refuses(s, "return", "审核员", concluded(Conclusion.CORRECT_LAW), "review.returning", "CF:58")
    assert s.refused("return", "审核员", concluded(Conclusion.CORRECT_LAW, Point.LAW)) is None
    assert s.refused("pass", "审核员", concluded(Conclusion.AGREE_WITH_CORRECTION)) is None


def test_a_review_is_concluded_once() -> None:
    s = begun().take("pass", "审核员", concluded(Conclusion.AGREE))
    assert not s.runs("review")
    for step, who, facts in (
        ("return", "审核员", concluded(Conclusion.CORRECT_LAW, Point.LAW)),
        ("assign", "法制科长", Assigned(reviewer="审核员")),
        ("extend", "法制科长", Extended(reason="案情复杂")),
    ):
        refuses(s, step, who, facts, "review.open", "CF:58")


def test_where_a_reviewer_was_named_that_person_reviews() -> None:
    s = begun().take("assign", "法制科长", Assigned(reviewer="转岗审核员"))
    refuses(s, "pass", "审核员", concluded(Conclusion.AGREE), "review.assigned", "CF:58")
    assert s.refused("pass", "转岗审核员", concluded(Conclusion.AGREE)) is None


def test_the_days_of_a_review_are_lengthened_by_three_once() -> None:
    s = begun().take("extend", "法制科长", Extended(reason="案情复杂"))
    assert s.due("review") == date(2026, 3, 12)
    refuses(s, "extend", "法制科长", Extended(reason="仍然复杂"), "review.extension")


def test_every_guard_of_the_review_is_refused_here() -> None:
    asked = {g.code for x in LEGAL_REVIEW.steps.values() for g in (*x.needs, *x.checks)}
    assert asked == {
        "review.papers", "review.open", "review.assigned", "review.eight-points",
        "review.passing", "review.returning", "review.extension",
    }  # fmt: skip
