"""What a step newly asserts: frozen dataclasses whose fields know their Chinese name and kind.

Desk form, API schema, event body, draft and worked example all derive from the one declaration.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, ClassVar

Json: typing.TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


class Kind(StrEnum):
    """How a field is shown, entered and checked."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    INSTANT = "instant"
    MONEY = "money"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    PERSON = "person"
    PERSONS = "persons"
    PARTY = "party"
    DOCUMENT = "document"
    EVIDENCE = "evidence"
    POWER = "power"
    CITES = "cites"
    ITEM = "item"
    ITEMS = "items"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Field:
    """The public face of one field of a facts class."""

    name: str
    label: str
    kind: Kind
    private: bool
    required: bool
    help: str
    maximum: int
    item: type[Any] | None
    """The enum of a choice, or the dataclass of an item."""
    prefilled: bool
    """Filled by the house, never typed: shown, not asked."""


class Choice(StrEnum):
    """An enumeration whose members carry their Chinese name: `FILE = "file", "立案"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Choice:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


@dataclass(frozen=True)
class Facts:
    """Base of every facts class; `version` rises when a field changes its meaning or leaves."""

    version: ClassVar[int] = 1


@dataclass(frozen=True)
class NoFacts(Facts):
    """A step that asserts nothing beyond that it was taken."""


class BadFacts(ValueError):
    """A value that a field does not take; names the field and the reason."""

    def __init__(self, field: str, label: str, reason: str) -> None:
        super().__init__(f"{label}：{reason}")
        self.field, self.label, self.reason = field, label, reason


def fact(
    label: str,
    kind: Kind = Kind.LINE,
    *,
    private: bool = False,
    optional: bool = False,
    help: str = "",
    maximum: int = 0,
    prefilled: bool = False,
    default: Any = dataclasses.MISSING,
) -> Any:
    """Declare a field. `private` fields never stand in an event, only their commitment does.

    `maximum` is the greatest length in characters (text), or the greatest value (numbers);
    0 takes the kind's own: 200 for a line, 20,000 for a text, 10^13 fen for money.
    """
    if optional and default is dataclasses.MISSING:
        default = None
    meta = {
        "fact": {
            "label": label,
            "kind": kind,
            "private": private,
            "required": not optional and default is dataclasses.MISSING,
            "help": help,
            "maximum": maximum or _MAXIMA.get(kind, 200),
            "prefilled": prefilled,
        }
    }
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=meta, kw_only=True)
    return dataclasses.field(metadata=meta, default=default, kw_only=True)


_MAXIMA = {
    Kind.LINE: 200,
    Kind.TEXT: 20_000,
    Kind.MONEY: 10**13,
    Kind.NUMBER: 10**9,
    Kind.ITEMS: 200,
}


_hints: dict[type[Any], dict[str, Any]] = {}
_fields: dict[type[Any], tuple[Field, ...]] = {}


def hints(cls: type[Any]) -> dict[str, Any]:
    """The resolved type of each field."""
    if cls not in _hints:
        _hints[cls] = typing.get_type_hints(cls)
    return _hints[cls]


def fields(cls: type[Any]) -> tuple[Field, ...]:
    """The fields of a facts class or of an item of one, in the order of declaration."""
    if cls not in _fields:
        _fields[cls] = _read_fields(cls)
    return _fields[cls]


def _read_fields(cls: type[Any]) -> tuple[Field, ...]:
    found = []
    for raw in dataclasses.fields(cls):
        meta = raw.metadata.get("fact")
        if meta is None:
            raise TypeError(f"{cls.__name__}.{raw.name} is not declared by fact()")
        inner = _inner(hints(cls)[raw.name])
        item = (
            inner
            if isinstance(inner, type)
            and (issubclass(inner, Enum) or dataclasses.is_dataclass(inner))
            else None
        )
        found.append(Field(name=raw.name, item=item, **meta))
    return tuple(found)


def _inner(hint: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple:
        return typing.get_args(hint)[0]
    if origin in (typing.Union, types.UnionType):
        return _inner(next(a for a in typing.get_args(hint) if a is not type(None)))
    return hint


def encode(value: Any) -> Json:
    """A value as JSON: dates ISO, instants RFC 3339 with offset, enums by code, no floats."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return value
    if isinstance(value, tuple | list | frozenset):
        return [encode(v) for v in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in a facts class")


def decode(cls: type[Any], data: Mapping[str, Json]) -> Any:
    """The dataclass from its JSON. Raises `BadFacts` naming the field that does not fit."""
    values: dict[str, Any] = {}
    for field in fields(cls):
        if field.name not in data:
            if field.required:
                raise BadFacts(field.name, field.label, "必须填写")
            continue
        values[field.name] = _decode(hints(cls)[field.name], data[field.name], field)
    unknown = set(data) - {f.name for f in fields(cls)}
    if unknown:
        name = sorted(unknown)[0]
        raise BadFacts(name, name, "没有这一项")
    made = cls(**values)
    check(made)
    return made


def _decode(hint: Any, value: Json, field: Field) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return _decode(_inner_union(hint), value, field)
    try:
        if origin is tuple:
            if not isinstance(value, list):
                raise ValueError
            return tuple(_decode(typing.get_args(hint)[0], v, field) for v in value)
        if hint is date:
            return date.fromisoformat(str(value))
        if hint is datetime:
            instant = datetime.fromisoformat(str(value))
            if instant.tzinfo is None:
                raise ValueError
            return instant
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint(value)
        if hint is bool or hint is int:
            if type(value) is not hint:
                raise ValueError
            return value
        if dataclasses.is_dataclass(hint):
            if not isinstance(value, dict):
                raise ValueError
            return decode(typing.cast("type[Any]", hint), value)
        if hint is str:
            if not isinstance(value, str):
                raise ValueError
            return value
    except BadFacts:
        raise
    except (ValueError, TypeError):
        raise BadFacts(field.name, field.label, f"不能填「{str(value)[:40]}」") from None
    raise TypeError(f"{field.name}: {hint!r} has no place in a facts class")


def _inner_union(hint: Any) -> Any:
    return next(a for a in typing.get_args(hint) if a is not type(None))


YEARS = range(1900, 2200)
"""The years that a day of a matter can lie in; beyond them arithmetic on days has no room."""

_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
"""Control characters but line ends and tabs, and halves of characters."""


def fits(hint: Any, value: Any) -> bool:
    """Whether a value is of the type that its field declares, so that it can be read again."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return value is None or fits(_inner_union(hint), value)
    if origin is tuple:
        inner = typing.get_args(hint)[0]
        return isinstance(value, tuple) and all(fits(inner, v) for v in value)
    if hint in (bool, int, date):
        return type(value) is hint
    if hint is datetime:
        return isinstance(value, datetime) and value.tzinfo is not None
    return isinstance(value, hint)


def check(made: Any) -> None:
    """Types, lengths, ranges and emptiness of every field, items included. Raises `BadFacts` at
    the first that fails."""
    for field in fields(type(made)):
        value = getattr(made, field.name)
        if not fits(hints(type(made))[field.name], value):
            said = str(value)[:40].encode(errors="replace").decode()
            raise BadFacts(field.name, field.label, f"不能填「{said}」")
        if field.required and (
            value in ("", (), None) or (isinstance(value, str) and not value.strip())
        ):
            raise BadFacts(field.name, field.label, "必须填写")
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                _check_text(field, text)
        if isinstance(value, date) and value.year not in YEARS:
            raise BadFacts(field.name, field.label, "日期超出合理范围")
        if isinstance(value, int) and not isinstance(value, bool):
            if not 0 <= value <= field.maximum:
                raise BadFacts(field.name, field.label, f"必须在0和{field.maximum}之间")
        elif isinstance(value, tuple) and field.kind is Kind.ITEMS and len(value) > field.maximum:
            raise BadFacts(field.name, field.label, f"不能超过{field.maximum}项")
        if field.kind in (Kind.ITEM, Kind.ITEMS) and value:
            _check_items(field, value)


def _check_text(field: Field, text: str) -> None:
    if len(text) > field.maximum:
        raise BadFacts(field.name, field.label, f"不能超过{field.maximum}个字")
    if _UNSHOWN.search(text):
        raise BadFacts(field.name, field.label, "含有不能显示的控制字符")


def _check_items(field: Field, value: Any) -> None:
    for item in value if isinstance(value, tuple) else (value,):
        try:
            check(item)
        except BadFacts as bad:
            raise BadFacts(field.name, f"{field.label}的{bad.label}", bad.reason) from None


def public(facts: Facts) -> dict[str, Json]:
    """The fields that may stand in an event."""
    return {f.name: encode(getattr(facts, f.name)) for f in fields(type(facts)) if not f.private}


def private(facts: Facts) -> dict[str, Json]:
    """The personal data and narrative, which only a commitment represents in an event."""
    return {f.name: encode(getattr(facts, f.name)) for f in fields(type(facts)) if f.private}


DISPOSED = "（依法处置，内容不再保存）"


def restore(cls: type[Any], public: Mapping[str, Json], private: Mapping[str, Json]) -> Any:
    """The facts as recorded. What was lawfully disposed of reads as `DISPOSED`, empty or none."""
    values: dict[str, Any] = {}
    for field in fields(cls):
        source = private if field.private else public
        if field.name in source:
            values[field.name] = _decode(hints(cls)[field.name], source[field.name], field)
        elif field.required:
            values[field.name] = DISPOSED if hints(cls)[field.name] is str else ()
    return cls(**values)
