"""The stop-watch of every contestant: acts, seconds, and processor time of both ends.

Standard library alone, for it runs in either environment. Processor time tells what an act costs
even where others use the machine too.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path


def _ticks(pid: int) -> float:
    """Processor seconds of a process, the database's side of a connection; 0 if it is elsewhere."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def against_the_clock(
    one: Callable[[], Iterator[None]], backend: Callable[[], int], seconds: float
) -> None:
    """Warm up on one whole file; at each word take steps for so long and print what was done.

    A file that is not at its end when the time is over is taken up at the next word.
    """
    for _ in one():
        pass
    pid = backend()
    print("ready", flush=True)
    acts = iter(_endlessly(one))
    for _ in sys.stdin:
        done, begun, own, theirs = 0, time.perf_counter(), time.process_time(), _ticks(pid)
        while time.perf_counter() - begun < seconds:
            next(acts)
            done += 1
        said = {
            "acts": done,
            "seconds": time.perf_counter() - begun,
            "client": time.process_time() - own,
            "server": _ticks(pid) - theirs,
        }
        print(json.dumps(said), flush=True)


def _endlessly(one: Callable[[], Iterator[None]]) -> Iterator[None]:
    while True:
        yield from one()
