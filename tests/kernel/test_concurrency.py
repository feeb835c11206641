"""Many at once: each act whole, each stream in one order, nobody waits for ever."""

import random
import threading
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from tests.kernel.cast import opened, said
from zhifa.kernel import ledger
from zhifa.kernel.errors import Stale


def together(*jobs: Any) -> list[BaseException]:
    """Run jobs at the same moment, each on a connection of its own; what they raised."""
    start, raised = threading.Barrier(len(jobs)), []

    def run(job: Any) -> None:
        try:
            start.wait(timeout=20)
            job()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return raised


def test_acts_over_several_streams_at_once_neither_tear_nor_deadlock(fresh_database: str) -> None:
    streams = [opened() for _ in range(4)]

    def many(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(25):
            touched = chance.sample(streams, chance.choice((1, 2, 3)))
            act = uuid4()
            with transaction.atomic():
                heads = ledger.lock(touched)
                for stream in touched:  # in any order: they are all locked
                    said(stream, head=heads[stream], act_id=act, body={"touched": len(touched)})

    assert together(*(lambda s=s: many(s) for s in range(6))) == []
    found = ledger.verify()
    assert found.ok, found.faults
    acts: dict[UUID, list[int]] = {}
    for stream in streams:
        for event in ledger.events(stream):
            acts.setdefault(event.act_id, []).append(event.data["touched"])
    assert len(acts) == 6 * 25
    assert all(len(seen) == seen[0] for seen in acts.values())


def test_of_two_who_saw_the_same_head_one_is_told_that_it_moved(fresh_database: str) -> None:
    stream = opened()
    seen = ledger.lock([stream])[stream]  # the lock ends at once: what is left is a stale head
    raised = together(lambda: said(stream, head=seen), lambda: said(stream, head=seen))
    assert [type(error) for error in raised] == [Stale]
    assert len(ledger.events(stream)) == 1
    assert ledger.verify().ok


def test_verification_sees_one_moment_while_others_write(fresh_database: str) -> None:
    streams = [opened() for _ in range(3)]
    stop = threading.Event()
    found: list[ledger.Verification] = []

    def write() -> None:
        while not stop.is_set():
            with transaction.atomic():
                heads = ledger.lock(streams)
                for stream in streams:
                    said(stream, head=heads[stream])

    def read() -> None:
        try:
            found.extend(ledger.verify() for _ in range(8))
        finally:
            stop.set()

    assert together(write, read) == []
    assert all(one.ok for one in found), [one.faults for one in found]
    assert all(one.events % 3 == 0 for one in found)
