"""What happened to the numbers of documents, in the register of an agency's numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from zhifa.registry.events import RegisterEvent


@dataclass(frozen=True, slots=True)
class NumberingStarted(RegisterEvent):
    """The house goes on from the last number that was given on paper that year."""

    kind: ClassVar[str] = "numbering.started"
    agency: str
    word: str
    year: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True)
class NumberVoided(RegisterEvent):
    """A number that no valid document bears was struck off."""

    kind: ClassVar[str] = "number.voided"
    agency: str
    word: str
    year: int
    serial: int
    reason: str


EVENTS: Final[tuple[type[RegisterEvent], ...]] = (NumberingStarted, NumberVoided)
