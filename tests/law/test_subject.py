"""Food's first questions: which law governs the subject, and may a diligent seller be spared?"""

from datetime import date

import pytest

from zhifa.law.cite import VersionNotHeld
from zhifa.law.subject import SELLER_GROUNDS, Answer, FoodSubject, governing, seller_exemption

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("subject", "law", "food_law"),
    [
        (FoodSubject.LICENSED, "FS", True),
        (FoodSubject.UNLICENSED, "FS", True),
        (FoodSubject.SMALL_WORKSHOP, "SCXZ", False),
        (FoodSubject.SMALL_SHOP, "SCXZ", False),
        (FoodSubject.STALL, "SCXZ", False),
        (FoodSubject.FARMER, "NC", False),
    ],
)
def test_the_subject_decides_the_law(subject, law, food_law):
    found = governing(subject, ON)
    assert (found.law, found.food_law_penalties) == (law, food_law)
    assert found.cites
    assert found.why


def test_the_provincial_regulation_is_marked_as_unread():
    assert governing(FoodSubject.STALL, ON).unconfirmed
    assert not governing(FoodSubject.LICENSED, ON).unconfirmed


def test_before_a_version_that_we_hold_nothing_is_said():
    with pytest.raises(VersionNotHeld):
        governing(FoodSubject.LICENSED, date(2014, 1, 1))


def test_a_diligent_unknowing_seller_who_names_the_source_may_be_spared_but_loses_the_food():
    found = seller_exemption(Answer.YES, Answer.YES, Answer.YES)
    assert (found.may_exempt, found.confiscate) == (True, True)


@pytest.mark.parametrize("n", range(3))
def test_each_condition_alone_defeats_the_exemption(n):
    answers = [Answer.YES] * 3
    answers[n] = Answer.NO
    found = seller_exemption(*answers)
    assert not found.may_exempt
    assert found.failed == (SELLER_GROUNDS[n].code,)


def test_what_is_not_found_yet_is_named_with_its_evidence():
    found = seller_exemption(Answer.YES, Answer.UNKNOWN, Answer.YES)
    assert (found.may_exempt, found.open) == (False, ("unaware",))
    assert all(evidence for _, evidence in found.evidence_required)


def test_a_producer_cannot_rely_on_the_sellers_exemption():
    assert not seller_exemption(Answer.YES, Answer.YES, Answer.YES, sells_only=False).may_exempt
