"""Every step as every role: who has not the duty is refused with the article, nothing changed."""

from __future__ import annotations

import pytest

from tests.access.cast import OWN
from tests.journeys.conftest import Until
from tests.law.test_golden_events import sample
from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.kernel.errors import BadInput, NotPermitted
from zhifa.kernel.models import LedgerEvent
from zhifa.law.actor import Duty
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.procedure.services import perform


@pytest.mark.parametrize("station", ["立案审批", "集体讨论"])
def test_who_has_not_the_duty_of_a_step_cannot_take_it(played_until: Until, station: str) -> None:
    story = played_until(station)
    people = dict(Person.objects.filter(username__in=OWN.values()).values_list("username", "id"))
    before = LedgerEvent.objects.count()
    tried = 0
    with clock.frozen(clock.at(story.on, 12)):
        for step in PENALTY_ORDINARY.steps.values():
            if step.code == PENALTY_ORDINARY.first:
                continue
            for duty, username in OWN.items():
                if duty in step.who.duties:
                    continue
                tried += 1
                with (
                    pytest.raises((NotPermitted, BadInput)) as refused,
                    perform(
                        story.case_id,
                        step.code,
                        by=people[username],
                        on=story.on,
                        facts=sample(step.facts),
                    ),
                ):
                    pass
                if isinstance(refused.value, NotPermitted):
                    assert refused.value.cites, (step.code, duty)
    assert tried > 500
    assert LedgerEvent.objects.count() == before


def test_administrators_have_no_step_of_a_case() -> None:
    duties = {d for s in PENALTY_ORDINARY.steps.values() for d in s.who.duties}
    assert not duties & {Duty.SYSADMIN, Duty.SECADMIN, Duty.AUDITOR, Duty.SUPERVISOR}
