"""One text for one value: canonical JSON, and digests that cannot be mistaken for one another.

The subset of RFC 8785 that an act needs: no floats, integers within ±(2^53 - 1), keys sorted by
UTF-16 code units, strings escaped only where they must be, exact UTF-8. What is hashed, stored,
exported and checked offline is this text and no other.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

Json = Any
"""A JSON value; the type language cannot say "canonical", so :func:`text` checks it."""

SHANGHAI = ZoneInfo("Asia/Shanghai")
GREATEST_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """The value has no canonical text: a float, a lone surrogate, a NUL, a key that is no text."""


def text(value: Json) -> str:
    """The canonical text of a pure JSON value.

    >>> text({"b": 1, "a": ["张三", None, True]})
    '{"a":["张三",null,true],"b":1}'
    """
    return json.dumps(
        _checked(value, "$"), ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def encode(value: Json) -> bytes:
    """The canonical UTF-8 bytes of a pure JSON value."""
    return text(value).encode("utf-8")


def plain(value: Any) -> Json:
    """Turn dates, instants, identifiers, enumerations and dataclasses into pure JSON.

    Dates become ISO dates; instants RFC 3339 with the offset of Asia/Shanghai, so that the first
    ten characters are always the legal date. Floats and naive instants are refused.
    """
    if value is None or (isinstance(value, (bool, str)) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {_key(k): plain(v) for k, v in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(v) for v in value), key=text)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [plain(v) for v in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def instant(at: datetime) -> str:
    """An instant as it is hashed: RFC 3339, microseconds, offset of Asia/Shanghai."""
    if at.tzinfo is None:
        raise NotCanonical("an instant needs its time zone")
    return at.astimezone(SHANGHAI).isoformat(timespec="microseconds")


def digest(tag: str, *parts: bytes) -> str:
    """SHA-256 in hex over a domain tag and the parts, each preceded by its length.

    The tag keeps a digest of one sort of thing from ever passing as a digest of another.
    """
    return _tagged(hashlib.sha256(), tag, parts)


def digest_sm3(tag: str, *parts: bytes) -> str:
    """SM3 (GB/T 32905) in hex, over the same bytes as :func:`digest`."""
    return _tagged(hashlib.new("sm3"), tag, parts)


def _tagged(algorithm: Any, tag: str, parts: tuple[bytes, ...]) -> str:
    algorithm.update(tag.encode("ascii") + b"\n")
    for part in parts:
        algorithm.update(len(part).to_bytes(8, "big"))
        algorithm.update(part)
    return str(algorithm.hexdigest())


def _checked(value: Json, where: str) -> Json:
    if value is None or value is True or value is False:
        return value
    kind = type(value)
    if kind is str:
        return _string(value, where)
    if kind is int:
        if abs(value) > GREATEST_INTEGER:
            raise NotCanonical(f"{where}: an integer beyond 2^53 - 1 is written as text")
        return value
    if isinstance(value, Mapping):
        pairs = [(_string(_key(k), where), v) for k, v in value.items()]
        if not all(k.isascii() for k, _ in pairs):
            pairs.sort(key=lambda pair: pair[0].encode("utf-16-be"))
        else:
            pairs.sort(key=lambda pair: pair[0])
        return {k: _checked(v, f"{where}.{k}") for k, v in pairs}
    if isinstance(value, (list, tuple)):
        return [_checked(v, f"{where}[{i}]") for i, v in enumerate(value)]
    raise NotCanonical(f"{where}: {kind.__name__} has no canonical form")


def _string(value: str, where: str) -> str:
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise NotCanonical(f"{where}: text holds half a character") from error
    if "\x00" in value:
        raise NotCanonical(f"{where}: text holds a NUL character")
    return value


def _key(key: object) -> str:
    if isinstance(key, Enum):
        key = key.value
    if isinstance(key, UUID):
        return str(key)
    if not isinstance(key, str):
        raise NotCanonical(f"a key must be text, not {type(key).__name__}")
    return str(key)
