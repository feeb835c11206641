"""Acts a second: zhifa and its peers, the same fourteen steps, in turns on the same server.

Each contestant runs in processes of its own, which get ready, wait for one word, and take steps for
a fixed time. The rounds go through all contestants in turn, so that a noisy machine is noisy for
each; what counts is the median of the rounds.
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
        Contestant("zhifa bare, cold", "the same, its memory of standings emptied before each act",
                   (*us, "cold"), ours),
        Contestant("zhifa full", "the same with a term ended, a term begun, a numbered document",
                   (*us, "full"), ours),
        Contestant("viewflow view", "a person's task, permission asked, under the database lock",
                   (python, viewflow, "view"), theirs),
        Contestant("viewflow handle", "code's task, no person, under the database lock",
                   (python, viewflow, "handle"), theirs),
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


def once(contestant: Contestant, workers: int, seconds: float) -> Run:
    """So many processes at once for so many seconds."""
    running = [
        subprocess.Popen(
            [*contestant.command, str(seconds)], cwd=place.ROOT, text=True,
            env=_environment(contestant.database),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        for _ in range(workers)
    ]  # fmt: skip
    try:
        for process in running:
            assert process.stdout is not None
            while (line := process.stdout.readline()) != "ready\n":
                if not line:
                    raise RuntimeError(f"{contestant.name} ended before it began")
        for process in running:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said: list[Any] = [json.loads(p.communicate()[0].splitlines()[-1]) for p in running]
    finally:
        for process in running:
            process.kill()
            process.wait()
    acts = sum(s["acts"] for s in said)
    return Run(
        sum(s["acts"] / s["seconds"] for s in said),
        sum(s["client"] for s in said) / acts * 1000,
        sum(s["server"] for s in said) / acts * 1000,
    )


def race(everybody: Sequence[Contestant], workers: int, *, rounds: int, seconds: float,
         say: Any = print) -> list[Result]:  # fmt: skip
    """All contestants in turn, so many rounds."""
    took: dict[str, list[Run]] = {c.name: [] for c in everybody}
    for n in range(rounds):
        for c in everybody:
            took[c.name].append(once(c, workers, seconds))
        said = ", ".join(f"{k} {v[-1].rate:.0f}" for k, v in took.items())
        say(f"  {workers} × round {n + 1}: {said}")
    return [
        Result(
            c.name, c.does, workers,
            tuple(run.rate for run in took[c.name]),
            statistics.median(run.client_ms for run in took[c.name]),
            statistics.median(run.server_ms for run in took[c.name]),
        )
        for c in everybody
    ]  # fmt: skip
