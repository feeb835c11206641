"""Many streams at once, chained as if written one by one: for imports and for measuring at size."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from zhifa.kernel import canonical, clock, ids
from zhifa.kernel.ledger import hashing, store

_STREAM: Final = "COPY ledger_stream (id, kind, agency_code, region_code, head_seq, head_hash)"
_EVENT: Final = (
    "COPY ledger_event (id, stream_id, seq, kind, version, body, act_id, actor_id, duty,"
    " agency_code, occurred_at, recorded_at, algorithm, prev, hash)"
)
_PRIVATE: Final = "COPY ledger_private (event_id, name, salt, content)"
# Heads and events arrive in two copies; that they fit is checked when both are there.
_LATER: Final = "SET CONSTRAINTS ledger_head_is_an_event, ledger_event_is_under_the_head {}"


@dataclass(frozen=True, slots=True)
class BulkEvent:
    """One event to be; its place and hashes are computed."""

    kind: str
    body: Mapping[str, Any]
    occurred_at: date | datetime
    act_id: UUID
    version: int = 1
    actor_id: UUID | None = None
    duty: str = ""
    private: Mapping[str, Any] = field(default_factory=dict)
    recorded_at: datetime | None = None
    id: UUID | None = None
    """Given where another row names the event."""


@dataclass(frozen=True, slots=True)
class BulkStream:
    """One new stream with all its events."""

    id: UUID
    kind: str
    agency_code: str
    region_code: str
    events: Sequence[BulkEvent]


@dataclass(frozen=True, slots=True)
class Chained:
    """Streams as rows: numbered, committed to and chained, not written yet."""

    heads: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    private: list[tuple[Any, ...]] = field(default_factory=list)
    hashes: dict[UUID, str] = field(default_factory=dict)
    """Of each event, by its id."""


def chained(streams: Iterable[BulkStream]) -> Chained:
    """Compute every hash; touches no database."""
    rows = Chained()
    now, algorithm = clock.now(), store.algorithm()
    for stream in streams:
        last = hashing.stream_seed(
            stream_id=stream.id,
            kind=stream.kind,
            agency_code=stream.agency_code,
            region_code=stream.region_code,
        )
        for seq, event in enumerate(stream.events, 1):
            event_id = event.id or ids.uuid7()
            parts = [
                (name, secrets.token_bytes(store.SALT_BYTES), canonical.text(canonical.plain(said)))
                for name, said in sorted(event.private.items())
            ]
            described: dict[str, Any] = {
                "id": event_id,
                "stream_id": stream.id,
                "seq": seq,
                "kind": event.kind,
                "version": event.version,
                "body": store.body_text(event_id, event.body, parts),
                "act_id": event.act_id,
                "actor_id": event.actor_id,
                "duty": event.duty,
                "agency_code": stream.agency_code,
                "occurred_at": hashing.occurred_text(event.occurred_at),
                "recorded_at": event.recorded_at or now,
                "algorithm": algorithm,
                "prev": last,
            }
            last = hashing.event_hash(hashing.envelope(**described))
            rows.hashes[event_id] = last
            rows.events.append((*described.values(), last))
            rows.private.extend((event_id, *part) for part in parts)
        row = (stream.id, stream.kind, stream.agency_code, stream.region_code)
        rows.heads.append((*row, len(stream.events), last))
    return rows


def copy(rows: Chained) -> None:
    """Write what was chained in three copies, one transaction. Every guard of the database holds
    here too: what does not chain is refused."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LATER.format("DEFERRED"))
        for target, lines in (
            (_STREAM, rows.heads),
            (_EVENT, rows.events),
            (_PRIVATE, rows.private),
        ):
            with cursor.copy(f"{target} FROM STDIN") as to:
                for line in lines:
                    to.write_row(line)
        cursor.execute(_LATER.format("IMMEDIATE"))


def write(streams: Iterable[BulkStream]) -> int:
    """Write new streams with their events; how many events."""
    rows = chained(streams)
    copy(rows)
    return len(rows.events)


def readers_pass() -> None:
    """Let every reader pass over what was written: its writer has filled the projections itself,
    and no effect of it is owed. Call when nothing else was written since they caught up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader_cursor SET (epoch, xid, position) ="
            " (SELECT c.epoch, c.xid, c.pos FROM ledger_cut() c), moved_at = %s",
            [clock.now()],
        )
