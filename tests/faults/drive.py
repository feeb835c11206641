"""Acts, readers and effects under fire: kills writers, workers and the database, then counts.

Run by ``test_ledger_kills`` with an installation of its own (``$ZHIFA_VAR``). The plan is seeded:
who is killed next, and after how long. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path
from uuid import UUID, uuid4

import django

django.setup()

from django.db import InterfaceError, OperationalError, connections, transaction  # noqa: E402

from tests.kernel.cast import opened, said  # noqa: E402
from zhifa.config import postgres  # noqa: E402
from zhifa.kernel import effectruns, ledger, readers, wiring  # noqa: E402
from zhifa.kernel.ledger import StoredEvent  # noqa: E402
from zhifa.kernel.models import EffectRun, LedgerEvent  # noqa: E402
from zhifa.kernel.wiring import Effect, Projection, Wiring  # noqa: E402

AWAY = (OperationalError, InterfaceError)
STREAMS, WRITERS = 4, 2


def answer(event: StoredEvent) -> None:
    """The effect: answers a filing by one more event in the same stream."""
    said(event.stream_id, kind="answered", body={"to": event.id}, act_id=event.id)


def nothing(event: StoredEvent) -> None:
    """A projection that only follows."""


wiring._bound = Wiring(
    {
        "case_filed": (Projection("follows", nothing, lambda: None), Effect("answer", answer)),
        "answered": (),
    }
)


def patiently(work):
    """Do it; when the database is away, wait for it and do it again."""
    while True:
        try:
            return work()
        except AWAY:
            for connection in connections.all():
                connection.close()
            time.sleep(0.05)


def write(streams: list[UUID], acks: Path, seed: int) -> None:
    """Acts on one or two streams, each acknowledged after its commit, until killed."""
    chance = random.Random(seed)
    with acks.open("ab", buffering=0) as file:
        while True:
            act, touched = uuid4(), chance.sample(streams, chance.choice((1, 2)))

            def once(act: UUID = act, touched: list[UUID] = touched) -> None:
                with transaction.atomic():
                    heads = ledger.lock(touched)
                    if ledger.of_act(act):
                        return  # committed before the answer was lost
                    for stream in sorted(touched):
                        said(stream, head=heads[stream], act_id=act, private={"n": "张某某"})

            patiently(once)
            file.write(f"{act} {len(touched)}\n".encode())


def work() -> None:
    """A worker: follow the ledger and do what is owed, until killed."""
    while True:
        if not patiently(lambda: readers.catch_up(50)) + patiently(lambda: effectruns.run_owed(5)):
            time.sleep(0.01)


def forked(job) -> int:
    """A process of one's own for a job."""
    pid = os.fork()
    if pid == 0:
        try:
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
        raise SystemExit(f"process {pid} had ended by itself")


def kill_database() -> None:
    """Kill -9 the postmaster and have it started again as a starting process would."""
    pid = int((postgres.place().data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    postgres.ensure_running()


def main(seed: int, kills: int, folder: Path) -> None:
    """Kill ``kills`` times, then count."""
    chance = random.Random(seed)
    streams = [opened() for _ in range(STREAMS)]
    connections.close_all()
    acks = folder / "acks"
    running = {
        f"writer {n}": forked(lambda n=n: write(streams, acks, seed + n)) for n in range(WRITERS)
    }
    running["worker"] = forked(work)
    done = {"writer": 0, "worker": 0, "database": 0}
    for number in range(kills):
        time.sleep(chance.uniform(0.01, 0.25))
        if number % 6 == 5:
            kill_database()
            done["database"] += 1
            continue
        name = chance.choice(sorted(running))
        kill(running[name])
        done[name.split()[0]] += 1
        again = seed + 100 + number
        running[name] = forked(
            work if name == "worker" else lambda s=again: write(streams, acks, s)
        )
    time.sleep(0.2)
    for pid in running.values():
        kill(pid)
    sys.stdout.write(json.dumps({"kills": done, **counted(acks)}) + "\n")


def counted(acks: Path) -> dict[str, object]:
    """Settle what is owed, then compare what was acknowledged with what is there."""
    while patiently(readers.catch_up) + patiently(effectruns.run_owed):
        pass
    found = ledger.verify()
    acts: dict[str, int] = {}
    for event in LedgerEvent.objects.filter(kind="case_filed"):
        acts[str(event.act_id)] = acts.get(str(event.act_id), 0) + 1
    known = dict(line.split() for line in acks.read_text().splitlines())
    filed = sorted(LedgerEvent.objects.filter(kind="case_filed").values_list("id", flat=True))
    answers = sorted(LedgerEvent.objects.filter(kind="answered").values_list("act_id", flat=True))
    return {
        "acknowledged": len(known),
        "lost": [act for act, size in known.items() if acts.get(act) != int(size)],
        "torn": [act for act, size in acts.items() if size > 2],
        "answered_once": filed == answers,
        "effects": EffectRun.objects.filter(state="DONE").count() == len(filed),
        "stuck": len(readers.stuck()),
        "events": found.events,
        "faults": [str(fault) for fault in found.faults],
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
