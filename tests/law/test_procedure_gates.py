"""Review and notice: bound to content, in their order, never skipped, never stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_facts import POWER
from tests.law.penalty_story import (
    APPROVED,
    DAY,
    PARTY_DAYS_OVER,
    RETURNED,
    Story,
    discussed,
    noticed,
    passed,
    proposed,
    refuses,
    submit,
    told,
)
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import (
    ChangeCause,
    Leniency,
    NoPenaltyGround,
    PartyClass,
    PenaltyItem,
)

GENERAL = "general"
EXAMINATION = later.ReviewKind.EXAMINATION
GAIN = PenaltyItem(kind=PenaltyKind.CONFISCATE_GAIN, amount_fen=8_600)
GOODS = PenaltyItem(kind=PenaltyKind.CONFISCATE_GOODS, detail="超过保质期的食品十二袋")
HEAVIER = say.proposal(
    cause=ChangeCause.REVIEW,
    items=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=6_000_000), GAIN, GOODS),
)
LIGHTER_LAWFUL = say.proposal(
    cause=ChangeCause.DEFENCE,
    leniency=Leniency.MITIGATED,
    items=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=2_750_000), GAIN, GOODS),
    tier="mitigate",
    computed_fen=2_750_000,
    circumstances=say.circumstances(removed_harm="1"),
    reasons="采纳陈述申辩意见，当事人主动消除危害后果",
)
SMALL = say.proposal(
    party_class=PartyClass.ORGANISATION,
)
"""A proposal that gives no right to a hearing: 50,000 yuan for an organisation."""


def no_benchmark(s: Story) -> Story:
    return replace(s, powers={POWER.code: replace(POWER, benchmark=None)})


def amend(s: Story, made: object = HEAVIER) -> Story:
    return no_benchmark(s).take("proposal.amend", "承办人", made)  # type: ignore[arg-type]


# --- review --------------------------------------------------------------------------------------


def test_no_notice_before_the_review_where_the_field_reviews_first() -> None:
    s = proposed()
    refusal = refuses(
        s, "notice.propose", "承办人", say.telling(s.proposal), "order.review-first", "SJ:46"
    )
    assert refusal.then == "review.submit"
    elsewhere = replace(s, sector=GENERAL)
    assert elsewhere.refused("notice.propose", "承办人", say.telling(s.proposal)) is None


def test_no_decision_without_a_review() -> None:
    s = replace(proposed(), sector=GENERAL)
    s = noticed(s).at(PARTY_DAYS_OVER)
    refusal = refuses(
        s, "decision.propose", "承办人", say.deciding(s.proposal), "review.passed", "CF:58"
    )
    assert refusal.then == "review.submit"


def test_a_field_that_reviews_only_what_is_major_decides_the_rest_without() -> None:
    bare = say.proposal(
        party_class=PartyClass.ORGANISATION,
        items=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=10_000),),
    )
    cheap = replace(POWER, benchmark=None, fine=None)
    s = replace(proposed(), sector="public_security", powers={cheap.code: cheap})
    s = s.record("proposal.amend", "承办人", replace(bare, cause=ChangeCause.REVIEW))
    s = noticed(s, hearing_right=False).at(PARTY_DAYS_OVER)
    assert s.refused("decision.propose", "承办人", say.deciding(s.proposal)) is None
    market = replace(s, sector="market")
    refuses(market, "decision.propose", "承办人", say.deciding(s.proposal), "review.passed")


def test_nothing_is_submitted_before_it_is_proposed() -> None:
    s = passed(proposed())
    refuses(s, "review.submit", "承办人", say.submitting(s.proposal), "review.wanted", "CF:58")
    early = Story().take("clue.register", "外勤", say.clue(DAY))
    refusal = early.refused("review.submit", "承办人", say.submitting("x"))
    assert refusal is not None
    assert refusal.code == "case.filed"


def test_the_proposal_stands_still_while_it_is_reviewed() -> None:
    s = submit(proposed())
    for step, facts in (
        ("proposal.amend", HEAVIER),
        ("review.submit", say.submitting(s.proposal)),
        ("notice.propose", say.telling(s.proposal)),
    ):
        refuses(s, step, "承办人", facts, "review.none-pending", "CF:58")


def test_a_review_concludes_what_was_submitted() -> None:
    refuses(proposed(), "review.pass", "审核员", say.passing("x"), "review.submitted", "CF:58")
    s = submit(proposed())
    refuses(s, "review.pass", "审核员", say.passing("0" * 64), "review.bound", "CF:58")
    refuses(s, "review.return", "审核员", say.returning("0" * 64), "review.bound")
    other = say.passing(s.proposal, review="another")
    refuses(s, "review.pass", "审核员", other, "review.same", "CF:58")
    stale = say.submitting("0" * 64)
    refuses(proposed(), "review.submit", "承办人", stale, "review.bound")


def test_what_meets_the_catalogue_is_legally_reviewed() -> None:
    s = proposed()
    facts = say.submitting(s.proposal, EXAMINATION)
    refusal = refuses(s, "review.submit", "承办人", facts, "review.kind", "CF:58")
    assert refusal.field == "kind"
    assert s.refused("review.submit", "承办人", say.submitting(s.proposal)) is None


def test_a_returned_review_asks_for_change_and_resubmission() -> None:
    s = submit(proposed())
    s = s.take("review.return", "审核员", say.returning(s.proposal))
    refuses(s, "notice.propose", "承办人", say.telling(s.proposal), "order.review-first")
    assert [x.code for x in s.procedure.next(s.standing) if x.code.startswith("pro")] == [
        "proposal.amend"
    ]
    changed = say.proposal(cause=ChangeCause.REVIEW, reasons="补充了理由")
    s = passed(s.take("proposal.amend", "承办人", changed))
    assert s.refused("notice.propose", "承办人", say.telling(s.proposal)) is None


def test_a_heavier_proposal_is_reviewed_told_and_open_to_a_hearing_again() -> None:
    s = amend(told())
    facts = say.deciding(s.proposal)
    late = s.at(PARTY_DAYS_OVER)
    refuses(late, "decision.propose", "承办人", facts, "notice.served", "CF:44", "CF:62")
    refuses(s, "notice.propose", "承办人", say.telling(s.proposal), "order.review-first")
    s = noticed(passed(s).at(date(2026, 3, 9)))
    refuses(s.at(PARTY_DAYS_OVER), "decision.propose", "承办人", facts, "defence.term", "CF:45")
    assert s.due("hearing.request") == date(2026, 3, 16)
    ready = discussed(s.at(date(2026, 3, 17)))
    assert ready.refused("decision.propose", "承办人", say.deciding(ready.proposal)) is None


def test_a_lighter_proposal_needs_no_new_review_and_no_new_notice() -> None:
    s = told().take("proposal.amend", "承办人", LIGHTER_LAWFUL)
    refuses(s, "review.submit", "承办人", say.submitting(s.proposal), "review.wanted")
    refuses(s, "notice.propose", "承办人", say.telling(s.proposal), "notice.wanted", "CF:44")
    s = discussed(s.at(PARTY_DAYS_OVER))
    assert s.refused("decision.propose", "承办人", say.deciding(s.proposal)) is None


def test_what_becomes_major_after_an_examination_is_legally_reviewed_yet() -> None:
    """An examination does not shut the door on the legal review that a change makes due."""
    small = say.no_penalty(ground=NoPenaltyGround.NO_FAULT, education=True)
    s = passed(proposed(small), EXAMINATION)
    assert (
        s.at(PARTY_DAYS_OVER).refused("decision.propose", "承办人", say.deciding(s.proposal))
        is None
    )
    gone = s.record("proposal.amend", "承办人", replace(HEAVIER, cause=ChangeCause.REVIEW))
    assert gone.refused("review.submit", "承办人", say.submitting(gone.proposal)) is None
    bare = say.proposal(party_class=PartyClass.ORGANISATION, items=(
        PenaltyItem(kind=PenaltyKind.FINE, amount_fen=10_000), ))  # fmt: skip
    s = proposed().record("proposal.amend", "承办人", replace(bare, cause=ChangeCause.REVIEW))
    s = passed(s, EXAMINATION)
    mitigated = replace(bare, cause=ChangeCause.DEFENCE, leniency=Leniency.MITIGATED)
    s = s.record("proposal.amend", "承办人", mitigated)
    refusal = refuses(
        s, "notice.propose", "承办人", say.telling(s.proposal, False), "order.review-first"
    )
    assert refusal.then == "review.submit"
    assert s.refused("review.submit", "承办人", say.submitting(s.proposal)) is None


# --- notice --------------------------------------------------------------------------------------


def test_the_notice_tells_the_proposal_as_it_stands() -> None:
    s = passed(proposed())
    refuses(s, "notice.propose", "承办人", say.telling("0" * 64), "notice.bound", "CF:44")


def test_the_right_to_a_hearing_is_told_just_where_the_law_gives_it() -> None:
    s = passed(proposed())
    untold = say.telling(s.proposal, hearing_right=False)
    refuses(s, "notice.propose", "承办人", untold, "notice.hearing-right", "CF:63")
    s = passed(proposed(SMALL))
    needless = say.telling(s.proposal, hearing_right=True)
    refuses(s, "notice.propose", "承办人", needless, "notice.hearing-right", "CF:63")
    assert s.refused("notice.propose", "承办人", say.telling(s.proposal, False)) is None


def test_a_class_of_party_that_changes_brings_the_right_to_a_hearing_with_it() -> None:
    s = noticed(passed(proposed(SMALL)), hearing_right=False)
    person = say.proposal(cause=ChangeCause.CLERICAL, party_class=PartyClass.PERSON)
    s = s.take("proposal.amend", "承办人", person).at(PARTY_DAYS_OVER)
    refuses(s, "decision.propose", "承办人", say.deciding(s.proposal), "notice.served", "CF:44")


def test_only_a_penalty_is_told_beforehand() -> None:
    made = say.no_penalty(ground=NoPenaltyGround.NO_FAULT, education=True)
    s = passed(proposed(made), EXAMINATION)
    refuses(s, "notice.propose", "承办人", say.telling(s.proposal), "notice.wanted", "CF:44")
    assert s.refused("decision.propose", "承办人", say.deciding(s.proposal)) is None


def test_the_head_approves_the_notice_that_still_stands() -> None:
    s = passed(proposed())
    refuses(s, "notice.approve", "局长", APPROVED, "notice.pending", "CF:44")
    s = s.take("notice.propose", "承办人", say.telling(s.proposal))
    refuses(s, "notice.propose", "承办人", say.telling(s.proposal), "notice.free")
    moved = s.take("proposal.amend", "承办人", LIGHTER_LAWFUL)
    refusal = refuses(moved, "notice.approve", "局长", APPROVED, "notice.approved-bound", "CF:44")
    assert refusal.then == "notice.return"
    again = moved.take("notice.return", "局长", RETURNED)
    assert again.refused("notice.propose", "承办人", say.telling(again.proposal)) is None


def test_no_decision_before_the_notice_is_given_and_served() -> None:
    s = passed(proposed()).at(PARTY_DAYS_OVER)
    facts = say.deciding(s.proposal)
    refusal = refuses(s, "decision.propose", "承办人", facts, "notice.served", "CF:44", "CF:62")
    assert refusal.then == "notice.propose"
    given = s.approve("notice", "承办人", say.telling(s.proposal), endorsed=False)
    refusal = refuses(given, "decision.propose", "承办人", facts, "notice.served")
    assert refusal.then == "document.serve"


@pytest.mark.parametrize("sector", ["market", GENERAL])
def test_nothing_is_decided_before_it_is_proposed(sector: str) -> None:
    s = replace(told(), sector=sector)
    bare = replace(s, standing=replace(s.standing, history=s.standing.history[:5]))
    refusal = bare.refused("decision.propose", "承办人", say.deciding("x"))
    assert refusal is not None
    assert refusal.code == "proposal.made"
