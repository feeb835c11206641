"""Who a person is on a day: posts, certificate, right to review. One query for any number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.kernel.errors import NotFound
from zhifa.kernel.statements import prepared
from zhifa.law.actor import Actor, Certificate, Duty, Post
from zhifa.registry.models import Certificate as CertificateRow
from zhifa.registry.models import OfficerCard, ReviewQualification
from zhifa.registry.models import Post as PostRow
from zhifa.registry.models.dated import holding

QUALIFICATION_ASKED_SINCE = date(2018, 1, 1)
"""Who had reviewed penalties before this day goes on without the qualification (行政处罚法 58)."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds a duty, as a list of choices shows them."""

    id: str
    name: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the public may know of an officer."""

    name: str
    number: str
    agency_code: str
    agency: str
    unit: str
    issuer: str
    fields: tuple[str, ...]
    valid_from: date
    valid_until: date
    revoked_on: date | None
    valid: bool

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        if self.valid:
            return "该执法证件有效。"
        if self.revoked_on is not None:
            return f"该执法证件已于{_day(self.revoked_on)}收回，持证人不得从事行政执法活动。"
        return f"该执法证件有效期至{_day(self.valid_until)}，现已不在有效期内。"


_ACTORS = """
SELECT p.id, p.name,
    (SELECT coalesce(json_agg(json_build_array(t.duty, t.agency_code, t.unit_code)
                              ORDER BY t.agency_code, t.duty, t.unit_code), '[]')
     FROM registry_post t
     WHERE t.person_id = p.id AND t.valid_from <= %(on)s
       AND (t.valid_until IS NULL OR t.valid_until >= %(on)s)),
    (SELECT coalesce(json_agg(json_build_array(t.duty, t.agency_code, t.unit_code, g.id, g.name,
                                               d.id, d.limit_fen)
                              ORDER BY t.agency_code, t.duty, t.unit_code, d.id), '[]')
     FROM registry_delegation d
     JOIN accounts_person g ON g.id = d.giver_id AND g.is_active
     JOIN registry_post t ON t.person_id = d.giver_id AND t.agency_code = d.agency_code
       AND t.duty = ANY(d.duties) AND t.valid_from <= %(on)s
       AND (t.valid_until IS NULL OR t.valid_until >= %(on)s)
     WHERE d.holder_id = p.id AND d.valid_from <= %(on)s AND d.valid_until >= %(on)s
       AND (d.revoked_on IS NULL OR d.revoked_on > %(on)s)),
    (SELECT coalesce(json_agg(json_build_array(t.duty, t.agency_code, t.unit_code, g.id, g.name)
                              ORDER BY g.name, g.id, t.duty), '[]')
     FROM registry_absence a
     JOIN accounts_person g ON g.id = a.person_id AND g.is_active
     JOIN registry_post t ON t.person_id = a.person_id AND t.agency_code = a.agency_code
       AND t.valid_from <= %(on)s AND (t.valid_until IS NULL OR t.valid_until >= %(on)s)
     WHERE a.deputy_id = p.id AND a.valid_from <= %(on)s AND a.valid_until >= %(on)s
       AND (a.called_off_on IS NULL OR a.called_off_on > %(on)s)),
    c.number, c.valid_from, c.valid_until, c.revoked_on, c.fields,
    q.obtained_on <= %(on)s OR q.first_reviewed_on < %(since)s
FROM accounts_person p
LEFT JOIN LATERAL (
    SELECT * FROM registry_certificate k
    WHERE k.person_id = p.id
    ORDER BY (k.valid_from <= %(on)s AND k.valid_until >= %(on)s
              AND (k.revoked_on IS NULL OR k.revoked_on > %(on)s)) DESC, k.valid_from DESC
    LIMIT 1) c ON true
LEFT JOIN registry_reviewqualification q ON q.person_id = p.id
WHERE p.id = ANY(%(ids)s) AND p.is_active
"""


def actors(ids: Iterable[UUID | str], on: date) -> dict[str, Actor]:
    """Those of the persons that exist and are active, as the law sees them that day. One query.

    Their posts are their own, and after those what others delegated to them for the day.
    """
    wanted = [UUID(str(i)) for i in dict.fromkeys(ids)]
    with prepared() as cursor:
        cursor.execute(_ACTORS, {"ids": wanted, "on": on, "since": QUALIFICATION_ASKED_SINCE})
        return {str(row[0]): _actor(*row) for row in cursor.fetchall()}


def actor(person_id: UUID | str, on: date) -> Actor:
    """The person as the law sees them that day. Raises ``NotFound``."""
    found = actors([person_id], on).get(str(person_id))
    if found is None:
        raise NotFound("没有找到这名人员。", code="no-such-person")
    return found


def _actor(
    id: UUID,
    name: str,
    posts: Any,
    delegated: Any,
    away: Any,
    number: str | None,
    valid_from: date,
    valid_until: date,
    revoked_on: date | None,
    fields: list[str],
    may_review: bool | None,
) -> Actor:
    certificate = (
        Certificate(number, valid_from, valid_until, revoked_on, frozenset(fields))
        if number
        else None
    )
    return Actor(
        str(id),
        name,
        (
            *(Post(Duty(duty), agency, unit) for duty, agency, unit in posts),
            *(Post(Duty(duty), *more) for duty, *more in delegated),
        ),
        certificate,
        bool(may_review),
        tuple(Post(Duty(duty), *more) for duty, *more in away),
    )


def certificates(ids: Iterable[UUID | str]) -> dict[str, tuple[Certificate, ...]]:
    """Every certificate that each of the persons was ever issued, oldest first. One query."""
    found: dict[str, tuple[Certificate, ...]] = {}
    rows = CertificateRow.objects.filter(person__in=[UUID(str(i)) for i in ids])
    for row in rows.order_by("valid_from", "id"):
        until = row.valid_until or date.max
        held = Certificate(row.number, row.valid_from, until, row.revoked_on, frozenset(row.fields))
        found[str(row.person_id)] = (*found.get(str(row.person_id), ()), held)
    return found


def people_with(duty: Duty | str, agency: str, on: date) -> list[Holder]:
    """Who holds the duty at the agency that day, in the order of their names."""
    rows = (
        holding(PostRow.objects.all(), on)
        .filter(duty=Duty(duty).value, organ_id=agency, person__is_active=True)
        .order_by("person__name", "person_id")
        .values_list("person_id", "person__name", "title", "unit_code")
    )
    found = {str(id): Holder(str(id), name, title, unit) for id, name, title, unit in rows}
    return list(found.values())


def title_of(person_id: UUID | str, agency: str, on: date) -> str:
    """A person's office (职务) at an agency, as a document names it; their duty where none."""
    row = (
        holding(PostRow.objects.all(), on)
        .filter(person_id=person_id, organ_id=agency)
        .order_by("title")
        .values_list("title", "duty")
        .last()
    )
    return (row[0] or Duty(row[1]).label) if row else ""


def review_qualification(person_id: UUID | str) -> str | None:
    """On what a person's right to review rests, as an opinion prints it; None where on nothing."""
    row = ReviewQualification.objects.filter(person_id=person_id).first()
    if row is None:
        return None
    if row.number:
        return f"法律职业资格证书{row.number}"
    assert row.first_reviewed_on is not None
    return f"{_day(row.first_reviewed_on)}起从事法制审核"


def officer_card(number: str, on: date, *, using: str = "default") -> Card | None:
    """The public card of a certificate; None where no such number was ever issued."""
    row = OfficerCard.objects.using(using).filter(number=number).first()
    return _card(row, on) if row else None


def officer_cards(
    on: date, *, agency: str = "", name: str = "", using: str = "default"
) -> list[Card]:
    """Public cards by agency or whole name."""
    rows = OfficerCard.objects.using(using).order_by("agency_code", "unit_name", "number")
    if agency:
        rows = rows.filter(agency_code=agency)
    if name:
        rows = rows.filter(name=name)
    return [_card(row, on) for row in rows]


def _card(row: OfficerCard, on: date) -> Card:
    held = Certificate(row.number, row.valid_from, row.valid_until, row.revoked_on)
    return Card(
        row.name,
        row.number,
        row.agency_code,
        row.agency_name,
        row.unit_name,
        row.issuer,
        tuple(row.fields),
        row.valid_from,
        row.valid_until,
        row.revoked_on,
        held.valid_on(on),
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
