"""Reading the whole ledger through, and naming everything that is not as it was written.

It finds what somebody did who got round privileges and triggers: each hash is computed anew, each
chain followed to its head, each private part held against its commitment, each daily root against
the events that it covers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from zhifa.kernel.ledger import disposal, hashing, merkle, roots
from zhifa.kernel.models import (
    LedgerDisposal,
    LedgerEvent,
    LedgerPrivate,
    LedgerRoot,
    LedgerStream,
)

_CHUNK: Final = 2000
_COLUMNS: Final = (
    "id", "stream_id", "seq", "kind", "version", "body", "act_id", "actor_id", "duty",
    "agency_code", "occurred_at", "recorded_at", "algorithm", "prev", "hash",
)  # fmt: skip
_SEALED: Final = _COLUMNS[:-1]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written: where it stands, and what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Verification:
    """What was read, and what was found."""

    streams: int = 0
    events: int = 0
    private_parts: int = 0
    disposed: int = 0
    roots: int = 0
    uncovered: int = 0
    """Events that no root covers yet: all since the last one."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return not self.faults

    def fault(self, where: str, what: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(where, what))


def verify(
    stream_ids: Iterable[UUID] | None = None, *, known_roots: Iterable[str] = ()
) -> Verification:
    """Verify some streams, or everything with the daily roots.

    ``known_roots`` are root hashes that somebody kept elsewhere (a newspaper, a court's file): each
    must be among the roots here. That alone finds a ledger that was rewritten and signed anew.
    """
    found = Verification()
    with _one_snapshot():
        chosen = None if stream_ids is None else sorted(set(stream_ids))
        _verify_chains(found, chosen)
        if chosen is None:
            _verify_strays(found)
            _verify_roots(found, set(known_roots))
    return found


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """Everything is read as of one moment, however long it takes."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _verify_chains(found: Verification, chosen: list[UUID] | None) -> None:
    streams = LedgerStream.objects.order_by("id")
    events = LedgerEvent.objects.order_by("stream_id", "seq")
    if chosen is not None:
        streams, events = streams.filter(id__in=chosen), events.filter(stream_id__in=chosen)
    rows = _chunks(events.values(*_COLUMNS).iterator(_CHUNK), found)
    row = next(rows, None)
    for stream in streams.iterator(_CHUNK):
        found.streams += 1
        name = f"stream {stream.id}"
        while row is not None and row["stream_id"] < stream.id:
            found.fault(f"event {row['id']}", f"its stream {row['stream_id']} is missing")
            row = next(rows, None)
        last = hashing.stream_seed(
            stream_id=stream.id,
            kind=stream.kind,
            agency_code=stream.agency_code,
            region_code=stream.region_code,
        )
        seq = 0
        while row is not None and row["stream_id"] == stream.id:
            where = f"{name} event {row['seq']}"
            if row["seq"] != seq + 1:
                found.fault(name, f"events {seq + 1} to {row['seq'] - 1} are missing")
            elif row["prev"] != last:
                is_first = "the stream's own description" if seq == 0 else f"event {seq}"
                found.fault(where, f"does not follow {is_first}: one of the two was changed")
            _verify_event(found, where, row)
            seq, last = row["seq"], row["hash"]
            row = next(rows, None)
        if (seq, last) != (stream.head_seq, stream.head_hash):
            found.fault(name, f"its head says event {stream.head_seq}, its last event is {seq}")
    while row is not None:
        found.fault(f"event {row['id']}", f"its stream {row['stream_id']} is missing")
        row = next(rows, None)


def _verify_event(found: Verification, where: str, row: dict[str, Any]) -> None:
    found.events += 1
    try:
        computed = hashing.event_hash(hashing.envelope(**{name: row[name] for name in _SEALED}))
    except ValueError as error:
        found.fault(where, f"cannot be hashed: {error}")
        return
    if computed != row["hash"]:
        found.fault(where, "its content or its hash was changed")


def _chunks(rows: Iterator[dict[str, Any]], found: Verification) -> Iterator[dict[str, Any]]:
    """The same rows; the private parts are checked a chunk at a time on the way."""
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            _verify_private(found, chunk)
            yield from chunk
            chunk = []
    _verify_private(found, chunk)
    yield from chunk


def _verify_private(found: Verification, rows: list[dict[str, Any]]) -> None:
    committed: dict[tuple[UUID, str], tuple[str, str]] = {}
    for row in rows:
        try:
            said = json.loads(row["body"]).get("commitments", {}).items()
        except (ValueError, AttributeError):
            continue  # the hash says so already
        where = f"stream {row['stream_id']} event {row['seq']}"
        committed.update({(row["id"], name): (value, where) for name, value in said})
    events = [row["id"] for row in rows]
    kept = {
        (part.event_id, part.name): part
        for part in LedgerPrivate.objects.filter(event_id__in=events)
    }
    tombstones = {
        (stone.event_id, stone.name): stone
        for stone in LedgerDisposal.objects.filter(event_id__in=events).select_related(
            "recorded_in"
        )
    }
    for key, (value, where) in committed.items():
        part, name = kept.pop(key, None), f"{where} private part {key[1]!r}"
        if part is None:
            _verify_tombstone(found, name, key, tombstones.get(key))
            continue
        found.private_parts += 1
        salt = bytes(part.salt)
        if value != hashing.commitment(
            event_id=key[0], name=key[1], salt=salt, content=part.content
        ):
            found.fault(name, "its content or salt was changed")
    for event_id, extra in kept:
        found.fault(f"event {event_id} private part {extra!r}", "was added: no event speaks of it")


def _verify_tombstone(
    found: Verification, name: str, key: tuple[UUID, str], stone: LedgerDisposal | None
) -> None:
    if stone is None:
        found.fault(name, "is missing, and no disposal was ordered")
        return
    said = json.loads(stone.recorded_in.body)
    if stone.recorded_in.kind != disposal.KIND or (said.get("event"), said.get("name")) != (
        str(key[0]),
        key[1],
    ):
        found.fault(name, "is missing, and its tombstone names no event that ordered it")
        return
    found.disposed += 1


def _verify_strays(found: Verification) -> None:
    """Private parts whose event is gone; a foreign key forbids it, a superuser may not care."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.event_id, p.name FROM ledger_private p"
            " LEFT JOIN ledger_event e ON e.id = p.event_id WHERE e.id IS NULL"
        )
        for event_id, name in cursor.fetchall():
            found.fault(f"private part {name!r}", f"its event {event_id} is missing")


def _verify_roots(found: Verification, known: set[str]) -> None:
    """Follow the ledger in the order of commits and compute each root's tree on the way."""
    waiting = list(LedgerRoot.objects.order_by("number"))
    leaves: dict[UUID, str] = {}
    seqs: dict[UUID, int] = {}
    prev, number = roots.FIRST_PREV, 0
    feed = _feed()
    ahead = next(feed, None)
    for root in waiting:
        where = f"root {root.number} of {root.day}"
        found.roots += 1
        known.discard(root.hash)
        said = _stated(found, where, root)
        if said is None:
            continue
        if root.number != number + 1 or said.get("prev") != prev:
            found.fault(where, f"does not follow root {number}: one is missing or was changed")
        prev, number = root.hash, root.number
        cut = tuple(said["cut"])
        while ahead is not None and ahead[0] <= cut:
            _, stream_id, seq, digest = ahead
            leaves[stream_id] = hashing.leaf(stream_id=stream_id, seq=seq, head_hash=digest)
            seqs[stream_id] = seq
            ahead = next(feed, None)
        tree = merkle.root([leaves[stream_id] for stream_id in sorted(leaves)])
        if tree != said["tree"]:
            found.fault(where, "an event that it covers was changed, removed or added since")
        elif (len(seqs), sum(seqs.values())) != (said["streams"], said["events"]):
            found.fault(where, "counts other streams or events than there are")
    while ahead is not None:
        found.uncovered += 1
        ahead = next(feed, None)
    for missing in sorted(known):
        found.fault(f"root {missing}", "was published elsewhere and is not in this ledger")


def _stated(found: Verification, where: str, root: LedgerRoot) -> dict[str, Any] | None:
    if hashing.root_hash(root.statement) != root.hash:
        found.fault(where, "its statement was changed")
        return None
    if not roots.signature_holds(root.hash, root.signature, root.certificate):
        found.fault(where, "its signature does not hold")
    said: dict[str, Any] = json.loads(root.statement)
    if (said["number"], said["day"]) != (root.number, root.day.isoformat()):
        found.fault(where, "its number or day is not what it states")
    return said


def _feed() -> Iterator[tuple[tuple[int, int, int], UUID, int, str]]:
    """(mark, stream, seq, hash) of every event in the order of commits, a page at a time."""
    mark = (0, 0, 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.epoch, e.xid::text::bigint, e.position, e.stream_id, e.seq, e.hash"
                " FROM ledger_event e WHERE (e.epoch, e.xid, e.position) > (%s, %s::text::xid8, %s)"
                " ORDER BY e.epoch, e.xid, e.position LIMIT %s",
                [*mark, _CHUNK],
            )
            rows = cursor.fetchall()
        for epoch, xid, position, stream_id, seq, digest in rows:
            mark = (epoch, xid, position)
            yield mark, stream_id, seq, digest
        if len(rows) < _CHUNK:
            return
