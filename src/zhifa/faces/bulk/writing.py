"""Tellings computed in several processes and copied in, a batch in one transaction."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date

from django.db import connection, connections, transaction

from zhifa.faces.bulk import planning, recording, telling, worker
from zhifa.kernel import readers
from zhifa.kernel.ledger import bulk as chains
from zhifa.law.calendar import WorkCalendar
from zhifa.procedure.bulk import populate
from zhifa.registry import selectors as registry

BATCH = 40
Say = Callable[[str], None]

ORDER = (
    "matter", "matter_link", "running_term", "todo_item", "document", "document_content",
    "document_seal", "document_service", "evidence", "archive_volume", "penalty_case",
    "penalty_decision", "penalty_payment", "review", "publication", "publication_notice",
    "published_decision",
)  # fmt: skip


def write(count: int, *, seed: int, on: date, processes: int = 1, say: Say = print) -> int:
    """Write so many cases with all that belongs to them; how many events. Only on a database that
    is marked as a demonstration: parties and acts are made up."""
    readers.catch_up(10**9)
    played = recording.record()
    exhibits = recording.kept_exhibits(played)
    say(f"范例：{len(played.stations)}个环节")
    plans = planning.plans(played, count, seed=seed, on=on)
    batches = [plans[n : n + BATCH] for n in range(0, len(plans), BATCH)]
    writer = Writer(played, exhibits, registry.calendar(on))
    done = events = 0
    for cases, written in _through(batches, writer, processes):
        done, events = done + cases, events + written
        if done % (BATCH * 25) == 0 or done == count:
            say(f"已写入{done}件、{events}条记录")
    chains.readers_pass()
    return events


def _through(
    batches: Sequence[Sequence[telling.Plan]], writer: Writer, processes: int
) -> Iterator[tuple[int, int]]:
    if processes == 1:
        yield from map(writer.batch, batches)
        return
    connections.close_all()
    given = pickle.dumps((writer.played, writer.exhibits, writer.calendar))
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=worker.begin, initargs=(given,)
    ) as pool:
        yield from pool.map(worker.batch, map(pickle.dumps, batches))


@dataclass(frozen=True)
class Writer:
    """What every batch needs: the recording, where its exhibits are kept, the calendar."""

    played: recording.Recording
    exhibits: Mapping[str, str]
    calendar: WorkCalendar

    def batch(self, plans: Sequence[telling.Plan]) -> tuple[int, int]:
        """Tell so many cases and write them, one transaction; how many cases and events."""
        cases = [telling.tell(self.played.stations[p.station], p, self.calendar) for p in plans]
        rows = chains.chained(past.stream for case in cases for past in case.pasts)
        tables: dict[str, list[telling.Row]] = {name: [] for name in ORDER}
        for case in cases:
            for event_id, shown in case.released:
                shown["event_id"], shown["event_hash"] = str(event_id), rows.hashes[event_id]
                tables["published_decision"].append(shown)
            for exhibit in case.rows["evidence"]:
                exhibit["vault_key"] = self.exhibits[exhibit["vault_key"]]
            for name, found in case.rows.items():
                tables[name] += found
        with transaction.atomic():
            chains.copy(rows)
            with connection.cursor() as cursor:
                for name in ORDER:
                    if tables[name]:
                        cursor.execute(*populate(name, tables[name]))
        return len(cases), len(rows.events)
