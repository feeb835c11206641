"""Where the bench runs: databases of its own on zhifa's server, and the peers' environment."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from zhifa.config import postgres
from zhifa.config.place import ROOT, VAR

HERE = Path(__file__).resolve().parent
PEERS = VAR / "bench" / "peers"
LOCK = HERE / "requirements.lock"
OFFICER = "yc-officer1"
AGENCY = "511802-scjg"
REGION = "511802"


def zhifa(name: str, *words: str, role: str = "app", mode: str = "development") -> None:
    """A word of the command, on that database."""
    told = {"ZHIFA_DATABASE": name, "ZHIFA_ROLE": role, "ZHIFA_MODE": mode}
    done = subprocess.run(
        [sys.executable, "-m", "zhifa", *words], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, **told}, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"zhifa {' '.join(words)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


@contextmanager
def database(name: str = "", *, keep: bool = False) -> Iterator[str]:
    """A migrated and seeded database; dropped afterwards unless it is to be kept."""
    name = name or f"zhifa_bench_{os.getpid()}"
    with postgres.connect("postgres") as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            postgres.make_database(connection, name)
            zhifa(name, "migrate", "--no-input", "-v", "0", role="owner")
            zhifa(name, "seed")
    try:
        yield name
    finally:
        if not keep:
            postgres.drop_database(name)


@contextmanager
def empty_database() -> Iterator[str]:
    """A database for the peers: same server, same settings, the app's role owns what it makes."""
    name = f"zhifa_bench_{os.getpid()}_peers"
    with postgres.connect("postgres") as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER zhifa_app").format(sql.Identifier(name))
        )
    try:
        yield name
    finally:
        postgres.drop_database(name)


def peers() -> Path:
    """The python of the peers' environment, made by hash when its lock has changed."""
    python, stamp = PEERS / "bin" / "python", PEERS / "made-from"
    now = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == now:
        return python
    shutil.rmtree(PEERS, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    subprocess.run(
        [Path(sys.executable).parent / "uv", "pip", "sync", "-q", "--require-hashes",
         "--python", python, LOCK],
        check=True,
    )  # fmt: skip
    stamp.write_text(now)
    return python


def machine() -> dict[str, str]:
    """What this was measured on."""
    with postgres.connect("postgres") as connection:
        row = connection.execute("SHOW server_version").fetchone()
        synced = connection.execute("SHOW synchronous_commit").fetchone()
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "cpu": f"{os.cpu_count()} × {cpu}",
        "system": platform.platform(),
        "python": platform.python_version(),
        "postgresql": str(row and row[0]),
        "synchronous_commit": str(synced and synced[0]),
        "load": " ".join(f"{x:.2f}" for x in os.getloadavg()),
        "commit": subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True,
            check=False,
        ).stdout.strip(),
    }  # fmt: skip
