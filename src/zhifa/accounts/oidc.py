"""Signing in through the city's identity provider (OpenID Connect): code flow, PKCE, nonce.

The provider says who somebody is; whether the house knows them, it alone says: a configured claim
must equal the sign-in name of a person who exists. Nobody is created by signing in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.http import HttpRequest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from zhifa.accounts.models import Person
from zhifa.kernel import clock

_KEPT: Final = "oidc"
_ALGORITHMS: Final = ("RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512")
_ADDRESSES: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_PATIENCE: Final = 10
_LEEWAY: Final = 60
_TWICE: Final = frozenset({"mfa", "otp", "hwk", "swk"})
"""Methods (RFC 8176) by which the provider says that it asked for a second proof itself."""


class ProviderRefused(Exception):
    """The provider, or what it sent, cannot be trusted or cannot be reached."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as the settings name it."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider said: the value of the claim, and whether it asked for two proofs."""

    value: str
    twice: bool


def provider() -> Provider | None:
    """The configured provider; None where there is none."""
    said: dict[str, str] = settings.OIDC
    if not said.get("issuer"):
        return None
    return Provider(**said)


def begin(request: HttpRequest, known: Provider, *, back: str, then: str) -> str:
    """The address to go to; state, nonce and verifier stay in the session, and serve once."""
    kept = {"state": secrets.token_urlsafe(24), "nonce": secrets.token_urlsafe(24),
            "verifier": secrets.token_urlsafe(48), "then": then}  # fmt: skip
    address, _state = _session(known, back).create_authorization_url(
        _published(known)["authorization_endpoint"],
        state=kept["state"], nonce=kept["nonce"], code_verifier=kept["verifier"],
    )  # fmt: skip
    request.session[_KEPT] = kept
    return str(address)


def finish(request: HttpRequest, known: Provider, *, back: str) -> tuple[Told, str]:
    """What the provider says of who came back, and where they wanted to go.

    Raises ``ProviderRefused`` where anything does not fit: state, code, signature, issuer,
    audience, time or nonce.
    """
    kept = request.session.pop(_KEPT, None)
    state = request.GET.get("state", "")
    if not kept or not secrets.compare_digest(kept["state"].encode(), state.encode()):
        raise ProviderRefused("the answer does not belong to this browser")
    if not (code := request.GET.get("code", "")):
        raise ProviderRefused("the provider sent no code")
    published = _published(known)
    try:
        token = _session(known, back).fetch_token(
            published["token_endpoint"], code=code, code_verifier=kept["verifier"],
            timeout=_PATIENCE,
        )  # fmt: skip
        keys = KeySet.import_key_set(_read(published["jwks_uri"]))
        claims = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS).claims
        _registry(known, kept["nonce"]).validate(claims)
    except (AuthlibBaseError, JoseError, requests.RequestException, KeyError, ValueError,
            TypeError) as no:  # fmt: skip
        raise ProviderRefused(str(no)) from no
    methods = claims.get("amr")
    twice = isinstance(methods, list) and bool(_TWICE & {str(m) for m in methods})
    return Told(str(claims.get(known.claim) or ""), twice), kept["then"]


def person_of(told: Told) -> Person | None:
    """The active person whose sign-in name the claim says; None where nobody is."""
    if not told.value:
        return None
    return Person.objects.filter(username=told.value, is_active=True).first()


def _registry(known: Provider, nonce: str) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(clock.now().timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": known.issuer},
        aud={"essential": True, "value": known.client_id},
        exp={"essential": True},
        nonce={"essential": True, "value": nonce},
    )


def _session(known: Provider, back: str) -> Any:
    return OAuth2Session(
        known.client_id,
        known.client_secret,
        scope="openid profile",
        redirect_uri=back,
        code_challenge_method="S256",
    )


def _published(known: Provider) -> dict[str, Any]:
    found: dict[str, Any] = _read(f"{_safe(known.issuer)}/.well-known/openid-configuration")
    if found.get("issuer") != known.issuer:
        raise ProviderRefused("the provider publishes another issuer")
    return {key: _safe(found[key]) if key in _ADDRESSES else found[key] for key in found}


def _safe(address: str) -> str:
    """The address, if it is reached by https; on this machine itself http will do."""
    where = urlsplit(address)
    if where.scheme != "https" and where.hostname not in ("localhost", "127.0.0.1"):
        raise ProviderRefused("the provider must be reached by https")
    return address


def _read(address: str) -> Any:
    try:
        answer = requests.get(address, timeout=_PATIENCE, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as no:
        raise ProviderRefused(str(no)) from no
