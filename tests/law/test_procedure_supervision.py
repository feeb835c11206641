"""Supervision as a matter of its own: who proposes, approves and answers; nothing is skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.law.penalty_story import AGENCY, APPROVED, CALENDAR, Story, refuses
from zhifa.law.actor import Actor, Duty, Post
from zhifa.law.facts import Facts, NoFacts
from zhifa.law.guards import Attempt, Setting
from zhifa.law.procedures import supervision as law
from zhifa.law.procedures.parts.paper import Sealed

BODY = "511800-sfj"
DAY = date(2026, 5, 6)


def _person(name: str, agency: str, duty: Duty) -> Actor:
    return Actor(name, name, (Post(duty, agency),))


PEOPLE = {
    a.id: a
    for a in (
        _person("监督员", BODY, Duty.SUPERVISOR),
        _person("司法局长", BODY, Duty.AGENCY_HEAD),
        _person("监印员", BODY, Duty.SEAL_KEEPER),
        _person("局长", AGENCY, Duty.AGENCY_HEAD),
        _person("法制科长", AGENCY, Duty.REVIEW_HEAD),
        _person("内部监督员", AGENCY, Duty.SUPERVISOR),
        _person("承办人", AGENCY, Duty.OFFICER),
        _person("外局局长", "511800-scjg", Duty.AGENCY_HEAD),
    )
}


class Told(Story):
    """The supervision body's matter, with its own people."""

    def attempt(self, step: str, who: str, facts: Facts | None = None) -> Attempt:
        setting = Setting(CALENDAR, BODY, "general", {}, {}, PEOPLE)
        return Attempt(step, self.on, PEOPLE[who], setting, facts or NoFacts())


def proposal(**changed: Any) -> law.Proposed:
    values: dict[str, Any] = {
        "case": "案件", "agency": AGENCY, "rule": "publication.late", "bases": ("PLAN:9",),
        "origin": law.Origin.WARNING, "finding": "迟延公示", "demand": "立即公示",
    }  # fmt: skip
    return law.Proposed(**values | changed)


CORRECTED = law.Answered(answer=law.Answer.CORRECTED, measures="已公示", done_on=DAY)


def begun() -> Story:
    s = Told(procedure=law.SUPERVISION, standing=law.SUPERVISION.empty(), on=DAY)
    return s.take("propose", "监督员", proposal())


def delivered() -> Story:
    s = begun().take("approve", "司法局长", APPROVED)
    s = s.take("document.seal", "监印员", Sealed(document=s.last_paper("supervision_notice")))
    return s.take("deliver", "监督员", law.Delivered(received_by="收发员"))


def test_a_notice_goes_from_proposal_to_close_and_leaves_nothing_open() -> None:
    s = delivered()
    assert s.due("supervision.answer") == date(2026, 5, 19)
    s = s.take("answer", "局长", CORRECTED)
    assert not s.runs("supervision.answer")
    s = s.take(
        "evaluate", "监督员", law.Evaluated(result=law.Result.SETTLED, opinion="已整改")
    ).take("close", "司法局长", law.Ended(summary="办结"))
    assert s.standing.obligations == ()
    assert law.SUPERVISION.next(s.standing) == ()


def test_whoever_proposed_does_not_approve_and_whoever_weighed_does_not_close() -> None:
    both = replace(PEOPLE["监督员"], posts=(*PEOPLE["监督员"].posts, *PEOPLE["司法局长"].posts))
    s = begun()
    attempt = replace(s.attempt("approve", "监督员", APPROVED), actor=both)
    refusal = law.SUPERVISION.may(s.standing, attempt)
    assert refusal is not None
    assert refusal.code == "separation"
    assert {c.key for c in refusal.cites} == {"JD:6"}


@pytest.mark.parametrize("who", ["司法局长", "监督员", "内部监督员", "承办人", "外局局长"])
def test_only_the_supervised_agency_s_head_or_legal_unit_answers(who: str) -> None:
    refuses(delivered(), "answer", who, CORRECTED, "duty", "JD:2")
    assert delivered().take("answer", "法制科长", CORRECTED)


@pytest.mark.parametrize("step", ["approve", "decline", "deliver", "evaluate", "close"])
@pytest.mark.parametrize("who", ["局长", "内部监督员", "承办人"])
def test_nobody_of_the_supervised_agency_acts_for_the_body(who: str, step: str) -> None:
    refusal = begun().refused(step, who)
    assert refusal is not None
    assert refusal.code == "duty"


def test_what_bears_no_seal_does_not_go_out_and_nothing_is_answered_before() -> None:
    s = begun().take("approve", "司法局长", APPROVED)
    refuses(s, "deliver", "监督员", law.Delivered(received_by="甲"), "supervision.sealed", "JD:0")
    refuses(s, "answer", "局长", CORRECTED, "supervision.answering", "JD:0")


def test_an_answer_that_does_not_do_is_given_again_in_a_new_term() -> None:
    s = delivered().at(date(2026, 5, 12)).take("answer", "局长", CORRECTED)
    again = law.Evaluated(result=law.Result.AGAIN, opinion="未说明原因")
    s = s.take("evaluate", "监督员", again)
    assert s.runs("supervision.answer")
    assert s.due("supervision.answer") == date(2026, 5, 26)
    refuses(s, "close", "司法局长", law.Ended(summary="办结"), "supervision.evaluated", "JD:0")


def test_what_is_said_to_be_corrected_has_a_day_that_has_come() -> None:
    for done_on in (None, date(2026, 5, 7)):
        facts = replace(CORRECTED, done_on=done_on)
        refuses(delivered(), "answer", "局长", facts, "supervision.corrected-day", "JD:0")


def test_a_declined_proposal_waits_for_nothing() -> None:
    s = begun().take("decline", "司法局长", law.Declined(reason="情节轻微"))
    assert law.SUPERVISION.next(s.standing) == ()
    assert s.standing.obligations == ()
    refuses(s, "approve", "司法局长", APPROVED, "supervision.pending", "JD:0")
