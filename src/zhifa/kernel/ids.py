"""Names for things: UUIDv7 for rows that an event names, short ids for public addresses."""

from __future__ import annotations

import secrets
import threading
from uuid import UUID

from zhifa.kernel import clock

# No vowels (no words by accident), nothing that is misread on paper or over the telephone.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
SHORT_LENGTH = 11

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A new UUIDv7 (RFC 9562), greater than every one minted before in this process.

    Rising ids keep indexes dense. They are never read as an order or a time.
    """
    global _last
    moment = int(clock.now().timestamp() * 1000)
    fresh = (moment << 74) | secrets.randbits(74)
    with _lock:
        # A clock that stands still or goes back must not make an id smaller than the last one.
        if fresh <= _last:
            fresh = _last + 1 + secrets.randbits(32)
        _last = fresh
    high = fresh >> 62  # 48 bits of milliseconds, 12 bits of rand_a
    low = fresh & ((1 << 62) - 1)
    return UUID(
        int=((high >> 12) << 80) | (0x7 << 76) | ((high & 0xFFF) << 64) | (0b10 << 62) | low
    )


def short_id() -> str:
    """A random id for a public address: 11 characters, about 53 bits, says nothing of the case."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SHORT_LENGTH))
