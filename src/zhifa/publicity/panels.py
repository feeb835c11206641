"""What publicity shows on other rooms' pages: the root in the foot, the publication of a case."""

from __future__ import annotations

from typing import Any

from zhifa.kernel.wiring import Panel
from zhifa.publicity import reading


def root_panel(_person: Any, _request: Any) -> Panel | None:
    """The newest root of the ledger, in the foot of every public page."""
    newest = reading.newest_root()
    return Panel("publicity/_root.html", {"root": newest}) if newest is not None else None
