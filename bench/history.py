"""What one more act costs on a matter of so many events: it must not grow with them."""

from __future__ import annotations

import os
import random
import statistics
import time
from dataclasses import dataclass
from datetime import date
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhifa.config.settings")

import django

django.setup()

from bench import toys  # noqa: E402
from bench.ours import step  # noqa: E402
from bench.place import AGENCY, OFFICER, REGION  # noqa: E402
from zhifa.accounts.models import Person  # noqa: E402
from zhifa.kernel import clock, ids  # noqa: E402
from zhifa.kernel.ledger import bulk  # noqa: E402
from zhifa.law.procedure import Procedure  # noqa: E402
from zhifa.procedure import definitions, folding  # noqa: E402
from zhifa.procedure.models import Matter  # noqa: E402

LENGTHS = (10, 100, 1000, 5000)


@dataclass(frozen=True)
class Cost:
    """Milliseconds an act, median, on a matter that long."""

    events: int
    warm_ms: float
    """In a process that acted on the matter before."""
    cpu_ms: float
    """Processor time of the acting process in the same acts."""
    first_ms: float
    """The first act in a process that never saw the matter: it folds the whole history."""


def _matter(procedure: Procedure, events: int, by: UUID, on: date) -> UUID:
    """A matter with so many events, written in bulk and chained like any other."""
    matter_id = ids.uuid7()
    said = [
        bulk.BulkEvent(
            folding.GENESIS,
            {"matter": str(matter_id), "procedure": procedure.code, "procedure_version": 1,
             "agency": AGENCY, "region": REGION},
            on, ids.uuid7(), actor_id=by,
        )
    ]  # fmt: skip
    for n in range(2, events + 1):
        code = toys.code(1 if n == 2 else 2)
        body = {"matter": str(matter_id), "step": code, "on": on, "by": "甲",
                "facts": {"word": "照办"}, "request": "", "cites": ["CF:42"]}  # fmt: skip
        said.append(
            bulk.BulkEvent(
                f"{procedure.code}/{code}",
                body,
                on,
                ids.uuid7(),
                actor_id=by,
                duty="officer",
                private={"name": "张某某"},
            )
        )
    bulk.write([bulk.BulkStream(matter_id, "matter", AGENCY, REGION, said)])
    Matter.objects.create(
        id=matter_id, procedure=procedure.code, version=1, agency_code=AGENCY, region_code=REGION,
        title="测量", opened_on=on, last_on=on, seq=events, phase="investigation",
    )  # fmt: skip
    return matter_id


def measure(acts: int = 40) -> list[Cost]:
    """The acts of all lengths in turns of changing order, so that noise falls on all alike."""
    by, on = Person.objects.get(username=OFFICER).id, clock.today()
    procedure = toys.endless()
    facts = toys.Said(word="照办", name="张某某")
    with definitions.lent(procedure):
        matters = {n: _matter(procedure, n, by, on) for n in LENGTHS}
        seen = {n: n for n in LENGTHS}
        wall: dict[int, list[float]] = {n: [] for n in LENGTHS}
        cpu: dict[int, list[float]] = {n: [] for n in LENGTHS}
        first: dict[int, float] = {}
        chance = random.Random(1)
        for turn in range(acts + 1):
            for n, matter_id in chance.sample(list(matters.items()), len(matters)):
                begun, spent = time.perf_counter(), time.process_time()
                step(matter_id, toys.code(2), by, on, facts, seen[n])
                took, used = time.perf_counter() - begun, time.process_time() - spent
                seen[n] += 1
                if turn == 0:
                    first[n] = took * 1000
                else:
                    wall[n].append(took * 1000)
                    cpu[n].append(used * 1000)
    return [
        Cost(n, statistics.median(wall[n]), statistics.median(cpu[n]), first[n]) for n in LENGTHS
    ]
