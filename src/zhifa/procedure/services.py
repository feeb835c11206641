"""What other rooms call: the door itself, drafts, links, and the to-do projection's rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from zhifa.kernel import clock
from zhifa.procedure.acting import (
    Act,
    Move,
    OwedMissing,
    Repeated,
    Strand,
    Taken,
    once,
    open_matter,
    perform,
)
from zhifa.procedure.models import Draft, MatterLink
from zhifa.procedure.selectors import drafts

__all__ = [
    "Act",
    "Move",
    "OwedMissing",
    "Repeated",
    "Strand",
    "Taken",
    "drop_draft",
    "hand_drafts",
    "link_matters",
    "once",
    "open_matter",
    "perform",
    "save_draft",
]


def save_draft(*, person_id: UUID, matter_id: UUID | None, step: str, content: Any) -> None:
    """Keep what a person has filled in so far; the newest replaces the one before."""
    with transaction.atomic():
        drafts(person_id, matter_id, step).delete()
        Draft.objects.create(
            person_id=person_id,
            matter_id=matter_id,
            step=step,
            content=_storable(content),
            saved_at=clock.now(),
        )


def _storable(content: Any) -> Any:
    """Without the NUL characters that no form types and the database does not take."""
    if isinstance(content, str):
        return content.replace("\x00", "")
    if isinstance(content, list):
        return [_storable(item) for item in content]
    if isinstance(content, dict):
        return {_storable(key): _storable(item) for key, item in content.items()}
    return content


def hand_drafts(*, from_id: UUID, to_id: UUID, matter_ids: Collection[UUID]) -> int:
    """Give a person's drafts on matters to another, who keeps their own where there are some."""
    with transaction.atomic():
        rows = Draft.objects.select_for_update().filter(person_id=from_id, matter_id__in=matter_ids)
        own = set(
            Draft.objects.filter(person_id=to_id, matter_id__in=matter_ids).values_list(
                "matter_id", "step"
            )
        )
        handed = [row.pk for row in rows if (row.matter_id, row.step) not in own]
        return Draft.objects.filter(pk__in=handed).update(person_id=to_id)


def drop_draft(*, person_id: UUID, matter_id: UUID | None, step: str) -> None:
    """Throw a draft away."""
    drafts(person_id, matter_id, step).delete()


def link_matters(*, from_id: UUID, to_id: UUID, kind: str) -> None:
    """Say that one matter belongs to another; saying it twice changes nothing."""
    MatterLink.objects.get_or_create(from_matter_id=from_id, to_matter_id=to_id, kind=kind)
