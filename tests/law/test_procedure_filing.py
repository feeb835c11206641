"""From a clue to the filing: what must be verified, who decides, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import (
    APPROVED,
    CAST,
    DAY,
    ENDORSED,
    RETURNED,
    Story,
    clue_verified,
    decided,
    filed,
    refuses,
    registered,
)
from zhifa.law.actor import Duty
from zhifa.law.procedures.parts.approval import Endorsed
from zhifa.law.procedures.penalty import facts as f


def not_filed() -> Story:
    s = registered().take("clue.verify", "承办人", say.verified(criteria_met=False))
    return s.approve("filing", "承办人", say.filing(DAY, outcome=f.FilingOutcome.NOT_FILE))


def test_nothing_comes_before_the_clue_and_no_clue_twice() -> None:
    assert Story().refused("clue.verify", "承办人", say.verified()).code == "not-begun"  # type: ignore[union-attr]
    refusal = registered().refused("clue.register", "外勤", say.clue(DAY))
    assert refusal is not None
    assert refusal.code == "begun"


def test_no_step_is_dated_before_the_one_before_it() -> None:
    s = registered().at(date(2026, 3, 1))
    refusal = s.refused("clue.verify", "承办人", say.verified())
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("day-order", "on")


def test_a_clue_cannot_arrive_after_the_day_on_which_it_is_entered() -> None:
    late = say.clue(date(2026, 3, 3))
    assert (
        refuses(Story(), "clue.register", "外勤", late, "clue.day", "CF:54").field == "received_on"
    )


def test_no_filing_before_the_clue_is_verified() -> None:
    refusal = refuses(
        registered(), "filing.propose", "承办人", say.filing(DAY), "clue.verified", "CF:54", "SJ:18"
    )
    assert refusal.then == "clue.verify"


def test_a_clue_is_decided_once() -> None:
    for step, who, facts in (
        ("clue.verify", "承办人", say.verified()),
        ("clue.extend", "局长", f.VerificationExtended(reason="需要检测")),
        ("filing.propose", "承办人", say.filing(DAY)),
    ):
        refuses(filed(), step, who, facts, "clue.undecided", "CF:54:2")


def test_the_days_to_verify_are_lengthened_once() -> None:
    more = f.VerificationExtended(reason="需要检测")
    s = registered().take("clue.extend", "局长", more)
    refuses(s, "clue.extend", "局长", more, "clue.extension", "SJ:18")


def test_what_meets_the_standard_must_be_filed() -> None:
    facts = say.filing(DAY, outcome=f.FilingOutcome.NOT_FILE)
    refusal = refuses(
        clue_verified(), "filing.propose", "承办人", facts, "filing.standard", "CF:54:2", "CF:76"
    )
    assert (refusal.kind, refusal.field) == ("field", "outcome")


def test_what_misses_the_standard_is_not_filed() -> None:
    s = registered().take("clue.verify", "承办人", say.verified(criteria_met=False))
    refusal = refuses(s, "filing.propose", "承办人", say.filing(DAY), "filing.standard")
    assert refusal.then == "clue.verify"
    assert (
        s.refused("filing.propose", "承办人", say.filing(DAY, outcome=f.FilingOutcome.NOT_FILE))
        is None
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"party": ""}, "party"),
        ({"power": ""}, "power"),
        ({"acted_until": None}, "acted_until"),
        ({"acted_until": date(2026, 3, 3)}, "acted_until"),
        ({"outcome": f.FilingOutcome.HAND_OVER}, "target"),
        ({"outcome": f.FilingOutcome.MERGE}, "target"),
    ],
)
def test_a_filing_names_party_power_and_day_or_where_it_goes(
    changed: dict[str, object], field: str
) -> None:
    facts = say.filing(DAY, **changed)
    refusal = refuses(
        clue_verified(), "filing.propose", "承办人", facts, "filing.complete", "CF:54:2"
    )
    assert refusal.field == field


@pytest.mark.parametrize(
    "handlers",
    [
        ("承办人",),
        ("承办人", "承办人"),
        ("承办人", "无证人员"),
        ("承办人", "过期人员"),
        ("承办人", "科长"),
        ("承办人", "不存在"),
    ],
)
def test_two_certified_officers_handle_a_case(handlers: tuple[str, ...]) -> None:
    facts = say.filing(DAY, handlers=handlers)
    refuses(clue_verified(), "filing.propose", "承办人", facts, "filing.handlers", "CF:42")


def test_who_was_recused_does_not_take_the_case_over() -> None:
    s = filed().take("recusal.request", "科长", say.recusal("外勤"))
    s = s.take("recusal.decide", "局长", say.recusal_decided("外勤"))
    change = f.HandlersChanged(handlers=("承办人", "外勤"), reason="调整")
    refuses(s, "handlers.change", "科长", change, "filing.handlers", "CF:42")
    allowed = f.HandlersChanged(handlers=("承办人", "转岗审核员"), reason="调整")
    assert s.refused("handlers.change", "科长", allowed) is None


def test_a_power_that_the_agency_does_not_hold_is_not_used() -> None:
    facts = say.filing(DAY, power="food.unknown")
    refusal = refuses(clue_verified(), "filing.propose", "承办人", facts, "filing.power", "CF:22")
    assert refusal.field == "power"


@pytest.mark.parametrize(
    ("ended", "severe", "lawful"),
    [
        (date(2024, 3, 2), False, True),
        (date(2024, 3, 1), False, False),
        (date(2024, 3, 1), True, True),
        (date(2021, 3, 2), True, True),
        (date(2021, 3, 1), True, False),
    ],
)
def test_the_limitation_is_two_years_and_five_for_life_and_health(
    ended: date, severe: bool, lawful: bool
) -> None:
    facts = say.filing(DAY, acted_until=ended, life_or_health=severe)
    if lawful:
        assert clue_verified().refused("filing.propose", "承办人", facts) is None
    else:
        refuses(clue_verified(), "filing.propose", "承办人", facts, "filing.limitation", "CF:36")


def test_what_was_discovered_in_time_is_not_barred_while_it_is_verified() -> None:
    s = clue_verified().at(date(2026, 3, 20))
    facts = say.filing(DAY, acted_until=date(2024, 3, 5))
    assert s.refused("filing.propose", "承办人", facts) is None


def test_an_approval_waits_for_proposal_and_endorsement_in_turn() -> None:
    s = clue_verified()
    refuses(s, "filing.endorse", "科长", ENDORSED, "filing.pending", "CF:54:2")
    refuses(s, "filing.approve", "局长", APPROVED, "filing.pending")
    s = s.take("filing.propose", "承办人", say.filing(DAY))
    refusal = refuses(s, "filing.propose", "承办人", say.filing(DAY), "filing.free")
    assert refusal.then == "filing.approve"
    assert (
        refuses(s, "filing.approve", "局长", APPROVED, "filing.endorsed").then == "filing.endorse"
    )
    s = s.take("filing.endorse", "科长", ENDORSED)
    refuses(s, "filing.endorse", "科长", Endorsed(opinion="再次同意"), "filing.unendorsed")
    assert s.take("filing.approve", "局长", APPROVED).owes("clue.undecided") is False


def test_a_returned_proposal_has_no_effect_and_is_made_again() -> None:
    s = clue_verified().take("filing.propose", "承办人", say.filing(DAY))
    s = s.take("filing.return", "科长", RETURNED)
    assert s.owes("clue.undecided")
    assert not s.runs("decision")
    refuses(s, "filing.return", "科长", RETURNED, "filing.pending")
    assert s.approve("filing", "承办人", say.filing(DAY)).runs("decision")


def test_nobody_endorses_or_approves_their_own_proposal() -> None:
    both = replace(CAST["承办人"], posts=(*CAST["承办人"].posts, CAST["局长"].posts[0]))
    s = clue_verified().approve("filing", "承办人", say.filing(DAY))
    s = s.take("preservation.propose", "承办人", say.preserving())
    attempt = replace(s.attempt("preservation.approve", "局长", APPROVED), actor=both)
    refusal = s.procedure.refuse(s.standing, attempt)
    assert refusal is not None
    assert refusal.code == "separation"
    assert both.holds(Duty.AGENCY_HEAD)


def test_without_a_case_nothing_goes_on() -> None:
    s = not_filed()
    refuses(s, "inspection.record", "承办人", say.inspection(DAY), "case.active", "CF:54")
    refuses(s, "party.confirm", "承办人", say.confirmed(), "case.filed", "CF:54:2")
    refuses(s, "recusal.request", "科长", say.recusal("承办人"), "case.open", "CF:57")
    assert not s.owes("clue.undecided")


def test_evidence_may_be_gathered_while_the_clue_is_verified_but_no_case_is_made_of_it() -> None:
    s = registered()
    assert s.refused("evidence.add", "外勤", say.evidence(DAY)) is None
    refuses(s, "law.settle", "承办人", say.settled(DAY), "case.filed")


def test_after_the_decision_nothing_prepares_it_any_more() -> None:
    s = decided()
    for step, facts in (
        ("evidence.add", say.evidence(s.on, "证9")),
        ("law.settle", say.settled(s.on)),
        ("proposal.amend", say.proposal()),
        ("notice.propose", say.telling(s.proposal)),
        ("discussion.hold", say.discussed(s.proposal)),
    ):
        who = "局长" if step == "discussion.hold" else "承办人"
        refuses(s, step, who, facts, "case.undecided", "CF:57")


def test_without_a_case_nothing_of_the_party_stays_preserved() -> None:
    s = registered().take("clue.verify", "承办人", say.verified(criteria_met=False))
    refuse = say.filing(DAY, outcome=f.FilingOutcome.NOT_FILE)
    waiting = s.take("preservation.propose", "承办人", say.preserving())
    refuses(waiting, "filing.propose", "承办人", refuse, "filing.preserved", "CF:56")
    kept = waiting.take("preservation.approve", "局长", APPROVED)
    refusal = refuses(kept, "filing.propose", "承办人", refuse, "filing.preserved", "CF:56")
    assert refusal.then == "preservation.dispose"
    free = kept.take("preservation.dispose", "承办人", say.disposing())
    assert free.refused("filing.propose", "承办人", refuse) is None


def test_a_filing_is_not_approved_over_what_was_preserved_meanwhile() -> None:
    s = registered().take("clue.verify", "承办人", say.verified(criteria_met=False))
    s = s.take("filing.propose", "承办人", say.filing(DAY, outcome=f.FilingOutcome.NOT_FILE))
    s = s.take("filing.endorse", "科长", ENDORSED)
    s = s.take("preservation.propose", "承办人", say.preserving())
    refuses(s, "filing.approve", "局长", APPROVED, "filing.preserved", "CF:56")


def test_a_named_reporter_is_told_and_nobody_else_is() -> None:
    s = clue_verified(named_reporter=True, source=f.ClueSource.REPORT)
    s = s.approve("filing", "承办人", say.filing(DAY))
    assert s.owes("reporter.untold")
    told = f.ReporterTold(told_on=DAY, how="电话")
    early = f.ReporterTold(told_on=date(2026, 3, 1), how="电话")
    ahead = f.ReporterTold(told_on=date(2026, 3, 3), how="电话")
    refuses(s, "reporter.tell", "承办人", early, "reporter.day")
    refuses(s, "reporter.tell", "承办人", ahead, "reporter.day")
    assert not s.take("reporter.tell", "承办人", told).owes("reporter.untold")
    refuses(filed(), "reporter.tell", "承办人", told, "reporter.waits")


def test_no_clue_ends_as_a_penalty_file() -> None:
    refusal = not_filed().refused("closing.propose", "承办人", say.closing())
    assert refusal is not None
    assert refusal.code == "case.open"
