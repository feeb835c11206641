"""Terms: every counted vector, the rules R1-R13 in their own words, what must never happen."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.vectors import VECTORS, day
from zhifa.law import terms
from zhifa.law.calendar import CalendarNotCovered, WorkCalendar
from zhifa.law.cite import NoCitation
from zhifa.law.sources import CF
from zhifa.law.terms import (
    Addressee,
    ExtensionNotAllowed,
    RollOver,
    Suspension,
    SuspensionKind,
    Term,
    Unit,
    UnknownTerm,
    compute,
)

CALENDAR = WorkCalendar.standard()
COVERED = st.dates(date(2019, 1, 1), date(2025, 12, 31))
DAILY = [c for c in terms.codes() if terms.get(c).unit is not Unit.HOUR and terms.get(c).length]
"""But for those whose length an instrument says."""
SUSPENDABLE = [c for c in DAILY if terms.get(c).suspensions and terms.get(c).unit is not Unit.MONTH]


def due(code, start, **given_):
    return compute(terms.get(code), start, CALENDAR, **given_)


@pytest.mark.parametrize(
    ("code", "start", "longer", "layer", "expected", "arguable"),
    [v[1:] for v in VECTORS],
    ids=[v[0] for v in VECTORS],
)
def test_the_hand_counted_days_come_out(code, start, longer, layer, expected, arguable):
    result = due(code, day(start), extensions=longer)
    found = result.layer(layer).due if layer else result.due
    assert found == day(expected)
    assert result.arguable_due == day(arguable)
    assert not result.provisional


def test_the_vectors_in_the_data_folder_say_the_same():
    folder = os.environ.get("ZHIFA_TEST_DATA")
    if not folder:
        pytest.skip("ZHIFA_TEST_DATA is not set")
    rows = {r["id"]: r for r in json.loads((Path(folder) / "period_vectors.json").read_text())}
    ours = {v[0]: v for v in VECTORS}
    assert set(rows) == set(ours)
    for name, row in rows.items():
        _, code, start, _, _, expected, arguable = ours[name]
        assert (start, expected) == (row["start"], row["expected"]), name
        assert arguable == row.get("arguable", ""), name
        assert terms.get(code).addressee == row["addressee"], name


# --- suspension -------------------------------------------------------------------------------


def test_s01_an_appraisal_of_twenty_days_moves_the_decision_by_twenty_days():
    span = Suspension(date(2026, 4, 1), date(2026, 4, 20), SuspensionKind.APPRAISAL)
    result = due("decision", date(2026, 3, 2), suspensions=[span])
    assert result.due == result.raw_due == date(2026, 6, 20)
    assert result.arguable_due == date(2026, 6, 22)


def test_s02_overlapping_appraisal_and_hearing_count_once():
    spans = [
        Suspension(date(2026, 4, 1), date(2026, 4, 10), SuspensionKind.APPRAISAL),
        Suspension(date(2026, 4, 7), date(2026, 4, 16), SuspensionKind.HEARING),
    ]
    assert due("decision", date(2026, 3, 2), suspensions=spans).due == date(2026, 6, 16)


def test_s03_testing_time_is_not_counted_in_a_seizure_and_a_holiday_does_not_extend_it():
    span = Suspension(date(2026, 9, 5), date(2026, 9, 16), SuspensionKind.TESTING)
    result = due("seizure", date(2026, 9, 1), suspensions=[span])
    assert result.due == date(2026, 10, 13)


def test_a_seizure_is_not_extended_over_a_holiday():
    result = due("seizure", date(2026, 9, 1))
    assert result.due == date(2026, 10, 1)
    assert not CALENDAR.is_workday(result.due)
    assert result.arguable_due is None


def test_s08_a_year_without_a_loaded_calendar_is_refused_when_strict():
    with pytest.raises(CalendarNotCovered) as refused:
        due("decision", date(2026, 11, 23), strict=True)
    assert refused.value.years == (2027,)


def test_a_year_without_a_loaded_calendar_is_provisional_and_named():
    result = due("hearing.request", date(2026, 12, 30))
    assert result.provisional
    assert result.not_covered == (2027,)
    assert result.warn_on < result.due
    assert "2027" in "".join(result.explain())


def test_a_party_term_that_rolls_over_in_an_unknown_year_warns_on_the_earlier_day():
    result = due("payment", date(2026, 12, 18))
    assert (result.raw_due, result.due) == (date(2027, 1, 2), date(2027, 1, 4))
    assert result.warn_on == date(2027, 1, 2)
    assert result.provisional


def test_loading_next_years_notice_moves_the_term_and_ends_the_provision():
    from zhifa.law.calendar import YearCalendar

    notice = YearCalendar.parse(
        2027, {"holidays": [["2027-01-01", "2027-01-05"]], "workdays": [], "source": "演示通知"}
    )
    result = compute(
        terms.get("payment"), date(2026, 12, 18), CALENDAR.with_year(notice), strict=True
    )
    assert result.due == date(2027, 1, 6)
    assert not result.provisional
    assert result.calendar != CALENDAR.version


def test_a_suspension_of_a_kind_that_the_law_does_not_name_is_left_aside_and_said():
    span = Suspension(date(2026, 9, 5), date(2026, 9, 16), SuspensionKind.HEARING)
    result = due("seizure", date(2026, 9, 1), suspensions=[span])
    assert result.due == date(2026, 10, 1)
    assert result.ignored == (span,)
    assert any("未扣除" in line for line in result.explain())


def test_the_partys_hearing_request_knows_no_suspension():
    result = due(
        "hearing.request", date(2026, 1, 5), suspensions=[(date(2026, 1, 6), date(2026, 1, 9))]
    )
    assert result.due == date(2026, 1, 12)


# --- lengthening, layers, versions ------------------------------------------------------------


def test_a_seizure_is_extended_once_by_thirty_days_at_most():
    for lengths in ((31,), (30, 1), (0,)):
        with pytest.raises(ExtensionNotAllowed):
            due("seizure", date(2026, 9, 1), extensions=lengths)


def test_the_third_length_of_a_market_case_is_fixed_by_collective_discussion():
    assert due("decision", date(2026, 3, 2), extensions=(30, 45)).length == 165
    with pytest.raises(ExtensionNotAllowed, match="最多延长2次"):
        due("decision", date(2026, 3, 2), extensions=(30, 45, 10))


def test_the_partys_hearing_request_cannot_be_lengthened():
    with pytest.raises(ExtensionNotAllowed, match="不得延长"):
        due("hearing.request", date(2026, 3, 2), extensions=(5,))


def test_publication_works_by_the_plan_and_keeps_the_statutory_day_beside_it():
    result = due("publicity.penalty", date(2026, 7, 31))
    statutory = result.layer("statutory")
    assert (result.due, statutory.due) == (date(2026, 8, 11), date(2026, 8, 28))
    assert [c.short for c in statutory.cites] == ["市监公示规定§9"]


def test_before_the_2021_law_a_hearing_was_asked_within_three_days():
    assert terms.get("hearing.request", date(2021, 7, 14)).length == 3
    assert terms.get("hearing.request", date(2021, 7, 15)).length == 5
    with pytest.raises(UnknownTerm):
        terms.get("hearing.request", date(2010, 1, 1))


def test_an_unknown_term_is_refused_by_name():
    with pytest.raises(UnknownTerm, match="没有代码为"):
        terms.get("decisions")


# --- hours ------------------------------------------------------------------------------------


def test_twenty_four_hours_run_through_a_holiday():
    at = datetime(2026, 9, 30, 22, 15, tzinfo=UTC)
    result = due("measure.approval", at)
    assert result.due_at == at + timedelta(hours=24)
    assert result.due == date(2026, 10, 1)
    assert result.as_json()["due"] == "2026-10-01T22:15:00+00:00"


def test_hours_want_an_instant_and_days_want_a_day():
    with pytest.raises(ValueError, match="时刻"):
        due("measure.approval", date(2026, 9, 30))
    with pytest.raises(ValueError, match="时刻"):
        due("measure.approval", datetime(2026, 9, 30, 8, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="日期"):
        due("payment", datetime(2026, 9, 30, 8, 0, tzinfo=UTC))


# --- a term says where it stands --------------------------------------------------------------


def test_a_term_without_an_article_cannot_be_declared():
    with pytest.raises(NoCitation):
        Term("x", "某", "某日", Unit.MONTH, 1, Addressee.PARTY, (), RollOver.WORKS)
    with pytest.raises(ValueError, match="正数"):
        Term("x", "某", "某日", Unit.MONTH, 0, Addressee.PARTY, (CF(60),), RollOver.WORKS)


def test_every_term_explains_itself_in_whole_lines():
    for code in DAILY:
        lines = due(code, date(2026, 3, 2)).explain()
        assert lines[0].startswith("依据：")
        assert any("2026年3月2日" in line for line in lines)
        assert all(line and "None" not in line for line in lines)


def test_a_number_that_is_not_verified_says_so():
    assert "待核实" in due("clue.verification", date(2026, 3, 2)).explain()[0]
    assert "待核实" not in due("payment", date(2026, 3, 2)).explain()[0]


# --- properties -------------------------------------------------------------------------------


@given(st.sampled_from(DAILY), COVERED, st.integers(0, 400))
def test_a_later_start_never_yields_an_earlier_due_day(code, start, later):
    first, second = due(code, start), due(code, start + timedelta(days=later))
    assert first.due <= second.due
    assert first.raw_due <= second.raw_due


@given(st.sampled_from(DAILY), COVERED)
def test_the_starting_day_is_never_counted(code, start):
    term, result = terms.get(code), due(code, start)
    assert result.raw_due < start if term.backwards else result.raw_due > start


SPANS = st.lists(
    st.tuples(COVERED, st.integers(0, 60)).map(lambda p: (p[0], p[0] + timedelta(days=p[1]))),
    max_size=4,
)


@given(st.sampled_from(SUSPENDABLE), COVERED, SPANS, SPANS)
def test_a_suspension_never_shortens_a_term(code, start, spans, more):
    less = due(code, start, suspensions=spans)
    assert less.due <= due(code, start, suspensions=spans + more).due


@given(st.sampled_from(SUSPENDABLE), COVERED, SPANS)
def test_the_same_days_suspended_twice_count_once(code, start, spans):
    once = due(code, start, suspensions=spans)
    twice = due(code, start, suspensions=spans + spans[::-1])
    assert (once.due, once.skipped) == (twice.due, twice.skipped)


@given(st.sampled_from(DAILY), COVERED)
def test_a_partys_last_day_is_a_working_day_and_an_agencys_is_never_later_than_counted(code, start):
    term, result = terms.get(code), due(code, start)
    if term.addressee is Addressee.PARTY:
        assert CALENDAR.is_workday(result.due) or result.provisional
    elif term.unit is not Unit.WORKING_DAY:
        assert result.due == result.raw_due
    if result.arguable_due:
        assert result.arguable_due > result.due
        assert term.addressee is Addressee.AGENCY


@given(st.sampled_from(DAILY), COVERED)
def test_what_was_skipped_and_what_was_counted_fill_the_span(code, start):
    term, result = terms.get(code), due(code, start)
    if term.unit is Unit.MONTH:
        return
    span = abs((result.due - start).days)
    assert span == result.length + sum(s.days for s in result.skipped)
