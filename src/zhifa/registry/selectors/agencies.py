"""What agencies are called and answer to on a day, and which remedies lie against their acts."""

from __future__ import annotations

from datetime import date

from zhifa.accounts.models import Unit
from zhifa.kernel.errors import NotFound
from zhifa.kernel.statements import prepared
from zhifa.law import remedies as law_remedies
from zhifa.law.competence import Mode
from zhifa.law.remedies import Act, Body, BodyKind, Remedies, RemedyUnknown
from zhifa.registry.models import AgencyProfile, Region
from zhifa.registry.models.dated import holding


def agency(code: str, on: date | None = None, *, using: str = "default") -> AgencyProfile:
    """What is said of an agency on the day, or as last recorded. Raises ``NotFound``."""
    rows = AgencyProfile.objects.using(using).filter(organ_id=code)
    found = holding(rows, on).order_by("-valid_from").first()
    if found is None:
        raise NotFound(f"机关登记中没有“{code}”。", code="no-such-agency")
    return found


_WORD = """
SELECT word FROM registry_agencyprofile
WHERE agency_code = %(code)s AND valid_from <= %(on)s
    AND (valid_until IS NULL OR valid_until >= %(on)s)
ORDER BY valid_from DESC LIMIT 1"""


def agency_word(code: str, on: date) -> str:
    """The word (机关代字) that an agency's numbers begin with on the day. Raises ``NotFound``."""
    with prepared() as cursor:
        cursor.execute(_WORD, {"code": code, "on": on})
        row = cursor.fetchone()
    if row is None:
        raise NotFound(f"机关登记中没有“{code}”。", code="no-such-agency")
    return str(row[0])


def agencies(on: date, *, using: str = "default") -> list[AgencyProfile]:
    """The enforcement agencies of the day, the city's first, then by region."""
    rows = holding(AgencyProfile.objects.using(using).filter(enforces=True), on)
    return list(rows.order_by("region_code", "organ_id"))


def regions(*, using: str = "default") -> list[Region]:
    """The city with its districts and counties."""
    return list(Region.objects.using(using).order_by("code"))


def units(agency_code: str) -> list[Unit]:
    """The inner units of an agency."""
    return list(Unit.objects.filter(organ__code=agency_code).order_by("code"))


def unit_name(agency_code: str, unit_code: str) -> str:
    """A unit's name, empty where there is none."""
    found = Unit.objects.filter(organ__code=agency_code, code=unit_code).first()
    return found.name if found else ""


def remedies(
    agency_code: str,
    act: Act | str,
    on: date,
    *,
    mode: Mode | str = Mode.STATUTORY,
    in_name_of: str = "",
    using: str = "default",
) -> Remedies:
    """Where and until when a party may turn against an act of the agency. One query.

    Raises ``NotFound`` where the registers do not say enough; nothing is ever guessed.
    """
    rows = holding(AgencyProfile.objects.using(using).all(), on)
    bodies = {str(row.organ_id): _body(row) for row in rows}
    try:
        return law_remedies.resolve(
            agency_code, Mode(mode), Act(act), on, bodies, in_name_of=in_name_of
        )
    except RemedyUnknown as unknown:
        raise NotFound(
            f"{unknown}。", code="remedy-unknown", remedy="请先补全机关登记。"
        ) from unknown


def _body(row: AgencyProfile) -> Body:
    return Body(
        str(row.organ_id),
        row.full_name,
        BodyKind(row.body_kind),
        row.seat,
        row.government,
        row.superior,
        bool(row.local_government),
        row.local_government,
    )
