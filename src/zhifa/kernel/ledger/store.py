"""Writing and reading the ledger. Every call stands in the caller's transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from zhifa.kernel import canonical, clock, ids
from zhifa.kernel.canonical import Json
from zhifa.kernel.errors import NotFound, Stale
from zhifa.kernel.ledger import hashing
from zhifa.kernel.models import LedgerStream
from zhifa.kernel.statements import prepared

SALT_BYTES: Final = 32
NO_PRIVATE: Final[Mapping[str, Json]] = {}


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream stands: the number of its last event and the hash that the next one names."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it stands in the ledger, with those of its private parts that still exist."""

    id: UUID
    stream_id: UUID
    seq: int
    kind: str
    version: int
    body: str
    act_id: UUID
    actor_id: UUID | None
    duty: str
    agency_code: str
    occurred_at: str
    recorded_at: datetime
    algorithm: str
    prev: str
    hash: str
    private: Mapping[str, Json] = field(default_factory=dict)

    @property
    def data(self) -> dict[str, Any]:
        """The body, parsed."""
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed

    @property
    def occurred_on(self) -> date:
        """The legal date on which it occurred."""
        return date.fromisoformat(self.occurred_at[:10])

    @property
    def commitments(self) -> Mapping[str, str]:
        """The commitments to the private parts, whether these still exist or not."""
        found: Mapping[str, str] = self.data.get("commitments", {})
        return found

    @property
    def head(self) -> Head:
        """The stream's head right after this event."""
        return Head(self.seq, self.hash)


def algorithm() -> str:
    """The algorithm that new events are chained with; ``LEDGER_ALGORITHM`` adds SM3."""
    chosen = str(getattr(settings, "LEDGER_ALGORITHM", hashing.SHA256))
    if chosen not in hashing.ALGORITHMS:
        raise ValueError(f"LEDGER_ALGORITHM: unknown algorithm {chosen!r}")
    return chosen


def open_stream(
    *, kind: str, agency_code: str, region_code: str, stream_id: UUID | None = None
) -> UUID:
    """Begin a stream. Its kind, agency and region are bound into its first event's ``prev``."""
    stream_id = stream_id or ids.uuid7()
    LedgerStream.objects.create(
        id=stream_id,
        kind=kind,
        agency_code=agency_code,
        region_code=region_code,
        head_seq=0,
        head_hash=hashing.stream_seed(
            stream_id=stream_id, kind=kind, agency_code=agency_code, region_code=region_code
        ),
    )
    return stream_id


def lock(stream_ids: Iterable[UUID]) -> dict[UUID, Head]:
    """Lock streams until the transaction ends, always in ascending id, and say where they stand."""
    wanted = sorted(set(stream_ids))
    with prepared() as cursor:
        cursor.execute(
            "SELECT id, head_seq, head_hash FROM ledger_stream"
            " WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            [wanted],
        )
        heads = {row[0]: Head(row[1], row[2]) for row in cursor.fetchall()}
    if len(heads) != len(wanted):
        missing = ", ".join(str(i) for i in wanted if i not in heads)
        raise NotFound("没有找到这一事项的账本。", code="no-such-stream", remedy=missing)
    return heads


# The head moves and the event is written in one statement: neither can be had without the other.
_APPEND: Final = """
WITH moved AS (
    UPDATE ledger_stream SET head_seq = %(seq)s, head_hash = %(hash)s
    WHERE id = %(stream)s AND head_seq = %(seq)s - 1 AND head_hash = %(prev)s
    RETURNING id
), written AS (
    INSERT INTO ledger_event (
        id, stream_id, seq, kind, version, body, act_id, actor_id, duty, agency_code,
        occurred_at, recorded_at, algorithm, prev, hash)
    SELECT %(id)s, moved.id, %(seq)s, %(kind)s, %(version)s, %(body)s, %(act)s, %(actor)s,
        %(duty)s, %(agency)s, %(occurred)s, %(recorded)s, %(algorithm)s, %(prev)s, %(hash)s
    FROM moved
    RETURNING id
)"""
_KEEP: Final = """, kept AS (
    INSERT INTO ledger_private (event_id, name, salt, content)
    SELECT written.id, part.name, part.salt, part.content
    FROM written, unnest(%(names)s::text[], %(salts)s::bytea[], %(contents)s::text[])
        AS part(name, salt, content)
)"""
_WRITTEN: Final = "\nSELECT id FROM written"


@dataclass(frozen=True, slots=True)
class Beside:
    """What a caller writes in the statement that writes its event, to spare a round trip.

    ``statements`` are more common table expressions, each begun by a comma; ``values`` are their
    parameters, under names that the ledger does not use itself.
    """

    statements: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


NOTHING_BESIDE: Final = Beside()


def append(
    *,
    stream_id: UUID,
    kind: str,
    version: int,
    body: Mapping[str, Any],
    act_id: UUID,
    actor_id: UUID | None,
    duty: str,
    agency_code: str,
    occurred_at: date | datetime,
    private: Mapping[str, Any] = NO_PRIVATE,
    recorded_at: datetime | None = None,
    head: Head | None = None,
    beside: Beside = NOTHING_BESIDE,
) -> StoredEvent:
    """Append one event to a stream and move its head; one round trip if ``head`` is given.

    ``private`` holds personal data and narrative by name: it is stored beside the event, which
    itself gets only ``commitments``. ``head`` is what :func:`lock` gave in this transaction, or the
    ``head`` of the event just appended. Without it the stream is locked here.

    Raises :class:`Stale` if the stream moved since ``head`` was read without a lock.
    """
    head = head or lock([stream_id])[stream_id]
    event_id = ids.uuid7()
    parts = [
        (name, secrets.token_bytes(SALT_BYTES), canonical.text(canonical.plain(content)))
        for name, content in sorted(private.items())
    ]
    event = _sealed(
        id=event_id,
        stream_id=stream_id,
        seq=head.seq + 1,
        kind=kind,
        version=version,
        body=body_text(event_id, body, parts),
        act_id=act_id,
        actor_id=actor_id,
        duty=duty,
        agency_code=agency_code,
        occurred_at=hashing.occurred_text(occurred_at),
        recorded_at=recorded_at or clock.now(),
        algorithm=algorithm(),
        prev=head.hash,
        private={name: json.loads(content) for name, _, content in parts},
    )
    values: dict[str, Any] = {
        "id": event.id,
        "stream": stream_id,
        "seq": event.seq,
        "kind": kind,
        "version": version,
        "body": event.body,
        "act": act_id,
        "actor": actor_id,
        "duty": duty,
        "agency": agency_code,
        "occurred": event.occurred_at,
        "recorded": event.recorded_at,
        "algorithm": event.algorithm,
        "prev": event.prev,
        "hash": event.hash,
        "names": [name for name, _, _ in parts],
        "salts": [salt for _, salt, _ in parts],
        "contents": [content for _, _, content in parts],
    }
    statement = _APPEND + (_KEEP if parts else "") + beside.statements + _WRITTEN
    with prepared() as cursor:
        cursor.execute(statement, {**beside.values, **values})
        if cursor.fetchone() is None:
            raise Stale(
                "这一事项刚刚有了新的进展，本次操作没有生效。",
                changes=(),
                code="head-moved",
                remedy="请刷新页面，看过最新进展后再办理。",
            )
    return event


def _sealed(*, private: Mapping[str, Json], **fields: Any) -> StoredEvent:
    return StoredEvent(
        **fields, hash=hashing.event_hash(hashing.envelope(**fields)), private=private
    )


def body_text(
    event_id: UUID, body: Mapping[str, Any], parts: Sequence[tuple[str, bytes, str]]
) -> str:
    """The exact text of a body, with the commitments to its private parts."""
    if "commitments" in body:
        raise ValueError("commitments are written by the ledger, from `private`")
    said = dict(canonical.plain(body))
    if parts:
        said["commitments"] = {
            name: hashing.commitment(event_id=event_id, name=name, salt=salt, content=content)
            for name, salt, content in parts
        }
    return canonical.text(said)


_COLUMNS: Final = """
    e.id, e.stream_id, e.seq, e.kind, e.version, e.body, e.act_id, e.actor_id, e.duty,
    e.agency_code, e.occurred_at, e.recorded_at, e.algorithm, e.prev, e.hash"""
_PRIVATE: Final = """
    LEFT JOIN LATERAL (
        SELECT array_agg(p.name) AS names, array_agg(p.content) AS contents
        FROM ledger_private p WHERE p.event_id = e.id) kept ON true"""


def read(where: str, parameters: Mapping[str, Any] | Sequence[Any]) -> Iterator[StoredEvent]:
    """Events with their private parts, by a condition on ``e``; one query. Kernel only."""
    with prepared() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS}, kept.names, kept.contents FROM ledger_event e {_PRIVATE} {where}",
            parameters,
        )
        rows = cursor.fetchall()
    for *columns, names, contents in rows:
        parts = zip(names, contents, strict=True) if names else ()
        columns.append({name: json.loads(text) for name, text in parts})
        yield StoredEvent(*columns)


def events(stream_id: UUID, after: int = 0) -> list[StoredEvent]:
    """The events of a stream in order, those past ``after``, with their private parts."""
    return list(read("WHERE e.stream_id = %s AND e.seq > %s ORDER BY e.seq", [stream_id, after]))


def event(event_id: UUID) -> StoredEvent:
    """One event by its id."""
    for found in read("WHERE e.id = %s", [event_id]):
        return found
    raise NotFound("没有找到这一记录。", code="no-such-event")


def of_act(act_id: UUID) -> list[StoredEvent]:
    """The events that one act wrote, one for each stream that it touched."""
    return list(read("WHERE e.act_id = %s ORDER BY e.stream_id, e.seq", [act_id]))
