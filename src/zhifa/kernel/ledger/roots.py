"""Daily roots: a signed statement over the heads of all streams, chained to the one before.

Whoever keeps a root that was once printed can later tell whether any covered event was changed,
left out or put in, even by somebody who holds the database.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509 import load_pem_x509_certificate
from django.db import connection, transaction

from zhifa.kernel import canonical, clock, keys
from zhifa.kernel.errors import BadInput, NotFound
from zhifa.kernel.ledger import hashing, merkle
from zhifa.kernel.models import LedgerRoot

FORMAT: Final = "zhifa-ledger-root/1"
FIRST_PREV: Final = "0" * 64
_LOCK: Final = 4_802_061_202

Timestamper = Callable[[bytes], bytes]
"""Takes a SHA-256 digest, gives an RFC 3161 token; the port to a time-stamping service."""

Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """That a stream stood at ``seq`` with ``hash`` when a root was made."""

    stream_id: UUID
    seq: int
    hash: str
    index: int
    size: int
    path: tuple[str, ...]


def daily(day: date, *, timestamper: Timestamper | None = None) -> LedgerRoot:
    """The root of a day; made now if the day has none yet. ``day`` is never after today."""
    found = LedgerRoot.objects.filter(day=day).order_by("-number").first()
    return found or make(day, timestamper=timestamper)


def make(day: date, *, timestamper: Timestamper | None = None) -> LedgerRoot:
    """Make and sign the next root, over everything that is committed now."""
    if day > clock.today():
        raise BadInput("不能为还没有到的日期签发账本日根。", field="day")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = LedgerRoot.objects.order_by("-number").first()
        if last and last.day > day:
            raise BadInput(f"{last.day}的账本日根已经签发，不能再补签更早的日期。", field="day")
        cut = _cut()
        heads = heads_at(cut)
        certificate = keys.root_certificate()
        statement = canonical.text(
            {
                "algorithm": hashing.SHA256,
                "cut": list(cut),
                "day": day.isoformat(),
                "events": sum(seq for _, seq, _ in heads),
                "format": FORMAT,
                "key": keys.key_id(certificate),
                "made_at": canonical.instant(clock.now()),
                "number": last.number + 1 if last else 1,
                "prev": last.hash if last else FIRST_PREV,
                "streams": len(heads),
                "tree": merkle.root(leaves(heads)),
            }
        )
        digest = hashing.root_hash(statement)
        return LedgerRoot.objects.create(
            number=last.number + 1 if last else 1,
            day=day,
            statement=statement,
            hash=digest,
            signature=sign(digest),
            certificate=certificate,
            timestamp_token=timestamper(bytes.fromhex(digest)) if timestamper else None,
        )


def latest() -> LedgerRoot | None:
    """The newest root: what the portal prints."""
    return LedgerRoot.objects.order_by("-number").first()


def said(root: LedgerRoot) -> dict[str, Any]:
    """What a root states, parsed."""
    parsed: dict[str, Any] = json.loads(root.statement)
    return parsed


def prove(stream_id: UUID, root: LedgerRoot) -> Proof:
    """Prove where a stream stood when a root was made.

    Raises :class:`NotFound` if the stream had no event by then.
    """
    epoch, xid, position = said(root)["cut"]
    heads = heads_at((epoch, xid, position))
    for index, (found, seq, digest) in enumerate(heads):
        if found == stream_id:
            path = merkle.path(leaves(heads), index)
            return Proof(stream_id, seq, digest, index, len(heads), tuple(path))
    raise NotFound("这一事项在该账本日根签发时还没有记录。", code="not-in-root")


def sign(digest: str) -> str:
    """Sign a digest with the key of the daily roots (ECDSA P-256 over SHA-256); DER in hex."""
    prehashed = ec.ECDSA(Prehashed(hashes.SHA256()))
    return keys.root_key().sign(bytes.fromhex(digest), prehashed).hex()


def signature_holds(digest: str, signature: str, certificate: str) -> bool:
    """Whether a signature over a digest was made by the certificate's key."""
    public = load_pem_x509_certificate(certificate.encode()).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(
            bytes.fromhex(signature), bytes.fromhex(digest), ec.ECDSA(Prehashed(hashes.SHA256()))
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def leaves(heads: list[tuple[UUID, int, str]]) -> list[str]:
    """The leaves of the tree over some heads, which stand in ascending stream id."""
    return [hashing.leaf(stream_id=s, seq=n, head_hash=h) for s, n, h in heads]


def heads_at(cut: Mark) -> list[tuple[UUID, int, str]]:
    """(stream, seq, hash) of every stream's last event up to a place in the order of commits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (e.stream_id) e.stream_id, e.seq, e.hash FROM ledger_event e"
            " WHERE (e.epoch, e.xid, e.position) <= (%s, %s::text::xid8, %s)"
            " ORDER BY e.stream_id, e.seq DESC",
            list(cut),
        )
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def _cut() -> Mark:
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch, xid, pos FROM ledger_cut()")
        row = cursor.fetchone()
    return (row[0], row[1], row[2]) if row else (0, 0, 0)
