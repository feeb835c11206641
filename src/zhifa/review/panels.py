"""What the review shows on a case's page: its rounds, opinions, and what changed between them."""

from __future__ import annotations

from typing import Any

from zhifa.kernel.wiring import Panel
from zhifa.review.selectors import rounds


def case_panel(_person: Any, case: Any) -> Panel | None:
    """The rounds of review of a case; nothing before the first submission."""
    found = rounds(case.matter)
    return Panel("review/_rounds.html", {"rounds": found}) if found else None
