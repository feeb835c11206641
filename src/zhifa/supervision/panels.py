"""What supervision shows on a case's page: the notices that have reached the agency."""

from __future__ import annotations

from typing import Any

from zhifa.kernel.wiring import Panel
from zhifa.supervision.selectors import delivered


def case_panel(_person: Any, case: Any) -> Panel | None:
    """The notices about a case; nothing where none was delivered."""
    found = list(delivered(case.matter_id))
    return Panel("supervision/_case.html", {"notices": found}) if found else None
