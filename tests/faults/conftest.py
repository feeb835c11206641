"""An installation of its own, whose server may be killed: never the one that other tests share."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

Told = dict[str, Any]
Drive = Callable[..., Told]

_SEED = """
import django
django.setup()
from datetime import date
from zhifa.registry import seeding
from zhifa.kernel import clock
seeding.seed(on=date(2026, 1, 1), say=lambda line: None)
clock.mark_demo()
"""


@pytest.fixture(scope="session")
def _installation() -> Iterator[dict[str, str]]:
    """A server with one database that holds the registers, and how to reach it."""
    var = Path(tempfile.mkdtemp(prefix="zhifa-kills-", dir="/tmp"))
    var.chmod(0o755)  # the server's own user must be able to walk in
    shared = Path(os.environ.get("ZHIFA_VAR", ROOT / "var")).absolute()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHIFA_")}
    environment.pop("DATABASE_URL", None)
    environment |= {
        "ZHIFA_VAR": str(var),
        "ZHIFA_FONTS": str(shared / "fonts"),
        "ZHIFA_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "zhifa.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    try:
        _zhifa(environment, "db", "start")
        _zhifa(environment, "migrate", "--no-input", "-v", "0")
        _python(environment, "-c", _SEED)
        yield environment
    finally:
        _zhifa(environment, "db", "stop", check=False)
        shutil.rmtree(var, ignore_errors=True)


@pytest.fixture
def city(_installation: dict[str, str], request: pytest.FixtureRequest) -> dict[str, str]:
    """A database of its own for the test, with the registers: how a process reaches it."""
    name = f"killed_{abs(hash(request.node.nodeid)) % 10**9}"
    copy = (
        "from zhifa.config import postgres; c = postgres.connect('postgres');"
        f" c.execute('CREATE DATABASE {name} TEMPLATE zhifa')"
    )
    _python(_installation, "-c", copy)
    return {**_installation, "ZHIFA_DATABASE": name}


@pytest.fixture
def drive(city: dict[str, str], tmp_path: Path) -> Drive:
    """Run a driver under fire to its end: its last line, read."""

    def run(module: str, *, seed: int, kills: int, timeout: int) -> Told:
        driver = subprocess.Popen(
            [sys.executable, "-m", f"tests.faults.{module}", str(seed), str(kills), str(tmp_path)],
            env=city, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
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

    return run


def _zhifa(environment: dict[str, str], *words: str, check: bool = True) -> None:
    _python(environment, "-m", "zhifa", *words, check=check)


def _python(environment: dict[str, str], *words: str, check: bool = True) -> None:
    made = subprocess.run(
        [sys.executable, *words],
        env=environment, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert not check or made.returncode == 0, made.stderr
