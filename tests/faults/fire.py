"""What every driver shares: processes of its own, seeded kills, and patience with the database."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connections

from zhifa.config import postgres
from zhifa.kernel import effectruns, readers

AWAY = (OperationalError, InterfaceError)
PATIENCE = 60.0  # seconds for the last lives, on a machine that has other things to do
T = TypeVar("T")


def patiently(work: Callable[[], T]) -> T:
    """Do it; when the database is away, wait for it and do it again."""
    while True:
        try:
            return work()
        except AWAY:
            for connection in connections.all():
                connection.close()
            time.sleep(0.05)


def work() -> None:
    """A worker: follow the ledger and do what is owed, until killed."""
    while True:
        if not patiently(lambda: readers.catch_up(50)) + patiently(lambda: effectruns.run_owed(5)):
            time.sleep(0.01)


def settled() -> None:
    """Everything that is owed, done."""
    while patiently(readers.catch_up) + patiently(effectruns.run_owed):
        pass


def forked(job: Callable[[], None]) -> int:
    """A process of one's own for a job."""
    pid = os.fork()
    if pid == 0:
        try:
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # nobody outlives the driver
            job()
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    return pid


def kill(pid: int) -> None:
    """Kill -9, and see that it was alive until then."""
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"process {pid} had ended by itself: {status}")


def kill_database() -> None:
    """Kill -9 the postmaster and have it started again as a starting process would."""
    pid = int((postgres.place().data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    postgres.ensure_running()


@dataclass
class Fire:
    """The processes, and who was killed how often. The plan is seeded: who, and after how long."""

    seed: int
    jobs: dict[str, Callable[[int], None]]
    """By name: what the process does, given the number of its life."""
    slowest: float
    """The longest that all live between two kills, in seconds."""
    done: dict[str, int] = field(default_factory=dict)
    running: dict[str, int] = field(default_factory=dict)

    def rage(self, kills: int, enough: Callable[[], bool]) -> dict[str, int]:
        """Kill so often, every sixth time the database; then let them live until it is enough."""
        chance = random.Random(self.seed)
        connections.close_all()
        for name in self.jobs:
            self._begin(name, 0)
        for number in range(kills):
            time.sleep(chance.uniform(0.01, self.slowest))
            if number % 6 == 5:
                kill_database()
                self._count("database")
                continue
            name = chance.choice(sorted(self.running))
            kill(self.running[name])
            self._count(name.split()[0])
            self._begin(name, number + 1)
        until = time.monotonic() + PATIENCE
        while not enough() and time.monotonic() < until:
            time.sleep(0.1)
        for pid in self.running.values():
            kill(pid)
        return self.done

    def _begin(self, name: str, life: int) -> None:
        self.running[name] = forked(lambda: self.jobs[name](life))

    def _count(self, kind: str) -> None:
        self.done[kind] = self.done.get(kind, 0) + 1


def acknowledged(acks: Path) -> int:
    """How many acts their actors were told of, each once."""
    return len(set(acks.read_bytes().splitlines())) if acks.exists() else 0
