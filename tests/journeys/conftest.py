"""The city's registers, and the demonstration case at any station."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from zhifa.faces.demo import cast
from zhifa.faces.demo.play import ALL, play
from zhifa.faces.demo.story import Story
from zhifa.registry import seeding

Until = Callable[[str], Story]


@pytest.fixture
def city(db: None) -> None:
    """Regions, agencies, people, powers, competences."""
    cast.ids.cache_clear()
    seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)


@pytest.fixture
def played_until(city: None) -> Until:
    """The demonstration played up to and with the scene of that title."""

    def until(title: str) -> Story:
        titles = [scene.title for scene in ALL]
        return play(ALL[: titles.index(title) + 1], say=lambda _line: None)

    return until
