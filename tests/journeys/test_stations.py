"""At every station of the road: whoever does not owe the step is refused, and nothing moves."""

from __future__ import annotations

import pytest

from tests.access.cast import OWN
from tests.journeys.conftest import TITLES
from tests.journeys.telling import At, plausible, somebody, world
from zhifa.kernel.errors import NotPermitted, Refused
from zhifa.procedure import definitions
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import Matter
from zhifa.procedure.services import perform


@pytest.mark.parametrize("title", TITLES)
def test_nobody_takes_a_step_that_is_another_s(at: At, title: str) -> None:
    """Every step that some matter of the case waits for, by everybody without its duty."""
    tale = at(title)
    before, tried = world(), 0
    people = {duty: somebody(name) for duty, name in OWN.items()}
    for matter in Matter.objects.order_by("id"):
        procedure = definitions.get(matter.procedure)
        for step in procedure.next(matters.standing(matter, tale.on)):
            facts = plausible(step.facts)
            for duty, person in people.items():
                if duty in step.who.duties:
                    continue
                with (
                    pytest.raises(Refused) as refused,
                    perform(matter.id, step.code, by=person, on=tale.on, facts=facts),
                ):
                    pass
                assert isinstance(refused.value, NotPermitted), (step.code, duty, refused.value)
                assert refused.value.cites, (step.code, duty)
                tried += 1
    assert world() == before
    assert tried or title == TITLES[-1], "something is owed until the case is archived"
