"""What casework shows in the frame of the desk: the agency, and who one is there."""

from __future__ import annotations

from typing import Any

from zhifa.accounts.models import Person
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel.errors import NotFound
from zhifa.kernel.wiring import Panel
from zhifa.law.standing import acting
from zhifa.registry import selectors as registry


def agency_panel(person: Any, request: Any) -> Panel | None:
    """The name of the agency beside the house's own."""
    desk = _desk(person, request)
    if desk is None or not desk.agency:
        return None
    try:
        name = registry.agency(desk.agency, desk.on).full_name
    except NotFound:
        return None
    return Panel("cases/_agency.html", {"name": name})


def person_panel(person: Any, request: Any) -> Panel | None:
    """The duties that the person holds today."""
    desk = _desk(person, request)
    if desk is None:
        return None
    duties = list(dict.fromkeys(acting(p.duty.label, p.of_name) for p in desk.actor.posts))
    return Panel("cases/_duties.html", {"duties": duties, "card": desk.actor.certificate})


def _desk(person: Any, request: Any) -> Desk | None:
    if not isinstance(person, Person):
        return None
    desk = enter(request)
    try:
        assert desk.actor
    except NotFound:
        return None
    return desk
