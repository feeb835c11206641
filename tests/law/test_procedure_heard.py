"""The party heard: defence, hearing, discussion; and what the decision waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import (
    APPROVED,
    DAY,
    ENDORSED,
    PARTY_DAYS_OVER,
    Story,
    discussed,
    filed,
    noticed,
    passed,
    proposed,
    refuses,
    told,
)
from tests.law.test_procedure_gates import LIGHTER_LAWFUL, SMALL
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import ChangeCause, NoPenaltyGround, PenaltyItem

HEARING_DAY = date(2026, 3, 20)
TOLD_BY = date(2026, 3, 11)
"""Seven working days before the hearing, the day of the hearing not counted."""


def wants(s: Story, code: str, *cites: str) -> str:
    """What the proposal of the decision waits for, and which step settles it."""
    return refuses(s, "decision.propose", "承办人", say.deciding(s.proposal), code, *cites).then


def asked(s: Story | None = None) -> Story:
    facts = later.HearingRequested(requested_on=DAY, how="书面")
    return (s or told()).take("hearing.request", "承办人", facts)


def announced(s: Story | None = None) -> Story:
    s = (s or asked()).take("hearing.notify", "主持人", say.hearing_notified(HEARING_DAY))
    return s.seal_and_serve("hearing_notice")


def heard() -> Story:
    return announced().at(HEARING_DAY).take("hearing.hold", "主持人", say.hearing_held())


# --- defence -------------------------------------------------------------------------------------


def test_no_defence_before_there_is_a_notice_to_answer() -> None:
    s = passed(proposed())
    refuses(s, "defence.hear", "承办人", say.defence(), "defence.open", "CF:45")
    refuses(s, "defence.waive", "承办人", say.waived(), "defence.open", "CF:45")
    assert told().refused("defence.hear", "承办人", say.defence()) is None


def test_no_decision_while_a_defence_is_unanswered() -> None:
    s = told().take("defence.hear", "承办人", say.defence()).at(PARTY_DAYS_OVER)
    assert wants(s, "defence.answered", "CF:45:1", "CF:62") == "defence.review"
    s = discussed_later(s.take("defence.review", "承办人", say.answered()))
    assert s.refused("decision.propose", "承办人", say.deciding(s.proposal)) is None


def discussed_later(s: Story) -> Story:
    return discussed(s.at(PARTY_DAYS_OVER))


def test_there_is_no_answer_to_a_defence_that_nobody_made() -> None:
    refuses(told(), "defence.review", "承办人", say.answered(), "defence.waiting", "CF:45")


def test_no_decision_before_the_partys_days_are_over() -> None:
    s = noticed(passed(proposed(SMALL)), hearing_right=False)
    for day in (DAY, date(2026, 3, 9)):
        wants(s.at(day), "defence.term", "CF:45", "CF:62")
    after = s.at(PARTY_DAYS_OVER)
    assert after.refused("decision.propose", "承办人", say.deciding(s.proposal)) is None


def test_the_party_may_give_its_days_up_in_writing_that_is_in_the_file() -> None:
    s = noticed(passed(proposed(SMALL)), hearing_right=False)
    refusal = refuses(
        s, "defence.waive", "承办人", say.waived("没有"), "waiver.proved", "CF:62", "CF:63"
    )
    assert refusal.then == "evidence.add"
    s = s.take("defence.waive", "承办人", say.waived())
    assert not s.runs("defence")
    assert s.refused("decision.propose", "承办人", say.deciding(s.proposal)) is None


def test_a_defence_after_the_proposal_of_the_decision_stops_its_approval() -> None:
    s = discussed_later(told())
    s = s.take("decision.propose", "承办人", say.deciding(s.proposal))
    s = s.take("decision.endorse", "科长", ENDORSED)
    s = s.take("defence.hear", "承办人", say.defence())
    refuses(s, "decision.approve", "局长", APPROVED, "defence.answered", "CF:45:1")
    s = s.take("defence.review", "承办人", say.answered())
    refuses(s, "decision.approve", "局长", APPROVED, "discussion.done", "CF:57:2")


# --- hearing -------------------------------------------------------------------------------------


def test_no_hearing_is_asked_for_or_given_up_where_the_right_was_not_told() -> None:
    s = noticed(passed(proposed(SMALL)), hearing_right=False)
    request = later.HearingRequested(requested_on=DAY, how="书面")
    refuses(s, "hearing.request", "承办人", request, "hearing.right-told", "CF:63")
    refuses(s, "hearing.waive", "承办人", say.waived(), "hearing.right-told", "CF:63")


@pytest.mark.parametrize(
    ("requested", "entered", "lawful"),
    [
        (date(2026, 3, 9), date(2026, 3, 9), True),
        (date(2026, 3, 9), date(2026, 3, 11), True),
        (date(2026, 3, 10), date(2026, 3, 10), False),
        (date(2026, 3, 9), date(2026, 3, 6), False),
    ],
)
def test_a_hearing_is_asked_for_within_five_working_days(
    requested: date, entered: date, lawful: bool
) -> None:
    s = told().at(entered)
    facts = later.HearingRequested(requested_on=requested, how="书面")
    if lawful:
        assert s.take("hearing.request", "承办人", facts).owes("hearing.due")
    else:
        refusal = refuses(s, "hearing.request", "承办人", facts, "hearing.in-term", "CF:64:1:1")
        assert s.due("hearing.request") == date(2026, 3, 9)
        assert refusal.message


def test_no_decision_while_a_hearing_may_still_be_asked_for() -> None:
    s = told().take("defence.waive", "承办人", say.waived())
    wants(s.at(date(2026, 3, 9)), "hearing.settled", "CF:63", "CF:64")
    s = s.at(PARTY_DAYS_OVER)
    assert wants(s, "discussion.done") == "discussion.hold"


def test_the_days_to_ask_run_from_a_notice_that_was_served_while_it_did_not_cover() -> None:
    """Told one thing, amended upwards, served, amended back: the party's days still run."""
    s = passed(proposed())
    s = s.approve("notice", "承办人", say.telling(s.proposal), endorsed=False)
    heavier = say.proposal(
        cause=ChangeCause.REVIEW,
        items=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=6_000_000), *say.proposal().items[1:]),
        deviation="当事人隐瞒货值，危害范围较大",
    )
    s = s.take("proposal.amend", "承办人", heavier).seal_and_serve("prior_notice")
    assert s.due("hearing.request") == date(2026, 3, 9)
    s = s.take("proposal.amend", "承办人", say.proposal(cause=ChangeCause.REVIEW))
    s = s.take("defence.waive", "承办人", say.waived())
    wants(s, "hearing.settled", "CF:63", "CF:64")


def test_a_hearing_that_was_asked_for_is_held_or_given_up_before_the_decision() -> None:
    s = asked().at(PARTY_DAYS_OVER)
    assert wants(s, "hearing.settled", "CF:63", "CF:64", "CF:65") == "hearing.hold"
    given_up = s.take("hearing.waive", "承办人", say.waived())
    assert not given_up.owes("hearing.due")
    assert wants(given_up, "discussion.done") == "discussion.hold"


def test_the_right_to_a_hearing_may_be_given_up_with_proof_within_the_days() -> None:
    refuses(told(), "hearing.waive", "承办人", say.waived("没有"), "waiver.proved", "CF:63")
    assert told().refused("hearing.waive", "承办人", say.waived()) is None
    lapsed = told().at(PARTY_DAYS_OVER)
    refuses(lapsed, "hearing.waive", "承办人", say.waived(), "hearing.in-term", "CF:64:1:1")


def test_there_is_no_hearing_that_nobody_asked_for() -> None:
    for step, facts in (
        ("hearing.notify", say.hearing_notified(HEARING_DAY)),
        ("hearing.hold", say.hearing_held()),
    ):
        refuses(told(), step, "主持人", facts, "hearing.waiting", "CF:64")


@pytest.mark.parametrize(("day", "lawful"), [(TOLD_BY, True), (date(2026, 3, 12), False)])
def test_a_hearing_is_told_seven_working_days_before(day: date, lawful: bool) -> None:
    s = asked().at(day)
    facts = say.hearing_notified(HEARING_DAY)
    if lawful:
        assert s.refused("hearing.notify", "主持人", facts) is None
    else:
        refuses(s, "hearing.notify", "主持人", facts, "hearing.seven-days", "CF:64:1:2", "CF:85")


def test_a_hearing_behind_closed_doors_has_its_reason() -> None:
    closed = say.hearing_notified(HEARING_DAY, public=False)
    refuses(asked(), "hearing.notify", "主持人", closed, "hearing.seven-days")
    said = replace(closed, not_public_reason="涉及商业秘密")
    assert asked().refused("hearing.notify", "主持人", said) is None


def test_who_investigated_does_not_chair() -> None:
    s = asked()
    refuses(
        s, "hearing.notify", "审核员",
        say.hearing_notified(HEARING_DAY, chair="承办人"), "hearing.chair", "CF:64:1:4",
    )  # fmt: skip
    refuses(
        s, "hearing.notify", "审核员",
        say.hearing_notified(HEARING_DAY, chair="局长"), "hearing.chair",
    )  # fmt: skip
    done = replace(s.standing.history[-1], step="inspection.record", actor="双岗主持", seq=99)
    helped = replace(s, standing=replace(s.standing, history=(*s.standing.history, done)))
    facts = say.hearing_notified(HEARING_DAY, chair="双岗主持")
    assert s.refused("hearing.notify", "审核员", facts) is None
    refuses(helped, "hearing.notify", "审核员", facts, "hearing.chair", "CF:64:1:4")


def test_a_hearing_is_held_as_told_by_whom_it_was_told() -> None:
    s = asked()
    refusal = refuses(s, "hearing.hold", "主持人", say.hearing_held(), "hearing.notified")
    assert refusal.then == "hearing.notify"
    s = s.take("hearing.notify", "主持人", say.hearing_notified(HEARING_DAY))
    refusal = refuses(s, "hearing.hold", "主持人", say.hearing_held(), "hearing.notified")
    assert refusal.then == "document.serve"
    s = s.seal_and_serve("hearing_notice")
    refuses(s, "hearing.hold", "主持人", say.hearing_held(), "hearing.notified", "CF:64:1:2")
    s = s.at(HEARING_DAY)
    refusal = refuses(s, "hearing.hold", "另一主持人", say.hearing_held(), "hearing.chair")
    assert refusal.then == "hearing.notify"
    assert s.refused("hearing.hold", "主持人", say.hearing_held()) is None


def test_a_notice_served_late_does_not_carry_the_hearing() -> None:
    s = asked().take("hearing.notify", "主持人", say.hearing_notified(HEARING_DAY))
    s = s.seal("hearing_notice").at(date(2026, 3, 12)).serve("hearing_notice").at(HEARING_DAY)
    refusal = refuses(
        s, "hearing.hold", "主持人", say.hearing_held(), "hearing.notified", "CF:64:1:2"
    )
    assert refusal.then == "hearing.notify"


def test_after_a_hearing_the_case_is_reviewed_again() -> None:
    s = heard()
    assert wants(s, "review.passed", "CF:58") == "review.submit"
    s = discussed(passed(s))
    assert s.refused("decision.propose", "承办人", say.deciding(s.proposal)) is None


def test_where_nothing_is_penalised_no_hearing_stands_in_the_way() -> None:
    spared = say.no_penalty(
        cause=ChangeCause.DEFENCE, ground=NoPenaltyGround.NO_FAULT, education=True
    )
    s = asked().take("proposal.amend", "承办人", spared)
    s = s.approve("decision", "承办人", say.deciding(s.proposal))
    assert not s.owes("hearing.due")
    assert s.standing.outputs("no_penalty_decision")


# --- collective discussion -----------------------------------------------------------------------


def opinions(*members: str, vote: later.Vote = later.Vote.AGREE) -> tuple[later.MemberOpinion, ...]:
    return tuple(
        later.MemberOpinion(member=m, office="负责人", opinion="意见", vote=vote) for m in members
    )


HEADS = ("局长", "副局长", "副局长二")


@pytest.mark.parametrize(
    "changed",
    [
        {"opinions": opinions("局长", "副局长", "副局长")},
        {"opinions": opinions("局长", "副局长")},
        {"quorum": 6},
        {"opinions": opinions(*HEADS, "承办人")},
        {"opinions": opinions(*HEADS, "审核员")},
        {"opinions": opinions(*HEADS, "双岗局长"), "reporter": "双岗局长"},
        {"opinions": opinions("局长", "副局长", "科长")},
        {"opinions": opinions("局长", "副局长", "不存在")},
        {"opinions": opinions(*HEADS, vote=later.Vote.DISAGREE)},
    ],
)
def test_the_panel_is_heads_in_quorum_once_each_and_follows_their_votes(
    changed: dict[str, object],
) -> None:
    s = told().at(PARTY_DAYS_OVER)
    facts = say.discussed(s.proposal, **changed)
    refuses(s, "discussion.hold", "局长", facts, "discussion.panel", "CF:57:2", "CF:43")


def test_a_recused_head_does_not_discuss() -> None:
    s = told().at(PARTY_DAYS_OVER).take("recusal.request", "科长", say.recusal("副局长"))
    s = s.take("recusal.decide", "局长", say.recusal_decided("副局长"))
    facts = say.discussed(s.proposal)
    refuses(s, "discussion.hold", "局长", facts, "discussion.panel", "CF:43")


def test_the_heads_discuss_what_stands_and_once_the_party_was_heard() -> None:
    s = told()
    facts = say.discussed(s.proposal)
    refuses(s, "discussion.hold", "局长", facts, "discussion.ready", "CF:57:2")
    s = s.at(PARTY_DAYS_OVER)
    stale = say.discussed("0" * 64)
    refuses(s, "discussion.hold", "局长", stale, "discussion.bound", "CF:57:2")
    assert s.refused("discussion.hold", "局长", facts) is None


def test_a_serious_case_is_discussed_before_it_is_decided() -> None:
    s = told().at(PARTY_DAYS_OVER)
    assert wants(s, "discussion.done", "CF:57:2", "SJ:60") == "discussion.hold"
    small = noticed(passed(proposed(SMALL)), hearing_right=False).at(PARTY_DAYS_OVER)
    assert small.refused("decision.propose", "承办人", say.deciding(small.proposal)) is None


def test_heads_who_disagree_send_the_proposal_back() -> None:
    s = told().at(PARTY_DAYS_OVER)
    against = say.discussed(
        s.proposal, agreed=False, opinions=opinions(*HEADS, vote=later.Vote.DISAGREE)
    )
    s = s.take("discussion.hold", "局长", against)
    assert wants(s, "discussion.done") == "proposal.amend"


def test_what_the_heads_resolved_on_is_not_bent_not_even_downwards() -> None:
    s = discussed_later(told()).take("proposal.amend", "承办人", LIGHTER_LAWFUL)
    assert wants(s, "discussion.done", "CF:57:2") == "discussion.hold"
    s = discussed(s)
    assert s.refused("decision.propose", "承办人", say.deciding(s.proposal)) is None


# --- the decision --------------------------------------------------------------------------------


def test_the_decision_is_what_was_reviewed_told_and_discussed() -> None:
    s = discussed_later(told())
    refuses(s, "decision.propose", "承办人", say.deciding("0" * 64), "decision.bound", "CF:57")
    s = s.take("decision.propose", "承办人", say.deciding(s.proposal))
    s = s.take("decision.endorse", "科长", ENDORSED)
    moved = s.take("proposal.amend", "承办人", LIGHTER_LAWFUL)
    moved = discussed(moved)
    refuses(moved, "decision.approve", "局长", APPROVED, "decision.bound", "CF:57", "CF:62")
    assert s.refused("decision.approve", "局长", APPROVED) is None


def test_a_decision_is_proposed_endorsed_and_approved_by_three() -> None:
    s = discussed_later(told())
    refuses(s, "decision.approve", "局长", APPROVED, "decision.pending", "CF:57")
    s = s.take("decision.propose", "承办人", say.deciding(s.proposal))
    refuses(s, "decision.propose", "承办人", say.deciding(s.proposal), "decision.free")
    refuses(s, "decision.approve", "局长", APPROVED, "decision.endorsed", "CF:57")
    s = s.take("decision.endorse", "科长", ENDORSED)
    refuses(s, "decision.endorse", "科长", ENDORSED, "decision.unendorsed")


def test_a_filed_case_without_a_proposal_has_nothing_to_decide() -> None:
    refuses(filed(), "decision.propose", "承办人", say.deciding("x"), "proposal.made", "CF:57")
