"""Every event of the numbers' register stays readable: its fields are kept in a golden file."""

import dataclasses
import json

from tests.conftest import ROOT
from zhifa.kernel import wiring
from zhifa.law.procedures.penalty import PENALTY_ORDINARY
from zhifa.records.effects import TYPESET, issuing
from zhifa.records.events import EVENTS

GOLDEN = ROOT / "tests" / "golden" / "events" / "records.json"


def test_no_version_of_an_event_is_edited() -> None:
    written = {f"{e.kind}/{e.version}": [f.name for f in dataclasses.fields(e)] for e in EVENTS}
    kept = json.loads(GOLDEN.read_text())
    assert {name: kept.get(name) for name in written} == written
    assert len(written) == len(EVENTS)


def test_every_act_that_issues_documents_has_them_set() -> None:
    owing = issuing(PENALTY_ORDINARY)
    assert len(owing) > 10
    for kind in owing:
        assert TYPESET in wiring.current().effects_of(kind), kind


def test_somebody_hears_or_nobody_needs_to_hear_of_the_numbers() -> None:
    assert all(event.kind in wiring.current().readers for event in EVENTS)
