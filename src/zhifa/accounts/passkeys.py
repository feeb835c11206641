"""What the browser is asked of a key: the challenge is kept in the session and is good once."""

from __future__ import annotations

from ipaddress import ip_address

import webauthn
from django.http import HttpRequest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zhifa.accounts.models import Factor, Person

_KEPT = "passkey_challenge"
_MOST_MS = 120_000


def domain(request: HttpRequest) -> str:
    """The name that keys are bound to: the host of this house without its port."""
    host = request.get_host()
    return host[1 : host.index("]")] if host.startswith("[") else host.partition(":")[0]


def origin(request: HttpRequest) -> str:
    """Where the browser must say that it was asked."""
    return f"{request.scheme}://{request.get_host()}"


def by_number(request: HttpRequest) -> bool:
    """Whether the house was reached by an address of numbers, to which no key can be bound."""
    try:
        ip_address(domain(request))
    except ValueError:
        return False
    return True


def to_enrol(request: HttpRequest, person: Person) -> str:
    """What to ask for when a key is enrolled, as JSON; keys known already are excluded."""
    if by_number(request):
        return ""
    asked = webauthn.generate_registration_options(
        rp_id=domain(request),
        rp_name="智法",
        user_id=person.pk.bytes,
        user_name=person.username,
        user_display_name=person.name,
        timeout=_MOST_MS,
        exclude_credentials=_keys(person),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    _keep(request, asked.challenge)
    return webauthn.options_to_json(asked)


def to_prove(request: HttpRequest, person: Person) -> str:
    """What to ask for when a key is to prove its person, as JSON; nothing without any key."""
    keys = _keys(person)
    if not keys or by_number(request):
        return ""
    asked = webauthn.generate_authentication_options(
        rp_id=domain(request),
        timeout=_MOST_MS,
        allow_credentials=keys,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    _keep(request, asked.challenge)
    return webauthn.options_to_json(asked)


def taken(request: HttpRequest) -> str:
    """The challenge that was asked last; it is forgotten with this."""
    return str(request.session.pop(_KEPT, ""))


def _keep(request: HttpRequest, challenge: bytes) -> None:
    request.session[_KEPT] = bytes_to_base64url(challenge)


def _keys(person: Person) -> list[PublicKeyCredentialDescriptor]:
    rows = person.factors.filter(kind=Factor.Kind.PASSKEY).values_list("credential_id", flat=True)
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row)) for row in rows]
