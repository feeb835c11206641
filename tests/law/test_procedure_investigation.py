"""The investigation: records, evidence, preservation, correction, gain, law, the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_story import (
    APPROVED,
    DAY,
    RETURNED,
    decided,
    filed,
    investigated,
    proposed,
    refuses,
    registered,
)
from zhifa.law.facts import Facts
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.subject import Answer
from zhifa.law.term import SuspensionKind

NEXT = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("step", "facts", "field"),
    [
        ("inspection.record", say.inspection(DAY, identity_shown=False), "identity_shown"),
        ("inspection.record", say.inspection(DAY, recusal_told=False), "recusal_told"),
        ("interview.record", say.interview(DAY, identity_shown=False), "identity_shown"),
        ("interview.record", say.interview(DAY, rights_told=False), "rights_told"),
    ],
)
def test_certificates_are_shown_and_rights_told(step: str, facts: Facts, field: str) -> None:
    refusal = refuses(filed(), step, "承办人", facts, "identity.shown", "CF:55:1", "CF:43")
    assert refusal.field == field


@pytest.mark.parametrize(
    ("started", "ended"),
    [
        (say.instant(DAY, 2), say.instant(DAY, 2)),
        (say.instant(DAY, 3), say.instant(DAY, 2)),
        (say.instant(DAY, 2), say.instant(NEXT, 2)),
        (say.instant(DAY, 2), say.instant(DAY, 16)),
    ],
)
def test_a_record_ends_after_it_began_and_before_it_is_entered(
    started: object, ended: object
) -> None:
    for step, make in (("inspection.record", say.inspection), ("interview.record", say.interview)):
        facts = make(DAY, started_at=started, ended_at=ended)
        refuses(filed(), step, "承办人", facts, "record.hours", "CF:55")


def test_a_refusal_to_sign_is_witnessed() -> None:
    refused = say.inspection(DAY, refused=True)
    refuses(filed(), "inspection.record", "承办人", refused, "site.refusal", "CF:55")
    seen = say.inspection(DAY, refused=True, witness="邻居")
    assert filed().refused("inspection.record", "承办人", seen) is None


def test_evidence_is_collected_before_it_is_entered() -> None:
    ahead = say.evidence(DAY, collected_at=say.instant(DAY, 16))
    refuses(filed(), "evidence.add", "承办人", ahead, "evidence.day", "CF:46")
    assert filed().refused("evidence.add", "承办人", say.evidence(DAY)) is None


def test_one_preservation_is_settled_before_the_next() -> None:
    s = filed().approve("preservation", "承办人", say.preserving(), endorsed=False)
    refuses(s, "preservation.propose", "承办人", say.preserving(), "preservation.settled", "CF:56")
    s = s.take("preservation.dispose", "承办人", say.disposing())
    refuses(s, "preservation.dispose", "承办人", say.disposing(), "preservation.open", "CF:56")
    assert s.refused("preservation.propose", "承办人", say.preserving()) is None


def test_a_preservation_is_approved_by_the_head_and_by_nobody_before_it_is_proposed() -> None:
    refuses(filed(), "preservation.approve", "局长", APPROVED, "preservation.pending", "CF:56")
    s = filed().take("preservation.propose", "承办人", say.preserving())
    refuses(s, "preservation.propose", "协办人", say.preserving(), "preservation.free")
    assert not s.owes("preservation.open")
    assert s.take("preservation.approve", "局长", APPROVED).owes("preservation.open")


def test_no_preservation_is_approved_once_the_decision_is_made() -> None:
    s = decided(None)
    late = s.record("preservation.propose", "承办人", say.preserving())
    refuses(late, "preservation.approve", "局长", APPROVED, "case.undecided")


def test_which_law_governs_is_asked_with_true_days() -> None:
    for acted_from, acted_until in ((NEXT, DAY), (DAY, NEXT)):
        facts = say.settled(DAY, acted_from=acted_from, acted_until=acted_until)
        refusal = refuses(filed(), "law.settle", "承办人", facts, "law.days", "CF:36", "CF:37")
        assert refusal.field == "acted_until"


def test_a_sellers_diligence_is_answered_in_each_of_its_conditions() -> None:
    for name in ("inspected", "unaware", "source_named"):
        facts = say.settled(DAY, **{name: Answer.UNKNOWN})
        refuses(filed(), "law.settle", "承办人", facts, "diligence.answered", "FS:136")


def test_nobody_types_which_law_governs() -> None:
    lawful = say.settled(DAY)
    assert filed().refused("law.settle", "承办人", lawful) is None
    for changed in (
        {"law": "NCP"},
        {"law_version": "旧版"},
        {"comparison": "无须比较"},
        {"applies_on": None},
    ):
        facts = replace(lawful, **changed)
        refuses(filed(), "law.settle", "承办人", facts, "law.computed", "CF:37", "FS:36")


def test_old_and_new_law_are_compared_again_when_the_law_has_changed_since() -> None:
    s = investigated(date(2025, 11, 24))
    assert s.refused("investigation.end", "承办人", say.proposal()) is None
    s = s.at(date(2025, 12, 1))
    refusal = refuses(s, "investigation.end", "承办人", say.proposal(), "law.current", "CF:37")
    assert refusal.then == "law.settle"


def test_no_more_is_refunded_than_was_taken() -> None:
    facts = say.gain(income_fen=100, refunded_fen=101)
    refuses(filed(), "gain.find", "承办人", facts, "gain.refund", "CF:28:2")
    assert say.gain(income_fen=100, refunded_fen=40).gain_fen == 60


def test_a_correction_is_ordered_for_a_day_to_come() -> None:
    past = say.correction(date(2026, 3, 1))
    refuses(filed(), "correction.order", "承办人", past, "correction.day", "CF:28:1")


def test_a_correction_is_rechecked_and_rechecked_again_while_it_is_not_made() -> None:
    none = filed()
    refuses(none, "correction.recheck", "承办人", say.rechecked(), "correction.waiting", "CF:28:1")
    s = filed().take("correction.order", "承办人", say.correction(date(2026, 3, 6)))
    assert s.due("correction.recheck") == date(2026, 3, 13)
    s = s.at(date(2026, 3, 9))
    s = s.take("correction.recheck", "承办人", say.rechecked(f.RecheckResult.NOT_CORRECTED))
    assert s.owes("correction.unchecked")
    assert s.runs("correction.recheck")
    assert s.due("correction.recheck") == date(2026, 3, 16)
    s = s.take("correction.recheck", "承办人", say.rechecked())
    assert not s.owes("correction.unchecked")
    assert not s.runs("correction.recheck")


@pytest.mark.parametrize(
    ("without", "code", "cite"),
    [
        ("party.confirm", "party.confirmed", "CF:61"),
        ("inspection.record", "investigation.record", "CF:55"),
        ("evidence.add", "evidence.any", "CF:46"),
        ("law.settle", "law.settled", "FS:36"),
        ("gain.find", "gain.found", "CF:28:2"),
        ("correction.order", "correction.ordered", "CF:28:1"),
    ],
)
def test_no_proposal_while_the_investigation_lacks_a_finding(
    without: str, code: str, cite: str
) -> None:
    s = investigated(without=without)
    refusal = refuses(s, "investigation.end", "承办人", say.proposal(), code, cite)
    assert refusal.then in (without, "inspection.record")


def test_a_reason_why_no_correction_is_ordered_serves_as_well() -> None:
    s = investigated(without="correction.order").take(
        "correction.waive", "承办人", f.CorrectionWaived(corrected=True, reason="已经下架")
    )
    assert s.refused("investigation.end", "承办人", say.proposal()) is None
    assert not s.owes("correction.unchecked")


def test_an_interview_serves_as_the_record_too() -> None:
    s = investigated(without="inspection.record")
    s = s.take("interview.record", "承办人", say.interview(DAY))
    assert s.refused("investigation.end", "承办人", say.proposal()) is None


def test_the_investigation_ends_once() -> None:
    refusal = refuses(
        proposed(), "investigation.end", "承办人", say.proposal(), "investigation.running", "CF:57"
    )
    assert refusal.then == "proposal.amend"


@pytest.mark.parametrize(
    ("since", "until", "kind", "field"),
    [
        (date(2026, 3, 9), date(2026, 3, 6), SuspensionKind.TESTING, "until_on"),
        (date(2026, 3, 6), date(2026, 3, 11), SuspensionKind.TESTING, "until_on"),
        (date(2026, 3, 1), date(2026, 3, 6), SuspensionKind.TESTING, "from_on"),
        (date(2026, 3, 3), date(2026, 3, 6), SuspensionKind.LITIGATION, "kind"),
    ],
)
def test_only_what_the_rule_names_and_what_has_happened_stops_the_clock(
    since: date, until: date, kind: SuspensionKind, field: str
) -> None:
    s = filed().at(date(2026, 3, 10))
    refusal = refuses(
        s, "clock.suspend", "科长", say.suspended(since, until, kind), "suspension.days", "CF:60"
    )
    assert refusal.field == field
    fine = say.suspended(date(2026, 3, 3), date(2026, 3, 10), SuspensionKind.TESTING)
    assert s.refused("clock.suspend", "科长", fine) is None


@pytest.mark.parametrize("days", [0, 31, 365])
def test_the_head_gives_thirty_days_at_most(days: int) -> None:
    facts = say.extending(days)
    refuses(filed(), "extension.propose", "承办人", facts, "extension.length", "CF:60", "SJ:64")


def test_more_days_need_the_heads_together_on_the_record_and_then_no_more() -> None:
    s = filed().approve("extension", "承办人", say.extending(30), endorsed=False)
    refusal = refuses(s, "extension.propose", "承办人", say.extending(20), "extension.length")
    assert refusal.field == "discussion"
    s = s.take("evidence.add", "承办人", say.evidence(DAY, "讨论笔录"))
    refuses(s, "extension.propose", "承办人", say.extending(0, "讨论笔录"), "extension.length")
    s = s.approve("extension", "承办人", say.extending(45, "讨论笔录"), endorsed=False)
    refuses(s, "extension.propose", "承办人", say.extending(1, "讨论笔录"), "extension.length")


def test_an_extension_waits_for_its_approval_and_dies_with_the_decision() -> None:
    refuses(filed(), "extension.approve", "局长", APPROVED, "extension.pending", "CF:60")
    s = filed().take("extension.propose", "承办人", say.extending(30))
    before = s.due("decision")
    refuses(s, "extension.propose", "承办人", say.extending(30), "extension.free")
    assert s.due("decision") == before
    returned = s.take("extension.return", "科长", RETURNED)
    assert returned.refused("extension.propose", "承办人", say.extending(20)) is None
    late = decided().record("extension.propose", "承办人", say.extending(30))
    refuses(late, "extension.approve", "局长", APPROVED, "case.undecided")


def test_before_the_filing_the_case_has_no_handlers_who_alone_may_act() -> None:
    assert registered().refused("inspection.record", "外勤", say.inspection(DAY)) is None
