"""Who sits at the desk: the person of a request, as the law sees them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from zhifa.accounts.access import person
from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.law.actor import Actor, Duty
from zhifa.registry import selectors as registry

RECEIVING = (Duty.OFFICER, Duty.WINDOW_CLERK)


@dataclass(frozen=True)
class Desk:
    """A person, the legal day, and the posts and certificate of that day."""

    person: Person
    on: date

    @cached_property
    def actor(self) -> Actor:
        """The person as the law sees them. One query."""
        return registry.actor(self.person.id, self.on)

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.person.id

    @property
    def agency(self) -> str:
        """The agency at which the person holds a post; empty for none."""
        return self.actor.posts[0].agency if self.actor.posts else ""

    @property
    def may_receive(self) -> bool:
        """Whether the person registers clues."""
        return any(self.actor.holds(duty) for duty in RECEIVING)

    @property
    def unit(self) -> str:
        """The unit in which the person receives clues; empty for none."""
        return next((p.unit for p in self.actor.posts if p.duty in RECEIVING), "")


def enter(request: HttpRequest) -> Desk:
    """The desk of a request that passed `person_required`; the same one for its whole answer."""
    found = getattr(request, "zhifa_desk", None)
    if not isinstance(found, Desk):
        found = Desk(person(request), clock.today())
        request.zhifa_desk = found  # type: ignore[attr-defined]
    return found
