"""A stream as files that a stranger can check: events, private parts, proof, root."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import transaction

from zhifa.kernel import canonical, clock
from zhifa.kernel.canonical import Json
from zhifa.kernel.errors import NotFound
from zhifa.kernel.ledger import hashing, roots, store
from zhifa.kernel.models import LedgerDisposal, LedgerPrivate, LedgerRoot, LedgerStream

FOLDER: Final = "ledger/"


def stream_bundle(stream_id: UUID, *, fresh_root: bool = True) -> dict[str, bytes]:
    """The files of a stream, by their names in a dossier.

    With ``fresh_root`` a new root is made if the latest does not cover the stream's head, so that
    the proof reaches the last event.
    """
    stream = LedgerStream.objects.filter(id=stream_id).first()
    if stream is None:
        raise NotFound("没有找到这一事项的账本。", code="no-such-stream")
    root = _root_over(stream, fresh_root=fresh_root)
    with transaction.atomic():
        store.lock([stream_id])
        events = store.events(stream_id)
        files = {
            "stream.json": hashing.stream_text(
                stream_id=stream.id,
                kind=stream.kind,
                agency_code=stream.agency_code,
                region_code=stream.region_code,
            ).encode(),
            "events.jsonl": _lines(_event_line(event) for event in events),
            "private.jsonl": _lines(_private_lines(events)),
        }
        if disposed := _lines(_disposal_lines(events)):
            files["disposals.jsonl"] = disposed
    if root is not None:
        files |= _root_files(stream_id, root)
    return {FOLDER + name: content for name, content in files.items()}


def _root_over(stream: LedgerStream, *, fresh_root: bool) -> LedgerRoot | None:
    latest = roots.latest()
    if fresh_root and not (latest and _covers(latest, stream)):
        return roots.make(max(clock.today(), latest.day) if latest else clock.today())
    return latest


def _covers(root: LedgerRoot, stream: LedgerStream) -> bool:
    try:
        return roots.prove(stream.id, root).hash == stream.head_hash
    except NotFound:
        return False


def _event_line(event: store.StoredEvent) -> dict[str, Json]:
    described = hashing.envelope(
        id=event.id,
        stream_id=event.stream_id,
        seq=event.seq,
        kind=event.kind,
        version=event.version,
        body=event.body,
        act_id=event.act_id,
        actor_id=event.actor_id,
        duty=event.duty,
        agency_code=event.agency_code,
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        algorithm=event.algorithm,
        prev=event.prev,
    )
    return {"event": described, "hash": event.hash}


def _private_lines(events: list[store.StoredEvent]) -> Iterable[dict[str, Json]]:
    place = {event.id: event.seq for event in events}
    parts = LedgerPrivate.objects.filter(event_id__in=list(place))
    for part in sorted(parts, key=lambda p: (place[p.event_id], p.name.encode())):
        yield {
            "content": part.content,
            "event": str(part.event_id),
            "name": part.name,
            "salt": bytes(part.salt).hex(),
        }


def _disposal_lines(events: list[store.StoredEvent]) -> Iterable[dict[str, Json]]:
    place = {event.id: event.seq for event in events}
    stones = LedgerDisposal.objects.filter(event_id__in=list(place))
    for stone in sorted(stones, key=lambda s: (place[s.event_id], s.name.encode())):
        yield {
            "event": str(stone.event_id),
            "executed_by": str(stone.executed_by),
            "name": stone.name,
            "ordered_by": str(stone.ordered_by),
            "recorded_in": str(stone.recorded_in_id),
        }


def _root_files(stream_id: UUID, root: LedgerRoot) -> dict[str, bytes]:
    try:
        proof = roots.prove(stream_id, root)
    except NotFound:
        return {}
    token = bytes(root.timestamp_token) if root.timestamp_token else None
    return {
        "root.json": root.statement.encode(),
        "root.sig.json": canonical.encode(
            {
                "certificate": root.certificate,
                "hash": root.hash,
                "signature": root.signature,
                "timestamp_token": base64.b64encode(token).decode("ascii") if token else None,
            }
        ),
        "proof.json": canonical.encode(
            {
                "hash": proof.hash,
                "index": proof.index,
                "path": list(proof.path),
                "seq": proof.seq,
                "size": proof.size,
                "stream": str(proof.stream_id),
            }
        ),
    }


def _lines(values: Iterable[dict[str, Json]]) -> bytes:
    return b"".join(canonical.encode(value) + b"\n" for value in values)
