"""What the review shows elsewhere: its rounds on a case's page, a reviewer's reviews on theirs."""

from __future__ import annotations

from typing import Any

from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.kernel.errors import NotFound
from zhifa.kernel.wiring import Panel
from zhifa.law.actor import Duty
from zhifa.registry import selectors as registry
from zhifa.review.models import Review
from zhifa.review.selectors import rounds, visible_to


def case_panel(_person: Any, case: Any) -> Panel | None:
    """The rounds of review of a case; nothing before the first submission."""
    found = rounds(case.matter)
    return Panel("review/_rounds.html", {"rounds": found}) if found else None


def assigned_panel(reader: Any, thing: Any) -> Panel | None:
    """On a person's page, to the head of review: what they still review, to be given to others."""
    if not isinstance(reader, Person) or not isinstance(thing, Person):
        return None
    try:
        who = registry.actor(reader.id, clock.today())
    except NotFound:
        return None
    if not who.holds(Duty.REVIEW_HEAD):
        return None
    open_now = visible_to(who).filter(reviewer_id=thing.id, state=Review.State.OPEN)
    rows = list(open_now.select_related("case_matter").order_by("submitted_on", "matter_id"))
    return Panel("review/_assigned.html", {"rows": rows, "who": thing}) if rows else None
