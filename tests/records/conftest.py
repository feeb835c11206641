"""The demonstration case just decided: nothing sealed yet, its file still open."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house

from tests.conftest import _clone, _drop, _using
from tests.registry.seeded import fresh_seeded_database, seeded_template
from zhifa.config import postgres
from zhifa.faces.demo import cast
from zhifa.faces.demo.play import AFTER, BEFORE_DECISION, CLOSING, DECISION, play
from zhifa.faces.demo.story import Story
from zhifa.registry import seeding

__all__ = ["fresh_seeded_database", "seeded_template"]

Until = Callable[[str], Story]
LATER = (*AFTER, *CLOSING)


def _silent(_line: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="package", autouse=True)
def vault_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A vault and keys of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("vault")
        patch.setattr(house, "VAULT_DIR", folder)
        patch.setattr(house, "KEY_DIR", tmp_path_factory.mktemp("keys"))
        yield folder


@pytest.fixture(scope="package")
def story(
    vault_of_tests: Path, _template: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Story]:
    """The case played once up to its decision; while the package runs, tests start from there."""
    name = f"zhifa_run_{os.getpid()}_records"
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
def decided(story: Story, db: None) -> Story:
    """The decision made; not sealed yet."""
    return replace(story, evidence=dict(story.evidence))


@pytest.fixture
def played_until(decided: Story) -> Until:
    """The case played on, up to and with the scene of that title."""

    def until(title: str) -> Story:
        titles = [scene.title for scene in LATER]
        return play(LATER[: titles.index(title) + 1], story=decided, say=_silent)

    return until
