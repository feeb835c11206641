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


HOUSES = {"yc": (AGENCY, UNIT), "sy": ("511802-sthj", "enforcement")}
"""The agencies of the stories by the beginning of their people's sign-in names."""


@cache
def ids(house: str = "yc") -> dict[str, UUID]:
    """The person of each part, in a house; the supervision body's are the same everywhere."""
    names = {part: f"{house}-{name.partition('-')[2]}" for part, name in PARTS.items()} | BODY
    rows = dict(Person.objects.filter(username__in=names.values()).values_list("username", "id"))
    return {part: rows[name] for part, name in names.items()}


def who(part: str, house: str = "yc") -> UUID:
    """The person who has a part."""
    return ids(house)[part]
