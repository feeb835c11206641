"""Telling a case that leaves the demonstration's road: days, people, papers, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from django.db import transaction

from tests.law.test_golden_events import sample
from zhifa.accounts.models import Person
from zhifa.cases import services as cases
from zhifa.faces.demo.cast import who
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, effectruns, readers
from zhifa.kernel.errors import Refused
from zhifa.kernel.models import LedgerEvent
from zhifa.law.facts import Facts, Kind, fields
from zhifa.law.standing import Standing
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import TodoItem
from zhifa.procedure.services import Taken
from zhifa.records.models import Counter, Document


@dataclass
class Tale(Story):
    """A story that goes its own way; each test has one to itself."""

    @classmethod
    def of(cls, story: Story) -> Tale:
        """The same case so far, with a memory of its own."""
        kept = {name: getattr(story, name) for name in story.__dataclass_fields__}
        return replace(cls(**kept), evidence=dict(story.evidence))

    def day(self, day: date) -> None:
        """Go on to a day."""
        morning = clock.at(day)
        clock.advance(to=max(morning, clock.now() + timedelta(minutes=20)))
        self.on = day

    def by(self, person: str, step: str, made: Facts) -> Taken:
        """A step by a person of the registers, by sign-in name or part."""
        return self.do(
            cases.take,
            matter_id=self.case_id,
            step=step,
            by=somebody(person),
            on=self.on,
            facts=made,
        )

    def stands(self) -> Standing:
        """Where the case stands."""
        return matters.standing(matters.matter(self.case_id), self.on)

    def papers(self) -> list[tuple[str, str]]:
        """Kind and number of every paper of the case, in the order of issue."""
        rows = Document.objects.filter(matter_id=self.case_id).order_by("id")
        return list(rows.values_list("kind", "number"))

    def says(self, kind: str) -> str:
        """The content of the newest paper of a kind, as it was fixed."""
        found = Document.objects.filter(matter_id=self.case_id, kind=kind).order_by("id").last()
        assert found is not None, kind
        return found.content.input

    def waits_for(self) -> set[str]:
        """The steps that the case waits for, as the to-do lists have them."""
        follow()
        return set(TodoItem.objects.filter(matter_id=self.case_id).values_list("step", flat=True))

    def owes(self) -> set[str]:
        """What is open on the case."""
        return {o.kind.code for o in self.stands().obligations}

    @contextmanager
    def refused(
        self, kind: type[Refused], words: str, *, article: str = ""
    ) -> Iterator[pytest.ExceptionInfo[Refused]]:
        """Whatever is tried inside is refused, with these words and article; nothing changed."""
        before = world()
        with pytest.raises(kind, match=words) as found, transaction.atomic():
            yield found
        assert type(found.value) is kind, found.value
        if article:
            assert article in {c.key for c in found.value.cites}, found.value.cites
        assert world() == before


def somebody(person: str) -> UUID:
    """A person of the registers: a sign-in name, or a part of the demonstration."""
    return Person.objects.get(username=person).id if "-" in person else who(person)


def plausible(cls: type[Facts]) -> Any:
    """Facts of a class as somebody might send them who has no business here."""
    made = sample(cls)
    by_id = (Kind.PERSON, Kind.PARTY, Kind.DOCUMENT, Kind.PERSONS)
    for field in fields(cls):
        if field.kind in by_id:
            one = str(uuid5(NAMESPACE_OID, field.name))
            made = replace(made, **{field.name: (one,) if field.kind is Kind.PERSONS else one})
    return made


def follow() -> None:
    """The readers and effects catch up."""
    readers.catch_up()
    effectruns.run_owed()
    readers.catch_up()


def world() -> tuple[Any, ...]:
    """What must not move when somebody is refused: events, papers, numbers."""
    return (
        LedgerEvent.objects.count(),
        Document.objects.count(),
        sorted(Counter.objects.values_list()),
    )


At = Callable[[str], Tale]
