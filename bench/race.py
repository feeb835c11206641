"""Acts a second: zhifa and its peers, the same fourteen steps, in turns on the same server.

Each contestant runs in processes of its own, which get ready and wait. Many short rounds go through
all contestants in turn, so that a noisy machine is noisy for each; medians count, and for how many
times as fast the median of what each single round says.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import place
from zhifa.config import postgres

PEER = Path(__file__).resolve().parent / "peers"


@dataclass(frozen=True)
class Contestant:
    """A name, what it does, and the command that does it."""

    name: str
    does: str
    command: tuple[str, ...]
    database: str


@dataclass(frozen=True)
class Result:
    """Acts a second in each round, with so many processes."""

    name: str
    does: str
    workers: int
    rounds: tuple[float, ...]
    client_ms: float
    """Processor time of the process that acts, per act."""
    server_ms: float
    """Processor time of its PostgreSQL backend, per act; 0 where that runs elsewhere."""

    @property
    def median(self) -> float:
        """What counts."""
        return statistics.median(self.rounds)

    @property
    def cost_ms(self) -> float:
        """Processor time of both ends, per act."""
        return self.client_ms + self.server_ms


def contestants(ours: str, theirs: str) -> list[Contestant]:
    """Everybody who runs; the peers' tables are made first."""
    python = str(place.peers())
    viewflow, spiff = str(PEER / "viewflow_steps.py"), str(PEER / "spiff_steps.py")
    for script in (viewflow, spiff):
        subprocess.run([python, script, "prepare"], env=_environment(theirs), check=True)
    us = (sys.executable, "-m", "bench.ours")
    return [
        Contestant("zhifa bare", "law asked, one event chained, private part committed to",
                   (*us, "bare"), ours),
        Contestant("viewflow view", "a person's task, permission asked, under the database lock",
                   (python, viewflow, "view"), theirs),
        Contestant("zhifa full", "the same as bare with a term ended, a term begun, a paper issued",
                   (*us, "full"), ours),
        Contestant("viewflow handle", "code's task, no person, under the database lock",
                   (python, viewflow, "handle"), theirs),
        Contestant("zhifa bare, cold", "as bare, its memory of standings emptied before each act",
                   (*us, "cold"), ours),
        Contestant("spiff stored", "state read under lock, restored, stepped, written as JSON",
                   (python, spiff, "stored"), theirs),
        Contestant("spiff kept", "state held by the one process, only written as JSON",
                   (python, spiff, "kept"), theirs),
    ]  # fmt: skip


def _environment(database: str) -> dict[str, str]:
    return {
        **os.environ,
        "ZHIFA_DATABASE": database,
        "ZHIFA_POOL": "0",
        "BENCH_DATABASE": database,
        "BENCH_HOST": str(postgres.place().socket),
    }


@dataclass(frozen=True)
class Run:
    """One run of one contestant: acts a second of all its processes, and what an act cost."""

    rate: float
    client_ms: float
    server_ms: float


class Team:
    """The processes of one contestant, ready and waiting between the rounds."""

    def __init__(self, contestant: Contestant, workers: int, seconds: float) -> None:
        self.name = contestant.name
        self._running = [
            subprocess.Popen(
                [*contestant.command, str(seconds)], cwd=place.ROOT, text=True,
                env=_environment(contestant.database),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )
            for _ in range(workers)
        ]  # fmt: skip
        for process in self._running:
            while (line := self._line(process)) != "ready":
                if not line:
                    self.dismiss()
                    raise RuntimeError(f"{self.name} ended before it began")

    @staticmethod
    def _line(process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        return process.stdout.readline().strip()

    def run(self) -> Run:
        """All at once, for the time agreed."""
        for process in self._running:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said: list[Any] = [json.loads(self._line(process)) for process in self._running]
        acts = sum(s["acts"] for s in said)
        return Run(
            sum(s["acts"] / s["seconds"] for s in said),
            sum(s["client"] for s in said) / acts * 1000,
            sum(s["server"] for s in said) / acts * 1000,
        )

    def dismiss(self) -> None:
        """End them."""
        for process in self._running:
            process.kill()
            process.wait()


def race(everybody: Sequence[Contestant], workers: int, *, rounds: int, seconds: float,
         say: Any = print) -> list[Result]:  # fmt: skip
    """All contestants in turn, so many rounds."""
    took: dict[str, list[Run]] = {c.name: [] for c in everybody}
    teams: list[Team] = []
    try:
        teams += [Team(c, workers, seconds) for c in everybody]
        for _ in range(rounds):
            for team in teams:
                took[team.name].append(team.run())
    finally:
        for team in teams:
            team.dismiss()
    say(f"  {workers} ×: " + ", ".join(f"{k} {v[-1].rate:.0f}" for k, v in took.items()))
    return [
        Result(
            c.name, c.does, workers,
            tuple(round(run.rate, 1) for run in took[c.name]),
            statistics.median(run.client_ms for run in took[c.name]),
            statistics.median(run.server_ms for run in took[c.name]),
        )
        for c in everybody
    ]  # fmt: skip


def faster(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How many times as fast, by the median of what each round says: two neighbours in time."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
