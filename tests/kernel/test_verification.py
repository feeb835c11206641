"""What a superuser does to the ledger behind everybody's back is found and named."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.cast import ACTOR, opened, said
from zhifa.config import postgres
from zhifa.kernel import canonical, clock, ledger
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted
from zhifa.kernel.ledger import disposal, hashing, merkle, roots

Sql = Callable[..., None]


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Path) -> None:
    settings.KEY_DIR = tmp_path / "keys"


@pytest.fixture
def superuser(fresh_database: str) -> Sql:
    """Somebody who holds the database and switches its triggers off."""

    def does(statement: str, *parameters: Any) -> None:
        # Not connected before: while a strange session stands open, the ledger waits for whoever
        # runs anywhere in the cluster before it calls a transaction ended.
        with postgres.connect(fresh_database) as root:
            root.execute("SET session_replication_role = replica")
            root.execute("SET search_path = zhifa")
            assert root.execute(statement.encode(), parameters).rowcount > 0

    return does


def told(found: ledger.Verification) -> str:
    return "\n".join(str(fault) for fault in found.faults)


def filed() -> tuple[UUID, UUID]:
    """Two matters with private parts, a root over both, and one event after it."""
    one, two = opened(), opened()
    for stream in (one, two, one, two, one):
        said(stream, private={"narrative": f"张某某 {uuid4()}"})
    roots.daily(clock.today())
    said(one)
    return one, two


def test_an_untouched_ledger_verifies(fresh_database: str) -> None:
    filed()
    found = ledger.verify()
    assert found.ok, told(found)
    assert (found.streams, found.events, found.private_parts) == (2, 6, 5)
    assert (found.roots, found.uncovered) == (1, 1)
    call_command("ledger", "verify")


TAMPERED = [
    ("UPDATE ledger_event SET body = replace(body, '500000', '5000') WHERE stream_id=%s AND seq=2",
     "event 2: its content or its hash was changed"),
    ("UPDATE ledger_event SET occurred_at = '2026-03-09' WHERE stream_id=%s AND seq=2",
     "event 2: its content or its hash was changed"),
    ("UPDATE ledger_event SET recorded_at = recorded_at - interval '1 microsecond'"
     " WHERE stream_id=%s AND seq=2", "event 2: its content"),
    ("UPDATE ledger_event SET actor_id = NULL WHERE stream_id=%s AND seq=1",
     "event 1: its content"),
    ("UPDATE ledger_event SET duty = 'head' WHERE stream_id=%s AND seq=3", "event 3: its content"),
    ("UPDATE ledger_event SET algorithm = 'none' WHERE stream_id=%s AND seq=3",
     "event 3: cannot be hashed"),
    ("DELETE FROM ledger_event WHERE stream_id=%s AND seq=2", "events 2 to 2 are missing"),
    ("DELETE FROM ledger_event WHERE stream_id=%s AND seq=4", "its head says event 4"),
    ("UPDATE ledger_event SET seq = CASE seq WHEN 1 THEN 11 ELSE 12 END"
     " WHERE stream_id=%s AND seq < 3", "events 1 to 2 are missing"),
    ("UPDATE ledger_stream SET kind = 'other' WHERE id=%s", "the stream's own description"),
    ("UPDATE ledger_stream SET agency_code = 'x' WHERE id=%s", "the stream's own description"),
    ("UPDATE ledger_stream SET head_seq = 9 WHERE id=%s", "its head says event 9"),
    ("DELETE FROM ledger_stream WHERE id=%s", "is missing"),
    ("UPDATE ledger_private SET content = '\"李某某\"' WHERE event_id ="
     " (SELECT id FROM ledger_event WHERE stream_id=%s AND seq=2)", "content or salt was changed"),
    ("UPDATE ledger_private SET salt = 'x' WHERE event_id ="
     " (SELECT id FROM ledger_event WHERE stream_id=%s AND seq=2)", "content or salt was changed"),
    ("DELETE FROM ledger_private WHERE event_id ="
     " (SELECT id FROM ledger_event WHERE stream_id=%s AND seq=2)", "no disposal was ordered"),
    ("INSERT INTO ledger_private (event_id, name, salt, content)"
     " SELECT id, 'more', 's', '1' FROM ledger_event WHERE stream_id=%s AND seq=4", "was added"),
    ("INSERT INTO ledger_private (event_id, name, salt, content) SELECT"
     " gen_random_uuid(), 'stray', 's', '1' WHERE %s::uuid IS NOT NULL", "is missing"),
    ("UPDATE ledger_root SET statement = replace(statement, '\"streams\":2', '\"streams\":1')"
     " WHERE %s::uuid IS NOT NULL", "its statement was changed"),
    ("UPDATE ledger_root SET day = day - 1 WHERE %s::uuid IS NOT NULL", "number or day"),
    ("UPDATE ledger_root SET signature = '00' WHERE %s::uuid IS NOT NULL", "signature"),
]  # fmt: skip


def test_tampering_is_found_and_named(fresh_database: str) -> None:
    one, two = filed()
    connection.close()
    settings = connection.settings_dict
    settings["USER"], app = postgres.SUPERUSER, settings["USER"]
    try:
        for statement, named in TAMPERED:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute("SET LOCAL search_path = zhifa")
                cursor.execute(statement, [one])
                assert cursor.rowcount > 0, statement
                found = told(ledger.verify())
                assert named in found, statement
                assert str(two) not in found, statement
                transaction.set_rollback(True)
    finally:
        connection.close()
        settings["USER"] = app
    assert ledger.verify().ok


def test_an_event_put_in_with_a_perfect_chain_is_found_by_the_root(superuser: Sql) -> None:
    one, _ = filed()
    _rewrite_from(superuser, one, seq=2)
    found = ledger.verify()
    assert [fault.where.split()[0] for fault in found.faults] == ["root"]
    assert "changed, removed or added" in told(found)
    assert ledger.verify([one]).ok  # the chain alone cannot tell


def test_a_ledger_that_is_rewritten_and_signed_anew_is_found_by_a_root_kept_elsewhere(
    superuser: Sql,
) -> None:
    one, _ = filed()
    printed = roots.daily(clock.today()).hash
    assert ledger.verify(known_roots=[printed]).ok
    _rewrite_from(superuser, one, seq=2)
    superuser("DELETE FROM ledger_root")
    roots.daily(clock.today())
    assert ledger.verify().ok
    assert f"root {printed}: was published elsewhere" in told(ledger.verify(known_roots=[printed]))
    with pytest.raises(SystemExit):
        call_command("ledger", "verify", "--root", printed)


def test_a_stream_that_vanished_whole_is_found_by_the_root(superuser: Sql) -> None:
    _, two = filed()
    for table, column in (("ledger_event", "stream_id"), ("ledger_stream", "id")):
        if table == "ledger_event":
            superuser(
                "DELETE FROM ledger_private USING ledger_event e"
                " WHERE e.id = event_id AND e.stream_id=%s", two,
            )  # fmt: skip
        superuser(f"DELETE FROM {table} WHERE {column}=%s", two)
    assert "root 1" in told(ledger.verify())


def test_a_root_that_vanished_is_found_by_the_next(superuser: Sql) -> None:
    filed()
    with clock.frozen(clock.now() + timedelta(days=1)):
        roots.daily(clock.today())
    assert ledger.verify().roots == 2
    superuser("DELETE FROM ledger_root WHERE number = 1")
    assert "does not follow root 0" in told(ledger.verify())


def _rewrite_from(superuser: Sql, stream: UUID, *, seq: int) -> None:
    """Change an event and recompute every hash after it, as somebody would who knows how."""
    prev = ""
    for event in ledger.events(stream):
        body = event.body.replace("500000", "5000") if event.seq == seq else event.body
        described = hashing.envelope(
            id=event.id, stream_id=stream, seq=event.seq, kind=event.kind, version=event.version,
            body=body, act_id=event.act_id, actor_id=event.actor_id, duty=event.duty,
            agency_code=event.agency_code, occurred_at=event.occurred_at,
            recorded_at=event.recorded_at, algorithm=event.algorithm,
            prev=prev if event.seq > seq else event.prev,
        )  # fmt: skip
        prev = hashing.event_hash(described)
        superuser(
            "UPDATE ledger_event SET body=%s, prev=%s, hash=%s WHERE id=%s",
            body, described["prev"], prev, event.id,
        )  # fmt: skip
    superuser("UPDATE ledger_stream SET head_hash=%s WHERE id=%s", prev, stream)


# --- disposal ------------------------------------------------------------------------------------


def disposed(event: ledger.StoredEvent, stream: UUID, **changes: Any) -> ledger.StoredEvent:
    order: dict[str, Any] = {
        "event_id": event.id, "name": "narrative", "stream_id": stream, "ordered_by": UUID(int=1),
        "executed_by": ACTOR, "reason": "保管期限届满", "act_id": uuid4(), "duty": "archive",
        "agency_code": "511800-scjg", "occurred_at": date(2026, 3, 9),
    }  # fmt: skip
    return disposal.dispose(**{**order, **changes})


def test_an_ordered_disposal_leaves_a_tombstone_and_every_chain_verifies(superuser: Sql) -> None:
    stream, register = opened(), opened()
    event = said(stream, private={"narrative": "张某某", "other": 1})
    with pytest.raises(NotPermitted):
        disposed(event, register, executed_by=UUID(int=1))
    assert len(ledger.events(register)) == 0
    disposed(event, register)
    assert dict(ledger.event(event.id).private) == {"other": 1}
    found = ledger.verify()
    assert found.ok, told(found)
    assert found.disposed == 1
    with pytest.raises(NotFound):
        disposed(event, register)
    # a tombstone that somebody made himself names no event that ordered it
    superuser("UPDATE ledger_disposal SET recorded_in_id = %s", event.id)
    assert "names no event that ordered it" in told(ledger.verify())


def test_the_app_cannot_remove_a_private_part_without_a_tombstone(fresh_database: str) -> None:
    event = said(opened(), private={"narrative": "张某某"})
    with (
        postgres.connect(fresh_database, user="zhifa_app") as app,
        pytest.raises(psycopg.errors.RestrictViolation),
    ):
        app.execute("SELECT zhifa.ledger_dispose(%s, 'narrative')", [event.id])


# --- roots ---------------------------------------------------------------------------------------


def test_a_day_has_one_root_and_none_before_it_is_there(fresh_database: str) -> None:
    said(opened())
    today = clock.today()
    first = roots.daily(today)
    assert roots.daily(today).number == first.number == 1
    with pytest.raises(BadInput):
        roots.daily(today + timedelta(days=1))
    with pytest.raises(BadInput):
        roots.daily(today - timedelta(days=1))


def test_a_root_covers_nothing_that_may_still_be_rolled_back(fresh_database: str) -> None:
    said(opened())
    root = roots.make(clock.today(), timestamper=lambda digest: b"token" + digest)
    assert (roots.said(root)["streams"], roots.said(root)["events"]) == (1, 1)
    assert bytes(root.timestamp_token or b"")[5:].hex() == root.hash
    said(opened())
    assert ledger.verify().ok


def test_a_stream_is_proved_to_be_in_a_root(fresh_database: str) -> None:
    streams = [opened() for _ in range(7)]
    for stream in streams:
        said(stream)
    root = roots.daily(clock.today())
    for stream in streams:
        proof = roots.prove(stream, root)
        leaf = hashing.leaf(stream_id=stream, seq=proof.seq, head_hash=proof.hash)
        assert merkle.climb(leaf, proof.index, proof.size, proof.path) == roots.said(root)["tree"]
    late = opened()
    said(late)
    with pytest.raises(NotFound):
        roots.prove(late, root)


@given(st.integers(1, 70), st.data())
def test_every_leaf_climbs_to_the_root_and_no_other_leaf_does(size: int, data: Any) -> None:
    leaves = [canonical.digest("t", i.to_bytes(2, "big")) for i in range(size)]
    index = data.draw(st.integers(0, size - 1))
    top, path = merkle.root(leaves), merkle.path(leaves, index)
    assert merkle.climb(leaves[index], index, size, path) == top
    assert merkle.climb(canonical.digest("t", b"other"), index, size, path) != top
    for wrong in ([*path, leaves[0]], path[:-1] if path else [leaves[0]]):
        with pytest.raises(ValueError, match="too"):
            merkle.climb(leaves[index], index, size, wrong)


@pytest.mark.django_db
def test_sm3_stands_beside_sha256_where_it_is_configured(settings: Any) -> None:
    stream = opened()
    said(stream)
    settings.LEDGER_ALGORITHM = "sha256+sm3"
    event = said(stream)
    assert [len(part) for part in event.hash.split("+")] == [64, 64]
    settings.LEDGER_ALGORITHM = "sha256"
    said(stream)
    assert ledger.verify([stream]).ok
    settings.LEDGER_ALGORITHM = "md5"
    with pytest.raises(ValueError, match="md5"):
        said(stream)


@pytest.mark.django_db
def test_the_command_tells_machines_in_json(capsys: Any) -> None:
    said(opened())
    call_command("ledger", "root", "--json")
    assert json.loads(capsys.readouterr().out)["events"] == 1
    call_command("ledger", "verify", "--json")
    assert json.loads(capsys.readouterr().out)["ok"] is True
