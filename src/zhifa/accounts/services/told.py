"""The account log: one insert-only line for each thing that happens to an account."""

from __future__ import annotations

from uuid import UUID

from zhifa.accounts.models import Person, SecurityEvent
from zhifa.kernel import clock


def told(
    person: Person,
    kind: SecurityEvent.Kind,
    *,
    by: UUID | None = None,
    address: str | None = None,
    note: str = "",
) -> None:
    """Write one line. ``by`` only where somebody else did it; ``address`` is the client's."""
    SecurityEvent.objects.create(
        person=person, kind=kind, at=clock.now(), by_id=by, address=address, note=note[:120]
    )
