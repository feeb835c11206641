"""Facts as a person reads them: the name of each field, and its value in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from zhifa.kernel.page import words
from zhifa.law import facts as law
from zhifa.law.cite import Cite, UnknownLaw
from zhifa.law.facts import Field, Json, Kind, encode, fields

NOTHING = "无"


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of facts, in words; ``below`` are the rows of an item."""

    name: str
    label: str
    value: str
    below: tuple[tuple[Shown, ...], ...] = ()


def shown(
    facts: Any, choices: Mapping[str, Sequence[tuple[str, str]]] | None = None
) -> tuple[Shown, ...]:
    """Every field of facts as a person reads it.

    ``choices`` gives the words for keys that only a register knows: people, parties, evidence.
    """
    values = encode(facts)
    assert isinstance(values, dict)
    return tuple(
        Shown(
            fact.name,
            fact.label,
            shown_value(fact, values.get(fact.name), choices or {}),
            _below(fact, values.get(fact.name), choices or {}),
        )
        for fact in fields(type(facts))
    )


def shown_value(fact: Field, value: Json, choices: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """One value in words."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        if fact.kind is Kind.ITEMS:
            return f"{len(value)}项"
        return "、".join(shown_value(fact, v, choices) for v in value)
    if isinstance(value, dict):
        return ""
    if fact.kind is Kind.MONEY and isinstance(value, int):
        return f"{words.yuan(value)} 元"
    if isinstance(value, int):
        return str(value)
    offered = dict(choices.get(fact.name, ()))
    return offered.get(value) or _words(fact, value)


def _words(fact: Field, value: str) -> str:
    if fact.kind is Kind.DAY:
        return words.zh_date(value)
    if fact.kind is Kind.INSTANT:
        return words.zh_instant(datetime.fromisoformat(value))
    if fact.kind is Kind.CITES:
        try:
            return Cite.parse(value).label
        except (ValueError, UnknownLaw):
            return value
    if fact.item is not None and issubclass(fact.item, Enum):
        found = next((m for m in fact.item if m.value == value), None)
        return str(getattr(found, "label", value))
    return value


def _below(
    fact: Field, value: Json, choices: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[tuple[Shown, ...], ...]:
    items = [value] if isinstance(value, dict) else value
    if not isinstance(items, list) or fact.item is None or fact.kind not in (Kind.ITEM, Kind.ITEMS):
        return ()
    lead = f"{fact.name}."
    inner = {k.removeprefix(lead): v for k, v in choices.items() if k.startswith(lead)}
    return tuple(
        tuple(
            Shown(f.name, f.label, shown_value(f, item.get(f.name), inner))
            for f in law.fields(fact.item)
        )
        for item in items
        if isinstance(item, dict)
    )
