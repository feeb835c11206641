"""Every event that a register ever wrote stays readable: its fields are kept in a golden file."""

import dataclasses
import json
from pathlib import Path

from zhifa.registry.events import EVENTS

GOLDEN = Path(__file__).parents[1] / "golden" / "events" / "registry.json"


def test_no_version_of_an_event_is_edited():
    written = {f"{e.kind}/{e.version}": [f.name for f in dataclasses.fields(e)] for e in EVENTS}
    kept = json.loads(GOLDEN.read_text())
    assert {name: kept.get(name) for name in written} == written
    assert len(written) == len(EVENTS)
