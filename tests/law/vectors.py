"""Days that were counted by hand and by an independent calendar: facts, kept as a table."""

from datetime import date

# id, term, start, lengthenings, layer ("" = the day to work by), expected, arguable ("" = none)
VECTORS = (
    ("P01", "hearing.request", "2026-01-05", (), "", "2026-01-12", ""),
    ("P02", "hearing.request", "2026-02-11", (), "", "2026-02-25", ""),
    ("P03", "hearing.request", "2026-09-28", (), "", "2026-10-10", ""),
    ("P04", "decision", "2026-03-02", (), "", "2026-05-31", "2026-06-01"),
    ("P05", "decision", "2025-11-18", (), "", "2026-02-16", "2026-02-24"),
    ("P06", "payment", "2026-04-15", (), "", "2026-04-30", ""),
    ("P07", "payment", "2026-04-17", (), "", "2026-05-06", ""),
    ("P08", "preservation", "2026-06-12", (), "", "2026-06-24", ""),
    ("P09", "service", "2026-09-25", (), "", "2026-10-12", ""),
    ("P10", "cash.officer", "2026-05-29", (), "", "2026-06-02", ""),
    ("P11", "seizure", "2026-09-01", (), "", "2026-10-01", ""),
    ("P12", "seizure", "2026-09-01", (30,), "", "2026-10-31", ""),
    ("P13", "dunning", "2026-03-10", (), "", "2026-03-24", ""),
    ("P14", "substitute.notice", "2026-04-28", (), "", "2026-04-23", ""),
    ("P15", "hearing.notice", "2026-10-14", (), "", "2026-09-29", ""),
    ("P16", "licence.decision", "2026-01-12", (), "", "2026-02-09", ""),
    ("P17", "licence.decision", "2026-01-12", (10,), "", "2026-02-28", ""),
    ("P18", "licence.supplement", "2026-04-01", (), "", "2026-04-09", ""),
    ("P19", "licence.certificate", "2026-07-20", (), "", "2026-08-03", ""),
    ("P20", "publicity.penalty", "2026-07-31", (), "", "2026-08-11", ""),
    ("P21", "publicity.other", "2026-09-18", (), "", "2026-10-22", ""),
    ("P22", "withdrawal", "2026-09-30", (), "", "2026-10-08", ""),
    ("P23", "withdrawal", "2026-09-30", (), "statutory", "2026-10-10", ""),
    ("P24", "reconsideration", "2026-03-16", (), "", "2026-05-15", ""),
    ("P25", "reconsideration", "2026-08-03", (), "", "2026-10-08", ""),
    ("P26", "litigation", "2026-03-31", (), "", "2026-09-30", ""),
    ("P27", "litigation", "2025-08-15", (), "", "2026-02-24", ""),
    ("P28", "court.application", "2026-03-31", (), "", "2026-06-30", ""),
    ("P29", "service.announcement", "2026-02-27", (), "", "2026-03-29", ""),
    ("P30", "transfer.decision", "2026-04-29", (), "", "2026-05-07", ""),
    ("P31", "complaint.acceptance", "2026-08-28", (), "", "2026-09-08", ""),
    ("P32", "report.verification", "2026-08-03", (), "", "2026-08-24", ""),
)


def day(text: str) -> date | None:
    """A day of the table; None where it is empty."""
    return date.fromisoformat(text) if text else None
