"""Old law or new: both are evaluated, the lighter applies, and the comparison is printed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa.law.choice import Norm, Weight, choose
from zhifa.law.cite import VersionNotHeld
from zhifa.law.range import Band, LegalRange
from zhifa.law.sources import DQ, EC, FS

CODE_DAY = date(2026, 8, 15)
EVE = CODE_DAY - timedelta(days=1)


def pair(old_cite, old, new_cite, new):
    """Two norms on either side of the day on which the code came into force; amounts in yuan."""
    return (
        Norm((old_cite,), date(2018, 10, 26), EVE,
             fine=LegalRange((old_cite,), (Band(old[0] * 100, old[1] * 100),))),
        Norm((new_cite,), CODE_DAY,
             fine=LegalRange((new_cite,), (Band(new[0] * 100, new[1] * 100),))),
    )  # fmt: skip


BARBECUE = pair(DQ(118, 3), (500, 20_000), EC(1132, 3), (500, 5_000))
NO_PERMIT = pair(DQ(99, item=1), (100_000, 1_000_000), EC(1102), (200_000, 1_000_000))
FUMES = pair(DQ(118, 1), (5_000, 50_000), EC(1132, 1), (5_000, 50_000))


@pytest.mark.parametrize(
    ("norms", "act", "decision", "weight", "applies"),
    [
        (BARBECUE, date(2026, 6, 1), date(2026, 8, 14), Weight.SAME, "DQ"),
        (BARBECUE, date(2026, 6, 1), date(2026, 8, 15), Weight.LIGHTER, "EC"),
        (BARBECUE, date(2026, 8, 14), date(2026, 9, 1), Weight.LIGHTER, "EC"),
        (BARBECUE, date(2026, 8, 15), date(2026, 9, 1), Weight.SAME, "EC"),
        (NO_PERMIT, date(2026, 6, 1), date(2026, 8, 14), Weight.SAME, "DQ"),
        (NO_PERMIT, date(2026, 6, 1), date(2026, 8, 15), Weight.HEAVIER, "DQ"),
        (NO_PERMIT, date(2026, 8, 15), date(2026, 9, 1), Weight.SAME, "EC"),
        (FUMES, date(2026, 6, 1), date(2026, 9, 1), Weight.SAME, "DQ"),
    ],
)
def test_across_the_day_of_the_environment_code(norms, act, decision, weight, applies):
    found = choose(norms, act, decision, {})
    assert found.weight is weight
    assert found.applied.norm.cites[0].law == applies
    assert not found.unsettled


def test_the_comparison_prints_both_laws_and_the_article():
    lines = choose(BARBECUE, date(2026, 6, 1), date(2026, 9, 1), {}).explain()
    text = "".join(lines)
    assert "500元以上20000元以下" in text
    assert "500元以上5000元以下" in text
    assert "行政处罚法第三十七条" in text
    assert "程序适用办理时的规定" in text
    assert len(choose(BARBECUE, date(2026, 8, 15), date(2026, 9, 1), {}).explain()) == 1


def test_what_is_no_longer_an_offence_is_not_penalised():
    repealed = (BARBECUE[0], Norm((EC(1242),), CODE_DAY, punishable=False))
    found = choose(repealed, date(2026, 6, 1), date(2026, 9, 1), {})
    assert found.applies_new
    assert not found.applied.norm.punishable
    assert "不认为是违法" in "".join(found.explain())


def test_what_was_no_offence_when_done_is_not_penalised_by_the_new_law():
    made = (Norm((DQ(118),), date(2018, 10, 26), EVE, punishable=False), BARBECUE[1])
    found = choose(made, date(2026, 6, 1), date(2026, 9, 1), {})
    assert not found.applied.norm.punishable


def test_lighter_here_and_heavier_there_is_left_to_a_person_with_the_old_law_standing():
    closing = replace(BARBECUE[1], kinds=frozenset({"suspension_of_business"}))
    found = choose((BARBECUE[0], closing), date(2026, 6, 1), date(2026, 9, 1), {})
    assert (found.weight, found.unsettled, found.applies_new) == (Weight.MIXED, True, False)
    assert "说明理由" in "".join(found.explain())


def test_the_food_law_of_2025_left_the_range_as_it_was_so_the_acts_day_governs():
    bands = (Band(5_000_000, 10_000_000, until_fen=1_000_000),
             Band(min_times=10, max_times=20, from_fen=1_000_000))  # fmt: skip
    fine = LegalRange((FS(124, 1, 5),), bands, "goods_value_fen")
    norms = (
        Norm((FS(124, 1, 5),), date(2021, 4, 29), date(2025, 11, 30), fine=fine),
        Norm((FS(124, 1, 5),), date(2025, 12, 1), fine=fine),
    )
    found = choose(norms, date(2025, 11, 20), date(2026, 1, 20), {"goods_value_fen": 68_000})
    assert (found.weight, found.day) == (Weight.SAME, date(2025, 11, 20))


def test_a_day_without_a_row_is_refused_and_so_is_a_decision_before_the_act():
    with pytest.raises(VersionNotHeld):
        choose(BARBECUE, date(2015, 1, 1), date(2026, 9, 1), {})
    with pytest.raises(ValueError, match="早于"):
        choose(BARBECUE, date(2026, 9, 2), date(2026, 9, 1), {})


AMOUNTS = st.tuples(st.integers(1, 1000), st.integers(0, 1000)).map(lambda p: (p[0], p[0] + p[1]))


@given(AMOUNTS, AMOUNTS)
def test_the_party_never_fares_worse_than_under_the_law_of_the_act(old, new):
    found = choose(pair(DQ(118), old, EC(1132), new), date(2026, 6, 1), date(2026, 9, 1), {})
    assert found.applied.fine.max_fen <= found.old.fine.max_fen
    assert found.applied.fine.min_fen <= found.old.fine.min_fen
