"""Locking and advancing matters; only `perform` calls what is written here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from zhifa.kernel import ids, ledger
from zhifa.kernel.errors import NotFound
from zhifa.kernel.ledger import hashing
from zhifa.kernel.statements import prepared
from zhifa.law.procedure import Procedure, Step
from zhifa.law.standing import Standing, TermRun
from zhifa.law.term import Addressee
from zhifa.procedure import definitions
from zhifa.procedure.folding import GENESIS
from zhifa.procedure.models import Matter

_LOCK = """
SELECT m.id, m.procedure, m.version, m.agency_code, m.region_code, m.unit_code, m.title,
    m.opened_on, m.last_on, m.seq, m.phase, m.closed, m.handlers, m.demo,
    s.head_seq, s.head_hash
FROM matter m JOIN ledger_stream s ON s.id = m.id
WHERE m.id = ANY(%s) ORDER BY m.id FOR UPDATE OF s"""


def lock(matter_ids: Iterable[UUID]) -> dict[UUID, tuple[Matter, ledger.Head]]:
    """Lock matters in ascending id until the transaction ends, one query; raises `NotFound`."""
    wanted = sorted(set(matter_ids))
    found: dict[UUID, tuple[Matter, ledger.Head]] = {}
    fields = [f.attname for f in Matter._meta.concrete_fields]
    with prepared() as cursor:
        cursor.execute(_LOCK, [wanted])
        for row in cursor.fetchall():
            matter = Matter.from_db("default", fields, _values(row[:-2]))
            found[matter.id] = (matter, ledger.Head(row[-2], row[-1]))
    if len(found) != len(wanted):
        raise NotFound("没有找到这件事项。", code="no-such-matter")
    return found


def alone(act_id: UUID) -> None:
    """Let a second click on an act that opens a matter wait for the first, and then see it."""
    with prepared() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(act_id)])


def _values(row: Sequence[object]) -> list[object]:
    values = list(row)
    at = [f.attname for f in Matter._meta.concrete_fields].index("handlers")
    if isinstance(values[at], str):
        values[at] = json.loads(str(values[at]))
    return values


def begin(
    procedure: Procedure,
    *,
    agency: str,
    region: str,
    unit: str,
    title: str,
    on: date,
    act_id: UUID,
    by: UUID,
) -> tuple[Matter, ledger.Head]:
    """A new matter, its stream, and the genesis event that binds the three together."""
    matter_id = ids.uuid7()
    ledger.open_stream(kind="matter", agency_code=agency, region_code=region, stream_id=matter_id)
    seed = hashing.stream_seed(
        stream_id=matter_id, kind="matter", agency_code=agency, region_code=region
    )
    event = ledger.append(
        stream_id=matter_id,
        kind=GENESIS,
        version=1,
        body={
            "matter": str(matter_id),
            "procedure": procedure.code,
            "procedure_version": procedure.version,
            "agency": agency,
            "region": region,
        },
        act_id=act_id,
        actor_id=by,
        duty="",
        agency_code=agency,
        occurred_at=on,
        head=ledger.Head(0, seed),
    )
    matter = Matter(
        id=matter_id,
        procedure=procedure.code,
        version=procedure.version,
        agency_code=agency,
        region_code=region,
        unit_code=unit,
        title=title,
        opened_on=on,
        last_on=on,
        seq=event.seq,
        phase=procedure.steps[procedure.first].phase.value,
    )
    _insert(matter)
    return matter, event.head


_COLUMNS = tuple(f for f in Matter._meta.concrete_fields if f.attname != "demo")
_INSERT = (
    f"INSERT INTO matter ({', '.join(str(f.column) for f in _COLUMNS)}, demo)"
    f" VALUES ({', '.join(['%s'] * len(_COLUMNS))}, EXISTS (SELECT FROM demo_mark)) RETURNING demo"
)


def _insert(matter: Matter) -> None:
    """The matter's row, marked where the database is; one round trip."""
    values = [f.get_db_prep_save(getattr(matter, f.attname), connection) for f in _COLUMNS]
    with prepared() as cursor:
        cursor.execute(_INSERT, values)
        row = cursor.fetchone()
    assert row is not None
    matter.demo = row[0]
    matter._state.adding, matter._state.db = False, connection.alias


def changed_terms(before: Standing, after: Standing) -> tuple[TermRun, ...]:
    """The term runs that an act started, stopped or moved; one whose beginning was struck out is
    stopped."""
    known = set(before.terms)
    changed = tuple(t for t in after.terms if t not in known)
    left = {(t.code, t.key, t.seq) for t in after.terms}
    gone = tuple(
        replace(t, stopped_on=after.last_day)
        for t in before.terms
        if t.running and (t.code, t.key, t.seq) not in left
    )
    return (*changed, *gone)


def said(terms: Sequence[TermRun]) -> list[dict[str, Any]]:
    """Term runs as an event records them."""
    return [
        {
            "code": t.code,
            "key": t.key,
            "start": t.start.isoformat(),
            "raw_due": t.due.raw_due.isoformat(),
            "due": t.due.due.isoformat(),
            "calendar": t.due.calendar,
            "stopped": t.stopped_on.isoformat() if t.stopped_on else None,
        }
        for t in terms
    ]


@dataclass(frozen=True, slots=True)
class Drafted:
    """Whose draft of which step goes with the act."""

    person_id: UUID
    step: str


# What lists need to know, the terms that moved and the draft that is done with, in the statement
# that writes the event.
_ADVANCE = """, matter_moved AS (
    UPDATE matter SET seq = %(m_seq)s, last_on = %(m_on)s, phase = %(m_phase)s,
        closed = %(m_closed)s, handlers = %(m_handlers)s::jsonb, title = %(m_title)s
    WHERE id = %(m_id)s
)"""
_DROP = """, draft_dropped AS (
    DELETE FROM draft
    WHERE person_id = %(m_person)s AND matter_id = %(m_id)s AND step = %(m_step)s
)"""
_RUN = """, term_run AS (
    INSERT INTO running_term (
        matter_id, agency_code, code, key, start_on, raw_due_on, due_on, addressee, provisional,
        stopped_on, started_seq)
    SELECT %(m_id)s, %(m_agency)s, t.* FROM unnest(
        %(m_codes)s::text[], %(m_keys)s::text[], %(m_starts)s::date[], %(m_raws)s::date[],
        %(m_dues)s::date[], %(m_addressees)s::text[], %(m_provisionals)s::bool[],
        %(m_stops)s::date[], %(m_seqs)s::int[]) AS t
    ON CONFLICT (matter_id, code, key, started_seq) DO UPDATE
    SET raw_due_on = EXCLUDED.raw_due_on, due_on = EXCLUDED.due_on,
        provisional = EXCLUDED.provisional, stopped_on = EXCLUDED.stopped_on
)"""


def advance(
    matter: Matter,
    before: Standing,
    after: Standing,
    seq: int,
    on: date,
    handlers: frozenset[str],
    drafted: Drafted | None = None,
) -> ledger.Beside:
    """What lists need to know of the matter after an act, to be written with its event."""
    matter.seq, matter.last_on = seq, on
    waiting = definitions.get(matter.procedure).next(after)
    matter.phase = phase(matter, after, waiting)
    matter.handlers = sorted(handlers)
    matter.closed = is_closed(after, waiting)
    values: dict[str, Any] = {
        "m_id": matter.id,
        "m_seq": seq,
        "m_on": on,
        "m_phase": matter.phase,
        "m_closed": matter.closed,
        "m_handlers": json.dumps(matter.handlers),
        "m_title": matter.title,
    }
    statements = _ADVANCE
    if drafted is not None:
        statements += _DROP
        values |= {"m_person": drafted.person_id, "m_step": drafted.step}
    if changed := changed_terms(before, after):
        statements += _RUN
        values |= {
            "m_agency": matter.agency_code,
            "m_codes": [t.code for t in changed],
            "m_keys": [t.key for t in changed],
            "m_starts": [t.start for t in changed],
            "m_raws": [t.due.raw_due for t in changed],
            "m_dues": [t.due.due for t in changed],
            "m_addressees": [t.due.addressee.value for t in changed],
            "m_provisionals": [t.due.provisional for t in changed],
            "m_stops": [t.stopped_on for t in changed],
            "m_seqs": [t.seq for t in changed],
        }
    return ledger.Beside(statements, values)


def phase(matter: Matter, s: Standing, waiting: Sequence[Step]) -> str:
    """The first station that the matter waits in, else the one of its last step."""
    if waiting:
        return waiting[0].phase.value
    return definitions.get(matter.procedure).steps[s.history[-1].step].phase.value


def is_closed(s: Standing, waiting: Sequence[Step]) -> bool:
    """Whether the matter waits for nothing and owes nothing any more."""
    if s.obligations or waiting:
        return False
    return not any(t.running and t.due.addressee is Addressee.AGENCY for t in s.terms)
