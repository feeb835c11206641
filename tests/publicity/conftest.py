"""The demonstration case just decided, its publication waiting for a ruling."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.conftest import _clone, _drop, _using
from tests.publicity.desk import Desk
from zhifa.config import postgres
from zhifa.faces.demo import cast
from zhifa.faces.demo.play import AFTER, BEFORE_DECISION, DECISION, play
from zhifa.faces.demo.story import Story
from zhifa.registry import seeding

SEALED_AND_SERVED = AFTER[:4]


def _silent(_line: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="package")
def story(_template: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Story]:
    """The case played once up to its decision; while the package runs, tests start from there."""
    name = f"zhifa_run_{os.getpid()}_decided"
    _clone(name, _template)
    with _using(name):
        with django_db_blocker.unblock():
            cast.ids.cache_clear()
            seeding.seed(on=date(2026, 1, 1), say=_silent)
            played = play((*BEFORE_DECISION, *DECISION), say=_silent)
        yield played
    cast.ids.cache_clear()
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


@pytest.fixture
def decided(story: Story, db: None) -> Desk:
    """The decision made; not sealed yet."""
    return Desk(replace(story))


@pytest.fixture
def desk(decided: Desk) -> Desk:
    """The decision made, sealed and served."""
    decided.story = play(SEALED_AND_SERVED, story=decided.story, say=_silent)
    return decided
