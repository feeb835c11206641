"""What the registers show elsewhere: whether a second proof is asked, whose certificate ends."""

from __future__ import annotations

from typing import Any

from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.kernel.errors import NotFound
from zhifa.kernel.wiring import Panel
from zhifa.law.actor import Duty
from zhifa.law.sources import CF, DBAO
from zhifa.registry import selectors
from zhifa.registry.policies import proves_twice, second_proof_enforced
from zhifa.registry.selectors import people as staff


def expiring_panel(person: Any, _request: Any) -> Panel | None:
    """On the desk: certificates that run out soon, one's own and those of one's unit."""
    if not isinstance(person, Person):
        return None
    on = clock.today()
    try:
        who = selectors.actor(person.id, on)
    except NotFound:
        return None
    people = {person.id}
    for post in who.posts:
        if post.duty in (Duty.HANDLING_HEAD, Duty.AGENCY_HEAD) and not post.of:
            people |= staff.in_unit(post.agency, post.unit, on)
    rows = staff.running_out(on, people=sorted(people))
    lines = [(c, (c.valid_until - on).days if c.valid_until else 0) for c in rows]
    return (
        Panel("registry/_expiring.html", {"lines": lines, "me": person, "cites": (CF(42),)})
        if lines
        else None
    )


def security_panel(person: Any, _request: Any) -> Panel | None:
    """The policy on second proofs, as it stands for this person."""
    if not isinstance(person, Person):
        return None
    on = clock.today()
    try:
        duties = proves_twice(selectors.actor(person.id, on))
    except NotFound:
        return None
    return Panel(
        "registry/_second_proof.html",
        {
            "duties": [d.label for d in duties],
            "enforced": second_proof_enforced(),
            "demo": clock.is_demo(),
            "cites": (DBAO.whole,),
        },
    )
