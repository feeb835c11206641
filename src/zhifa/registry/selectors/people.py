"""The people of an agency: who holds what, who is away, who acts for whom, whose papers run out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from zhifa.accounts.models import Person
from zhifa.law.actor import Duty
from zhifa.law.standing import acting
from zhifa.registry.models import Absence, Certificate, Delegation, Membership, Post
from zhifa.registry.models.dated import holding

WARN_DAYS: Final = 60
"""So many days before its last day a certificate is shown as running out (a setting of the house,
not a figure of law)."""


@dataclass
class Member:
    """A person of an agency on a day."""

    person: Person
    posts: list[Post] = field(default_factory=list)
    certificate: Certificate | None = None
    absence: Absence | None = None
    acts_for: list[Delegation] = field(default_factory=list)

    @property
    def units(self) -> frozenset[str]:
        """The inner units in which the person holds a duty."""
        return frozenset(p.unit_code for p in self.posts)


def members(agency: str, on: date) -> list[Member]:
    """Everybody whose account the agency keeps or who holds a duty there on the day."""
    ids = set(Membership.objects.filter(organ_id=agency).values_list("person_id", flat=True))
    posts = list(holding(Post.objects.filter(organ_id=agency), on).order_by("unit_code", "duty"))
    ids |= {p.person_id for p in posts}
    found = {p.id: Member(p) for p in Person.objects.filter(id__in=ids).order_by("name", "id")}
    for post in posts:
        found[post.person_id].posts.append(post)
    for row in Certificate.objects.filter(person_id__in=ids).order_by("valid_until"):
        found[row.person_id].certificate = row
    for away in absences(agency, on).filter(valid_from__lte=on):
        if away.person_id in found:
            found[away.person_id].absence = away
    for given in delegations(agency, on).filter(valid_from__lte=on):
        if given.holder_id in found:
            found[given.holder_id].acts_for.append(given)
    return sorted(found.values(), key=lambda m: (not m.posts, sorted(m.units), m.person.name))


def in_unit(agency: str, unit: str, on: date) -> set[UUID]:
    """Who holds a duty in a unit on the day; in the whole agency where no unit is named."""
    rows = holding(Post.objects.filter(organ_id=agency, person__is_active=True), on)
    if unit:
        rows = rows.filter(unit_code=unit)
    return set(rows.values_list("person_id", flat=True))


def soon_over(row: Certificate | None, on: date) -> bool:
    """Whether a certificate that still holds runs out within the warning."""
    if row is None or row.valid_until is None or row.revoked_on is not None:
        return False
    return on <= row.valid_until <= on + timedelta(days=WARN_DAYS)


def belongs(person_id: UUID, agency: str) -> bool:
    """Whether the agency keeps the person's account, or the person ever held a duty there."""
    return (
        Membership.objects.filter(person_id=person_id, organ_id=agency).exists()
        or Post.objects.filter(person_id=person_id, organ_id=agency).exists()
    )


def acting_with(duty: Duty, agency: str, on: date) -> list[str]:
    """Who exercises the duty for another at the agency that day, as a page names them (代)."""
    rows = delegations(agency, on).filter(valid_from__lte=on, duties__contains=[duty.value])
    return [acting(row.holder.name, row.giver.name) for row in rows]


def delegations(agency: str, on: date) -> QuerySet[Delegation]:
    """Delegations at an agency that run on the day or later."""
    rows = Delegation.objects.filter(organ_id=agency, valid_until__gte=on)
    rows = rows.filter(Q(revoked_on=None) | Q(revoked_on__gt=on))
    return rows.select_related("giver", "holder").order_by("valid_from", "id")


def absences(agency: str, on: date) -> QuerySet[Absence]:
    """Absences at an agency that run on the day or later."""
    rows = Absence.objects.filter(organ_id=agency, valid_until__gte=on)
    rows = rows.filter(Q(called_off_on=None) | Q(called_off_on__gt=on))
    return rows.select_related("person", "deputy").order_by("valid_from", "id")


def running_out(on: date, *, people: list[UUID]) -> list[Certificate]:
    """The certificates of people that run out soon or ran out lately, those that hold alone."""
    rows = Certificate.objects.filter(person_id__in=people, revoked_on=None)
    newest: dict[UUID, Certificate] = {}
    for row in rows.select_related("person").order_by("valid_until"):
        newest[row.person_id] = row
    first, last = on - timedelta(days=WARN_DAYS), on + timedelta(days=WARN_DAYS)
    return [c for c in newest.values() if c.valid_until and first <= c.valid_until <= last]
