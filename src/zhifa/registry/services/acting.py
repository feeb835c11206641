"""Use cases of acting for another: a written delegation and its end; who is away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, WrongStep
from zhifa.law.actor import ADMINISTRATORS, Actor, Duty
from zhifa.law.sources import CF
from zhifa.registry.events import (
    AbsenceCalledOff,
    AbsenceNoted,
    DelegationRevoked,
    DutyDelegated,
)
from zhifa.registry.models import Absence, Delegation
from zhifa.registry.policies import DELEGABLE, may_manage_absence, may_revoke
from zhifa.registry.register import changing
from zhifa.registry.selectors.officers import actors

DELEGATIONS, ABSENCES = "delegations", "absences"
LONGEST: Final = 366
"""Days that one delegation or absence spans at most: a longer need asks for a post."""


def delegate(
    *,
    agency: str,
    holder_id: UUID,
    duties: Iterable[Duty],
    valid_from: date,
    valid_until: date,
    basis: str,
    on: date,
    by: UUID,
    limit_fen: int | None = None,
) -> Delegation:
    """Let another exercise one's own duties for a time. What was delegated is not passed on."""
    given = tuple(dict.fromkeys(duties))
    people = actors([by, holder_id], on)
    giver, holder = people.get(str(by)), people.get(str(holder_id))
    _refuse_duties(giver, given, agency)
    _refuse_holder(holder, agency, by)
    _refuse_days(valid_from, valid_until, on)
    if not basis.strip():
        raise BadInput("代为行使职责应当有书面依据，请写明文件名称和文号。", field="basis")
    if limit_fen is not None and limit_fen <= 0:
        raise BadInput("数额上限应当大于零；没有上限的不填。", field="limit_fen")
    with changing(DELEGATIONS, agency=agency, by=by) as change:
        same = Delegation.objects.filter(
            giver_id=by, holder_id=holder_id, organ_id=agency, revoked_on=None,
            duties__overlap=[d.value for d in given],
            valid_from__lte=valid_until, valid_until__gte=valid_from,
        )  # fmt: skip
        if same.exists():
            raise WrongStep(
                "同一职责在这一期间已经授权这名人员代为行使，请先撤回原授权。",
                code="delegated-already",
            )
        row = Delegation.objects.create(
            organ_id=agency,
            giver_id=by,
            holder_id=holder_id,
            duties=[d.value for d in given],
            limit_fen=limit_fen,
            basis=basis.strip()[:200],
            valid_from=valid_from,
            valid_until=valid_until,
        )
        said = DutyDelegated(
            row.id, agency, by, holder_id, tuple(row.duties), limit_fen, valid_from, valid_until
        )
        change.append(said, on=on, private={"basis": row.basis})
    return row


def revoke_delegation(
    *, delegation_id: UUID, why: str, on: date, by: UUID, closing: bool = False
) -> None:
    """Take a delegation back from today on: the giver, or who grants duties at the agency.

    ``closing``: because one of the two leaves; then nobody's right is asked again.
    """
    found = Delegation.objects.filter(id=delegation_id).first()
    if found is None:
        raise NotFound("没有这一授权。", code="no-such-delegation")
    if not why.strip():
        raise BadInput("撤回应当写明原因。", field="why")
    with changing(DELEGATIONS, agency=str(found.organ_id), by=by) as change:
        row = Delegation.objects.select_for_update().get(id=delegation_id)
        who = actors([by], on).get(str(by))
        if not closing and (who is None or not may_revoke(who, row)):
            raise NotPermitted(
                "授权由授权人本人或者本机关安全保密管理员撤回。", code="not-the-giver"
            )
        if row.revoked_on is not None or not row.valid_until or row.valid_until < on:
            raise WrongStep("这一授权已经终止。", code="delegation-over")
        row.revoked_on, row.revoked_why = max(on, row.valid_from), why.strip()[:200]
        row.save(update_fields=["revoked_on", "revoked_why"])
        change.append(DelegationRevoked(row.id, row.revoked_on), on=on, private={"why": why})


def note_absence(
    *,
    person_id: UUID,
    agency: str,
    kind: Absence.Kind,
    valid_from: date,
    valid_until: date,
    on: date,
    by: UUID,
    deputy_id: UUID | None = None,
) -> Absence:
    """Note that a person is away. What waits for them shows to the deputy; no term stops."""
    wanted = [by, person_id, *([deputy_id] if deputy_id else [])]
    people = actors(wanted, on)
    who, person = people.get(str(by)), people.get(str(person_id))
    if person is None or not person.duties(agency):
        raise NotFound("本机关没有这名人员。", code="no-such-person")
    if who is None or not may_manage_absence(who, person, agency):
        raise NotPermitted("外出由本人或者本机构、本机关负责人登记。", code="not-the-person")
    _refuse_days(valid_from, valid_until, on, field="valid_from")
    if deputy_id is not None:
        _refuse_holder(people.get(str(deputy_id)), agency, person_id, field="deputy_id")
    with changing(ABSENCES, agency=agency, by=by) as change:
        standing = Absence.objects.filter(
            person_id=person_id, organ_id=agency, called_off_on=None,
            valid_from__lte=valid_until, valid_until__gte=valid_from,
        )  # fmt: skip
        if standing.exists():
            raise WrongStep("这一期间已经登记外出，请先取消原登记。", code="absence-noted")
        row = Absence.objects.create(
            person_id=person_id,
            organ_id=agency,
            kind=kind,
            deputy_id=deputy_id,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        change.append(AbsenceNoted(row.id, person_id, deputy_id, valid_from, valid_until), on=on)
    return row


def call_off_absence(*, absence_id: UUID, on: date, by: UUID) -> None:
    """The person is there after all, from today on."""
    found = Absence.objects.filter(id=absence_id).first()
    if found is None:
        raise NotFound("没有这一外出登记。", code="no-such-absence")
    agency = str(found.organ_id)
    with changing(ABSENCES, agency=agency, by=by) as change:
        row = Absence.objects.select_for_update().get(id=absence_id)
        people = actors([by, row.person_id], on)
        who, person = people.get(str(by)), people.get(str(row.person_id))
        if who is None or person is None or not may_manage_absence(who, person, agency):
            raise NotPermitted("外出由本人或者本机构、本机关负责人登记。", code="not-the-person")
        if row.called_off_on is not None or not row.valid_until or row.valid_until < on:
            raise WrongStep("这一外出已经结束。", code="absence-over")
        row.called_off_on = on
        row.save(update_fields=["called_off_on"])
        change.append(AbsenceCalledOff(row.id, on), on=on)


def _refuse_duties(giver: Actor | None, given: tuple[Duty, ...], agency: str) -> None:
    if not given:
        raise BadInput("请选择代为行使的职责。", field="duties")
    for duty in given:
        if duty not in DELEGABLE:
            raise BadInput(f"{duty.label}的职责不能委托他人代为行使。", field="duties")
        if giver is None or not giver.holds_itself(duty, agency):
            raise NotPermitted(
                f"只能授权他人代为行使本人担任的职责；您没有担任{duty.label}，代为行使的职责不能转授。",
                cites=(CF(57, 1),),
                code="not-own-duty",
            )


def _refuse_holder(
    holder: Actor | None, agency: str, giver: UUID, *, field: str = "holder_id"
) -> None:
    if holder is None or not any(p.agency == agency and not p.of for p in holder.posts):
        raise BadInput("应当是在本机关任职的人员。", field=field)
    if holder.id == str(giver):
        raise BadInput("不能是本人。", field=field)
    if any(holder.holds_itself(d, agency) for d in ADMINISTRATORS):
        raise BadInput("三员不能代为行使执法职责。", field=field)


def _refuse_days(first: date, last: date, on: date, *, field: str = "valid_until") -> None:
    if first < on:
        raise BadInput("开始日期不能早于今天。", field="valid_from")
    if last < first:
        raise BadInput("截止日期不能早于开始日期。", field="valid_until")
    if (last - first).days >= LONGEST:
        raise BadInput("一次最长一年。", field=field)
