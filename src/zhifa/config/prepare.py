"""``zhifa prepare``: the database as this version wants it. A second time it only looks."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from psycopg import sql

from zhifa.config import postgres
from zhifa.config.place import ROOT

SOURCE = Path(__file__).resolve().parents[1]
_UNRELATED = {".html", ".css", ".js", ".svg", ".typ", ".pyc"}


def _digest() -> str:
    """Of all that migrations and seeding may depend on."""
    seen = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(SOURCE.rglob("*")):
        if path.is_file() and path.suffix not in _UNRELATED:
            seen.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return seen.hexdigest()


def _say(word: str, *more: str) -> bool:
    print(f"database: {word}", flush=True)
    return subprocess.run([sys.executable, "-m", "zhifa", word, *more], check=False).returncode == 0


def main() -> int:
    """Migrate as the owner, load the statute library and the registers; 0 if all is there."""
    database = os.environ.get("ZHIFA_DATABASE", postgres.DATABASE)
    now = _digest()
    with postgres.lease(database):
        if not postgres.external() and _remembered(database) == now:
            return 0
        if not postgres.external():
            postgres.apply_roles(database)
        if not _say("migrate", "--no-input", "-v", "0"):
            return 1
        if any(SOURCE.glob("*/management/commands/seed.py")) and not _say("seed"):
            return 1
        if not postgres.external():
            _remember(database, now)
    return 0


def _remembered(database: str) -> object:
    with postgres.connect(database) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    return row and row[0]


def _remember(database: str, now: str) -> None:
    """The stamp lies in the database itself, so that dropping one drops the other."""
    with postgres.connect(database) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(database), sql.Literal(now)
            )
        )
