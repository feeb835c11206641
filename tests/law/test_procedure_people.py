"""Who may act: duty, certificate, two officers, separation of functions, recusal, the team."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import (
    AGENCY,
    APPROVED,
    CAST,
    DAY,
    ENDORSED,
    PARTY_DAYS_OVER,
    clue_verified,
    discussed,
    filed,
    investigated,
    passed,
    proposed,
    refuses,
    registered,
    submit,
    told,
)
from zhifa.law.actor import Actor, Certificate, Duty, Post
from zhifa.law.procedures.penalty import PENALTY_ORDINARY, later
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.investigation import HANDLING
from zhifa.law.procedures.penalty.proposal import NoPenaltyGround

STEPS = tuple(PENALTY_ORDINARY.steps)


def test_only_the_duty_that_owes_a_step_takes_it() -> None:
    s = told()
    for step in STEPS:
        wanted = set(PENALTY_ORDINARY.steps[step].who.duties)
        for who, actor in CAST.items():
            refusal = PENALTY_ORDINARY.may(s.standing, s.attempt(step, who))
            if wanted & actor.duties(AGENCY):
                assert refusal is None or refusal.code != "duty", (step, who)
            else:
                assert refusal is not None, (step, who)
                assert (refusal.kind, refusal.code) == ("person", "duty")
                assert refusal.cites


def test_a_duty_held_elsewhere_opens_nothing_here() -> None:
    everywhere_else = tuple(Post(d, "511800-scjg") for d in Duty)
    stranger = Actor("外地", "外地", everywhere_else, CAST["承办人"].certificate)
    s = told()
    for step in STEPS:
        attempt = replace(s.attempt(step, "承办人"), actor=stranger)
        refusal = PENALTY_ORDINARY.may(s.standing, attempt)
        assert refusal is not None, step
        assert refusal.code == "duty"


def team(*handlers: str) -> f.HandlersChanged:
    return f.HandlersChanged(handlers=handlers, reason="调整")


def test_no_officer_acts_without_a_certificate_or_with_an_expired_one() -> None:
    for who in ("无证人员", "过期人员"):
        refuses(registered(), "clue.verify", who, say.verified(), "certificate", "CF:42")
    assert registered().refused("clue.verify", "承办人", say.verified()) is None


def test_a_certificate_is_judged_on_the_day_of_the_act() -> None:
    lapsing = replace(
        CAST["承办人"], certificate=Certificate("1", date(2024, 1, 1), date(2026, 3, 2))
    )
    revoked = replace(
        CAST["承办人"],
        certificate=Certificate("1", date(2024, 1, 1), date(2028, 1, 1), date(2026, 3, 2)),
    )
    s = registered()
    for actor, day, lawful in (
        (lapsing, date(2026, 3, 2), True),
        (lapsing, date(2026, 3, 3), False),
        (revoked, date(2026, 3, 2), False),
    ):
        attempt = replace(s.at(day).attempt("clue.verify", "承办人", say.verified()), actor=actor)
        refusal = s.procedure.refuse(s.standing, attempt)
        assert (refusal is None) is lawful


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("", "two-officers"),
        ("承办人", "two-officers"),
        ("不存在", "two-officers"),
        ("无证人员", "certificate"),
        ("过期人员", "certificate"),
        ("科长", "certificate"),
    ],
)
def test_two_certified_officers_act_and_not_one_twice(second: str, code: str) -> None:
    facts = say.verified(co_officer=second)
    refusal = refuses(registered(), "clue.verify", "承办人", facts, code)
    assert refusal.field == "co_officer"
    assert any(c.key.startswith("CF:42") for c in refusal.cites)


def test_only_the_handlers_of_the_case_investigate_it() -> None:
    refuses(filed(), "inspection.record", "外勤", say.inspection(DAY), "handler", "CF:42")
    facts = say.inspection(DAY, co_officer="外勤")
    refuses(filed(), "inspection.record", "承办人", facts, "handlers.team", "CF:42")
    changed = filed().take("handlers.change", "科长", team("外勤", "协办人"))
    assert changed.refused("inspection.record", "外勤", say.inspection(DAY)) is None
    refuses(changed, "inspection.record", "承办人", say.inspection(DAY), "handler")


@pytest.mark.parametrize("step", HANDLING)
def test_who_handled_the_case_neither_reviews_nor_decides_it(step: str) -> None:
    s = submit(proposed())
    done = replace(s.standing.history[-1], step=step, actor="转岗审核员", seq=99)
    handled = replace(s, standing=replace(s.standing, history=(*s.standing.history, done)))
    facts = say.passing(s.proposal)
    assert s.refused("review.pass", "转岗审核员", facts) is None
    refuses(handled, "review.pass", "转岗审核员", facts, "separation", "CF:58")
    refuses(handled, "review.return", "转岗审核员", say.returning(s.proposal), "separation")
    done = replace(done, actor="双岗局长")
    handled = replace(s, standing=replace(s.standing, history=(*s.standing.history, done)))
    refuses(handled, "decision.approve", "双岗局长", APPROVED, "separation", "CF:57", "CF:58")


def test_the_second_officer_counts_as_one_who_handled() -> None:
    s = filed().take("handlers.change", "科长", team("承办人", "转岗审核员"))
    s = s.take("inspection.record", "承办人", say.inspection(DAY, co_officer="转岗审核员"))
    s = s.take("handlers.change", "科长", team("承办人", "协办人"))
    refusal = s.procedure.may(s.standing, s.attempt("review.pass", "转岗审核员"))
    assert refusal is not None
    assert refusal.code == "separation"


def test_a_handler_on_the_list_does_not_review_even_before_acting() -> None:
    s = investigated().take(
        "handlers.change",
        "科长",
        team("承办人", "协办人", "转岗审核员"),
    )
    s = submit(s.take("investigation.end", "承办人", say.proposal()))
    refuses(s, "review.pass", "转岗审核员", say.passing(s.proposal), "review.apart", "CF:58")


def test_who_reviewed_does_not_decide() -> None:
    s = submit(proposed())
    s = s.take("review.pass", "审核局长", say.passing(s.proposal))
    refuses(s, "decision.approve", "审核局长", APPROVED, "separation", "CF:58")


def test_a_handler_on_the_list_does_not_decide() -> None:
    s = discussed(told().at(PARTY_DAYS_OVER))
    s = s.take("decision.propose", "承办人", say.deciding(s.proposal))
    s = s.take("decision.endorse", "科长", ENDORSED)
    s = s.take(
        "handlers.change",
        "科长",
        team("承办人", "协办人", "双岗局长"),
    )
    refuses(s, "decision.approve", "双岗局长", APPROVED, "decision.apart", "CF:57", "CF:58")
    assert s.refused("decision.approve", "局长", APPROVED) is None


def test_a_legal_review_asks_for_the_qualification() -> None:
    s = submit(proposed())
    facts = say.passing(s.proposal)
    refuses(s, "review.pass", "无资格审核员", facts, "qualification", "CF:58:2")
    assert s.refused("review.pass", "审核员", facts) is None
    assert s.refused("review.pass", "法制科长", facts) is None


def test_an_examination_does_not_ask_for_it_but_never_ends_as_a_legal_review() -> None:
    made = say.no_penalty(ground=NoPenaltyGround.NO_FAULT, education=True)
    examination = later.ReviewKind.EXAMINATION
    s = submit(proposed(made), examination)
    assert s.refused("review.pass", "无资格审核员", say.passing(s.proposal, examination)) is None
    posing = say.passing(s.proposal, later.ReviewKind.LEGAL)
    refuses(s, "review.pass", "无资格审核员", posing, "review.same", "CF:58")


def test_who_was_recused_takes_no_further_step() -> None:
    s = filed().take("recusal.request", "科长", say.recusal("承办人"))
    assert s.refused("inspection.record", "承办人", say.inspection(DAY)) is None
    kept = s.take("recusal.decide", "局长", say.recusal_decided("承办人", granted=False))
    assert kept.refused("inspection.record", "承办人", say.inspection(DAY)) is None
    s = s.take("recusal.decide", "局长", say.recusal_decided("承办人"))
    refuses(s, "inspection.record", "承办人", say.inspection(DAY), "recused", "CF:43")
    facts = say.inspection(DAY, co_officer="承办人")
    refuses(s, "inspection.record", "协办人", facts, "recused", "CF:43")


def test_a_recusal_is_decided_by_the_head_once_asked_and_never_ones_own() -> None:
    s = filed()
    facts = say.recusal_decided("承办人")
    refuses(s, "recusal.decide", "局长", facts, "recusal.requested", "CF:43")
    s = s.take("recusal.request", "科长", say.recusal("承办人"))
    refuses(s, "recusal.decide", "局长", say.recusal_decided("协办人"), "recusal.requested")
    own = filed().take("recusal.request", "科长", say.recusal("局长"))
    refuses(
        own, "recusal.decide", "局长", say.recusal_decided("局长"), "recusal.not-own", "CF:43:3"
    )
    assert own.refused("recusal.decide", "副局长", say.recusal_decided("局长")) is None


def test_an_undecided_recusal_stops_proposal_and_decision_but_not_the_investigation() -> None:
    s = investigated().take("recusal.request", "科长", say.recusal("协办人"))
    assert s.refused("evidence.add", "承办人", say.evidence(DAY, "证2")) is None
    refuses(s, "investigation.end", "承办人", say.proposal(), "recusal.decided", "CF:43")
    late = discussed(told().at(PARTY_DAYS_OVER)).take(
        "recusal.request", "科长", say.recusal("协办人")
    )
    facts = say.deciding(late.proposal)
    refuses(late, "decision.propose", "承办人", facts, "recusal.decided", "CF:43")


def test_the_clue_desk_may_register_but_not_verify() -> None:
    clerk = Actor("窗口", "窗口", (Post(Duty.WINDOW_CLERK, AGENCY),))
    s = registered()
    for step in ("clue.verify", "filing.propose"):
        attempt = replace(s.attempt(step, "承办人"), actor=clerk)
        refusal = s.procedure.may(s.standing, attempt)
        assert refusal is not None
        assert refusal.code == "duty"
    attempt = replace(s.attempt("clue.register", "承办人"), actor=clerk)
    assert s.procedure.may(s.procedure.empty(), attempt) is None


def test_a_filing_is_proposed_by_one_certified_officer() -> None:
    refuses(clue_verified(), "filing.propose", "过期人员", say.filing(DAY), "certificate")
    assert passed(proposed())
