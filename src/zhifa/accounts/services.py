"""Use cases of identity: make a person, sign in, sign out, make inactive."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest

from zhifa.accounts.models import Organ, Person, Unit

IDLE_SECONDS = 30 * 60
"""Idle longer than this, and the session is over."""

BACKEND = "django.contrib.auth.backends.ModelBackend"


def create_person(
    *, username: str, name: str, password: str | None = None, id: UUID | None = None
) -> Person:
    """Make a person known. Without a password nobody can sign in by this name."""
    person = Person(username=username.strip(), name=name.strip())
    if id is not None:
        person.id = id
    person.password = make_password(password)
    person.save(force_insert=True)
    return person


def set_password(*, person: Person, password: str) -> None:
    """Give a person another password; a session that is open ends at its next request."""
    person.password = make_password(password)
    person.save(update_fields=["password"])


@transaction.atomic
def deactivate(*, person_id: UUID) -> None:
    """From now on this person cannot sign in, and the session that is open is over."""
    person = Person.objects.select_for_update().get(id=person_id)
    _end_session(person.session_key)
    person.is_active, person.session_key = False, ""
    person.save(update_fields=["is_active", "session_key"])


@transaction.atomic
def sign_in(request: HttpRequest, person: Person) -> None:
    """Begin the one session of this person; one that is open elsewhere ends here."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    login(request, held, backend=BACKEND)
    request.session.set_expiry(IDLE_SECONDS)
    request.session.save()
    if held.session_key != request.session.session_key:
        _end_session(held.session_key)
    held.session_key = request.session.session_key or ""
    held.save(update_fields=["session_key"])


@transaction.atomic
def sign_out(request: HttpRequest) -> None:
    """End the session of whoever is signed in; harmless where nobody is."""
    if isinstance(request.user, Person):
        Person.objects.filter(pk=request.user.pk, session_key=request.session.session_key).update(
            session_key=""
        )
    logout(request)


def _end_session(key: str) -> None:
    if key:
        engine: Any = import_module(settings.SESSION_ENGINE)
        engine.SessionStore(key).delete()


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
