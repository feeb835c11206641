"""Whoever is killed, and when: no event is lost or doubled, and every chain verifies."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.faults

Told = dict[str, object]


@pytest.fixture
def own_server() -> Iterator[dict[str, str]]:
    """An installation of its own, migrated, whose server may be killed."""
    var = Path(tempfile.mkdtemp(prefix="zhifa-kills-", dir="/tmp"))
    var.chmod(0o755)  # the server's own user must be able to walk in
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHIFA_")}
    environment.pop("DATABASE_URL", None)
    environment |= {
        "ZHIFA_VAR": str(var),
        "ZHIFA_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "zhifa.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    try:
        _zhifa(environment, "db", "start")
        _zhifa(environment, "migrate", "--no-input", "-v", "0")
        yield environment
    finally:
        _zhifa(environment, "db", "stop", check=False)
        shutil.rmtree(var, ignore_errors=True)


def _zhifa(environment: dict[str, str], *words: str, check: bool = True) -> None:
    subprocess.run(
        [sys.executable, "-m", "zhifa", *words],
        env=environment, cwd=ROOT, check=check, capture_output=True, timeout=120,
    )  # fmt: skip


def _driven(environment: dict[str, str], *, seed: int, kills: int, timeout: int) -> Told:
    driver = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.drive",
         str(seed), str(kills), environment["ZHIFA_VAR"]],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        out, errors = driver.communicate(timeout=timeout)
    finally:
        if driver.poll() is None:
            os.killpg(driver.pid, signal.SIGKILL)
    assert driver.returncode == 0, errors
    told: Told = json.loads(out.splitlines()[-1])
    return told


def _holds(told: Told) -> None:
    assert told["faults"] == [], told
    assert told["lost"] == [], told
    assert told["torn"] == [], told
    assert told["stuck"] == 0, told
    assert told["answered_once"], told
    assert told["effects"], told
    assert int(str(told["acknowledged"])) > 20, told


def test_kills_of_writers_workers_and_the_database_lose_and_double_nothing(
    own_server: dict[str, str],
) -> None:
    told = _driven(own_server, seed=20260302, kills=24, timeout=120)
    _holds(told)
    kills = told["kills"]
    assert isinstance(kills, dict)
    assert sum(kills.values()) == 24
    assert all(kills.values()), kills


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_many_kills_lose_and_double_nothing(own_server: dict[str, str], seed: int) -> None:
    _holds(_driven(own_server, seed=seed, kills=2000, timeout=3600))
