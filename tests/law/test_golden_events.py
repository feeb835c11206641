"""Every (kind, version) of event that a procedure ever wrote can still be read.

``tests/golden/events/<procedure>.json`` holds one event's facts of each. A fixture is never edited;
ZHIFA_GOLDEN=write adds those of new kinds and versions.
"""

from __future__ import annotations

import dataclasses
import json
import os
import typing
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from zhifa.law import facts as codec
from zhifa.law.facts import Kind
from zhifa.law.procedure import Procedure
from zhifa.law.procedures import ALL

GOLDEN = Path(__file__).parents[1] / "golden" / "events"


def sample(cls: type[Any]) -> Any:
    """One instance with every field filled, the same each time."""
    values: dict[str, Any] = {}
    for field in codec.fields(cls):
        values[field.name] = _value(codec.hints(cls)[field.name], field)
    return cls(**values)


def _value(hint: Any, field: codec.Field) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple:
        return (_value(typing.get_args(hint)[0], field),)
    if origin is not None:  # an optional
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return _value(inner, field)
    if hint is datetime:
        return datetime(2026, 3, 3, 1, 40, tzinfo=UTC)
    if hint is date:
        return date(2026, 3, 3)
    if hint is bool:
        return True
    if hint is int:
        return 5
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if dataclasses.is_dataclass(hint):
        return sample(typing.cast("type[Any]", hint))
    return "FS:124:1:5" if field.kind is Kind.CITES else f"{field.label}一"


def golden(procedure: Procedure) -> dict[str, Any]:
    """The fixtures of a procedure, those of new kinds and versions added when asked to write."""
    path = GOLDEN / f"{procedure.code}.json"
    kept: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if os.environ.get("ZHIFA_GOLDEN") == "write":
        for step in procedure.steps.values():
            key = f"{step.code}@{step.facts.version}"
            if key not in kept:
                made = sample(step.facts)
                kept[key] = {"public": codec.public(made), "private": codec.private(made)}
        text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", "utf-8")
    return kept


@pytest.mark.parametrize("procedure", ALL, ids=lambda p: p.code)
def test_every_kind_and_version_has_a_fixture(procedure: Procedure) -> None:
    kept = golden(procedure)
    assert {f"{s.code}@{s.facts.version}" for s in procedure.steps.values()} <= set(kept)


@pytest.mark.parametrize("procedure", ALL, ids=lambda p: p.code)
def test_what_was_written_is_read_as_it_was_meant(procedure: Procedure) -> None:
    for key, event in golden(procedure).items():
        code, _, version = key.partition("@")
        step = procedure.steps[code]
        assert int(version) <= step.facts.version
        if int(version) == step.facts.version:
            read = codec.restore(step.facts, event["public"], event["private"])
            assert codec.public(read) == event["public"], key
            assert codec.private(read) == event["private"], key
