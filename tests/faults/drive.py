"""The ledger, its readers and its effects under fire, as fast as they go: then it is counted.

Run with an installation of its own (``$ZHIFA_VAR``). Prints one JSON object.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from uuid import UUID, uuid4

import django

django.setup()

from django.db import transaction  # noqa: E402

from tests.faults.fire import Fire, acknowledged, patiently, settled, work  # noqa: E402
from tests.kernel.cast import opened, said  # noqa: E402
from zhifa.kernel import ledger, readers, wiring  # noqa: E402
from zhifa.kernel.ledger import StoredEvent  # noqa: E402
from zhifa.kernel.models import EffectRun, LedgerEvent  # noqa: E402
from zhifa.kernel.wiring import Effect, Projection, Wiring  # noqa: E402

STREAMS, WRITERS = 4, 2


def answer(event: StoredEvent) -> None:
    """The effect: answers a filing by one more event in the same stream."""
    said(event.stream_id, kind="answered", body={"to": event.id}, act_id=event.id)


def nothing(event: StoredEvent) -> None:
    """A projection that only follows."""


_registers = {kind: readers for kind, readers in wiring.current().readers.items() if not readers}
wiring._bound = Wiring(
    {
        **_registers,
        "case_filed": (Projection("follows", nothing, lambda: None), Effect("answer", answer)),
        "answered": (),
    }
)


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


def main(seed: int, kills: int, folder: Path) -> None:
    """Kill ``kills`` times, then count."""
    streams = [opened() for _ in range(STREAMS)]
    acks = folder / "acks"
    writers = {
        f"writer {n}": lambda life, n=n: write(streams, acks, seed + 1000 * life + n)
        for n in range(WRITERS)
    }
    fire = Fire(seed, {**writers, "worker": lambda _life: work()}, slowest=0.25)
    done = fire.rage(kills, lambda: acknowledged(acks) > 2 * kills)
    sys.stdout.write(json.dumps({"kills": done, **counted(acks)}) + "\n")


def counted(acks: Path) -> dict[str, object]:
    """Settle what is owed, then compare what was acknowledged with what is there."""
    settled()
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
        "doubled": [act for act, size in acts.items() if size > 2],
        "answered_once": filed == answers,
        "effects": EffectRun.objects.filter(state="DONE").count() == len(filed),
        "stuck": len(readers.stuck()),
        "events": found.events,
        "faults": [str(fault) for fault in found.faults],
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
