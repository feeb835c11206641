"""Readers follow the ledger: projections in commit order, effects as jobs that are owed.

Transactions commit in another order than they number their rows. A reader therefore follows the
key (epoch, xid, position) and reads only below the oldest transaction that still runs: nothing can
appear behind it later. A database trigger keeps the key rising within each stream.

What an event changes and how far its reader has come are written in one transaction. An event that
fails stops its own stream for that reader and nothing else; a person retries or settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

from zhifa.kernel import clock, effectruns, wiring
from zhifa.kernel.errors import BadInput, NotFound
from zhifa.kernel.ledger import store
from zhifa.kernel.ledger.store import StoredEvent
from zhifa.kernel.models import LedgerEvent, ReaderCursor, SettledEvent, StuckStream

BATCH: Final = 500
_ERROR_LENGTH: Final = 2000

Mark = tuple[int, int, int]
"""(epoch, xid, position): a place in the order of commits."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a reader is behind: events not read, seconds since the oldest of them, stuck ones."""

    reader: str
    events: int
    seconds: int
    stuck: int


@dataclass(frozen=True, slots=True)
class _Reader:
    name: str
    kinds: frozenset[str]
    apply: Callable[[StoredEvent], None]


@dataclass(frozen=True, slots=True)
class _Read:
    """An event and its place in the order of commits."""

    event: StoredEvent
    mark: Mark


class _Failed(Exception):
    """An event failed in a batch; the batch is done again, one event at a time."""


def catch_up(limit: int = 10_000, *, only: Iterable[str] | None = None, wait: bool = True) -> int:
    """Let the readers follow the ledger, at most about ``limit`` events; how many were read.

    Called after an act's commit and by the worker. With ``wait`` a reader that another process
    moves just now is waited for; without it that reader is left to that process.

    Inside a transaction the events of that transaction itself are read too, provided that no older
    transaction runs; they and what was made of them stand or fall together.
    """
    readers = [r for r in _readers() if only is None or r.name in set(only)]
    done = 0
    while done < limit:
        size = min(BATCH, limit - done)
        try:
            read = _round(readers, size, wait=wait, one_by_one=False)
        except _Failed:
            read = _round(readers, size, wait=wait, one_by_one=True)
        if not read:
            break
        done += read
    return done


def lag() -> tuple[Lag, ...]:
    """How far each reader is behind now."""
    with connection.cursor() as cursor:
        cursor.execute(_LAG, [clock.now(), [r.name for r in _readers()]])
        return tuple(Lag(*row) for row in cursor.fetchall())


def rebuild(name: str) -> int:
    """Empty a projection's table and let it read the whole ledger again; how many events."""
    projection = wiring.current().projections().get(name)
    if projection is None:
        raise NotFound(f"没有名为“{name}”的投影。", code="no-such-reader")
    with transaction.atomic():
        _marks([name], wait=True)
        projection.clear()
        StuckStream.objects.filter(reader=name).delete()
        ReaderCursor.objects.filter(reader=name).update(epoch=0, xid=0, position=0)
    done = 0
    while read := catch_up(only=[name]):
        done += read
    return done


def stuck() -> list[StuckStream]:
    """The streams that some reader stopped reading, oldest first."""
    return list(StuckStream.objects.order_by("since", "id"))


def retry(reader: str, stream_id: UUID) -> bool:
    """Try a stuck stream again from the event that failed; whether it is free now."""
    with transaction.atomic():
        mark = _marks([reader], wait=True)[reader]
        found = _stuck_row(reader, stream_id)
        return _resume(_reader(reader), found, mark)


def settle(reader: str, stream_id: UUID, *, by: UUID, reason: str) -> bool:
    """A person decides that the reader passes over the event that failed; the rest is then read."""
    if not reason.strip():
        raise BadInput("请写明不再处理这一记录的理由。", field="reason")
    with transaction.atomic():
        mark = _marks([reader], wait=True)[reader]
        found = _stuck_row(reader, stream_id)
        SettledEvent.objects.create(
            reader=reader,
            event=LedgerEvent.objects.get(stream_id=stream_id, seq=found.seq),
            settled_by=by,
            reason=reason.strip(),
            settled_at=clock.now(),
        )
        found.seq += 1
        found.save(update_fields=["seq"])
        return _resume(_reader(reader), found, mark)


def _readers() -> list[_Reader]:
    table = wiring.current()
    found = [_Reader(p.name, table.kinds_of(p.name), p.apply) for p in table.projections().values()]
    with_effects = frozenset(kind for kind in table.readers if table.effects_of(kind))
    if with_effects:
        found.append(_Reader(wiring.EFFECTS_READER, with_effects, effectruns.owe))
    return found


def _reader(name: str) -> _Reader:
    for found in _readers():
        if found.name == name:
            return found
    raise NotFound(f"没有名为“{name}”的读者。", code="no-such-reader")


def _stuck_row(reader: str, stream_id: UUID) -> StuckStream:
    found = StuckStream.objects.filter(reader=reader, stream_id=stream_id).first()
    if found is None:
        raise NotFound("这一读者没有停在这一事项上。", code="not-stuck")
    return found


def _round(readers: Sequence[_Reader], size: int, *, wait: bool, one_by_one: bool) -> int:
    """One batch for the readers that stand furthest back; all or nothing."""
    with transaction.atomic():
        marks = _marks([r.name for r in readers], wait=wait)
        if not marks:
            return 0
        mark = min(marks.values())
        together = [r for r in readers if marks.get(r.name) == mark]
        batch = _next(mark, size)
        if batch:
            _apply(together, batch, one_by_one=one_by_one)
            _move(together, batch[-1].mark)
        return len(batch)


def _apply(readers: Sequence[_Reader], batch: Sequence[_Read], *, one_by_one: bool) -> None:
    names = [r.name for r in readers]
    stopped = set(StuckStream.objects.filter(reader__in=names).values_list("reader", "stream_id"))
    passed = set(
        SettledEvent.objects.filter(
            reader__in=names, event_id__in=[r.event.id for r in batch]
        ).values_list("reader", "event_id")
    )
    for read in batch:
        event = read.event
        for reader in readers:
            if (
                event.kind not in reader.kinds
                or (reader.name, event.stream_id) in stopped
                or (reader.name, event.id) in passed
            ):
                continue
            if not one_by_one:
                _straight(reader, event)
            elif error := _try(reader, event):
                stopped.add((reader.name, event.stream_id))
                StuckStream.objects.create(
                    reader=reader.name,
                    stream_id=event.stream_id,
                    seq=event.seq,
                    error=error,
                    since=clock.now(),
                    tried_at=clock.now(),
                )
    if not one_by_one:
        _check_references()


def _check_references() -> None:
    """References are checked at commit; a batch that breaks one is done again event by event."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise _Failed from error


def _straight(reader: _Reader, event: StoredEvent) -> None:
    try:
        reader.apply(event)
    except (OperationalError, InterfaceError):
        raise  # the database is away: no fault of the event
    except Exception as error:
        raise _Failed from error


def _try(reader: _Reader, event: StoredEvent) -> str | None:
    """Apply in a savepoint; the reason if it fails."""
    try:
        with transaction.atomic():
            reader.apply(event)
            connection.check_constraints()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
    return None


def _resume(reader: _Reader, found: StuckStream, mark: Mark) -> bool:
    """Read a stuck stream on, as far as the reader has come elsewhere."""
    passed = set(SettledEvent.objects.filter(reader=reader.name).values_list("event_id", flat=True))
    waiting = store.read(
        "WHERE e.stream_id = %s AND e.seq >= %s"
        " AND (e.epoch, e.xid, e.position) <= (%s, %s::text::xid8, %s) ORDER BY e.seq",
        [found.stream_id, found.seq, *mark],
    )
    for event in waiting:
        if event.kind not in reader.kinds or event.id in passed:
            continue
        if error := _try(reader, event):
            found.seq, found.error, found.tried_at = event.seq, error, clock.now()
            found.attempts += 1
            found.save(update_fields=["seq", "error", "tried_at", "attempts"])
            return False
    found.delete()
    return True


# --- the order of commits ------------------------------------------------------------------------

_LOCK: Final = """
SELECT reader, epoch, xid, position FROM reader_cursor
WHERE reader = ANY(%s) ORDER BY reader FOR UPDATE"""

_LAG: Final = """
SELECT r.reader, count(e.id)::int,
    coalesce(greatest(extract(epoch FROM %s - min(e.recorded_at)), 0), 0)::int,
    (SELECT count(*)::int FROM reader_stuck k WHERE k.reader = r.reader)
FROM unnest(%s::text[]) AS r(reader)
LEFT JOIN reader_cursor c ON c.reader = r.reader
LEFT JOIN ledger_event e ON (e.epoch, e.xid, e.position)
    > (coalesce(c.epoch, 0), coalesce(c.xid, 0)::text::xid8, coalesce(c.position, 0))
GROUP BY r.reader ORDER BY r.reader"""


def _marks(names: Sequence[str], *, wait: bool) -> dict[str, Mark]:
    """Lock the readers' cursors, always in the order of their names, and say where they stand."""
    rows = _locked(names, wait=wait)
    if len(rows) < len(names) and ReaderCursor.objects.filter(reader__in=names).count() < len(
        names
    ):
        ReaderCursor.objects.bulk_create(
            [ReaderCursor(reader=name) for name in names], ignore_conflicts=True
        )
        rows = _locked(names, wait=wait)
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _locked(names: Sequence[str], *, wait: bool) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK + ("" if wait else " SKIP LOCKED"), [list(names)])
        return list(cursor.fetchall())


def _next(mark: Mark, size: int) -> list[_Read]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, epoch, xid, pos FROM ledger_next(%s, %s, %s, %s)", [*mark, size])
        places = {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}
    if not places:
        return []
    found = {e.id: e for e in store.read("WHERE e.id = ANY(%s)", [list(places)])}
    return [_Read(found[event_id], place) for event_id, place in places.items()]


def _move(readers: Sequence[_Reader], mark: Mark) -> None:
    epoch, xid, position = mark
    ReaderCursor.objects.filter(reader__in=[r.name for r in readers]).update(
        epoch=epoch, xid=xid, position=position, moved_at=clock.now()
    )
