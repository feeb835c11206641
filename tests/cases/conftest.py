"""The demonstration case at a station, played once for a module, and people at their desks."""

import copy
import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connections

from tests.cases.desk import Desk
from tests.conftest import _clone, _drop, _using
from tests.journeys.conftest import city, played_until
from zhifa.config import postgres
from zhifa.faces.demo import cast
from zhifa.faces.demo.play import ALL, play
from zhifa.faces.demo.script import Story
from zhifa.kernel import clock
from zhifa.registry import seeding

__all__ = ["at_desk", "city", "played_until", "stage", "story"]


@pytest.fixture(scope="module")
def stage(
    request: pytest.FixtureRequest, _template: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Story]:
    """A database of the module's own in which the case stands at the module's ``STATION``."""
    title = request.module.STATION
    digest = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:8]
    name = f"zhifa_run_{os.getpid()}_{digest}"
    _clone(name, _template)
    cast.ids.cache_clear()
    with _using(name):
        with django_db_blocker.unblock():
            seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
            titles = [scene.title for scene in ALL]
            played = play(ALL[: titles.index(title) + 1], say=lambda _line: None)
            connections.close_all()
        yield played
    cast.ids.cache_clear()
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


@pytest.fixture
def story(stage: Story, db: None) -> Iterator[Story]:
    """The case at the module's station, at noon of that day; what a test does rolls back."""
    with clock.frozen(clock.at(stage.on, 12)):
        yield copy.deepcopy(stage)


@pytest.fixture
def at_desk() -> Callable[[str], Desk]:
    """A person of the demonstration (or any sign-in name) at their desk, signed in once."""
    known: dict[str, Desk] = {}

    def desk(part: str) -> Desk:
        if part not in known:
            known[part] = Desk(part)
        return known[part]

    return desk
