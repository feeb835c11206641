"""The city's registers, and the demonstration case at any station."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tests.journeys.telling import At, Tale
from zhifa.faces.demo import cast
from zhifa.faces.demo.play import ALL, play
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock
from zhifa.registry import seeding

Until = Callable[[str], Story]
TITLES = [scene.title for scene in ALL]


@pytest.fixture
def city(db: None) -> None:
    """Regions, agencies, people, powers, competences."""
    _found()


def _found() -> None:
    cast.ids.cache_clear()
    seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)


@pytest.fixture
def played_until(city: None) -> Until:
    """The demonstration played up to and with the scene of that title."""

    def until(title: str) -> Story:
        return play(ALL[: TITLES.index(title) + 1], say=lambda _line: None)

    return until


class _Road:
    """The demonstration played once for a module, further whenever a test asks for more."""

    def __init__(self) -> None:
        self.story: Story = Story()
        self.played = 0

    def to(self, title: str) -> Story:
        wanted = TITLES.index(title) + 1
        assert wanted >= self.played, f"the tests of a module go forward: {title}"
        play(ALL[self.played : wanted], story=self.story, say=lambda _line: None)
        self.played = wanted
        return self.story


@pytest.fixture(scope="module")
def _road(django_db_setup: None, django_db_blocker: Any) -> Iterator[_Road]:
    with django_db_blocker.unblock(), transaction.atomic():
        _found()
        yield _Road()
        transaction.set_rollback(True)
    cast.ids.cache_clear()


@pytest.fixture
def at(_road: _Road) -> Iterator[At]:
    """The case at the end of a scene, on the scene's day; what a test does is undone after it.

    The scenes are played once in a module: its tests go forward along the road.
    """
    kept: list[Any] = []

    def arrive(title: str) -> Tale:
        story = _road.to(title)
        kept.append(transaction.savepoint())
        scenario = clock.scenario(clock.at(story.on, 15))
        scenario.__enter__()
        kept.append(scenario)
        return Tale.of(story)

    yield arrive
    if kept:
        point, scenario = kept
        scenario.__exit__(None, None, None)
        transaction.savepoint_rollback(point)


@pytest.fixture
def outset(_road: _Road) -> Iterator[Tale]:
    """Before everything: a city with its registers, and no case."""
    assert _road.played == 0, "a case that begins anew stands first in its module"
    point = transaction.savepoint()
    with clock.scenario(clock.at(date(2026, 3, 3))):
        yield Tale()
    transaction.savepoint_rollback(point)
