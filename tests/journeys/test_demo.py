"""``zhifa demo``: plays once for ever, goes on where it was killed, and says the same each time."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.conftest import ROOT
from zhifa.accounts.models import Person
from zhifa.faces.demo import cast
from zhifa.faces.demo.cast import PARTS
from zhifa.faces.demo.stories import TELLINGS
from zhifa.kernel.models import LedgerEvent
from zhifa.records.models import Document
from zhifa.registry import seeding


@pytest.fixture
def demo(fresh_database: str, tmp_path: Path) -> Iterator[list[str]]:
    """The command, on a database that holds the registers and nothing else."""
    cast.ids.cache_clear()
    seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
    connections.close_all()
    accounts = tmp_path / "demo" / "accounts.json"
    yield [
        sys.executable, "-m", "zhifa", "demo", "--once", "--only", "food",
        "--accounts", str(accounts),
    ]  # fmt: skip
    cast.ids.cache_clear()


def _played(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _killed(command: list[str], after: int) -> int:
    """Kill it when it has told so many scenes; how many it told."""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        assert process.stdout is not None
        told = 0
        for line in process.stdout:
            told += line.startswith("2026-")
            if told == after:
                process.send_signal(signal.SIGKILL)
                break
    return told


def test_a_demonstration_that_was_killed_goes_on_and_is_played_once(demo: list[str]) -> None:
    chance = random.Random(20260303)
    for after in (chance.randint(3, 9), chance.randint(18, 26)):
        assert _killed(demo, after) == after

    first = _played(demo)
    again = _played(demo)

    assert set(first) == {
        "case_no", "decision_no", "steps", "events", "documents", "published", "ledger", "seconds",
        "others",
    }  # fmt: skip
    assert first["ledger"] == "ok"
    assert first["published"] == 1
    assert (first["case_no"], first["decision_no"]) == (
        "雅雨市监案〔2026〕1号",
        "雅雨市监罚〔2026〕1号",
    )
    for told in (first, again):
        told.pop("seconds")
    assert again == first, "the second time everything stands"
    assert first["steps"] >= 40
    acts = Counter(
        LedgerEvent.objects.filter(stream__kind="matter")
        .exclude(kind="genesis")
        .values_list("stream_id", "act_id")
    )
    assert set(acts.values()) == {1}
    assert not Document.objects.filter(outward=True, served_on__isnull=True).exists()

    kept = Path(demo[-1])
    assert kept.stat().st_mode & 0o777 == 0o600
    accounts = json.loads(kept.read_text("utf-8"))
    assert {a["username"] for a in accounts} >= set(PARTS.values())
    for account in accounts[:2]:
        person = Person.objects.get(username=account["username"])
        assert person.check_password(account["password"])


def test_all_that_a_newcomer_is_shown_plays_to_its_end(demo: list[str]) -> None:
    whole = [word for word in demo if word not in ("--only", "food")]
    told = _played(whole)
    assert told["ledger"] == "ok"
    assert len(told["others"]) == len(TELLINGS) - 1
