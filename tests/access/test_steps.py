"""Every step of every procedure as every role: without the duty it is refused on its article."""

from __future__ import annotations

import pytest

from tests.access.cast import OWN
from tests.journeys.telling import At, plausible, somebody, world
from tests.supervision.desk import deliver
from zhifa.kernel.errors import NotPermitted, Refused
from zhifa.law.actor import Duty
from zhifa.law.procedure import Procedure
from zhifa.law.procedures import ALL
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.law.procedures.publication import PUBLICATION
from zhifa.law.procedures.review import LEGAL_REVIEW
from zhifa.law.procedures.supervision import SUPERVISION
from zhifa.procedure.models import Matter
from zhifa.procedure.services import perform

STATIONS = (
    (PENALTY_ORDINARY, "立案审批"),
    (LEGAL_REVIEW, "首次送审"),
    (PENALTY_ORDINARY, "集体讨论"),
    (PUBLICATION, "拟定公示内容"),
    (PENALTY_ORDINARY, "归档"),
    (SUPERVISION, "归档"),
)


@pytest.mark.parametrize(("procedure", "station"), STATIONS)
def test_who_has_not_the_duty_of_a_step_cannot_take_it(
    at: At, procedure: Procedure, station: str
) -> None:
    tale = at(station)
    if procedure is SUPERVISION:
        deliver(tale.case_id, tale.on)
    matter = Matter.objects.filter(procedure=procedure.code).order_by("-id")[0]
    people = {duty: somebody(username) for duty, username in OWN.items()}
    before, tried = world(), 0
    for step in procedure.steps.values():
        if step.code == procedure.first:
            continue  # tried on whoever begins one, below
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
    assert tried > 10 * (len(procedure.steps) - 1)
    assert world() == before


@pytest.mark.parametrize("procedure", ALL)
def test_a_step_that_begins_a_matter_is_not_taken_on_one_that_began(
    at: At, procedure: Procedure
) -> None:
    tale = at("归档")
    if procedure is SUPERVISION:
        deliver(tale.case_id, tale.on)
    matter = Matter.objects.filter(procedure=procedure.code).order_by("-id")[0]
    step, before = procedure.steps[procedure.first], world()
    for person in OWN.values():
        with (
            pytest.raises(Refused),
            perform(
                matter.id,
                step.code,
                by=somebody(person),
                on=tale.on,
                facts=plausible(step.facts),
            ),
        ):
            pass
    assert world() == before


def test_administrators_have_no_step_of_any_matter() -> None:
    duties = {d for p in ALL for s in p.steps.values() for d in s.who.duties}
    assert not duties & {Duty.SYSADMIN, Duty.SECADMIN, Duty.AUDITOR}
    assert duties <= set(OWN)
