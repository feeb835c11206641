"""Who reads the registers at the desk: everybody; what one may change, one's duty says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from zhifa.accounts.access import person
from zhifa.kernel import clock
from zhifa.law.actor import Actor, Duty
from zhifa.registry import selectors
from zhifa.registry.policies import approves_for, proposes_for


@dataclass(frozen=True)
class Reader:
    """A person at the desk today."""

    id: UUID
    on: date

    @cached_property
    def actor(self) -> Actor:
        """The person as the law sees them today. One query."""
        return selectors.actor(self.id, self.on)

    @cached_property
    def keepers(self) -> list[str]:
        """The agencies for which the person may propose changes."""
        return proposes_for(self.actor)

    @property
    def own_agencies(self) -> list[str]:
        """The agencies at which the person holds a duty of their own."""
        return list(dict.fromkeys(p.agency for p in self.actor.posts if not p.of))

    @property
    def sysadmin(self) -> bool:
        """Whether the person opens accounts."""
        return self.actor.holds(Duty.SYSADMIN)

    @property
    def auditor(self) -> bool:
        """Whether the person reads the audit log."""
        return self.actor.holds(Duty.AUDITOR)

    @property
    def approves(self) -> bool:
        """Whether the person may approve what others propose, anywhere."""
        return bool(approves_for(self.actor))

    def keeper_choices(self, *only: str) -> list[tuple[str, str]]:
        """The agencies to choose among when proposing: all that one may, or of those ``only``."""
        wanted = [k for k in self.keepers if not any(only) or k in only]
        return [(k, selectors.agency(k, self.on).full_name) for k in wanted]


def enter(request: HttpRequest) -> Reader:
    """The reader of a request that passed ``person_required``."""
    return Reader(person(request).id, clock.today())
