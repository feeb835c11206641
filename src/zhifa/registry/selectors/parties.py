"""Who a party is on a day. What is private is masked; documents and stated purposes open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from zhifa.kernel import identifiers
from zhifa.kernel.errors import NotFound
from zhifa.law import catalogue
from zhifa.law.catalogue import Classification
from zhifa.registry import sealed
from zhifa.registry.models import (
    PartyClassification,
    PartyKind,
    PartyVersion,
    Subject,
    SubjectRule,
)

_PAPER_LABELS = {
    "resident_id": "居民身份证号码",
    "passport": "护照号码",
    "mainland_permit": "通行证号码",
    "foreign_permanent_old": "外国人永久居留证号码",
    "officer_card": "军官证号码",
}
_REPRESENTATIVES = {
    PartyKind.BUSINESS: "经营者",
    PartyKind.LEGAL_PERSON: "法定代表人",
    PartyKind.OTHER: "负责人",
}


@dataclass(frozen=True)
class PartyIdentity:
    """What is private of a party, in full."""

    paper: str
    phone: str
    address: str


@dataclass(frozen=True)
class PartyView:
    """A party on a day. Pages show the masked values; documents print the plain ones.

    ``name`` is the trade name of an individual business that has one.
    """

    id: UUID
    row: PartyVersion

    @property
    def kind(self) -> PartyKind:
        """What the party is; the value is the law room's code of the kind."""
        return PartyKind(self.row.party.kind)

    @property
    def kind_label(self) -> str:
        """自然人, 个体工商户, 法人, 其他组织."""
        return str(self.kind.label)

    @property
    def name(self) -> str:
        """The name that a document bears."""
        return self.row.name

    @property
    def representative(self) -> str:
        """The operator, legal representative or head; empty for a natural person."""
        return self.row.representative

    @property
    def representative_label(self) -> str:
        """经营者, 法定代表人 or 负责人; empty for a natural person."""
        return _REPRESENTATIVES.get(self.kind, "")

    @property
    def usc_code(self) -> str:
        """The unified social credit code, open to all."""
        return self.row.usc_code

    @property
    def licence_no(self) -> str:
        """The number of the licence for the trade, where it has one."""
        return self.row.licence_no

    @property
    def premises(self) -> str:
        """The place of business."""
        return self.row.premises

    @property
    def id_label(self) -> str:
        """What `id_number` is called on a document."""
        if self.usc_code and self.kind is not PartyKind.PERSON:
            return "统一社会信用代码"
        return _PAPER_LABELS.get(self.row.paper_kind, "证件号码")

    @property
    def id_number(self) -> str:
        """The number that identifies the party on its documents, in full."""
        if self.usc_code and self.kind is not PartyKind.PERSON:
            return self.usc_code
        return self._identity.paper

    @property
    def id_masked(self) -> str:
        """The identifying number as a page shows it; a unified code is public."""
        if self.usc_code and self.kind is not PartyKind.PERSON:
            return self.usc_code
        return identifiers.mask_identity(self._identity.paper)

    @property
    def representative_id(self) -> str:
        """The identity number of the operator or representative, in full; for documents."""
        return "" if self.kind is PartyKind.PERSON else self._identity.paper

    @property
    def representative_id_masked(self) -> str:
        """The same, as a page shows it."""
        return identifiers.mask_identity(self.representative_id)

    @property
    def phone(self) -> str:
        """The telephone number in full; for documents."""
        return self._identity.phone

    @property
    def phone_masked(self) -> str:
        """The telephone number as a page shows it."""
        return identifiers.mask_phone(self._identity.phone)

    @property
    def address(self) -> str:
        """The place of business, of a person the home; for documents."""
        return self.premises or self._identity.address

    @property
    def address_masked(self) -> str:
        """The address as a page shows it: a place of business is open, a home is cut."""
        return self.premises or identifiers.mask_address(self._identity.address)

    @cached_property
    def _identity(self) -> PartyIdentity:
        return _opened(self.row)


def party(party_id: UUID | str, on: date | None = None) -> PartyView:
    """The party as known on the day, or as last known. Raises ``NotFound``. One query."""
    row = party_row(UUID(str(party_id)), on)
    return PartyView(row.party_id, row)


def parties(ids: list[UUID], on: date) -> dict[UUID, PartyView]:
    """Several parties as known on the day. One query."""
    rows = PartyVersion.objects.filter(party_id__in=ids, valid_from__lte=on)
    found = {r.party_id: r for r in rows.select_related("party").order_by("valid_from", "seq")}
    return {id: PartyView(id, row) for id, row in found.items()}


def party_row(party_id: UUID, on: date | None = None) -> PartyVersion:
    """The version of the day; the first one for a day before anything was known."""
    rows = PartyVersion.objects.filter(party_id=party_id).select_related("party")
    dated = rows.filter(valid_from__lte=on) if on else rows
    found = dated.order_by("-valid_from", "-seq").first() or rows.order_by("seq").first()
    if found is None:
        raise NotFound("没有找到这名当事人。", code="no-such-party")
    return found


def identity(party_id: UUID, on: date | None = None) -> PartyIdentity:
    """What is private of a party, in full. Only for documents and for `reveal_identity`."""
    return _opened(party_row(party_id, on))


def _opened(row: PartyVersion) -> PartyIdentity:
    return PartyIdentity(
        sealed.opened(row.paper_sealed, sealed.PAPER),
        sealed.opened(row.phone_sealed, sealed.PHONE),
        sealed.opened(row.address_sealed, sealed.ADDRESS),
    )


def find_party(*, usc_code: str = "", paper: str = "", phone: str = "") -> UUID | None:
    """The party that has this number, by its blind index; None for none or no number."""
    asked = Q()
    if usc_code:
        asked |= Q(usc_code=identifiers.squeeze(usc_code))
    if paper:
        natural = Q(party__kind=PartyKind.PERSON)
        index = sealed.index(identifiers.squeeze(paper), sealed.PAPER)
        asked |= natural & Q(paper_index=index)
    if phone:
        asked |= Q(phone_index=sealed.index(identifiers.squeeze(phone), sealed.PHONE))
    if not asked:
        return None
    return (
        PartyVersion.objects.filter(asked)
        .order_by("-valid_from", "-seq")
        .values_list("party_id", flat=True)
        .first()
    )


def search_parties(text: str, *, agency: str, limit: int = 20) -> list[PartyView]:
    """Parties that an agency registered, by part of a name or by a whole number."""
    asked = text.strip()
    if not asked:
        return []
    number = identifiers.squeeze(asked)
    match = (
        Q(name__icontains=asked)
        | Q(usc_code=number)
        | Q(paper_index=sealed.index(number, sealed.PAPER))
        | Q(phone_index=sealed.index(number, sealed.PHONE))
    )
    rows = (
        PartyVersion.objects.filter(match, party__agency_code=agency)
        .select_related("party")
        .order_by("party_id", "-valid_from", "-seq")
        .distinct("party_id")[:limit]
    )
    return [PartyView(row.party_id, row) for row in rows]


def classification(party_id: UUID | str, rule: SubjectRule | str, on: date) -> str:
    """What the party counts as under the rule that day: "person" or "organisation"."""
    return classified(party_id, rule, on).party_class


def classified(party_id: UUID | str, rule: SubjectRule | str, on: date) -> Classification:
    """What the party counts as under the rule that day, and whether that is settled.

    A dated row with a source decides; without one the law room's own table for the kind of party
    does, which takes the class more favourable to the party where nothing is settled.
    """
    row = (
        PartyClassification.objects.filter(
            party_id=party_id, rule=SubjectRule(rule).value, valid_from__lte=on
        )
        .order_by("-valid_from", "-id")
        .first()
    )
    if row is not None:
        label = Subject(row.subject).label
        return Classification(row.subject, True, f"按{label}计（{row.source}）")
    return catalogue.classify(party_row(UUID(str(party_id)), on).party.kind)
