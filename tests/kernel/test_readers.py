"""Readers see every event once, in the order of its stream, whoever commits first."""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests.kernel.cast import ACTOR, opened, said
from zhifa.config import postgres
from zhifa.kernel import effectruns, ledger, readers, wiring
from zhifa.kernel.errors import BadInput, NotFound
from zhifa.kernel.models import EffectRun, ReaderCursor
from zhifa.kernel.wiring import Effect, Projection, Wiring

Seen = list[tuple[UUID, int]]


class Broken(Exception):
    """What a projection raises that does not understand an event."""


def noted(name: str = "toy") -> Projection:
    """A projection into a table of the test."""

    def apply(event: ledger.StoredEvent) -> None:
        if event.data.get("bad") in (True, name):
            raise Broken("cannot be read")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO toy VALUES (%s, %s, %s)", [name, event.stream_id, event.seq]
            )

    def clear() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM toy WHERE reader = %s", [name])

    return Projection(name, apply, clear)


def seen(name: str = "toy") -> Seen:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, seq FROM toy WHERE reader = %s ORDER BY n", [name])
        return [(row[0], row[1]) for row in cursor.fetchall()]


TOY = "(reader text, stream uuid, seq int, n bigint GENERATED ALWAYS AS IDENTITY)"


@pytest.fixture
def toy(db: None) -> Iterator[None]:
    connection.cursor().execute(f"CREATE TEMP TABLE toy {TOY} ON COMMIT DROP")
    with wiring.rebound(Wiring({"case_filed": (noted(), noted("other")), "silent": ()})):
        yield


@pytest.fixture
def toy_committed(fresh_database: str) -> Iterator[str]:
    with postgres.connect(fresh_database, user="zhifa_owner") as owner:
        owner.execute(f"CREATE TABLE zhifa.toy {TOY}")
    with wiring.rebound(Wiring({"case_filed": (noted(),)})):
        yield fresh_database


class Other(threading.Thread):
    """Another process's transaction, moved step by step by the test."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._todo: list[Callable[[], Any] | None] = []
        self._go, self._done = threading.Semaphore(0), threading.Semaphore(0)
        self.result: Any = None
        self.start()

    def run(self) -> None:
        try:
            with transaction.atomic():
                while True:
                    self._go.acquire()
                    work = self._todo.pop(0)
                    if work is None:
                        break
                    self.result = work()
                    self._done.release()
        finally:
            connection.close()
            self._done.release()

    def does(self, work: Callable[[], Any]) -> Any:
        self._todo.append(work)
        self._go.release()
        assert self._done.acquire(timeout=20)
        return self.result

    def commits(self) -> None:
        self._todo.append(None)
        self._go.release()
        assert self._done.acquire(timeout=20)
        self.join()


def takes_a_number() -> None:
    connection.cursor().execute("SELECT pg_current_xact_id()")


def test_each_event_is_read_once_and_in_order(toy: None) -> None:
    one, two = opened(), opened()
    written = [said(one), said(two), said(one), said(two, kind="silent"), said(two)]
    assert readers.catch_up() == 5
    assert readers.catch_up() == 0
    assert seen() == [(e.stream_id, e.seq) for e in written if e.kind == "case_filed"]
    written.append(said(one))
    readers.catch_up()
    assert len(seen()) == 5


def test_a_small_limit_reads_on_where_it_stopped(toy: None) -> None:
    stream = opened()
    for _ in range(7):
        said(stream)
    assert [readers.catch_up(3) for _ in range(4)] == [3, 3, 1, 0]
    assert [seq for _, seq in seen()] == [1, 2, 3, 4, 5, 6, 7]


def test_a_failing_event_stops_only_its_stream_for_that_reader(toy: None) -> None:
    sick, sound = opened(), opened()
    for stream in (sick, sound):
        said(stream)
    said(sick, body={"bad": "toy"})
    for stream in (sick, sound):
        said(stream)
    assert readers.catch_up() == 5
    assert seen() == [(sick, 1), (sound, 1), (sound, 2)]
    assert len(seen("other")) == 5
    (stuck,) = readers.stuck()
    assert (stuck.reader, stuck.stream_id, stuck.seq) == ("toy", sick, 2)
    assert "cannot be read" in stuck.error
    assert {(found.reader, found.stuck) for found in readers.lag()} == {("toy", 1), ("other", 0)}


def test_a_stuck_stream_is_retried_then_settled_by_a_person(toy: None) -> None:
    stream = opened()
    said(stream, body={"bad": True})
    said(stream)
    readers.catch_up()
    assert not readers.retry("toy", stream)
    assert next(s for s in readers.stuck() if s.reader == "toy").attempts == 2
    with pytest.raises(BadInput):
        readers.settle("toy", stream, by=ACTOR, reason="  ")
    assert seen() == []
    assert readers.settle("toy", stream, by=ACTOR, reason="测试数据，不再处理")
    assert seen() == [(stream, 2)]
    assert [s.reader for s in readers.stuck()] == ["other"]
    said(stream)
    readers.catch_up()
    assert seen() == [(stream, 2), (stream, 3)]
    readers.rebuild("toy")  # what a person settled stays settled
    assert seen() == [(stream, 2), (stream, 3)]
    with pytest.raises(NotFound):
        readers.retry("toy", stream)


def test_a_projection_that_breaks_a_reference_is_stuck_and_not_lost(toy: None) -> None:
    def apply(event: ledger.StoredEvent) -> None:
        EffectRun.objects.create(
            event_id=UUID(int=event.seq), effect="x", moved_at=event.recorded_at
        )

    with wiring.rebound(Wiring({"case_filed": (Projection("dangling", apply, lambda: None),)})):
        said(opened())
        assert readers.catch_up() == 1
        assert [s.reader for s in readers.stuck()] == ["dangling"]


def test_what_is_made_of_an_event_and_the_cursor_stand_or_fall_together(toy: None) -> None:
    class PowerCut(BaseException):
        pass

    inner = noted()

    def cut(event: ledger.StoredEvent) -> None:
        inner.apply(event)
        if event.seq == 2:
            raise PowerCut

    stream = opened()
    said(stream)
    said(stream)
    with (
        wiring.rebound(Wiring({"case_filed": (Projection("toy", cut, inner.clear),)})),
        pytest.raises(PowerCut),
    ):
        readers.catch_up()
    assert seen() == []
    assert not ReaderCursor.objects.exclude(position=0).exists()
    readers.catch_up()
    assert [seq for _, seq in seen()] == [1, 2]


def test_a_projection_is_rebuilt_from_nothing(toy: None) -> None:
    streams = [opened() for _ in range(3)]
    for stream in streams * 3:
        said(stream)
    readers.catch_up()
    before = seen()
    assert len(before) == 9
    connection.cursor().execute("DELETE FROM toy WHERE reader = 'toy' AND seq = 2")
    assert readers.rebuild("toy") == 9
    assert seen() == before
    assert len(seen("other")) == 9


def test_nothing_is_read_past_the_oldest_running_transaction(toy_committed: str) -> None:
    first, second = opened(), opened()
    slow = Other()
    slow.does(lambda: said(first))
    said(second)  # commits at once, with a later number
    readers.catch_up()
    assert seen() == []
    assert readers.lag()[0].events == 1
    slow.commits()
    readers.catch_up()
    assert sorted(seen()) == sorted([(first, 1), (second, 1)])


def test_a_stream_is_read_in_its_own_order_though_the_later_transaction_wrote_first(
    toy_committed: str,
) -> None:
    stream = opened()
    early = Other()
    early.does(takes_a_number)
    said(stream)  # a later transaction, but the first event
    early.does(lambda: said(stream))
    early.commits()
    while readers.catch_up(1):
        pass
    assert seen() == [(stream, 1), (stream, 2)]


def test_a_transaction_that_is_rolled_back_leaves_no_gap(toy_committed: str) -> None:
    stream = opened()
    with transaction.atomic():
        said(stream)
        transaction.set_rollback(True)
    said(stream)
    readers.catch_up()
    assert seen() == [(stream, 1)]


def test_an_uncommitted_event_is_read_only_by_its_own_transaction(toy_committed: str) -> None:
    stream = opened()
    with transaction.atomic():
        said(stream)
        readers.catch_up()
        assert seen() == [(stream, 1)]
        transaction.set_rollback(True)
    assert seen() == []
    said(stream)
    readers.catch_up()
    assert seen() == [(stream, 1)]


def test_two_processes_reading_at_once_read_nothing_twice(toy_committed: str) -> None:
    stream = opened()
    for _ in range(60):
        said(stream)

    def follow() -> None:
        try:
            while readers.catch_up(7):
                pass
        finally:
            connection.close()

    both = [threading.Thread(target=follow) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [seq for _, seq in seen()] == list(range(1, 61))


def test_a_reader_that_another_process_moves_is_left_to_it_if_asked(toy_committed: str) -> None:
    readers.catch_up()
    said(opened())
    busy = Other()
    busy.does(lambda: readers.catch_up())
    assert readers.catch_up(wait=False) == 0
    busy.commits()
    assert len(seen()) == 1


def test_after_a_restore_into_another_cluster_reading_goes_on(toy_committed: str) -> None:
    """There transaction numbers begin low again; the old events count as past."""
    stream = opened()
    said(stream)
    readers.catch_up()
    said(stream)
    with postgres.connect(toy_committed) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE zhifa.ledger_event SET xid = '999999999999'")
        root.execute("UPDATE zhifa.reader_cursor SET xid = 999999999999")
        root.execute("UPDATE zhifa.ledger_epoch SET cluster = 'another'")
    said(stream)
    said(stream)
    readers.catch_up()
    assert seen() == [(stream, 1), (stream, 2), (stream, 3), (stream, 4)]


# --- effects -------------------------------------------------------------------------------------


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int((cursor.fetchone() or (0,))[0])


@pytest.mark.django_db
def test_an_effect_is_owed_once_and_done_once() -> None:
    done: list[UUID] = []
    effect = Effect("send", lambda event: done.append(event.id))
    with wiring.rebound(Wiring({"case_filed": (effect,)})):
        event = said(opened())
        readers.catch_up()
        effectruns.owe(event)
        assert jobs() == 1
        assert effectruns.run(event.id, "send")
        assert not effectruns.run(event.id, "send")
        assert done == [event.id]
        assert effectruns.run_owed() == 0


def test_a_failing_effect_writes_nothing_is_noted_and_comes_again(fresh_database: str) -> None:
    fails = [True]

    def run(event: ledger.StoredEvent) -> None:
        said(event.stream_id, kind="sent")
        if fails:
            raise Broken("the printer is away")

    with wiring.rebound(Wiring({"case_filed": (Effect("send", run),), "sent": ()})):
        stream = opened()
        event = said(stream)
        readers.catch_up()
        with pytest.raises(Broken):
            effectruns.run(event.id, "send")
        row = EffectRun.objects.get()
        assert (row.state, row.attempts) == ("FAILED", 1)
        assert "printer" in row.error
        assert len(ledger.events(stream)) == 1
        fails.clear()
        assert effectruns.run_owed() == 1
        assert [e.kind for e in ledger.events(stream)] == ["case_filed", "sent"]
        assert EffectRun.objects.get().state == "DONE"


@pytest.mark.django_db
def test_an_effect_that_a_person_settled_is_not_done() -> None:
    done: list[UUID] = []
    with wiring.rebound(
        Wiring({"case_filed": (Effect("send", lambda event: done.append(event.id)),)})
    ):
        event = said(opened())
        readers.catch_up()
        with pytest.raises(BadInput):
            effectruns.settle(event.id, "send", reason="")
        effectruns.settle(event.id, "send", reason="已线下送达")
        assert effectruns.run_owed() == 0
        assert not effectruns.run(event.id, "send")
        assert done == []
