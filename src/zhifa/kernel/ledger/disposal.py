"""Ordered deletion of a private part: two people, a tombstone, an event; the chain still holds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from zhifa.kernel.errors import NotFound, NotPermitted
from zhifa.kernel.ledger.store import StoredEvent, append
from zhifa.kernel.models import LedgerDisposal, LedgerPrivate

KIND: Final = "ledger/private-disposed"


def dispose(
    *,
    event_id: UUID,
    name: str,
    stream_id: UUID,
    ordered_by: UUID,
    executed_by: UUID,
    reason: str,
    act_id: UUID,
    duty: str,
    agency_code: str,
    occurred_at: date | datetime,
) -> StoredEvent:
    """Remove one private part of one event with its salt, and record that in ``stream_id``.

    Without the salt the commitment that stays in the event tells nothing, not even to a guess.
    """
    if ordered_by == executed_by:
        raise NotPermitted("删除须由两人办理：决定的人和执行的人不能是同一人。")
    if not LedgerPrivate.objects.filter(event_id=event_id, name=name).exists():
        raise NotFound("没有找到要删除的内容，或者已经删除。", code="no-private-part")
    with transaction.atomic():
        recorded = append(
            stream_id=stream_id,
            kind=KIND,
            version=1,
            body={"event": event_id, "name": name, "ordered_by": ordered_by},
            private={"reason": reason},
            act_id=act_id,
            actor_id=executed_by,
            duty=duty,
            agency_code=agency_code,
            occurred_at=occurred_at,
        )
        LedgerDisposal.objects.create(
            event_id=event_id,
            name=name,
            ordered_by=ordered_by,
            executed_by=executed_by,
            recorded_in_id=recorded.id,
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger_dispose(%s, %s)", [event_id, name])
    return recorded
