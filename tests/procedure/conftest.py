"""The city's registers, seeded once for all of these tests; the toy procedure; noon of its day."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connections

from tests.conftest import _clone, _drop, _using
from tests.procedure.toy import DAY, lent
from zhifa.config import postgres
from zhifa.faces.demo import cast
from zhifa.kernel import clock
from zhifa.procedure import folding
from zhifa.registry import seeding


@pytest.fixture(scope="package")
def city(_template: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database with the registers and nothing else; gives its name."""
    name = f"zhifa_run_{os.getpid()}_city"
    _clone(name, _template)
    cast.ids.cache_clear()
    with _using(name):
        with django_db_blocker.unblock():
            seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
            connections.close_all()
        yield name
    cast.ids.cache_clear()
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


@pytest.fixture
def toy(city: str, db: None) -> Iterator[None]:
    """A city whose people may play the toy; what they do rolls back."""
    folding.forget()
    with lent(), clock.frozen(clock.at(DAY, 12)):
        yield


@pytest.fixture
def committed(city: str, request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """The city on a database of the test's own, with real commits."""
    digest = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:8]
    name = f"zhifa_one_{os.getpid()}_{digest}"
    connections.close_all()
    _clone(name, city)
    folding.forget()
    with _using(name), django_db_blocker.unblock(), clock.frozen(clock.at(DAY, 12)):
        yield
        connections.close_all()
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


@pytest.fixture
def committed_toy(committed: None) -> Iterator[None]:
    """The toy there."""
    with lent():
        yield
