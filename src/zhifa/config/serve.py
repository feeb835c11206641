"""``zhifa serve``: one parent keeps the web process, the worker and the database alive.

A child that dies is started again, a database that was killed is started again, and when the
parent is told to end, or is itself killed, nothing is left running.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from zhifa.config import postgres

_LOOK_EVERY = 0.5  # seconds
_GRACE = 10.0  # seconds that a child has to end by itself
_SLOWEST_RETRY = 20.0  # seconds between starts of a child that keeps dying
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """In the child before it runs: the kernel ends it if the parent is killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A process that should always be there."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = field(default=0.0)

    def look(self, now: float) -> None:
        """Start it if it is not running; the longer it keeps dying, the later."""
        if self.process and self.process.poll() is None:
            return
        if self.process:
            lived = now - self.started
            if not self.pause or lived > self.pause + _SLOWEST_RETRY:
                print(f"serve: {self.name} ended ({self.process.returncode}), starting it again",
                      file=sys.stderr, flush=True)  # fmt: skip
                self.pause = _LOOK_EVERY
            elif lived < self.pause:
                return
            else:
                self.pause = min(self.pause * 2, _SLOWEST_RETRY)
        self.started = now
        self.process = subprocess.Popen(
            self.command,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def end(self) -> None:
        """Ask it to end."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def ended(self, until: float) -> None:
        """Wait for it; past its grace it is killed."""
        if self.process:
            try:
                self.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def _children(host: str, port: int) -> list[Child]:
    python = sys.executable
    web = [python, "-m", "uvicorn", "zhifa.config.asgi:application", "--host", host,
           "--port", str(port), "--no-access-log", "--log-level", "warning",
           "--timeout-graceful-shutdown", "3", "--lifespan", "off"]  # fmt: skip
    return [
        Child("web", web),
        Child("worker", [python, "-m", "zhifa", "procrastinate", "-v", "0", "worker"]),
    ]


def _open(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def run(host: str, port: int, ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGINT or SIGTERM; ``ready`` is called once, when the address answers."""
    if _open(host, port):
        raise SystemExit(f"{host}:{port} is taken; choose another with --port")
    told: list[int] = []
    before = {
        s: signal.signal(s, lambda n, _: told.append(n)) for s in (signal.SIGINT, signal.SIGTERM)
    }
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhifa.config.settings")
    children = _children(host, port)
    with postgres.lease(os.environ.get("ZHIFA_DATABASE", postgres.DATABASE)):
        try:
            announced = False
            while not told:
                if not postgres.external() and not postgres.answers():
                    print("serve: the database does not answer, starting it", file=sys.stderr)
                    postgres.ensure_running()
                for child in children:
                    child.look(time.monotonic())
                if not announced and _open(host, port):
                    announced = True
                    (ready or (lambda: print(f"http://{host}:{port}/", flush=True)))()
                time.sleep(_LOOK_EVERY if announced else 0.1)
        finally:
            for child in children:
                child.end()
            until = time.monotonic() + _GRACE
            for child in children:
                child.ended(until)
            for number, handler in before.items():
                signal.signal(number, handler)


def main(arguments: list[str]) -> int:
    """``zhifa serve [--host HOST] [--port PORT]``."""
    parser = argparse.ArgumentParser(prog="zhifa serve", description="serve until told to end")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    run(options.host, options.port)
    return 0
