"""Folding a stream into the standing of its matter, remembering what was folded before.

A stream never changes below its head, so what was folded up to a hash stays true of that hash. The
memory is per process, bounded, and only ever read under the head that the database gave.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.kernel import clock, ledger
from zhifa.kernel.ledger import StoredEvent
from zhifa.law import facts as fact_codec
from zhifa.law.calendar import WorkCalendar
from zhifa.law.procedure import Procedure
from zhifa.law.standing import Done, Output, Standing

GENESIS = "genesis"
KEEP = 2000

_memory: OrderedDict[tuple[UUID, str], tuple[str, int, Standing]] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Folded:
    """A standing with the number of the event that it was folded up to."""

    standing: Standing
    seq: int


def done(procedure: Procedure, event: StoredEvent) -> Done:
    """A step as its event records it."""
    data: dict[str, Any] = event.data
    step = procedure.steps[data["step"]]
    return Done(
        step=step.code,
        on=date.fromisoformat(data["on"]),
        facts=fact_codec.restore(step.facts, data["facts"], event.private),
        actor=str(event.actor_id) if event.actor_id else "",
        duty=event.duty,
        seq=event.seq,
        outputs=tuple(Output(**o) for o in data.get("outputs", ())),
        actor_name=data.get("by", ""),
        act_id=str(event.act_id),
        recorded_on=clock.legal_date(event.recorded_at),
        reason=data.get("late", ""),
        acting_for=data.get("acting", {}).get("name", ""),
    )


def fold(
    procedure: Procedure,
    events: Iterable[StoredEvent],
    calendar: WorkCalendar,
    standing: Standing | None = None,
) -> Standing:
    """Fold events onto a standing; the genesis event only begins it."""
    s = standing if standing is not None else procedure.empty()
    for event in events:
        if event.kind != GENESIS:
            s = procedure.fold(s, done(procedure, event), calendar)
    return s


def at_head(
    procedure: Procedure, stream_id: UUID, head_seq: int, head_hash: str, calendar: WorkCalendar
) -> Folded:
    """The standing at a head that the database gave: one query for what is new, none if nothing."""
    key = (stream_id, calendar.version)
    with _lock:
        known = _memory.get(key)
    if known is not None and known[0] == head_hash:
        return Folded(known[2], head_seq)
    before: Standing | None = None
    fresh: list[StoredEvent] = []
    if known is not None and known[1] < head_seq:
        before, fresh = known[2], ledger.events(stream_id, after=known[1])
        if not fresh or fresh[0].prev != known[0]:
            before = None  # what was remembered was rolled back: it is not this stream's past
    if before is None:
        fresh = ledger.events(stream_id)
    s = fold(procedure, (e for e in fresh if e.seq <= head_seq), calendar, before)
    remember(stream_id, calendar, head_seq, head_hash, s)
    return Folded(s, head_seq)


def remember(
    stream_id: UUID, calendar: WorkCalendar, seq: int, head_hash: str, standing: Standing
) -> None:
    """Keep a standing of a committed head."""
    with _lock:
        key = (stream_id, calendar.version)
        _memory[key] = (head_hash, seq, standing)
        _memory.move_to_end(key)
        while len(_memory) > KEEP:
            _memory.popitem(last=False)


def forget() -> None:
    """Drop the memory (tests of the cold path, tamper drills)."""
    with _lock:
        _memory.clear()
