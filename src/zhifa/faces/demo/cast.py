"""Who plays: the fictitious people of the registers, by the part they have in the case."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from zhifa.accounts.models import Person

AGENCY = "511802-scjg"
UNIT = "enforcement"

PARTS = {
    "handler": "yc-officer1",
    "second": "yc-officer2",
    "handling_head": "yc-handling-head",
    "reviewer": "yc-legal-reviewer",
    "head": "yc-agency-head1",
    "deputy1": "yc-agency-head2",
    "deputy2": "yc-agency-head3",
    "seal_keeper": "yc-seal-keeper",
    "publisher": "yc-publisher",
    "publish_reviewer": "yc-publish-reviewer",
    "cashier": "yc-cashier",
    "property_keeper": "yc-property-keeper",
    "archivist": "yc-archivist",
}

BODY = {
    "supervisor": "sf-supervisor1",
    "body_head": "sf-agency-head",
    "body_seal_keeper": "sf-seal-keeper",
}
"""The parts of the supervision body."""


@cache
def ids() -> dict[str, UUID]:
    """The person of each part."""
    parts = PARTS | BODY
    rows = dict(Person.objects.filter(username__in=parts.values()).values_list("username", "id"))
    return {part: rows[name] for part, name in parts.items()}


def who(part: str) -> UUID:
    """The person who has a part."""
    return ids()[part]
