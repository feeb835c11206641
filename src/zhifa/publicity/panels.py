"""What publicity shows on other rooms' pages: the root in the foot, the publication of a case."""

from __future__ import annotations

from typing import Any

from zhifa.kernel.page import Badge
from zhifa.kernel.page.shapes import Tone
from zhifa.kernel.wiring import Panel
from zhifa.publicity import reading, selectors
from zhifa.publicity.models import Publication

State = Publication.State
SAYS = {
    State.OPEN: "待公示管理员提出裁定",
    State.RULED: "已裁定，待拟定公示内容",
    State.DRAFTED: "公示内容已拟定，待另一人审核发布",
    State.PUBLIC: "正在公示",
    State.DECLINED: "已决定不予公示",
    State.WITHDRAWN: "已依法撤下",
}
TONES: dict[State, Tone] = {
    State.PUBLIC: "done",
    State.DECLINED: "plain",
    State.WITHDRAWN: "void",
}


def root_panel(_person: Any, _request: Any) -> Panel | None:
    """The newest root of the ledger, in the foot of every public page."""
    newest = reading.newest_root()
    return Panel("publicity/_root.html", {"root": newest}) if newest is not None else None


def case_panel(_person: Any, case: Any) -> Panel | None:
    """Where the publication of a case stands, on the case's page; nothing before the decision."""
    row = selectors.of_case(case.matter_id)
    if row is None:
        return None
    return Panel(
        "publicity/_case.html",
        {
            "row": row,
            "says": SAYS[State(row.state)],
            "badge": Badge(State(row.state).label, TONES.get(State(row.state), "now")),
        },
    )
