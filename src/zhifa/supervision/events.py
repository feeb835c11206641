"""What happened in the register of reading, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from zhifa.registry.events import RegisterEvent


@dataclass(frozen=True, slots=True)
class CaseRead(RegisterEvent):
    """Somebody of a supervision body opened a case to read. Why, stands beside the event."""

    kind: ClassVar[str] = "case.read"
    case: UUID
    reading: UUID
    body: str


EVENTS: Final[tuple[type[RegisterEvent], ...]] = (CaseRead,)
"""Every event of this register stays readable: its fields are kept in a golden file."""
