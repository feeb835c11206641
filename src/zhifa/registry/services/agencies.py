"""Use cases on regions and on what agencies are called, print and answer to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from zhifa.accounts.models import Organ
from zhifa.kernel.errors import BadInput
from zhifa.law.remedies import BodyKind
from zhifa.registry.events import AgencyProfiled
from zhifa.registry.models import AgencyProfile, Region
from zhifa.registry.register import changing

AGENCIES = "agencies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is said of an agency from a day on."""

    full_name: str
    short_name: str
    region_code: str
    level: str
    field: str = "general"
    seat: str
    body_kind: BodyKind = BodyKind.DEPARTMENT
    word: str = ""
    letterhead: str = ""
    seal_name: str = ""
    usc_code: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    complaint_phone: str = ""
    bank: str = ""
    bank_account_name: str = ""
    bank_account_no: str = ""
    payment_code: str = ""
    payment_channels: str = ""
    government: str = ""
    superior: str = ""
    local_government: str = ""
    enforces: bool = True
    supervises: bool = False


def register_region(*, code: str, name: str, full_name: str, level: str, parent: str = "") -> None:
    """Make a region known, or bring its name up to date."""
    Region.objects.update_or_create(
        code=code,
        defaults={
            "name": name, "full_name": full_name, "level": level, "parent_id": parent or None,
        },
    )  # fmt: skip


def profile_agency(
    *, agency: str, profile: Profile, valid_from: date, on: date, by: UUID | None
) -> AgencyProfile:
    """From that day the agency is called and answers so; what held before ends the day before."""
    with changing(AGENCIES, agency=agency, by=by) as change:
        organ = Organ.objects.get(code=agency)
        before = AgencyProfile.objects.filter(organ=organ).order_by("-valid_from").first()
        if before is not None:
            if before.valid_from >= valid_from:
                raise BadInput("新的机关信息应当晚于现有信息的生效日期。", field="valid_from")
            before.valid_until = valid_from - timedelta(days=1)
            before.save(update_fields=["valid_until"])
        row = AgencyProfile(organ=organ, valid_from=valid_from)
        for name in Profile.__slots__:
            setattr(row, name, getattr(profile, name))
        row.letterhead = row.letterhead or profile.full_name
        row.seal_name = row.seal_name or profile.full_name
        row.save(force_insert=True)
        change.append(AgencyProfiled(agency, row.id, valid_from), on=on)
    return row
