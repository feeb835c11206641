"""Penalty cases under fire: officers act through the services, a worker follows, all are killed.

Each writer plays one case after another, acknowledging every act after its service returned; when
it is killed it begins again and finds what stands. Run with an installation of its own
(``$ZHIFA_VAR``). Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid5

import django

django.setup()

from tests.faults.fire import Fire, acknowledged, patiently, settled, work  # noqa: E402
from zhifa.faces.demo.play import ALL  # noqa: E402
from zhifa.faces.demo.story import STORY, Story  # noqa: E402
from zhifa.kernel import clock, ledger, readers  # noqa: E402
from zhifa.kernel.models import EffectRun, LedgerEvent  # noqa: E402
from zhifa.procedure import definitions  # noqa: E402
from zhifa.procedure import selectors as matters  # noqa: E402
from zhifa.procedure.models import Matter, TodoItem  # noqa: E402
from zhifa.procedure.services import Taken  # noqa: E402
from zhifa.records.models import Counter, Document  # noqa: E402

WRITERS, ACKS = 2, "acks"
SCENES = ALL[: [s.title for s in ALL].index("审核退回") + 1]
"""Clue to returned review: acts of one matter and of two, papers, numbers, seals, exhibits."""


@dataclass
class Told(Story):
    """A case whose acts are acknowledged one by one."""

    acks: Any = None

    def do(self, service: Callable[..., Taken], **given: Any) -> Taken:
        """One act, as often as it takes; then the word that it was done."""
        before = self.calls

        def once() -> Taken:
            self.calls = before
            return Story.do(self, service, **given)

        taken = patiently(once)
        self.acks.write(f"{taken.act_id} {taken.event_id}\n".encode())
        return taken


def officer(number: int, folder: Path) -> None:
    """Case after case, each under its own name, so that a next life finds what stands."""
    finished = folder / f"finished-{number}"
    with (folder / ACKS).open("ab", buffering=0) as file, finished.open("ab", buffering=0) as ends:
        for case in range(finished.stat().st_size, 10**6):
            play(Told(acks=file, name=uuid5(STORY, f"{number}/{case}")))
            ends.write(b".")


def play(story: Told) -> None:
    """A case on its own days."""
    assert patiently(clock.is_demo), "the scenario clock asks, once"
    with clock.scenario(clock.at(story.on)):
        for scene in SCENES:
            clock.advance(to=max(clock.at(scene.on), clock.now() + timedelta(minutes=20)))
            story.on = scene.on
            patiently(partial(acted, story, scene.act))


def acted(story: Told, act: Callable[[Story], object]) -> None:
    """A scene whole: begun anew if the database went away between its acts."""
    before = story.calls
    try:
        act(story)
    except BaseException:
        story.calls = before
        raise


def main(seed: int, kills: int, folder: Path) -> None:
    """Kill ``kills`` times, then count."""
    acks = folder / ACKS
    writers = {f"officer {n}": lambda _life, n=n: officer(n, folder) for n in range(WRITERS)}
    fire = Fire(seed, {**writers, "worker": lambda _life: work()}, slowest=0.8)
    done = fire.rage(kills, lambda: acknowledged(acks) > 2 * kills)
    sys.stdout.write(json.dumps({"kills": done, **counted(acks)}) + "\n")


def counted(acks: Path) -> dict[str, object]:
    """Settle what is owed, then compare what was acknowledged with what is there."""
    settled()
    found = ledger.verify()
    known = dict(line.split() for line in acks.read_text().splitlines())
    steps = LedgerEvent.objects.filter(stream__kind="matter").exclude(kind="genesis")
    held = {str(id): str(act) for id, act in steps.values_list("id", "act_id")}
    per_act = Tally(steps.values_list("act_id", "stream_id"))
    return {
        "acknowledged": len(known),
        "lost": [act for act, event in known.items() if held.get(event) != act],
        "doubled": [str(act) for (act, _), times in per_act.items() if times > 1],
        "numbers": numbers(),
        "papers": papers(),
        "todo": todo(),
        "owed": EffectRun.objects.exclude(state="DONE").count(),
        "unset": Document.objects.filter(pdf_key="").count(),
        "stuck": len(readers.stuck()),
        "cases": Matter.objects.filter(procedure="penalty_ordinary").count(),
        "documents": Document.objects.count(),
        "events": found.events,
        "faults": [str(fault) for fault in found.faults],
    }


def numbers() -> list[str]:
    """The series of numbers with a gap, a double, or a counter that says something else."""
    wrong = []
    for c in Counter.objects.exclude(word="案卷"):
        serials = sorted(
            Document.objects.filter(
                agency_code=c.agency_code, word=c.word, year=c.year
            ).values_list("serial", flat=True)
        )
        if serials != list(range(1, c.value + 1)):
            wrong.append(f"{c.word}: {serials} up to {c.value}")
    return wrong


def papers() -> list[str]:
    """The papers that no event names, and those that an event names and nobody has."""
    told = {
        o["id"] for e in LedgerEvent.objects.all() for o in json.loads(e.body).get("outputs", ())
    }
    return sorted(told ^ {str(id) for id in Document.objects.values_list("id", flat=True)})


def todo() -> list[str]:
    """The matters whose to-do list is not what they wait for."""
    wrong = []
    for matter in Matter.objects.all():
        procedure = definitions.get(matter.procedure)
        standing = matters.standing(matter, clock.today())
        wanted = {s.code for s in procedure.next(standing) if not s.elsewhere}
        listed = set(TodoItem.objects.filter(matter=matter).values_list("step", flat=True))
        if wanted != listed:
            wrong.append(f"{matter.id}: {sorted(wanted ^ listed)}")
    return wrong


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
