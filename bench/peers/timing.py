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
    """Warm up on one whole file, wait for the word, take steps for so long, print what was done."""
    for _ in one():
        pass
    pid = backend()
    print("ready", flush=True)
    sys.stdin.readline()
    acts, begun, own, theirs = 0, time.perf_counter(), time.process_time(), _ticks(pid)
    while time.perf_counter() - begun < seconds:
        for _ in one():
            acts += 1
    said = {
        "acts": acts,
        "seconds": time.perf_counter() - begun,
        "client": time.process_time() - own,
        "server": _ticks(pid) - theirs,
    }
    print(json.dumps(said), flush=True)
