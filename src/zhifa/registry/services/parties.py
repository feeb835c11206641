"""Use cases on parties: register, correct, classify, and see in full for a stated purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhifa.accounts.models import Organ
from zhifa.kernel import fieldcrypt, identifiers
from zhifa.kernel.errors import BadInput, WrongStep
from zhifa.kernel.identifiers import BadIdentifier
from zhifa.registry import sealed
from zhifa.registry.events import (
    PartyChanged,
    PartyClassified,
    PartyIdentityRead,
    PartyRegistered,
)
from zhifa.registry.models import (
    Party,
    PartyClassification,
    PartyKind,
    PartyVersion,
    Subject,
    SubjectRule,
)
from zhifa.registry.register import changing
from zhifa.registry.selectors.parties import PartyIdentity, find_party, identity, party_row

PARTIES = "parties"
PAPERS = {"resident_id", "passport", "mainland_permit", "foreign_permanent_old", "officer_card"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """What is said of a party. For a person ``paper`` is theirs, else the representative's.

    ``name`` is the trade name (字号) of an individual business that has one. ``address`` is a
    home, ``premises`` a place of business.
    """

    kind: PartyKind
    name: str
    representative: str = ""
    usc_code: str = ""
    licence_no: str = ""
    paper_kind: str = "resident_id"
    paper: str = ""
    phone: str = ""
    address: str = ""
    premises: str = ""


def register_party(
    *, facts: PartyFacts, agency: str, on: date, by: UUID | None, act_id: UUID | None = None
) -> UUID:
    """Make a party known and give its id. The same party again is the same id.

    Identity numbers are checked (`BadInput` names the field). A number that stands for a party of
    another name is refused, for the difference must be cleared up first.
    """
    checked = _checked(facts, on)
    with changing(PARTIES, agency=agency, by=by, act_id=act_id) as change:
        if (known := _known(checked)) is not None:
            return known
        party = Party.objects.create(
            kind=checked.kind, agency_code=agency, region_code=_region(agency)
        )
        _write(party, checked, on, seq=1)
        change.append(
            PartyRegistered(party.id, checked.kind), on=on, private={"party": _said(checked)}
        )
    return party.id


def correct_party(
    *, party_id: UUID, facts: PartyFacts, agency: str, on: date, by: UUID | None
) -> None:
    """From that day the party is known so; what was known before stays for its own days."""
    checked = _checked(facts, on)
    with changing(PARTIES, agency=agency, by=by) as change:
        party = Party.objects.get(id=party_id)
        if party.kind != checked.kind:
            raise BadInput("当事人的类别不能更改，请另行登记当事人。", field="kind")
        last = PartyVersion.objects.filter(party=party).aggregate(n=Max("seq"))["n"] or 0
        _write(party, checked, on, seq=last + 1)
        change.append(PartyChanged(party.id, last + 1), on=on, private={"party": _said(checked)})


def classify_party(
    *,
    party_id: UUID,
    rule: SubjectRule,
    subject: Subject,
    source: str,
    agency: str,
    on: date,
    by: UUID | None,
) -> None:
    """From that day the party counts so under the rule, because the source says so."""
    if not source.strip():
        raise BadInput("请写明归类的来源。", field="source")
    with changing(PARTIES, agency=agency, by=by) as change:
        PartyClassification.objects.create(
            party_id=party_id, rule=rule, subject=subject, valid_from=on, source=source.strip()
        )
        classified = PartyClassified(party_id, rule.value, subject.value, on)
        change.append(classified, on=on)


@transaction.atomic
def reveal_identity(
    *, party_id: UUID, purpose: str, agency: str, on: date, by: UUID
) -> PartyIdentity:
    """Identity number, phone and address in full. The reading is recorded with its purpose."""
    if len(purpose.strip()) < 4:
        raise BadInput("请写明查看的目的。", field="purpose")
    shown = identity(party_id, on)
    register = f"reads/{on.isoformat()}"
    with changing(register, agency=agency, by=by, kind="reads") as change:
        read = PartyIdentityRead(party_id, ("paper", "phone", "address"))
        change.append(read, on=on, private={"purpose": purpose.strip()})
    return shown


# --- checking ------------------------------------------------------------------------------------


def _checked(facts: PartyFacts, on: date) -> PartyFacts:
    kind = PartyKind(facts.kind)
    name = " ".join(facts.name.split())
    if not name:
        raise BadInput("请填写当事人的姓名或者名称。", field="name")
    if kind is not PartyKind.PERSON and not facts.representative.strip():
        raise BadInput("请填写法定代表人、负责人或者经营者。", field="representative")
    return PartyFacts(
        kind=kind,
        name=name,
        representative=facts.representative.strip(),
        usc_code=_usc(facts.usc_code) if facts.usc_code.strip() else "",
        licence_no=identifiers.squeeze(facts.licence_no),
        paper_kind=facts.paper_kind if facts.paper.strip() else "",
        paper=_paper(facts, on) if facts.paper.strip() else "",
        phone=_phone(facts.phone) if facts.phone.strip() else "",
        address=facts.address.strip(),
        premises=facts.premises.strip(),
    )


def _usc(text: str) -> str:
    try:
        return identifiers.usc_code(text).text
    except BadIdentifier as wrong:
        raise BadInput(str(wrong), field="usc_code") from wrong


def _paper(facts: PartyFacts, on: date) -> str:
    if facts.paper_kind not in PAPERS:
        raise BadInput("请选择证件类型。", field="paper_kind")
    try:
        if facts.paper_kind == "resident_id":
            return identifiers.resident_id(facts.paper, on=on).text
        return identifiers.other_paper(facts.paper_kind, facts.paper)
    except BadIdentifier as wrong:
        raise BadInput(str(wrong), field="paper") from wrong


def _phone(text: str) -> str:
    try:
        return identifiers.phone(text)
    except BadIdentifier as wrong:
        raise BadInput(str(wrong), field="phone") from wrong


def _known(facts: PartyFacts) -> UUID | None:
    paper = facts.paper if facts.kind is PartyKind.PERSON else ""
    found = find_party(usc_code=facts.usc_code, paper=paper)
    if found is None:
        return None
    row = party_row(found)
    if (row.name, row.party.kind) != (facts.name, facts.kind):
        which = (
            "统一社会信用代码" if facts.usc_code and row.usc_code == facts.usc_code else "证件号码"
        )
        raise WrongStep(
            f"该{which}已登记为“{row.name}”，与填写的名称或者类别不一致。",
            code="party-differs",
            remedy="请核对号码；确有变更的，请先办理当事人信息变更。",
        )
    return found


# --- writing -------------------------------------------------------------------------------------


def _write(party: Party, facts: PartyFacts, on: date, seq: int) -> None:
    PartyVersion.objects.create(
        party=party,
        seq=seq,
        valid_from=on,
        name=facts.name,
        representative=facts.representative,
        usc_code=facts.usc_code,
        licence_no=facts.licence_no,
        paper_kind=facts.paper_kind,
        premises=facts.premises,
        paper_sealed=_seal(facts.paper, sealed.PAPER),
        paper_index=sealed.index(facts.paper, sealed.PAPER),
        phone_sealed=_seal(facts.phone, sealed.PHONE),
        phone_index=sealed.index(facts.phone, sealed.PHONE),
        address_sealed=_seal(facts.address, sealed.ADDRESS),
    )


def _seal(value: str, field: str) -> str:
    return fieldcrypt.seal_text(value, field=field) if value else ""


def _said(facts: PartyFacts) -> dict[str, str]:
    """What the event commits to. Numbers by their blind index, so that none lies open beside it."""
    return {
        "name": facts.name,
        "representative": facts.representative,
        "usc_code": facts.usc_code,
        "paper": sealed.index(facts.paper, sealed.PAPER),
        "phone": sealed.index(facts.phone, sealed.PHONE),
        "address": sealed.index(facts.address, sealed.ADDRESS),
        "premises": facts.premises,
    }


def _region(agency: str) -> str:
    return Organ.objects.values_list("region_code", flat=True).get(code=agency)
