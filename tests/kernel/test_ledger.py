"""The ledger keeps what was written, in order, whoever asks otherwise."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.kernel.cast import opened, said
from zhifa.config import postgres
from zhifa.kernel import ledger
from zhifa.kernel.errors import NotFound, Stale
from zhifa.kernel.ledger import bulk


@pytest.mark.django_db
def test_an_event_is_read_back_as_it_was_written() -> None:
    stream = opened()
    first = said(stream, private={"narrative": {"text": "店内货架上摆放过期饼干两袋"}})
    second = said(stream, occurred_at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))

    assert ledger.events(stream) == [first, second]
    assert ledger.events(stream, after=1) == [second]
    assert second.prev == first.hash
    assert first.private == {"narrative": {"text": "店内货架上摆放过期饼干两袋"}}
    assert first.occurred_on == date(2026, 3, 2)
    assert second.occurred_on == date(2026, 3, 3)  # the legal date in Ya'an


@pytest.mark.django_db
def test_personal_data_never_stands_in_the_event_itself() -> None:
    event = said(opened(), private={"name": "张某某"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(e)::text FROM ledger_event e WHERE id = %s", [event.id])
        (row,) = cursor.fetchone() or ("",)
    assert "张某某" not in row
    assert set(event.commitments) == {"name"}


@pytest.mark.django_db
def test_an_event_with_a_head_in_hand_costs_one_round_trip(django_assert_num_queries: Any) -> None:
    stream = opened()
    head = ledger.lock([stream])[stream]
    with django_assert_num_queries(1):
        event = said(stream, head=head, private={"a": 1, "b": "二"})
    with django_assert_num_queries(1):
        said(stream, head=event.head)
    with django_assert_num_queries(2):
        said(stream)


@pytest.mark.django_db
def test_a_head_that_has_moved_is_refused_and_nothing_is_written() -> None:
    stream = opened()
    head = ledger.lock([stream])[stream]
    said(stream, head=head)
    with pytest.raises(Stale):
        said(stream, head=head)
    assert [e.seq for e in ledger.events(stream)] == [1]


@pytest.mark.django_db
def test_streams_are_locked_in_one_order_and_missing_ones_are_named() -> None:
    streams = [opened(), opened()]
    assert list(ledger.lock(reversed(streams))) == sorted(streams)
    with pytest.raises(NotFound):
        ledger.lock([*streams, uuid4()])


FORBIDDEN = [
    "UPDATE ledger_event SET body = '{}'",
    "DELETE FROM ledger_event",
    "TRUNCATE ledger_event CASCADE",
    "UPDATE ledger_private SET content = '{}'",
    "DELETE FROM ledger_private",
    "TRUNCATE ledger_private",
    "UPDATE ledger_stream SET kind = 'other'",
    "UPDATE ledger_stream SET head_seq = head_seq - 1",
    "UPDATE ledger_stream SET head_seq = head_seq + 2",
    "UPDATE ledger_stream SET head_seq = head_seq + 1",
    "UPDATE ledger_stream SET head_hash = 'x'",
    "DELETE FROM ledger_stream",
    "TRUNCATE ledger_stream CASCADE",
    "UPDATE ledger_root SET statement = ''",
    "UPDATE ledger_root SET timestamp_token = NULL",
    "DELETE FROM ledger_root",
    "UPDATE demo_mark SET marked_at = now()",
    "DELETE FROM demo_mark",
    "UPDATE ledger_epoch SET number = 2",
    "UPDATE vault_object SET sha256 = ''",
    "DELETE FROM vault_object",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_what_was_written_stays(statement: str) -> None:
    _rows_of_every_kept_table()
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


def test_what_was_written_stays_for_the_tables_owner_too(fresh_database: str) -> None:
    _rows_of_every_kept_table()
    with postgres.connect(fresh_database, user="zhifa_owner") as owner:
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute(statement)


def _rows_of_every_kept_table() -> None:
    said(opened(), private={"a": 1})
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO demo_mark VALUES (1, now())")
        cursor.execute(
            "INSERT INTO ledger_root VALUES (1, '2026-03-02', '{}', 'h', 's', 'c', 'token')"
        )
        cursor.execute("INSERT INTO vault_object VALUES ('k', 'a', 'internal', 'd', 1, 'w', now())")


@pytest.mark.django_db
def test_an_event_that_does_not_follow_is_refused_by_the_database() -> None:
    stream = opened()
    event = said(stream)
    copied = (
        "INSERT INTO ledger_event (id, stream_id, seq, kind, version, body, act_id, duty,"
        " agency_code, occurred_at, recorded_at, algorithm, prev, hash)"
        " SELECT %s, stream_id, %s, kind, version, body, act_id, duty, agency_code, occurred_at,"
        " recorded_at, algorithm, %s, %s FROM ledger_event WHERE id = %s"
    )
    for seq, prev in ((2, event.prev), (2, event.hash), (3, event.hash)):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(copied, [uuid4(), seq, prev, "h", event.id])


def test_statistics_read_events_and_no_private_part(fresh_database: str) -> None:
    said(opened(), private={"name": "张某某"})
    with postgres.connect(fresh_database, user="zhifa_read") as read:
        assert read.execute("SELECT count(*) FROM zhifa.ledger_event").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            read.execute("SELECT content FROM zhifa.ledger_private")
    portal = postgres.connect(fresh_database, user="zhifa_portal")
    with portal, pytest.raises(psycopg.Error):
        portal.execute("SELECT * FROM zhifa.ledger_event")


@pytest.mark.django_db
def test_what_is_written_in_bulk_verifies_and_goes_on_as_usual() -> None:
    def event(number: int) -> bulk.BulkEvent:
        return bulk.BulkEvent(
            kind="case_filed",
            body={"n": number},
            occurred_at=date(2026, 3, 2),
            act_id=uuid4(),
            private={"narrative": f"第{number}件"},
        )

    streams = [
        bulk.BulkStream(
            id=uuid4(),
            kind="matter",
            agency_code="511800-scjg",
            region_code="511800",
            events=[event(n) for n in range(size)],
        )
        for size in (1, 3, 0)
    ]
    assert bulk.write(streams) == 4
    said(streams[1].id)
    assert [e.private.get("narrative") for e in ledger.events(streams[1].id)] == [
        "第0件",
        "第1件",
        "第2件",
        None,
    ]
    found = ledger.verify()
    assert (found.faults, found.events, found.private_parts) == ([], 5, 4)
