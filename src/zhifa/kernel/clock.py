"""The only reader of the clock. Instants are UTC; a legal date is the date in Asia/Shanghai.

The day is read here at the edge (a view, a command, a job) and passed in; nothing below asks.
The scenario clock stands where it is put until it is advanced. It serves the demonstration, on a
database that is marked as demo and whose mark is on every page, and tests.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_guard = threading.Lock()
_standing: datetime | None = None
_marked = False


class ClockRefused(RuntimeError):
    """Somebody tried to move the clock of a database that holds real cases."""


def now() -> datetime:
    """This instant, in UTC."""
    return _standing or datetime.now(UTC)  # noqa: TID251


def today() -> date:
    """Today's legal date."""
    return legal_date(now())


def legal_date(instant: datetime) -> date:
    """The date that the law sees in an instant: the date in Asia/Shanghai."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(SHANGHAI).date()


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """The instant at that time of a legal day, as UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI).astimezone(UTC)


@contextmanager
def scenario(start: datetime) -> Iterator[None]:
    """Let the clock stand at ``start`` and move only by :func:`advance` and :func:`stand`."""
    global _standing
    _may_be_moved()
    with _guard:
        before, _standing = _standing, _aware(start)
    try:
        yield
    finally:
        with _guard:
            _standing = before


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """For tests: the clock stands at ``instant``."""
    with scenario(instant):
        yield


def advance(by: timedelta | None = None, *, to: datetime | None = None) -> datetime:
    """Move the scenario clock forward, by a span or to an instant, and say where it stands."""
    global _standing
    with _guard:
        if _standing is None:
            raise ClockRefused("only a scenario clock can be advanced")
        if (by is None) == (to is None):
            raise ValueError("advance takes a span or an instant")
        target = _standing + by if by is not None else _aware(to)
        if target < _standing:
            raise ValueError("time does not run backwards")
        _standing = target
        return target


def mark_demo() -> None:
    """Mark this database as a demonstration, for good. Refused once it holds matters.

    What its registers hold (the seed of every installation) does not stand in the way.
    """
    from zhifa.kernel.models import DemoMark, LedgerStream

    if DemoMark.objects.exists():
        return
    if LedgerStream.objects.filter(head_seq__gt=0).exclude(kind="register").exists():
        raise ClockRefused("a database that holds matters cannot become a demonstration")
    DemoMark.objects.create(id=1, marked_at=now())


def is_demo() -> bool:
    """Whether this database is marked as a demonstration. A mark is never taken away."""
    global _marked
    from zhifa.kernel.models import DemoMark

    if _marked:
        return True
    found = DemoMark.objects.exists()
    _marked = found and not _in_test()
    return found


def _may_be_moved() -> None:
    if not _in_test() and not is_demo():
        raise ClockRefused("the scenario clock runs only on a database marked as demo")


def _in_test() -> bool:
    return "pytest" in sys.modules


def _aware(instant: datetime | None) -> datetime:
    if instant is None or instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(UTC)
