"""Use cases of identity: make a person, set a password, close and open an account; organs."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from zhifa.accounts.models import Organ, Person, SecurityEvent, Unit
from zhifa.accounts.services.factors import count, refuse_paused
from zhifa.accounts.services.sessions import end_sessions
from zhifa.accounts.services.told import told
from zhifa.kernel.errors import BadInput

Kind = SecurityEvent.Kind


@transaction.atomic
def create_person(
    *,
    username: str,
    name: str,
    password: str | None = None,
    id: UUID | None = None,
    by: UUID | None = None,
) -> Person:
    """Make a person known. Without a password nobody can sign in by this name."""
    person = Person(username=username.strip(), name=name.strip())
    if id is not None:
        person.id = id
    person.password = make_password(password)
    person.save(force_insert=True)
    if by is not None:
        told(person, Kind.CREATED, by=by)
    return person


@transaction.atomic
def set_password(*, person: Person, password: str, by: UUID | None = None) -> None:
    """Give a person another password; a session that is open ends at its next request."""
    person.password = make_password(password)
    person.save(update_fields=["password"])
    if by is not None:
        told(person, Kind.PASSWORD_SET, by=by)


def change_password(*, person_id: UUID, now: str, new: str, address: str | None = None) -> Person:
    """A person's own new password, for the present one; a wrong one is counted like a proof.

    Raises ``NotPermitted`` while proofs pause, ``BadInput`` where the present one is wrong.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(id=person_id)
        refuse_paused(person)
        right = person.check_password(now)
        count(person, right, address)
        if right:
            person.password = make_password(new)
            person.save(update_fields=["password"])
            told(person, Kind.PASSWORD_SET, address=address)
    if not right:
        raise BadInput("现在的密码不正确。", field="now")
    return person


@transaction.atomic
def deactivate(*, person_id: UUID, by: UUID | None = None) -> None:
    """From now on this person cannot sign in, and the session that is open is over."""
    person = Person.objects.select_for_update().get(id=person_id)
    end_sessions(person)
    person.is_active = False
    person.save(update_fields=["is_active", "session_key"])
    told(person, Kind.CLOSED, by=by)


@transaction.atomic
def reactivate(*, person_id: UUID, by: UUID | None = None) -> None:
    """The person may sign in again, with the password that they had."""
    person = Person.objects.select_for_update().get(id=person_id)
    person.is_active = True
    person.save(update_fields=["is_active"])
    told(person, Kind.REOPENED, by=by)


@transaction.atomic
def register_organ(*, code: str, name: str, region_code: str, parent: str | None = None) -> Organ:
    """Make an organ known, or bring its name and place in the tree up to date."""
    above = Organ.objects.get(code=parent) if parent else None
    organ, _ = Organ.objects.update_or_create(
        code=code, defaults={"name": name, "region_code": region_code, "parent": above}
    )
    return organ


def register_unit(*, organ: Organ, code: str, name: str) -> Unit:
    """Make a unit of an organ known, or bring its name up to date."""
    unit, _ = Unit.objects.update_or_create(organ=organ, code=code, defaults={"name": name})
    return unit
