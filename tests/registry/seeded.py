"""Databases that hold the statute library and the seed, apart from everybody else's.

A package whose tests want them imports the fixtures into its conftest and uses ``seeded`` (rolls
back) or ``fresh_seeded_database`` (private, real commits; not together with ``db``).
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT, _clone, _drop, _using
from zhifa.config import postgres


@pytest.fixture(scope="session")
def seeded_template(_template: str) -> Iterator[str]:
    """A migrated and seeded database that nobody is connected to, to be cloned."""
    name = f"zhifa_run_{os.getpid()}_seeded"
    _clone(name, _template)
    subprocess.run(
        [sys.executable, "-m", "zhifa", "seed"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
        env={**os.environ, "ZHIFA_DATABASE": name},
    )  # fmt: skip
    yield name
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


@pytest.fixture(scope="package")
def seeded_database(seeded_template: str, django_db_setup: None) -> Iterator[str]:
    """While a package that asks for it runs, both connections lead to a seeded database."""
    digest = hashlib.sha256(seeded_template.encode()).hexdigest()[:6]
    name = f"zhifa_run_{os.getpid()}_package_{digest}"
    _clone(name, seeded_template)
    with _using(name):
        yield name
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


@pytest.fixture
def seeded(seeded_database: str, db: None) -> None:
    """The registers and the statute library are filled; what the test does rolls back."""


@pytest.fixture
def fresh_seeded_database(
    seeded_template: str, request: pytest.FixtureRequest, django_db_blocker: pytest.FixtureDef
) -> Iterator[str]:
    """A private seeded database for real commits, several connections, and kills."""
    digest = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:8]
    name = f"zhifa_one_{os.getpid()}_{digest}"
    _clone(name, seeded_template)
    with django_db_blocker.unblock(), _using(name):
        yield name
    with postgres.connect("postgres") as connection:
        _drop(connection, name)
