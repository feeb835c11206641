"""The work calendar: what the notices say, what a loaded year must satisfy, what is unknown."""

from datetime import date, timedelta

import pytest

from zhifa.law.calendar import CalendarNotCovered, DayKind, WorkCalendar, YearCalendar

CALENDAR = WorkCalendar.standard()


def test_an_adjusted_saturday_works_and_a_holiday_monday_does_not():
    assert CALENDAR.kind(date(2026, 10, 10)) is DayKind.ADJUSTED_WORKDAY
    assert CALENDAR.kind(date(2026, 10, 5)) is DayKind.HOLIDAY
    assert CALENDAR.kind(date(2026, 10, 11)) is DayKind.WEEKEND
    assert CALENDAR.kind(date(2026, 10, 12)) is DayKind.WORKDAY


def test_the_shipped_years_agree_with_an_independent_calendar():
    chinese_calendar = pytest.importorskip("chinese_calendar")
    day = date(2019, 1, 1)
    while day.year < 2027:
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_an_unloaded_year_knows_weekends_only_and_says_so():
    assert not CALENDAR.covers(date(2027, 10, 1))
    assert CALENDAR.is_workday(date(2027, 10, 1))
    with pytest.raises(CalendarNotCovered, match="2027"):
        CALENDAR.require(date(2027, 10, 1))


def test_another_content_has_another_version():
    year = YearCalendar.parse(
        2027, {"holidays": ["2027-01-01"], "workdays": [], "source": "演示通知"}
    )
    added = CALENDAR.with_year(year)
    assert added.version != CALENDAR.version
    assert added.with_year(year).version == added.version
    assert not added.is_workday(date(2027, 1, 1))


@pytest.mark.parametrize(
    "row",
    [
        {"holidays": ["2026-01-01"], "workdays": [], "source": "演示通知"},
        {"holidays": ["2027-01-02"], "workdays": ["2027-01-02"], "source": "演示通知"},
        {"holidays": [], "workdays": ["2027-01-04"], "source": "演示通知"},
        {"holidays": [], "workdays": [], "source": " "},
    ],
    ids=["another year", "on both lists", "a Monday worked in exchange", "no source"],
)
def test_a_faulty_year_is_not_loaded(row):
    with pytest.raises(ValueError, match=r"\d{4}"):
        YearCalendar.parse(2027, row)


def test_working_days_are_counted_in_both_directions():
    assert CALENDAR.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CALENDAR.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert CALENDAR.on_or_after(date(2026, 10, 1)) == date(2026, 10, 8)
