"""Every test runs on a real PostgreSQL, through the app's own role, with the network off."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from psycopg import sql

from zhifa.config import postgres

ROOT = Path(__file__).resolve().parents[1]
SERVICES = {"kernel", "accounts", "registry", "procedure", "records", "cases", "review",
            "publicity", "faces", "kit", "journeys"}  # fmt: skip
BUDGETS = {"law": 60, "services and journeys": 240, "access": 90, "browser": 300,
           "documents": 90, "faults": 60}  # fmt: skip

BY_FILE = {"tests", "law", "kernel", "documents", "cases", "journeys", "access", "browser"}
PATIENCE = 2.5  # a crowded machine is that much slower: above the budget is said, far above fails


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if host not in {"localhost", "::1"} and not host.startswith("127."):
            raise PermissionError(f"tests reach no network: {host}")


sys.addaudithook(_no_network)

# The same examples every time and however slow the machine; `make test-long` looks further.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=1000)
settings.load_profile("long" if os.environ.get("ZHIFA_LONG") else "house")


def pytest_configure() -> None:
    """Connections without a pool: a test's connection is its own, and closes when told."""
    from django.conf import settings as ours

    if postgres.external():
        pytest.exit("tests make their own databases: unset DATABASE_URL (or name ZHIFA_PG_BIN)", 4)

    for database in ours.DATABASES.values():
        database["OPTIONS"].pop("pool", None)


# --- the database: one migrated template, one clone a run ---------------------------------------


def _template_name() -> str:
    """Named by everything that shapes the schema, so that a change makes a new one."""
    digest = hashlib.sha256()
    found = [*ROOT.glob("src/zhifa/*/migrations/**/*.py"), *ROOT.glob("src/zhifa/**/*.sql")]
    for path in [*sorted(found), ROOT / "requirements.lock"]:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return f"zhifa_template_{digest.hexdigest()[:16]}"


def _drop(connection: Any, name: str) -> None:
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _clone(name: str, template: str) -> None:
    with postgres.connect("postgres") as connection:
        _drop(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def _sweep(connection: Any, names: list[str]) -> None:
    """Drop what ended runs left: templates that no run holds, clones whose process is gone."""
    for name in names:
        kind, _, rest = name.removeprefix("zhifa_").partition("_")
        if kind == "template":
            held = connection.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
            if held.fetchone() == (True,):
                _drop(connection, name)
        elif kind in {"run", "one"} and not Path(f"/proc/{rest.partition('_')[0]}").exists():
            _drop(connection, name)


def _build_template(template: str) -> None:
    """Migrate as the owner into a new database, once; a second run waits and finds it."""
    import subprocess

    with postgres.connect("postgres") as connection:
        connection.execute("SELECT pg_advisory_lock(72616967)")
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        names = [str(row[0]) for row in rows]
        if template in names:
            return
        _sweep(connection, names)
        building = f"{template}_new"
        _drop(connection, building)
        postgres.make_database(connection, building)
        environment = {**os.environ, "ZHIFA_DATABASE": building, "ZHIFA_ROLE": "owner"}
        made = subprocess.run(
            [sys.executable, "-m", "zhifa", "migrate", "--no-input", "-v", "0"],
            env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            pytest.exit(f"migrations fail:\n{made.stderr}", returncode=3)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(building), sql.Identifier(template)
            )
        )


@contextmanager
def _using(name: str) -> Iterator[None]:
    """Point both of Django's connections, and every process started inside, at that database."""
    from django.db import connections

    before = connections["default"].settings_dict["NAME"]
    kept = os.environ.get("ZHIFA_DATABASE")
    try:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        os.environ["ZHIFA_DATABASE"] = name
        yield
    finally:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = before
        if kept is None:
            del os.environ["ZHIFA_DATABASE"]
        else:
            os.environ["ZHIFA_DATABASE"] = kept


@pytest.fixture(scope="session")
def _template() -> Iterator[str]:
    with postgres.lease():
        name = _template_name()
        with postgres.connect("postgres") as holding:
            holding.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [name])
            _build_template(name)
            yield name


@pytest.fixture(scope="session")
def django_db_setup(_template: str) -> Iterator[None]:  # pytest-django asks for it by this name
    """The database of tests that roll back."""
    name = f"zhifa_run_{os.getpid()}"
    _clone(name, _template)
    with _using(name):
        yield
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


@pytest.fixture
def fresh_database(
    _template: str, request: pytest.FixtureRequest, django_db_blocker: Any
) -> Iterator[str]:
    """A private database for real commits, several connections, and kills; gives its name.

    Not together with the ``db`` fixture. Other processes find it by ``$ZHIFA_DATABASE``.
    """
    name = f"zhifa_one_{os.getpid()}_{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:8]}"
    _clone(name, _template)
    with django_db_blocker.unblock(), _using(name):
        yield name
    with postgres.connect("postgres") as connection:
        _drop(connection, name)


# --- the browser: only root can install one ------------------------------------------------------

CHROMIUM = os.environ.get("ZHIFA_CHROMIUM") or shutil.which("chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests come last, for theirs is an event loop that stays open.

    Without Chromium they say so: a failure in CI, a skip on a desk. Of several workers one takes
    what shares a fixture: a folder where the fixture is the folder's, else a file.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    for item in items:
        folder, file = item.path.parent, item.path.name
        item.add_marker(
            pytest.mark.xdist_group(str(folder / file if folder.name in BY_FILE else folder))
        )
    if CHROMIUM:
        return
    reason = "no Chromium on this machine; as root: apt-get install chromium fonts-noto-cjk"
    for item in items:
        if item.get_closest_marker("browser"):
            if os.environ.get("CI"):
                raise pytest.UsageError(reason)
            item.add_marker(pytest.mark.skip(reason=reason))


# --- time: a budget for each area, judged on a full run ----------------------------------------

_spent: dict[str, float] = dict.fromkeys(BUDGETS, 0.0)


def _area(path: str) -> str | None:
    parts = Path(path).parts
    folder = parts[1] if len(parts) > 2 and parts[0] == "tests" else ""
    if folder in SERVICES:
        return "services and journeys"
    return folder if folder in BUDGETS else None


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add what this phase took to its area."""
    if area := _area(report.nodeid.split("::")[0]):
        _spent[area] += report.duration


def _is_full_run(config: pytest.Config) -> bool:
    options = config.option
    default = "not long" in (options.markexpr or "")
    return default and not options.keyword and not config.args[1:] and config.args[0] == "tests"


def _over() -> list[str]:
    return [
        f"{a}: {_spent[a]:.0f} s of {b} s" for a, b in BUDGETS.items() if _spent[a] > PATIENCE * b
    ]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """An area above its budget fails the full run."""
    is_worker = hasattr(session.config, "workerinput")
    if not is_worker and _is_full_run(session.config) and exitstatus == 0 and _over():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print what each area took, against what it may take."""
    if not _is_full_run(config):
        return
    terminalreporter.section("time by area")
    for area, budget in BUDGETS.items():
        mark = "  ABOVE THE BUDGET" if _spent[area] > budget else ""
        terminalreporter.line(f"{area:24}{_spent[area]:7.1f} s of {budget} s{mark}")
