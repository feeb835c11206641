"""Use cases on posts, enforcement certificates and the qualification to review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from zhifa.accounts.models import Organ, Person, Unit
from zhifa.kernel.errors import BadInput, NotPermitted, WrongStep
from zhifa.law.actor import ADMINISTRATORS, Duty
from zhifa.law.sources import DBAO
from zhifa.registry.events import (
    CertificateIssued,
    CertificateRevoked,
    PostEnded,
    PostHeld,
    ReviewQualificationRecorded,
)
from zhifa.registry.models import (
    AgencyProfile,
    Certificate,
    OfficerCard,
    Post,
    ReviewQualification,
)
from zhifa.registry.register import changing

POSTS, CERTIFICATES = "posts", "certificates"
REVIEWERS = "review-qualifications"


def hold_post(
    *,
    person_id: UUID,
    agency: str,
    duty: Duty,
    valid_from: date,
    on: date,
    by: UUID | None,
    unit: str = "",
    title: str = "",
    basis: str = "",
    valid_until: date | None = None,
) -> Post:
    """The person holds the duty from that day. Refused while the same post is already held."""
    with changing(POSTS, agency=agency, by=by) as change:
        if unit and not Unit.objects.filter(organ__code=agency, code=unit).exists():
            raise BadInput(f"该机关没有代码为“{unit}”的内设机构。", field="unit")
        same = Post.objects.filter(
            person_id=person_id, organ_id=agency, unit_code=unit, duty=duty.value
        )
        overlapping = same.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from))
        if valid_until is not None:
            overlapping = overlapping.filter(valid_from__lte=valid_until)
        if overlapping.exists():
            raise WrongStep(f"该人员在这一期间已经担任{duty.label}。", code="post-held")
        _keep_apart(person_id, duty, valid_from, valid_until)
        row = Post.objects.create(
            person_id=person_id,
            organ_id=agency,
            unit_code=unit,
            duty=duty.value,
            title=title,
            basis=basis,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        held = PostHeld(row.id, person_id, agency, unit, duty.value, valid_from, valid_until)
        change.append(held, on=on)
    return row


def _keep_apart(person_id: UUID, duty: Duty, first: date, last: date | None) -> None:
    """One person is at most one of the three administrators, and then nothing else."""
    others = Post.objects.filter(person_id=person_id).exclude(duty=duty.value)
    others = others.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first))
    if last is not None:
        others = others.filter(valid_from__lte=last)
    held = {Duty(d) for d in others.values_list("duty", flat=True)}
    if (duty in ADMINISTRATORS and held) or held & set(ADMINISTRATORS):
        other = next(iter(held & set(ADMINISTRATORS) or held))
        raise NotPermitted(
            f"该人员担任{other.label}，不能同时担任{duty.label}：系统管理员、安全保密管理员、"
            "安全审计员应当由不同人员担任，并且不办理执法业务。",
            cites=(DBAO.whole,),
            remedy="请先终止原任职，或者另行指定人员",
            code="administrators-apart",
        )


def end_post(*, post_id: UUID, last_day: date, on: date, by: UUID | None, why: str = "") -> None:
    """Set the last day of a post; what was done until then stays lawful."""
    agency = Post.objects.get(id=post_id).organ_id
    with changing(POSTS, agency=str(agency), by=by) as change:
        row = Post.objects.select_for_update().get(id=post_id)
        if last_day < row.valid_from:
            raise BadInput("最后一日不能早于任职开始之日。", field="last_day")
        row.valid_until = last_day
        row.save(update_fields=["valid_until"])
        ended = PostEnded(row.id, row.person_id, last_day)
        change.append(ended, on=on, private={"why": why} if why else None)


def issue_certificate(
    *,
    person_id: UUID,
    agency: str,
    number: str,
    issuer: str,
    valid_from: date,
    valid_until: date,
    on: date,
    by: UUID | None,
    fields: Iterable[str] = (),
    unit: str = "",
) -> Certificate:
    """Issue an enforcement certificate. Its public card can be asked for at once."""
    listed = sorted(fields)
    with changing(CERTIFICATES, agency=agency, by=by) as change:
        if Certificate.objects.filter(number=number).exists():
            raise WrongStep(f"证件号{number}已经使用。", code="number-used")
        row = Certificate.objects.create(
            person_id=person_id,
            organ_id=agency,
            number=number,
            issuer=issuer,
            fields=listed,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        OfficerCard.objects.create(
            number=number,
            name=Person.objects.get(id=person_id).name,
            agency_code=agency,
            agency_name=_name(agency, valid_from),
            unit_name=_unit(agency, unit),
            issuer=issuer,
            fields=listed,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        issued = CertificateIssued(
            row.id, person_id, agency, tuple(listed), valid_from, valid_until
        )
        change.append(issued, on=on, private={"number": number})
    return row


def revoke_certificate(
    *, number: str, revoked_on: date, why: str, on: date, by: UUID | None
) -> None:
    """Withdraw a certificate; from that day nothing may be done on the strength of it."""
    found = Certificate.objects.filter(number=number).first()
    if found is None:
        raise BadInput(f"没有证件号为{number}的执法证件。", field="number")
    with changing(CERTIFICATES, agency=str(found.organ_id), by=by) as change:
        row = Certificate.objects.select_for_update().get(id=found.id)
        if row.revoked_on is not None:
            raise WrongStep("该执法证件已经收回。", code="certificate-revoked")
        row.revoked_on, row.revoked_why = revoked_on, why
        row.save(update_fields=["revoked_on", "revoked_why"])
        OfficerCard.objects.filter(number=number).update(revoked_on=revoked_on)
        revoked = CertificateRevoked(row.id, row.person_id, revoked_on)
        change.append(revoked, on=on, private={"why": why})


def record_review_qualification(
    *,
    person_id: UUID,
    agency: str,
    on: date,
    by: UUID | None,
    number: str = "",
    obtained_on: date | None = None,
    first_reviewed_on: date | None = None,
) -> None:
    """Record why the person may review penalties (行政处罚法 58), or that they have begun to."""
    with changing(REVIEWERS, agency=agency, by=by) as change:
        ReviewQualification.objects.update_or_create(
            person_id=person_id,
            defaults={
                "number": number,
                "obtained_on": obtained_on,
                "first_reviewed_on": first_reviewed_on,
            },
        )
        recorded = ReviewQualificationRecorded(person_id, obtained_on, first_reviewed_on)
        change.append(recorded, on=on, private={"number": number} if number else None)


def _name(agency: str, on: date) -> str:
    profile = AgencyProfile.objects.filter(organ_id=agency, valid_from__lte=on).last()
    return profile.full_name if profile else Organ.objects.get(code=agency).name


def _unit(agency: str, unit: str) -> str:
    found = Unit.objects.filter(organ__code=agency, code=unit).first() if unit else None
    return found.name if found else ""
