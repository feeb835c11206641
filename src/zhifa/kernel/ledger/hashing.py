"""What is hashed, exactly. Pure: the offline verifier repeats every line of it.

``docs/dossier-format.md`` states the same in words.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from zhifa.kernel import canonical
from zhifa.kernel.canonical import Json

STREAM_TAG: Final = "zhifa/ledger-stream/1"
EVENT_TAG: Final = "zhifa/ledger-event/1"
PRIVATE_TAG: Final = "zhifa/ledger-private/1"
LEAF_TAG: Final = "zhifa/ledger-leaf/1"
NODE_TAG: Final = "zhifa/ledger-node/1"
ROOT_TAG: Final = "zhifa/ledger-root/1"

SHA256: Final = "sha256"
SHA256_AND_SM3: Final = "sha256+sm3"
ALGORITHMS: Final = frozenset({SHA256, SHA256_AND_SM3})


def chained(algorithm: str, tag: str, content: bytes) -> str:
    """The digest of a link: SHA-256, and SM3 beside it where the algorithm says so."""
    if algorithm == SHA256:
        return canonical.digest(tag, content)
    if algorithm == SHA256_AND_SM3:
        return f"{canonical.digest(tag, content)}+{canonical.digest_sm3(tag, content)}"
    raise ValueError(f"unknown algorithm {algorithm!r}")


def stream_text(*, stream_id: UUID, kind: str, agency_code: str, region_code: str) -> str:
    """What a stream is; the first event's ``prev`` is its digest."""
    return canonical.text(
        {
            "agency_code": agency_code,
            "kind": kind,
            "region_code": region_code,
            "stream": str(stream_id),
        }
    )


def stream_seed(*, stream_id: UUID, kind: str, agency_code: str, region_code: str) -> str:
    """The head of a stream that holds no event yet."""
    described = stream_text(
        stream_id=stream_id, kind=kind, agency_code=agency_code, region_code=region_code
    )
    return canonical.digest(STREAM_TAG, described.encode())


def envelope(
    *,
    id: UUID,
    stream_id: UUID,
    seq: int,
    kind: str,
    version: int,
    body: str,
    act_id: UUID,
    actor_id: UUID | None,
    duty: str,
    agency_code: str,
    occurred_at: str,
    recorded_at: datetime,
    algorithm: str,
    prev: str,
) -> dict[str, Json]:
    """Everything of an event that its hash covers; ``body`` is the exact text, not its meaning."""
    return {
        "act_id": str(act_id),
        "actor_id": str(actor_id) if actor_id else None,
        "agency_code": agency_code,
        "algorithm": algorithm,
        "body": body,
        "duty": duty,
        "id": str(id),
        "kind": kind,
        "occurred_at": occurred_at,
        "prev": prev,
        "recorded_at": canonical.instant(recorded_at),
        "seq": seq,
        "stream": str(stream_id),
        "version": version,
    }


def event_hash(described: dict[str, Json]) -> str:
    """The hash of an event from its envelope."""
    return chained(described["algorithm"], EVENT_TAG, canonical.encode(described))


def commitment(*, event_id: UUID, name: str, salt: bytes, content: str) -> str:
    """Binds a private part to its event and name without telling what it says."""
    return canonical.digest(PRIVATE_TAG, event_id.bytes, name.encode(), salt, content.encode())


def occurred_text(at: date | datetime) -> str:
    """A legal date or an instant; the first ten characters are the legal date in either case."""
    return canonical.instant(at) if isinstance(at, datetime) else at.isoformat()


def leaf(*, stream_id: UUID, seq: int, head_hash: str) -> str:
    """A stream's head as a leaf of a daily tree."""
    content = canonical.encode({"hash": head_hash, "seq": seq, "stream": str(stream_id)})
    return canonical.digest(LEAF_TAG, content)


def node(left: str, right: str) -> str:
    """An inner node of a daily tree."""
    return canonical.digest(NODE_TAG, bytes.fromhex(left), bytes.fromhex(right))


def root_hash(statement: str) -> str:
    """The hash of a daily root: what the next one is chained to and what the portal prints."""
    return canonical.digest(ROOT_TAG, statement.encode())
