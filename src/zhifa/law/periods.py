"""Counting a term (期间的计算): the last day, the day to work by, and how both came about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from zhifa.law.calendar import DAY, CalendarNotCovered, WorkCalendar
from zhifa.law.cite import Cite
from zhifa.law.term import (
    Addressee,
    ExtensionNotAllowed,
    Layer,
    RollOver,
    SuspensionKind,
    Term,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A span that does not count; both days are left out. ``kind`` None where it was not said."""

    since: date
    until: date
    kind: SuspensionKind | None = None

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError(f"中止期间的结束日早于开始日：{self.since}至{self.until}")


@dataclass(frozen=True, slots=True)
class Skip:
    """Days on the way that were not counted, and why (Chinese)."""

    since: date
    until: date
    reason: str

    @property
    def days(self) -> int:
        """How many days."""
        return (self.until - self.since).days + 1


@dataclass(frozen=True, slots=True)
class LayerDue:
    """The last day under another limit of the same duty."""

    code: str
    title: str
    due: date
    measure: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """The result of counting a term, which explains itself.

    ``raw_due`` is the counted last day, ``due`` the day to work by, ``arguable_due`` a later day
    that an agency could only argue for. ``due_at`` is the instant for a term in hours. ``length``
    includes the lengthenings. ``provisional`` says that a year in ``not_covered`` was judged by
    weekdays alone; then ``warn_on``, the day to warn by, is the earlier one. ``ignored`` are
    suspensions of a kind that this term's law does not know.
    """

    code: str
    title: str
    start: date
    raw_due: date
    due: date
    arguable_due: date | None
    unit: Unit
    length: int
    addressee: Addressee
    provisional: bool
    not_covered: tuple[int, ...]
    warn_on: date
    skipped: tuple[Skip, ...]
    cites: tuple[Cite, ...]
    calendar: str
    layers: tuple[LayerDue, ...] = ()
    extensions: tuple[int, ...] = ()
    ignored: tuple[Suspension, ...] = ()
    start_at: datetime | None = None
    due_at: datetime | None = None
    backwards: bool = False
    starts: str = ""
    unconfirmed: bool = False
    rolled_by: str = field(default="")

    def layer(self, code: str) -> LayerDue | None:
        """The last day under the named layer."""
        return next((x for x in self.layers if x.code == code), None)

    def explain(self) -> tuple[str, ...]:
        """How the day came about (怎么算的), one Chinese sentence a line."""
        return tuple(_explain(self))

    def as_json(self) -> dict[str, Any]:
        """The fields that ``zhifa term --json`` prints: ISO days, citation keys."""
        return {
            "code": self.code,
            "start": (self.start_at or self.start).isoformat(),
            "raw_due": (self.due_at or self.raw_due).isoformat(),
            "due": (self.due_at or self.due).isoformat(),
            "arguable_due": self.arguable_due.isoformat() if self.arguable_due else None,
            "unit": self.unit.value,
            "length": self.length,
            "addressee": self.addressee.value,
            "provisional": self.provisional,
            "not_covered": list(self.not_covered),
            "skipped": [
                {"from": s.since.isoformat(), "to": s.until.isoformat(), "reason": s.reason}
                for s in self.skipped
            ],
            "cites": [c.key for c in self.cites],
        }


class _Count:
    """One counting: remembers which days were skipped and which years the calendar lacked."""

    def __init__(self, calendar: WorkCalendar, suspended: dict[date, str], strict: bool) -> None:
        self.calendar = calendar
        self.suspended = suspended
        self.strict = strict
        self.missing: set[int] = set()
        self.skips: list[tuple[date, str]] = []

    def works(self, day: date) -> bool:
        if not self.calendar.covers(day):
            if self.strict:
                raise CalendarNotCovered(day.year)
            self.missing.add(day.year)
        return self.calendar.is_workday(day)

    def skip(self, day: date, reason: str) -> None:
        self.skips.append((day, reason))

    def days(self, start: date, n: int, *, working: bool, backwards: bool = False) -> date:
        step, day = (-DAY if backwards else DAY), start
        while n:
            day += step
            if day in self.suspended:
                self.skip(day, self.suspended[day])
            elif working and not self.works(day):
                self.skip(day, self.calendar.kind(day).label)
            else:
                n -= 1
        return day

    def months(self, start: date, n: int) -> date:
        raw = add_months(start, n)
        if not any(start < d <= raw for d in self.suspended):
            return raw
        return self.days(start, (raw - start).days, working=False)

    def off(self, day: date) -> Iterator[date]:
        while not self.works(day):
            yield day
            day += DAY

    def spans(self) -> tuple[Skip, ...]:
        out: list[Skip] = []
        for day, reason in sorted(self.skips):
            if out and out[-1].reason == reason and day - out[-1].until == DAY:
                out[-1] = Skip(out[-1].since, day, reason)
            else:
                out.append(Skip(day, day, reason))
        return tuple(out)


def add_months(day: date, n: int) -> date:
    """The same day number n months later, or that month's last day where it has none (R6)."""
    index = day.year * 12 + day.month - 1 + n
    year, month = divmod(index, 12)
    if not 1 <= year < 9999:
        raise OverflowError("计算结果超出日期范围")
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + (day.day - 1) * DAY, first_of_next - DAY)


def compute(
    term: Term,
    start: date | datetime,
    calendar: WorkCalendar,
    suspensions: Iterable[Suspension | tuple[date, date]] = (),
    extensions: Iterable[int] = (),
    strict: bool = False,
) -> Due:
    """Count a term from its starting day, which is itself not counted.

    ``start`` is a day, or for a term in hours a timezone-aware instant. ``suspensions`` are spans
    whose days do not count (both ends included, overlaps once); those of a kind that the term's
    law does not know are left aside and named. ``extensions`` are lengths in the term's own unit,
    in the order used. Raises ``CalendarNotCovered`` with ``strict`` when a year that matters is
    not loaded, ``ExtensionNotAllowed``, and ``ValueError`` for an instant where a day is wanted.
    """
    lengths = tuple(extensions)
    if (no := term.refuse_extensions(lengths)) is not None:
        raise ExtensionNotAllowed(no)
    if term.unit is Unit.HOUR:
        return _hours(term, start, calendar, lengths)
    if isinstance(start, datetime):
        raise ValueError(f"“{term.title}”按日计算，起算应当是日期")
    spans = tuple(s if isinstance(s, Suspension) else Suspension(*s) for s in suspensions)
    used = tuple(s for s in spans if _allowed(term, s))
    suspended = {d: _why(s) for s in used for d in _each(s)}
    count = _Count(calendar, suspended, strict)
    total = term.length + sum(lengths)
    raw = _raw(count, term, start, total)
    due, arguable, rolled_by = raw, None, ""
    if term.unit in (Unit.NATURAL_DAY, Unit.MONTH) and term.roll_over is not RollOver.NEVER:
        off = [] if term.backwards else list(count.off(raw))
        if off:
            later, rolled_by = off[-1] + DAY, calendar.kind(raw).label
            if term.roll_over is RollOver.WORKS:
                due = later
                for day in off:
                    count.skip(day, calendar.kind(day).label)
            else:
                arguable = later
    warn_on = min(raw, due)
    if count.missing and term.unit is Unit.WORKING_DAY and not term.backwards:
        warn_on = max(start, calendar.add_workdays(due, -1))
    return Due(
        code=term.code,
        title=term.title,
        start=start,
        raw_due=raw,
        due=due,
        arguable_due=arguable,
        unit=term.unit,
        length=total,
        addressee=term.addressee,
        provisional=bool(count.missing),
        not_covered=tuple(sorted(count.missing)),
        warn_on=warn_on,
        skipped=count.spans(),
        cites=(*term.cites, *(c for e in term.extensions[: len(lengths)] for c in e.cites)),
        calendar=calendar.version,
        layers=tuple(_layer(x, start, calendar, suspended) for x in term.layers),
        extensions=lengths,
        ignored=tuple(s for s in spans if s not in used),
        backwards=term.backwards,
        starts=term.starts,
        unconfirmed=term.unconfirmed,
        rolled_by=rolled_by,
    )


def _raw(count: _Count, term: Term, start: date, total: int) -> date:
    if term.unit is Unit.MONTH:
        return count.months(start, total)
    return count.days(start, total, working=term.unit is Unit.WORKING_DAY, backwards=term.backwards)


def _layer(
    layer: Layer, start: date, calendar: WorkCalendar, suspended: dict[date, str]
) -> LayerDue:
    count = _Count(calendar, suspended, strict=False)
    working = layer.unit is Unit.WORKING_DAY
    due = count.days(start, layer.length, working=working)
    return LayerDue(layer.code, layer.title, due, f"{layer.length}{layer.unit.label}", layer.cites)


def _hours(
    term: Term, start: date | datetime, calendar: WorkCalendar, lengths: tuple[int, ...]
) -> Due:
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ValueError(f"“{term.title}”按小时计算，起算应当是带时区的时刻")
    total = term.length + sum(lengths)
    due_at = start + timedelta(hours=total)
    return Due(
        code=term.code,
        title=term.title,
        start=start.date(),
        raw_due=due_at.date(),
        due=due_at.date(),
        arguable_due=None,
        unit=term.unit,
        length=total,
        addressee=term.addressee,
        provisional=False,
        not_covered=(),
        warn_on=due_at.date(),
        skipped=(),
        cites=term.cites,
        calendar=calendar.version,
        extensions=lengths,
        start_at=start,
        due_at=due_at,
        starts=term.starts,
        unconfirmed=term.unconfirmed,
    )


def _allowed(term: Term, span: Suspension) -> bool:
    if not term.suspensions:
        return False
    return span.kind is None or span.kind in term.suspensions


def _why(span: Suspension) -> str:
    return f"{span.kind.label}期间" if span.kind else "不计入期间"


def _each(span: Suspension) -> Iterator[date]:
    day = span.since
    while day <= span.until:
        yield day
        day += DAY


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _explain(due: Due) -> Iterator[str]:
    articles = "、".join(c.label for c in due.cites)
    note = "（条文内容待核实）" if due.unconfirmed else ""
    yield f"依据：{articles}{note}"
    if due.start_at and due.due_at:
        yield f"自{due.start_at:%Y-%m-%d %H:%M}起{due.length}小时，节假日照常计算"
        yield f"届满：{due.due_at:%Y-%m-%d %H:%M}"
        return
    measure = f"{due.length}{due.unit.label}"
    if due.extensions:
        measure += f"（含延长{'、'.join(str(n) for n in due.extensions)}{due.unit.label}）"
    direction = "向前倒算" if due.backwards else "计算"
    yield f"起算：{due.starts}（{_zh(due.start)}，当日不计），{direction}{measure}"
    for skip in due.skipped:
        span = _zh(skip.since) + (f"至{_zh(skip.until)}" if skip.days > 1 else "")
        yield f"不计：{span}，{skip.reason}，{skip.days}日"
    for left in due.ignored:
        kind = left.kind.label if left.kind else "该"
        days = f"{_zh(left.since)}至{_zh(left.until)}"
        yield f"未扣除：{days}，本期限的规定没有列明{kind}期间可以扣除"
    yield from _ends(due)
    if due.provisional:
        years = "、".join(str(y) for y in due.not_covered)
        yield (
            f"暂定：{years}年节假日安排尚未载入，仅按双休日推算；提前以{_zh(due.warn_on)}为提醒日"
        )
    yield f"工作日历：{due.calendar}"


def _ends(due: Due) -> Iterator[str]:
    if due.due != due.raw_due:
        yield (f"届满日{_zh(due.raw_due)}是{due.rolled_by}，顺延至{_zh(due.due)}")
    else:
        yield f"{'最迟' if due.backwards else '届满'}：{_zh(due.due)}"
    if due.arguable_due:
        yield (
            f"{_zh(due.raw_due)}是{due.rolled_by}；法律没有规定行政机关的期限顺延，以该日为准，"
            f"{_zh(due.arguable_due)}仅可作为抗辩主张"
        )
    for layer in due.layers:
        articles = "、".join(c.label for c in layer.cites)
        yield f"另有{layer.title}：{layer.measure}，{_zh(layer.due)}（{articles}）"
