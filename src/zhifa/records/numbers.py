"""Document numbers: 机关代字 + 文种字 + 〔year〕 + serial + 号, gap-free per agency, kind and year.

The counter is locked last and moves with the act that took the number, so that an act that is
refused leaves no gap.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from zhifa.registry import selectors as registry

_NEXT = """
INSERT INTO document_counter (agency_code, word, year, value) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency_code, word, year) DO UPDATE SET value = document_counter.value + 1
RETURNING value"""


def serial(agency_code: str, word: str, year: int) -> int:
    """The next serial; it is given back if the surrounding transaction is."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency_code, word, year])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def allocate(agency_code: str, word: str, on: date) -> str:
    """The next number of a kind of document: 雅雨市监罚〔2026〕12号."""
    prefix = registry.agency(agency_code, on).word
    return f"{prefix}{word}〔{on.year}〕{serial(agency_code, word, on.year)}号"


def file_number(agency_code: str, on: date) -> str:
    """The number of a case file: year and a serial of four digits."""
    return f"{on.year}{serial(agency_code, '案卷', on.year):04d}"
