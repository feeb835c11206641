"""Histories told in bulk: terms, to-do items and the matter's row, computed from the steps alone.

Pure but for the definitions: what `perform` would have written beside each event is folded here, so
that a history that comes from elsewhere stands in the lists as if it had been lived.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhifa.kernel import clock
from zhifa.kernel.ledger.bulk import BulkEvent, BulkStream
from zhifa.law import facts as fact_codec
from zhifa.law.calendar import WorkCalendar
from zhifa.law.procedure import Procedure, Step
from zhifa.law.standing import Done, Output, Standing
from zhifa.law.team import handlers
from zhifa.procedure import definitions, spine, waiting
from zhifa.procedure.acting import request_digest
from zhifa.procedure.folding import GENESIS
from zhifa.procedure.models import Matter

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is to be: its kind says the step, `data` its body without commitments."""

    id: UUID
    kind: str
    version: int
    data: Row
    act_id: UUID
    actor_id: UUID | None
    duty: str
    on: date
    recorded_at: datetime
    private: Row


@dataclass(frozen=True, slots=True)
class Past:
    """A history as rows: the stream to chain, and what the lists hold of its matter."""

    stream: BulkStream
    matter: Row
    terms: tuple[Row, ...]
    todo: tuple[Row, ...]
    standing: Standing


def tell(
    matter: Row, told: Sequence[Told], calendar: WorkCalendar, outer: Standing | None = None
) -> Past:
    """Fold a history. `matter` is its row, whose head, phase and handlers are computed anew;
    `outer` where the matter stands that it belongs to."""
    procedure = definitions.get(matter["procedure"])
    s = procedure.empty()
    events = []
    for seq, event in enumerate(told, 1):
        data = dict(event.data)
        data.pop("commitments", None)
        if event.kind != GENESIS:
            done = _done(procedure, event, seq)
            after = procedure.fold(s, done, calendar)
            data["request"] = request_digest(done.step, UUID(done.actor), event.on, done.facts)
            data.pop("terms", None)
            if changed := spine.changed_terms(s, after):
                data["terms"] = spine.said(changed)
            s = after
        events.append(
            BulkEvent(
                event.kind,
                data,
                event.on,
                event.act_id,
                event.version,
                event.actor_id,
                event.duty,
                event.private,
                event.recorded_at,
                event.id,
            )
        )
    row = _matter(matter, procedure, s, len(told))
    stream = BulkStream(
        UUID(row["id"]), "matter", row["agency_code"], row["region_code"], tuple(events)
    )
    return Past(stream, row, _terms(row, s), _todo(row, procedure, s, outer), s)


def _done(procedure: Procedure, event: Told, seq: int) -> Done:
    step = procedure.steps[event.data["step"]]
    return Done(
        step=step.code,
        on=event.on,
        facts=fact_codec.restore(step.facts, event.data["facts"], event.private),
        actor=str(event.actor_id),
        duty=event.duty,
        seq=seq,
        outputs=tuple(Output(**o) for o in event.data.get("outputs", ())),
        actor_name=event.data.get("by", ""),
        act_id=str(event.act_id),
        recorded_on=clock.legal_date(event.recorded_at),
        reason=event.data.get("late", ""),
    )


def _matter(row: Row, procedure: Procedure, s: Standing, seq: int) -> Row:
    waits = procedure.next(s)
    stub = Matter(procedure=procedure.code)
    return {
        **row,
        "seq": seq,
        "last_on": s.history[-1].on.isoformat(),
        "phase": spine.phase(stub, s, waits),
        "closed": spine.is_closed(s, waits),
        "handlers": sorted(handlers(s)),
    }


def _terms(row: Row, s: Standing) -> tuple[Row, ...]:
    return tuple(
        {
            "matter_id": row["id"],
            "agency_code": row["agency_code"],
            "code": t.code,
            "key": t.key,
            "start_on": t.start.isoformat(),
            "raw_due_on": t.due.raw_due.isoformat(),
            "due_on": t.due.due.isoformat(),
            "addressee": t.due.addressee.value,
            "provisional": t.due.provisional,
            "stopped_on": t.stopped_on.isoformat() if t.stopped_on else None,
            "started_seq": t.seq,
        }
        for t in s.terms
    )


def _todo(row: Row, procedure: Procedure, s: Standing, outer: Standing | None) -> tuple[Row, ...]:
    def beyond(step: Step) -> tuple[date, str] | None:
        running = [t for t in outer.terms if t.code == step.within and t.running] if outer else []
        if not running:
            return None
        first = min(running, key=lambda t: t.due.due)
        return first.due.due, first.code

    matter = Matter(
        id=UUID(row["id"]),
        agency_code=row["agency_code"],
        last_on=date.fromisoformat(row["last_on"]),
    )
    return tuple(
        {
            "matter_id": row["id"],
            "step": item.step,
            "title": item.title,
            "agency_code": item.agency_code,
            "duties": item.duties,
            "person_ids": item.person_ids,
            "due_on": item.due_on.isoformat() if item.due_on else None,
            "term": item.term,
            "since": row["last_on"],
        }
        for item in waiting.items(matter, procedure, s, beyond)
    )


def populate(table: str, rows: Sequence[Row]) -> tuple[str, list[str]]:
    """The statement that inserts rows as one JSON text, converted by the database itself."""
    columns = ", ".join(f'"{name}"' for name in rows[0])
    statement = (
        f"INSERT INTO {table} ({columns}) SELECT {columns}"
        f" FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    )
    return statement, [json.dumps(rows, ensure_ascii=False)]
