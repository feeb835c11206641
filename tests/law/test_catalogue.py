"""Hearing thresholds, the review catalogue, reporting for record: who owes what, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa.law.catalogue import (
    ProposalView,
    classify,
    due,
    hearing_right,
    items,
    manual_flags,
    record_filing_due,
)
from zhifa.law.power import PenaltyKind

ON = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("amounts", "party", "right"),
    [
        ({"fine": 999_999}, "person", False),
        ({"fine": 1_000_000}, "person", True),
        ({"fine": 9_999_999}, "organisation", False),
        ({"fine": 10_000_000}, "organisation", True),
        ({"confiscate_gain": 600_000, "confiscate_goods": 400_000}, "person", True),
        ({"confiscate_gain": 600_000, "fine": 600_000}, "person", False),
        ({"license_revocation": 0}, "organisation", True),
        ({"suspension_of_business": 0}, "organisation", True),
        ({"license_suspension": 0}, "organisation", True),
        ({"warning": 0}, "person", False),
        ({}, "person", False),
    ],
)
def test_a_hearing_may_be_asked_for_in_market_supervision(amounts, party, right):
    found = hearing_right(amounts, party, "market", ON)
    assert found.due is right
    assert found.cites
    assert found.why


def test_a_threshold_from_memory_says_that_it_is_unconfirmed():
    assert hearing_right({"fine": 1_000_000}, "person", "market", ON).unconfirmed
    assert not hearing_right({"license_revocation": 0}, "person", "market", ON).unconfirmed
    assert not hearing_right({"fine": 400_000}, "person", "public_security", ON).unconfirmed


def test_a_field_whose_threshold_is_not_held_gives_the_right_for_any_fine():
    found = hearing_right({"fine": 100}, "organisation", "urban_management", ON)
    assert found.due
    assert "有利于当事人" in found.why
    assert not hearing_right({"warning": 0}, "organisation", "urban_management", ON).due


def test_before_the_threshold_was_in_force_it_is_not_applied():
    assert hearing_right({"fine": 100}, "person", "public_security", date(2025, 12, 31)).due
    assert not hearing_right({"fine": 100}, "person", "public_security", date(2026, 1, 1)).due


def test_a_sole_trader_counts_in_the_class_that_protects_them_and_it_is_said():
    found = classify("individual_business")
    assert (found.party_class, found.settled) == ("person", False)
    assert "更有利" in found.why
    assert classify("enterprise").party_class == "organisation"
    assert classify("某新类型").party_class == "person"


KINDS = st.dictionaries(
    st.sampled_from([k.value for k in PenaltyKind]), st.integers(0, 10**8), max_size=4
)


@given(KINDS, st.sampled_from(["market", "urban_management"]))
def test_the_favourable_class_never_has_less_right(amounts, field):
    person = hearing_right(amounts, "person", field, ON).due
    organisation = hearing_right(amounts, "organisation", field, ON).due
    assert person or not organisation


# --- review -----------------------------------------------------------------------------------


def codes(**view):
    hits = due(ProposalView(act="penalty", **view), field="market", on=ON)
    return {h.code for h in hits}


def test_an_ordinary_small_fine_needs_no_legal_review():
    assert codes(amounts={"fine": 499_999}) == set()


@pytest.mark.parametrize(
    ("view", "code"),
    [
        ({"heard": True}, "heard"),
        ({"hearing": True}, "hearing-right"),
        ({"amounts": {"fine": 400_000, "confiscate_goods": 100_000}}, "amount"),
        ({"amounts": {"fine": 5_000_000}, "party_class": "organisation"}, "amount"),
        ({"amounts": {"license_revocation": 0}}, "licence"),
        ({"amounts": {"closure": 0}}, "closure"),
        ({"mitigated": True}, "mitigated"),
        ({"deviates": True}, "deviation"),
        ({"spared": True}, "spared"),
        ({"decision": "transfer_criminal"}, "transfer"),
        ({"flags": frozenset({"public_interest"})}, "public-interest"),
        ({"flags": frozenset({"complex"})}, "complex"),
        ({"flags": frozenset({"third_party"})}, "third-party"),
    ],
)
def test_the_catalogue_finds(view, code):
    assert codes(**view) == {code}


def test_a_hit_says_why_and_on_which_article():
    (hit,) = due(ProposalView("penalty", amounts={"fine": 600_000}), field="market", on=ON)
    assert "6000元" in hit.why
    assert hit.unconfirmed
    assert not hit.floor
    (floor,) = due(ProposalView("penalty", heard=True), field="market", on=ON)
    assert (floor.floor, floor.cites[0].key) == (True, "CF:58:1:2")


def test_every_manual_flag_leads_to_an_item():
    used = {
        t["flag"] for i in items("penalty", field="market", on=ON) for t in i.when if "flag" in t
    }
    assert set(manual_flags()) <= used


def test_the_kinds_of_the_catalogue_are_kinds_of_penalty():
    known = {k.value for k in PenaltyKind}
    for item in items("penalty", field="market", on=ON):
        for trigger in item.when:
            assert set(trigger.get("kinds", ())) <= known


def test_major_penalties_are_reported_for_record():
    assert record_filing_due({"fine": 500_000}, "person").due
    assert not record_filing_due({"fine": 499_999}, "person").due
    assert record_filing_due({"confiscate_goods": 5_000_000}, "organisation").due
    assert record_filing_due({"license_revocation": 0}, "organisation").due
