"""The work calendar (工作日历): which days count as working days, year by year, as data."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from zhifa.law import params

DAY = timedelta(days=1)


class CalendarNotCovered(LookupError):
    """A day lies in a year whose holiday arrangement is not loaded."""

    def __init__(self, *years: int) -> None:
        self.years = tuple(sorted(set(years)))
        super().__init__(f"工作日历未收录{'、'.join(str(y) for y in self.years)}年的节假日安排")


class DayKind(StrEnum):
    """What a day is in the calendar."""

    WORKDAY = "workday"
    ADJUSTED_WORKDAY = "adjusted_workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def label(self) -> str:
        """The Chinese word that an explanation uses."""
        return {
            "workday": "工作日",
            "adjusted_workday": "调休上班日",
            "weekend": "休息日",
            "holiday": "法定节假日",
        }[self.value]

    @property
    def works(self) -> bool:
        """Whether the day counts as a working day."""
        return self in (DayKind.WORKDAY, DayKind.ADJUSTED_WORKDAY)


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year's arrangement: what departs from Monday to Friday, with the notice it comes from.

    ``holidays`` are days off by the State Council's notice (weekends within a holiday included),
    ``workdays`` the Saturdays and Sundays worked in exchange. ``ValueError`` when a day lies in
    another year, stands on both lists, or an adjusted working day is no weekend.
    """

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]
    source: str

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise ValueError(f"{self.year}年工作日历没有写明来源")
        for day in self.holidays | self.workdays:
            if day.year != self.year:
                raise ValueError(f"{day.isoformat()}不在{self.year}年")
        if both := self.holidays & self.workdays:
            raise ValueError(f"{min(both).isoformat()}既是节假日又是调休上班日")
        for day in self.workdays:
            if day.weekday() < 5:
                raise ValueError(f"{day.isoformat()}不是周六、周日，不能列为调休上班日")

    @classmethod
    def parse(cls, year: int, row: Mapping[str, Any]) -> "YearCalendar":
        """Read a year: ``holidays`` (days or first-last pairs), ``workdays``, ``source``."""
        return cls(
            year,
            frozenset(d for entry in row["holidays"] for d in _span(entry)),
            frozenset(_day(d) for d in row["workdays"]),
            str(row["source"]),
        )


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _span(entry: Any) -> Iterator[date]:
    first, last = (_day(d) for d in entry) if isinstance(entry, list) else (_day(entry),) * 2
    while first <= last:
        yield first
        first += DAY


@dataclass(frozen=True)
class WorkCalendar:
    """The loaded years. A day of any other year is judged by its weekday alone, provisionally."""

    years: Mapping[int, YearCalendar]

    @classmethod
    def of(cls, years: Iterable[YearCalendar]) -> "WorkCalendar":
        """A calendar of these years."""
        return cls({y.year: y for y in sorted(years, key=lambda y: y.year)})

    @classmethod
    @cache
    def standard(cls) -> "WorkCalendar":
        """The calendar shipped with zhifa, from ``params/workdays.yaml``."""
        rows = params.load("workdays")["years"]
        return cls.of(YearCalendar.parse(year, row) for year, row in rows.items())

    def with_year(self, year: YearCalendar) -> "WorkCalendar":
        """The calendar with one year added or replaced: how next year's notice is loaded."""
        return WorkCalendar.of(({**self.years, year.year: year}).values())

    @cached_property
    def version(self) -> str:
        """Names this calendar's exact content, so that a computed date can be traced to it."""
        if not self.years:
            return "weekends-only"
        digest = hashlib.sha256()
        for y in self.years.values():
            for mark, days in (("-", y.holidays), ("+", y.workdays)):
                digest.update("".join(mark + d.isoformat() for d in sorted(days)).encode())
        return f"{min(self.years)}-{max(self.years)}/{digest.hexdigest()[:8]}"

    def covers(self, day: date) -> bool:
        """Whether the holiday arrangement of the day's year is loaded."""
        return day.year in self.years

    def kind(self, day: date) -> DayKind:
        """What the day is. In a year that is not loaded only weekends are known."""
        year = self.years.get(day.year)
        if year is not None:
            if day in year.holidays:
                return DayKind.HOLIDAY
            if day in year.workdays:
                return DayKind.ADJUSTED_WORKDAY
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY

    def is_workday(self, day: date) -> bool:
        """Whether the day counts as a working day (行政处罚法 85, 行政强制法 69, 行政许可法 82)."""
        return self.kind(day).works

    def require(self, day: date) -> None:
        """``CalendarNotCovered`` when the day's year is not loaded."""
        if not self.covers(day):
            raise CalendarNotCovered(day.year)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is a working day, else the next one."""
        while not self.is_workday(day):
            day += DAY
        return day

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after the day, itself not counted; before it when n is negative."""
        step = DAY if n >= 0 else -DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_workday(day):
                day += step
        return day
