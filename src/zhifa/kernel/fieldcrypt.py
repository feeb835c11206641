"""Identity numbers and phones in columns: sealed, found again by a blind index, shown masked."""

from __future__ import annotations

import base64
import hmac
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from django.conf import settings

from zhifa.kernel import keys

_SEALED = "zf1:"


class CannotOpen(ValueError):
    """A sealed text was changed, belongs to another field, or was sealed by another key."""


def seal_text(value: str, *, field: str) -> str:
    """Encrypt a column's text (AES-256-GCM). ``field`` ("party.identity_no") is bound in.

    The same text is sealed differently each time; :func:`blind_index` finds equals.
    """
    content = keys.wrapped(_key("field", settings.ZHIFA_MASTER_KEY), value.encode(), field.encode())
    return _SEALED + base64.b64encode(content).decode("ascii")


def open_text(sealed: str, *, field: str) -> str:
    """Decrypt what :func:`seal_text` gave for the same field."""
    if not sealed.startswith(_SEALED):
        raise CannotOpen("the text is not sealed")
    try:
        content = base64.b64decode(sealed[len(_SEALED) :], validate=True)
        return keys.unwrapped(
            _key("field", settings.ZHIFA_MASTER_KEY), content, field.encode()
        ).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("the sealed text does not open") from error


def blind_index(value: str, *, field: str) -> str:
    """A keyed digest (HMAC-SHA256) by which equal values of a field are found without opening any.

    The caller normalises first (capitals, blanks): equal means equal to the byte.
    """
    key = _key("blind-index", settings.ZHIFA_MASTER_KEY)
    return hmac.new(key, f"{field}\0{value}".encode(), sha256).hexdigest()


@cache
def _key(purpose: str, master: bytes) -> bytes:
    return keys.derived(purpose)
