"""Document numbers: 机关代字 + 文种字 + 〔year〕 + serial + 号, gap-free per agency, kind and year.

The counter is locked last and moves with the act that took the number, so that an act that is
refused leaves no gap. Every procedure takes the kinds of number in one order (a test holds them to
it), so that two acts never wait for each other's counters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhifa.kernel.statements import prepared
from zhifa.registry import selectors as registry

FILES = "案卷"
"""The word of the counter of case files, which no document bears."""

_NEXT = """
INSERT INTO document_counter (agency_code, word, year, value) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency_code, word, year) DO UPDATE SET value = document_counter.value + 1
RETURNING value"""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its three parts and as printed: 雅雨市监罚〔2026〕12号."""

    prefix: str
    word: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.prefix}{self.word}〔{self.year}〕{self.serial}号"


def serial(agency_code: str, word: str, year: int) -> int:
    """The next serial; it is given back if the surrounding transaction is."""
    with prepared() as cursor:
        cursor.execute(_NEXT, [agency_code, word, year])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def allocate(agency_code: str, word: str, on: date) -> Number:
    """The next number of a kind of document."""
    prefix = registry.agency_word(agency_code, on)
    return Number(prefix, word, on.year, serial(agency_code, word, on.year))


def file_number(agency_code: str, on: date) -> str:
    """The number of a case file: year and a serial of four digits."""
    return f"{on.year}{serial(agency_code, FILES, on.year):04d}"
