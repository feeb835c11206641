"""The ground that everything stands on: the server, its roles, the command."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import DatabaseError, connections

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.django_db
def test_the_app_cannot_shape_the_schema():
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("zhifa_app",)
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("CREATE TABLE zhifa.mine (i int)")


@pytest.mark.django_db(databases=["portal"])
def test_the_portal_role_sees_only_its_own_schema_and_never_writes():
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT current_user, current_schemas(false)::text[]")
        assert cursor.fetchone() == ("zhifa_portal", ["portal"])
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("on",)
        with pytest.raises(DatabaseError, match="permission denied for schema zhifa"):
            cursor.execute("SELECT * FROM zhifa.accounts_person")


def test_a_fresh_database_keeps_what_was_committed(fresh_database):
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (fresh_database,)
        cursor.execute("INSERT INTO django_session VALUES ('k', 'v', now())")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session")
        assert cursor.fetchall() == [("k",)]


# --- a server of one's own: started at once by two, killed, stopped ------------------------------


@pytest.fixture
def own_house():
    """The environment of an installation beside this one, with nothing in it yet."""
    var = Path(tempfile.mkdtemp(prefix="zhifa-test-", dir="/tmp"))
    var.chmod(0o755)  # the server's own user must be able to walk in
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHIFA_")}
    environment.pop("DATABASE_URL", None)
    yield {**environment, "ZHIFA_VAR": str(var)}
    for pid in _alive(var):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(var)


def _alive(var: Path) -> dict[int, str]:
    """Processes that belong to that installation: by what they were called with or were told."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
        except OSError:
            continue
        if str(var).encode() in words and int(entry.name) != os.getpid():
            found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def _begin(environment, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "zhifa", *words], env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _zhifa(environment, *words):
    """The word's exit status and what it complained of."""
    done = subprocess.run(
        [sys.executable, "-m", "zhifa", *words], env=environment, text=True, timeout=60,
        capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def _until(true, seconds=30):
    """Wait for it, as long as it may take on a busy machine; say what never came."""
    end = time.monotonic() + seconds
    while not (value := true()):
        assert time.monotonic() < end, f"{seconds} s passed without {true.__name__}"
        select.select([], [], [], 0.1)
    return value


def test_two_who_start_at_once_share_one_server_and_the_last_stops_it(own_house):
    both = [_begin(own_house, "shell", "-c", "pass") for _ in range(2)]
    assert [started.wait(60) for started in both] == [0, 0]
    assert _alive(Path(own_house["ZHIFA_VAR"])) == {}


@pytest.mark.faults
def test_what_is_killed_comes_back_and_the_end_leaves_nothing(own_house):
    var = Path(own_house["ZHIFA_VAR"])
    assert _zhifa(own_house, "migrate", "--no-input", "-v", "0") == (0, "")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = _begin(own_house, "serve", "--port", str(port))

    def pid_of(part):
        def found():
            return next((p for p, words in _alive(var).items() if part in words), 0)

        found.__name__ = part
        return found

    def page_answers():
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/vendor/none") as page:
                return page.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    try:
        assert _until(page_answers) == 404
        for part in ("bin/postgres", "uvicorn", "procrastinate"):
            before = _until(pid_of(part))
            os.kill(before, signal.SIGKILL)

            def another(part=part, before=before):
                return pid_of(part)() not in {0, before}

            _until(another)
        assert _until(page_answers) == 404
        served.send_signal(signal.SIGINT)
        assert served.wait(30) == 0
        assert _alive(var) == {}
    finally:
        served.kill()
        served.wait()


def test_production_refuses_to_start_without_its_secrets(own_house):
    status, said = _zhifa({**own_house, "ZHIFA_MODE": "production"}, "check")
    assert status != 0
    assert "ZHIFA_SECRET_KEY" in said
    assert not (Path(own_house["ZHIFA_VAR"]) / "secrets").exists()


def test_no_lock_file_names_a_registry():
    for lock in [*ROOT.glob("*.lock"), ROOT / "package-lock.json"]:
        text = lock.read_text()
        assert '"resolved"' not in text, lock
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text(), lock
        for block in lock.read_text().replace("\\\n", " ").splitlines():
            assert not block.strip() or "--hash=sha256:" in block, block
