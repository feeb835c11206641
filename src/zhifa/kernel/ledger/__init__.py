"""The ledger: each act appends one event to the stream of each matter that it touches.

An event is at once the audit record, the message to the rest of the house, and the proof.
"""

from zhifa.kernel.ledger.store import (
    Beside,
    Head,
    StoredEvent,
    append,
    event,
    events,
    lock,
    of_act,
    open_stream,
)
from zhifa.kernel.ledger.verification import Fault, Verification, verify

__all__ = [
    "Beside",
    "Fault",
    "Head",
    "StoredEvent",
    "Verification",
    "append",
    "event",
    "events",
    "lock",
    "of_act",
    "open_stream",
    "verify",
]
