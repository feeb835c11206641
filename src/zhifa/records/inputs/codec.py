"""Inputs as canonical JSON, and back.

The text is what a digest is taken of, so there is one spelling of it: keys sorted, no spaces,
UTF-8, money as whole 分, dates ISO, instants RFC 3339 in UTC. Nothing is guessed when reading: an
unknown, missing or wrongly typed field is refused by its path. A field that an input gained later
has a default, so that what was written before is still read.
"""

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from zhifa.records.inputs.parts import Document

D = TypeVar("D", bound=Document)


class BadInput(ValueError):
    """A document's input does not have the shape that its kind declares."""


def encode(document: Document) -> str:
    """The canonical text of an input."""
    return json.dumps(
        _plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(document: Document) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return sha256(encode(document).encode()).hexdigest()


def decode(shape: type[D], text: str) -> D:
    """Read an input back. Raises BadInput naming the field that is wrong."""
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise BadInput(f"not JSON: {error}") from error
    value: D = _read(shape, raw, shape.__name__)
    return value


@cache
def shape_of(cls: type) -> dict[str, Any]:
    """The fields of an input class with their full types."""
    return get_type_hints(cls, include_extras=True)


def is_prose(hint: Any) -> bool:
    """Whether a field holds running text (directly, optionally, or as a tuple of paragraphs)."""
    if get_origin(hint) is Annotated:
        return "prose" in hint.__metadata__
    return any(is_prose(arg) for arg in get_args(hint))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise BadInput(f"an instant without an offset: {value}")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    raise BadInput(f"{type(value).__name__} cannot stand in a document's input")


def _read(hint: Any, raw: Any, path: str) -> Any:
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not NoneType)
        return None if raw is None else _read(inner, raw, path)
    if origin is tuple:
        if not isinstance(raw, list):
            raise BadInput(f"{path}: a list is expected")
        return tuple(_read(get_args(hint)[0], item, f"{path}[{i}]") for i, item in enumerate(raw))
    if origin is Literal:
        if raw not in get_args(hint):
            raise BadInput(f"{path}: {raw!r} is not one of {'、'.join(get_args(hint))}")
        return raw
    if is_dataclass(hint):
        return _read_object(hint, raw, path)
    if hint in (date, datetime):
        return _read_time(hint, raw, path)
    if type(raw) is not hint:
        raise BadInput(f"{path}: {hint.__name__} is expected, not {type(raw).__name__}")
    return raw


def _read_object(shape: Any, raw: Any, path: str) -> Any:
    if not isinstance(raw, dict):
        raise BadInput(f"{path}: an object is expected")
    hints = shape_of(shape)
    if unknown := sorted(raw.keys() - hints.keys()):
        raise BadInput(f"{path}: unknown {', '.join(unknown)}")
    needed = {f.name for f in fields(shape) if f.default is MISSING}
    if missing := sorted(needed - raw.keys()):
        raise BadInput(f"{path}: missing {', '.join(missing)}")
    return shape(**{name: _read(hints[name], raw[name], f"{path}.{name}") for name in raw})


def _read_time(hint: type, raw: Any, path: str) -> date:
    if not isinstance(raw, str):
        raise BadInput(f"{path}: a date in ISO form is expected")
    try:
        if hint is date:
            return date.fromisoformat(raw)
        instant = datetime.fromisoformat(raw)
    except ValueError as error:
        raise BadInput(f"{path}: {error}") from error
    if instant.tzinfo is None:
        raise BadInput(f"{path}: an instant needs an offset")
    return instant.astimezone(UTC)
