"""What follows by itself: lists say that a decision was annulled, changed or revoked."""

from __future__ import annotations

from zhifa.cases import services
from zhifa.kernel.ledger import StoredEvent
from zhifa.kernel.wiring import Effect
from zhifa.law.procedures.penalty import force


def note_fall(event: StoredEvent) -> None:
    """An instrument was recorded, or a letter of the agency's own served. A repeat does nothing."""
    letter = event.data["facts"].get("document_kind")
    if letter is None or letter in force.OWN:
        services.note_outcome(matter_id=event.stream_id)


NOTE_FALL = Effect("cases.note-fall", note_fall)
