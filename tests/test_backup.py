"""Lost with all it had, an installation comes back from its backup, and its ledger verifies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_setup import _alive

FILLED = """
from datetime import date
from zhifa.kernel import clock, ids, ledger, vault
from django.db import transaction
stream = ledger.open_stream(kind="matter", agency_code="a", region_code="511802")
with transaction.atomic():
    for n in range(5):
        ledger.append(stream_id=stream, kind="test", version=1, body={"n": n}, act_id=ids.uuid7(),
                      actor_id=None, duty="", agency_code="a", occurred_at=date(2026, 3, 3),
                      private={"narrative": "张某某"})
print(vault.put("照片".encode(), agency="a", secrecy="internal").key)
"""
READ = """
from zhifa.kernel import vault
from zhifa.kernel.models import VaultObject
print([vault.read(o.key).decode() for o in VaultObject.objects.all()])
"""
MORE = """
from zhifa.kernel import ids, ledger
from zhifa.kernel.models import LedgerStream
from datetime import date
from django.db import transaction
with transaction.atomic():
    ledger.append(stream_id=LedgerStream.objects.get(kind="matter").id, kind="test", version=1,
                  body={}, act_id=ids.uuid7(), actor_id=None, duty="", agency_code="a",
                  occurred_at=date(2026, 3, 4))
"""


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Runs a word in an installation of its own, by folder; ends what still runs there."""
    made: list[Path] = []

    def run(name: str, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        var = Path("/tmp") / f"zhifa-backup-{os.getpid()}-{name}"
        if var not in made:
            made.append(var)
            var.mkdir(mode=0o755)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ZHIFA_", "DATABASE"))}
        done = subprocess.run(
            [sys.executable, "-m", "zhifa", *words], env={**kept, "ZHIFA_VAR": str(var)},
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return done

    yield run
    for var in made:
        for pid in _alive(var):
            os.kill(pid, 9)
        shutil.rmtree(var)


def test_what_was_backed_up_comes_back_whole_elsewhere_and_goes_on(
    house: Any, tmp_path: Path
) -> None:
    kept, keys = tmp_path / "kept", tmp_path / "keys"
    house("lost", "db", "start")
    house("lost", "migrate", "--no-input", "-v", "0")
    house("lost", "shell", "-v", "0", "-c", FILLED)
    first = json.loads(house("lost", "backup", str(kept)).stdout)
    assert first["vault"] == 1
    assert {p.name for p in kept.iterdir()} == {"vault", "manifest.json", first["database"]["file"]}
    house("lost", "shell", "-v", "0", "-c", MORE)
    second = json.loads(house("lost", "backup", str(kept), "--keys", str(keys)).stdout)
    assert second["database"]["sha256"] != first["database"]["sha256"]
    assert not (kept / first["database"]["file"]).exists()

    refused = house("lost", "restore", str(kept), "--keys", str(keys), code=1)
    assert "already; nothing was touched" in refused.stderr
    house("lost", "db", "stop")

    house("found", "restore", str(kept), "--keys", str(keys))
    assert "照片" in house("found", "shell", "-v", "0", "-c", READ).stdout
    house("found", "shell", "-v", "0", "-c", MORE)
    assert json.loads(house("found", "ledger", "verify", "--json").stdout)["events"] == 7


def test_a_backup_that_was_changed_is_refused_and_nothing_is_made(
    house: Any, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    (kept / "vault").mkdir(parents=True)
    (kept / "database-1.dump").write_bytes(b"changed")
    said: dict[str, Any] = {
        "format": "zhifa-backup/1",
        "database": {"file": "database-1.dump", "sha256": "0" * 64},
        "vault": {},
    }
    for changed, words in (
        (said, "database-1.dump is not what was written"),
        ({**said, "vault": {"../../evil": "0"}}, "leads out of the backup"),
        ({**said, "format": "other"}, "format other"),
        ({"format": "zhifa-backup/1"}, "not a manifest"),
    ):
        (kept / "manifest.json").write_text(json.dumps(changed))
        assert words in house("new", "restore", str(kept), code=1).stderr
    (kept / "manifest.json").unlink()
    assert "there is no manifest.json" in house("new", "restore", str(kept), code=1).stderr
    assert house("new", "db", "status", code=1).stdout.startswith("down")
