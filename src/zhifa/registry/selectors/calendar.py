"""The work calendar of a day."""

from __future__ import annotations

from datetime import date

from zhifa.law.calendar import WorkCalendar


def calendar(on: date) -> WorkCalendar:
    """The calendar as it is known: the years whose arrangement has been published and loaded."""
    return WorkCalendar.standard()
