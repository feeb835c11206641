"""The warning rules: what a supervision body is told of a case, on which article, from when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import (
    APPROVED,
    CERTIFICATE,
    EXPIRED,
    PARTY_DAYS_OVER,
    Story,
    decided,
    discussed,
    filed,
    proposed,
    told,
)
from zhifa.law import warnings
from zhifa.law.actor import Certificate
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.warnings import RULES, Level, Warned, World

HELD: dict[str, tuple[Certificate, ...]] = {"承办人": (CERTIFICATE,), "协办人": (CERTIFICATE,),
                                            "外勤": (CERTIFICATE,)}  # fmt: skip


def found(
    s: Story, rule: str, held: dict[str, tuple[Certificate, ...]] | None = None
) -> list[Warned]:
    attempt = s.attempt("decision.approve", "局长")
    world = World(PENALTY_ORDINARY, attempt, HELD if held is None else held)
    return [w for w in warnings.find(s.standing, world) if w.rule == rule]


def level(s: Story, rule: str, on: date) -> Level | None:
    (one,) = found(s, rule)
    return one.level(on)


def test_every_rule_has_its_article_its_levels_and_what_to_do() -> None:
    assert set(RULES) == {
        "decision.limit", "defence.cut", "certificate.expired",
        "publication.late", "review.missing", "measure.end",
    }  # fmt: skip
    for rule in RULES.values():
        assert rule.cites
        assert rule.advice
        assert all(Level.GRAVE in days for days in rule.levels.values())


def test_a_case_that_went_as_the_law_says_warns_of_nothing() -> None:
    s = decided()
    for rule in ("decision.limit", "defence.cut", "certificate.expired", "review.missing",
                 "measure.end"):  # fmt: skip
        assert found(s, rule) == [], rule


def test_the_ninety_days_warn_from_thirty_days_before_their_end_and_past_it_gravely() -> None:
    s = filed()  # the last day is 2026-05-31
    assert level(s, "decision.limit", date(2026, 4, 30)) is None
    assert level(s, "decision.limit", date(2026, 5, 1)) is Level.WATCH
    assert level(s, "decision.limit", date(2026, 5, 16)) is Level.NEAR
    assert level(s, "decision.limit", date(2026, 5, 31)) is Level.OVER
    assert level(s, "decision.limit", date(2026, 6, 1)) is Level.GRAVE


def test_a_decision_in_time_ends_the_warning_and_one_too_late_leaves_it_standing() -> None:
    assert found(decided(), "decision.limit") == []
    late = discussed(told().at(date(2026, 6, 8)))
    late = late.record("decision.propose", "承办人", say.deciding(late.proposal))
    late = late.record("decision.approve", "局长", APPROVED)
    (one,) = found(late, "decision.limit")
    assert one.ended == date(2026, 6, 8)
    assert one.level(date(2026, 6, 8)) is Level.GRAVE


def _decide(s: Story, on: date) -> Story:
    s = s.at(on)
    s = s.record("decision.propose", "承办人", say.deciding(s.proposal))
    return s.record("decision.approve", "局长", APPROVED)


def test_a_decision_on_the_last_day_of_the_defence_is_one_too_early() -> None:
    s = told()  # the party's days end on 2026-03-09
    (one,) = found(_decide(s, date(2026, 3, 9)), "defence.cut")
    assert one.begins == {Level.GRAVE: date(2026, 3, 9)}
    assert found(_decide(s, PARTY_DAYS_OVER), "defence.cut") == []


def test_whoever_gave_the_defence_up_is_not_cut_short() -> None:
    s = told().record("evidence.add", "承办人", say.evidence(date(2026, 3, 3), "证9"))
    waived = s.record("defence.waive", "承办人", say.waived("证9"))
    assert found(_decide(waived, date(2026, 3, 4)), "defence.cut") == []


def test_a_certificate_that_had_run_out_is_found_whoever_of_the_two_held_it() -> None:
    s = filed().take("inspection.record", "承办人", say.inspection(date(2026, 3, 2)))
    assert found(s, "certificate.expired") == []
    second = {**HELD, "协办人": (EXPIRED,)}
    words = [w.words for w in found(s, "certificate.expired", second)]
    assert words
    assert all("没有有效的执法证件" in w and "协办人" not in w for w in words)
    revoked = replace(CERTIFICATE, revoked_on=date(2026, 3, 2))
    assert found(s, "certificate.expired", {**HELD, "承办人": (revoked,)})
    assert found(s, "certificate.expired", {**HELD, "承办人": (EXPIRED, CERTIFICATE)}) == []


def test_publication_warns_by_the_plan_and_gravely_past_the_rule_of_the_ministry() -> None:
    s = decided()  # decided on 2026-03-16: seven working days end on 03-25, twenty on 04-14
    assert level(s, "publication.late", date(2026, 3, 22)) is None
    assert level(s, "publication.late", date(2026, 3, 23)) is Level.WATCH
    assert level(s, "publication.late", date(2026, 3, 24)) is Level.NEAR
    assert level(s, "publication.late", date(2026, 3, 26)) is Level.OVER
    (one,) = found(s, "publication.late")
    run = s.standing.term("publicity.penalty")
    assert run is not None
    further = run.due.layer("statutory")
    assert further is not None
    assert (one.begins[Level.GRAVE] - further.due).days == 1


def test_a_major_decision_without_a_passed_review_is_found() -> None:
    s = noticed_without_review(proposed())
    (one,) = found(_decide(s, PARTY_DAYS_OVER), "review.missing")
    assert "重大执法决定" in one.words
    assert found(decided(), "review.missing") == []


def noticed_without_review(s: Story) -> Story:
    """Told although nobody reviewed it: what no door lets through, and an old file may hold."""
    s = s.record("notice.propose", "承办人", say.telling(s.proposal))
    s = s.record("notice.approve", "局长", APPROVED)
    return s.seal_and_serve("prior_notice")


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (date(2026, 6, 17), None),
        (date(2026, 6, 20), Level.WATCH),
        (date(2026, 6, 23), Level.NEAR),
        (date(2026, 6, 24), Level.GRAVE),
    ],
)
def test_preserved_evidence_warns_towards_its_raw_end(on: date, wanted: Level | None) -> None:
    s = filed().at(date(2026, 6, 11))
    s = s.approve("preservation", "承办人", say.preserving(), endorsed=False)
    run = s.standing.term("preservation")
    assert run is not None
    assert run.due.raw_due == date(2026, 6, 23), "a festival lies between"
    assert level(s, "measure.end", on) is wanted


def test_no_warning_names_a_party_or_a_fact() -> None:
    s = decided()
    world = World(PENALTY_ORDINARY, s.attempt("decision.approve", "局长"), {})
    assert warnings.find(s.standing, world)
    for w in warnings.find(s.standing, world):
        for secret in ("示例", "食品店", "饼干", "过期", "承办人"):
            assert secret not in w.words
