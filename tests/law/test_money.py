"""Fines in capitals, the surcharge and its pauses, cash on the spot."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa.law.money import (
    CashGround,
    capitals,
    may_collect_cash,
    on_the_spot_limit,
    surcharge,
    yuan,
)

FINE = 1_000_000
DUE = date(2026, 4, 30)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (100, "壹元整"),
        (1000, "壹拾元整"),
        (1050, "壹拾元伍角"),
        (1005, "壹拾元零伍分"),
        (10_010, "壹佰元壹角"),
        (100_500, "壹仟零伍元整"),
        (5_000_000, "伍万元整"),
        (5_500_000, "伍万伍仟元整"),
        (5_050_000, "伍万零伍佰元整"),
        (10_000_100, "壹拾万零壹元整"),
        (100_000_000, "壹佰万元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (10_005_000_000, "壹亿零伍万元整"),
        (12_345_678_901, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"),
        (10_000_500_000, "壹亿零伍仟元整"),
    ],
)
def test_amounts_are_written_in_capitals(fen, text):
    assert capitals(fen) == text


def test_impossible_amounts_are_refused():
    for fen in (-1, 10**14):
        with pytest.raises(ValueError, match="超出范围"):
            capitals(fen)


def test_amounts_in_a_sentence():
    assert [yuan(n) for n in (5_000_000, 50, 1205, -100)] == ["50000元", "0.5元", "12.05元", "-1元"]


def test_s04_ten_days_late_cost_thirty_percent():
    found = surcharge(FINE, DUE, date(2026, 5, 10))
    assert (found.overdue_days, found.amount_fen, found.capped) == (10, 300_000, False)


def test_s05_the_surcharge_stops_at_the_fine_itself():
    found = surcharge(FINE, DUE, date(2026, 7, 1))
    assert (found.overdue_days, found.amount_fen, found.capped) == (62, FINE, True)
    assert any("为限" in line for line in found.explain())


def test_the_cap_is_reached_on_day_thirty_four():
    assert surcharge(FINE, DUE, DUE + timedelta(days=33)).amount_fen == 990_000
    assert surcharge(FINE, DUE, DUE + timedelta(days=34)).amount_fen == FINE


def test_s06_no_surcharge_runs_while_reconsideration_does():
    found = surcharge(FINE, DUE, date(2026, 6, 15), [(date(2026, 5, 6), date(2026, 6, 10))])
    assert (found.overdue_days, found.paused_days, found.amount_fen) == (10, 36, 300_000)


def test_paid_in_time_costs_nothing():
    assert surcharge(FINE, DUE, DUE).amount_fen == 0
    assert surcharge(FINE, DUE, date(2026, 4, 1)).amount_fen == 0


def test_s07_two_hundred_yuan_in_cash_is_refused_unless_the_law_has_a_ground():
    refused = may_collect_cash(20_000, on_the_spot=True)
    assert not refused.allowed
    assert refused.cites[0].label == "行政处罚法第六十七条第二款"
    assert may_collect_cash(10_000, on_the_spot=True).ground is CashGround.UP_TO_100
    assert may_collect_cash(20_000, on_the_spot=True, hard_later=True).allowed
    assert not may_collect_cash(10_000, on_the_spot=False, hard_later=True).allowed
    assert may_collect_cash(10**7, on_the_spot=False, remote_request=True).allowed


def test_the_limit_of_deciding_on_the_spot_is_not_the_limit_of_collecting():
    assert on_the_spot_limit("person") == 20_000
    assert on_the_spot_limit("organisation") == 300_000
    assert on_the_spot_limit("person", "public_security") == 50_000


@given(
    st.integers(0, 10**9),
    st.integers(0, 400),
    st.lists(st.tuples(st.integers(-30, 400), st.integers(0, 90)), max_size=3),
)
def test_the_surcharge_never_exceeds_the_fine_and_a_pause_never_raises_it(fine, late, pauses):
    spans = [(DUE + timedelta(days=a), DUE + timedelta(days=a + n)) for a, n in pauses]
    until = DUE + timedelta(days=late)
    paused, plain = surcharge(fine, DUE, until, spans), surcharge(fine, DUE, until)
    assert 0 <= paused.amount_fen <= plain.amount_fen <= fine
    assert paused.overdue_days + paused.paused_days == late
