"""The one session of a person: begun once all proofs are given, ended by leaving or by others."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest

from zhifa.accounts.models import Person, SecurityEvent
from zhifa.accounts.services.told import told
from zhifa.kernel import clock

IDLE_SECONDS = 30 * 60
"""Idle longer than this, and the session is over."""
WAITING: Final = timedelta(minutes=5)
"""So long may lie between the password and the second proof."""
FRESH: Final = timedelta(minutes=10)
"""So long a second proof is good for changing the proofs themselves."""
BACKEND = "django.contrib.auth.backends.ModelBackend"
_AWAITED, _PROVEN = "awaited_proof", "proven"


@transaction.atomic
def sign_in(request: HttpRequest, person: Person, *, proof: str = "") -> None:
    """Begin the one session of this person; one that is open elsewhere ends here.

    ``proof`` says by which second proof, where there was one.
    """
    held = Person.objects.select_for_update().get(pk=person.pk)
    request.session.pop(_AWAITED, None)
    login(request, held, backend=BACKEND)
    request.session.set_expiry(IDLE_SECONDS)
    if proof:
        mark_proven(request, proof)
    request.session.save()
    if held.session_key != request.session.session_key:
        _end(held.session_key)
    held.session_key = request.session.session_key or ""
    held.save(update_fields=["session_key"])
    told(held, SecurityEvent.Kind.SIGNED_IN, address=client(request), note=proof)


@transaction.atomic
def sign_out(request: HttpRequest) -> None:
    """End the session of whoever is signed in; harmless where nobody is."""
    if isinstance(request.user, Person):
        Person.objects.filter(pk=request.user.pk, session_key=request.session.session_key).update(
            session_key=""
        )
        told(request.user, SecurityEvent.Kind.SIGNED_OUT, address=client(request))
    logout(request)


def keep_session(request: HttpRequest, person: Person) -> None:
    """The session goes on under another key: it stays the one that the person holds."""
    request.session.save()
    Person.objects.filter(pk=person.pk).update(session_key=request.session.session_key or "")


def await_proof(request: HttpRequest, person: Person) -> None:
    """The password was right: remember for a few minutes who has still to prove it twice."""
    request.session.flush()
    request.session[_AWAITED] = {"person": str(person.pk), "at": clock.now().isoformat()}
    request.session.set_expiry(int(WAITING.total_seconds()))


def awaited(request: HttpRequest) -> Person | None:
    """Who has given the password and not yet the second proof; None when nobody, or too late."""
    kept = request.session.get(_AWAITED)
    if not kept or clock.now() - datetime.fromisoformat(kept["at"]) > WAITING:
        return None
    return Person.objects.filter(pk=UUID(kept["person"]), is_active=True).first()


def mark_proven(request: HttpRequest, proof: str) -> None:
    """The second proof was given in this session, now."""
    request.session[_PROVEN] = {"by": proof, "at": clock.now().isoformat()}


def proven(request: HttpRequest) -> bool:
    """Whether a second proof was given in this session."""
    return _PROVEN in request.session


def fresh(request: HttpRequest) -> bool:
    """Whether a second proof was given within the last minutes."""
    kept = request.session.get(_PROVEN)
    return kept is not None and clock.now() - datetime.fromisoformat(kept["at"]) <= FRESH


def end_sessions(person: Person) -> None:
    """End the session that the person holds; the caller saves the person, whom it has locked."""
    _end(person.session_key)
    person.session_key = ""


def client(request: HttpRequest) -> str | None:
    """The network address that the request came from, as the server saw it."""
    return request.META.get("REMOTE_ADDR") or None


def _end(key: str) -> None:
    if key:
        engine: Any = import_module(settings.SESSION_ENGINE)
        engine.SessionStore(key).delete()
