"""Changing a register: one stream for each register and agency, locked while it changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhifa.accounts.models import Organ
from zhifa.kernel import ledger
from zhifa.kernel.errors import NotFound
from zhifa.kernel.ids import uuid7
from zhifa.registry.events import RegisterEvent
from zhifa.registry.models import RegisterStream

KIND = "register"


class Change:
    """An open change: events are appended to the register's stream, whose lock it holds."""

    def __init__(self, stream: UUID, head: ledger.Head, agency: str, by: UUID | None, act: UUID):
        self._stream, self._head, self._agency = stream, head, agency
        self._by, self.act_id = by, act

    def append(
        self, event: RegisterEvent, *, on: date | datetime, private: Mapping[str, Any] | None = None
    ) -> ledger.StoredEvent:
        """Record that it happened on that day."""
        stored = ledger.append(
            stream_id=self._stream,
            kind=event.kind,
            version=event.version,
            body={f.name: getattr(event, f.name) for f in dataclasses.fields(event)},
            act_id=self.act_id,
            actor_id=self._by,
            duty="",
            agency_code=self._agency,
            occurred_at=on,
            private=private or {},
            head=self._head,
        )
        self._head = stored.head
        return stored


@contextmanager
def changing(
    register: str, *, agency: str, by: UUID | None, act_id: UUID | None = None, kind: str = KIND
) -> Iterator[Change]:
    """Change a register in one transaction. Two changes of the same register wait for each other.

    ``by`` is None only where the installation itself loads its seed.
    """
    with transaction.atomic():
        stream = _stream(register, agency, kind)
        head = ledger.lock([stream])[stream]
        yield Change(stream, head, agency, by, act_id or uuid7())


def _stream(register: str, agency: str, kind: str) -> UUID:
    known = RegisterStream.objects.filter(register=register, agency_code=agency).first()
    if known is not None:
        return known.stream_id
    organ = Organ.objects.filter(code=agency).first()
    if organ is None:
        raise NotFound(f"没有代码为“{agency}”的机关。", code="no-such-agency")
    with connection.cursor() as cursor:  # the first of several who come at once opens the stream
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{register}/{agency}"])
    known = RegisterStream.objects.filter(register=register, agency_code=agency).first()
    if known is None:
        known = RegisterStream.objects.create(
            register=register,
            agency_code=agency,
            stream_id=ledger.open_stream(
                kind=kind, agency_code=agency, region_code=organ.region_code
            ),
        )
    return known.stream_id
