"""``zhifa backup`` and ``zhifa restore``: an installation's database and vault as a folder.

A backup is one snapshot of the database and every vault object that it names, each with its digest
in ``manifest.json``. Objects never change, so a second backup into the same folder copies only what
is new; what was disposed of since leaves the backup too. The keys stay out: with them the folder
would open itself. They are copied to a folder of their own where one is named.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import sql

from zhifa.config import postgres
from zhifa.config.place import VAR

USAGE = """zhifa backup FOLDER [--keys FOLDER]     write the database and the vault there
zhifa restore FOLDER [--keys FOLDER]    read them into an installation that is still empty"""
FORMAT = "zhifa-backup/1"
KEYS = ("keys", "secrets")


class Unusable(RuntimeError):
    """A backup that cannot be written or read; the message says what is wrong with which file."""


def main(word: str, arguments: list[str]) -> int:
    """Exit status 0 if done, 1 if it could not be, 2 if misunderstood."""
    match arguments:
        case [folder]:
            keys = None
        case [folder, "--keys", other]:
            keys = Path(other)
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    name = os.environ.get("ZHIFA_DATABASE", postgres.DATABASE)
    try:
        if postgres.external():
            raise Unusable("the database is not ours to dump: use its server's own tools")
        if word == "backup":
            with postgres.lease(name):
                print(json.dumps(backup(Path(folder), name, keys=keys)))
            return 0
        restore(Path(folder), name, keys=keys)
        return _verified()
    except Unusable as why:
        print(f"zhifa {word}: {why}", file=sys.stderr)
        return 1


def backup(folder: Path, database: str, *, keys: Path | None = None) -> dict[str, Any]:
    """Write a backup; gives what `manifest.json` says, counts in place of the lists.

    The manifest is written last: until then the folder holds the backup before this one, whole.
    """
    vault = folder / "vault"
    vault.mkdir(parents=True, exist_ok=True)
    known = _manifest(folder)["vault"] if (folder / "manifest.json").exists() else {}
    fresh = folder / "database.new"
    _client("pg_dump", "--format=custom", f"--file={fresh}", database)
    digest = _digest(fresh)
    dump = folder / f"database-{digest[:16]}.dump"
    fresh.replace(dump)
    objects: dict[str, str] = {}
    for path in _files(VAR / "vault"):
        place = path.relative_to(VAR / "vault").as_posix()
        if place not in known or not (vault / place).exists():
            _copy(path, vault / place)
            objects[place] = _digest(vault / place)
        else:
            objects[place] = known[place]
    said: dict[str, Any] = {
        "format": FORMAT,
        "made_at": datetime.fromtimestamp(dump.stat().st_mtime, UTC).isoformat(timespec="seconds"),
        "database": {"file": dump.name, "sha256": digest, "bytes": dump.stat().st_size},
        "vault": dict(sorted(objects.items())),
    }
    new = folder / "manifest.new"
    new.write_text(json.dumps(said, indent=1), encoding="utf-8")
    new.replace(folder / "manifest.json")
    for path in (*folder.glob("database-*.dump"), *_files(vault)):
        if (
            path != dump
            and path.relative_to(folder).as_posix().removeprefix("vault/") not in objects
        ):
            path.unlink()
    if keys is not None:
        _copy_keys(VAR, keys)
    return {**said, "vault": len(objects), "keys": str(keys) if keys is not None else None}


def restore(folder: Path, database: str, *, keys: Path | None = None) -> None:
    """Read a backup into an installation without database and vault.

    Everything is checked first. The database appears under its name only when it is whole.
    """
    said = _manifest(folder)
    dump = folder / said["database"]["file"]
    _check(dump, said["database"]["sha256"])
    for place, digest in said["vault"].items():
        _check(folder / "vault" / place, digest)
    if next(_files(VAR / "vault"), None) is not None:
        raise Unusable(f"there are files in {VAR / 'vault'} already; nothing was touched")
    made = f"{database}_restored_{os.getpid()}"
    with postgres.lease(made), postgres.connect("postgres") as connection:  # makes the roles, too
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if found.fetchone() is not None:
            postgres.drop_database(made)
            raise Unusable(f"there is a database {database} already; nothing was touched")
        if keys is not None:
            _copy_keys(keys, VAR)
        for place in said["vault"]:
            _copy(folder / "vault" / place, VAR / "vault" / place)
        postgres.drop_database(made)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(made)))
        try:
            _client("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={made}",
                    str(dump))  # fmt: skip
            postgres.apply_roles(made)
        except BaseException:
            postgres.drop_database(made)
            raise
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(made), sql.Identifier(database)
            )
        )


def _verified() -> int:
    """Read the whole ledger back, as anybody may: a restore that does not verify has failed."""
    done = subprocess.run([sys.executable, "-m", "zhifa", "ledger", "verify"], check=False)
    return done.returncode


def _client(program: str, *words: str) -> None:
    socket = postgres.place().socket
    done = subprocess.run(
        [str(postgres.binaries() / program), f"--host={socket}", f"--username={postgres.SUPERUSER}",
         *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Unusable(f"{program}: {done.stderr.strip()}")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise Unusable(f"{folder / 'manifest.json'}: format {said['format']}, not {FORMAT}")
        places = [said["database"]["file"], *said["vault"]]
    except FileNotFoundError:
        raise Unusable(f"{folder}: there is no manifest.json") from None
    except (ValueError, KeyError, TypeError) as bad:
        raise Unusable(f"{folder / 'manifest.json'}: not a manifest ({bad})") from None
    for place in places:
        if Path(place).is_absolute() or ".." in Path(place).parts:
            raise Unusable(f"{folder / 'manifest.json'}: {place} leads out of the backup")
    return said


def _check(path: Path, digest: str) -> None:
    if not path.is_file():
        raise Unusable(f"{path} is missing")
    if _digest(path) != digest:
        raise Unusable(f"{path} is not what was written")


def _digest(path: Path) -> str:
    with path.open("rb") as body:
        return hashlib.file_digest(body, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _copy_keys(here: Path, there: Path) -> None:
    for part in KEYS:
        for path in _files(here / part):
            _copy(path, there / part / path.relative_to(here / part))


def _copy(path: Path, to: Path) -> None:
    """Whole or not at all, with the mode that it has."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = to.with_name(f"{to.name}.partial")
    shutil.copy2(path, partial)
    partial.replace(to)
