"""The shapes that the kit's components take: frozen values, no queries, no markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Tone = Literal["done", "now", "wait", "soon", "late", "void", "plain"]
"""What a state means to the reader; each tone has a colour and an icon, the words are given."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A state: words, and the tone that gives it colour and icon."""

    words: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``kind`` says how its values are set."""

    name: str
    label: str
    kind: Literal["text", "number", "money", "date", "instant", "badge"] = "text"
    sorts: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a second, quieter line below it, or an address of its own."""

    value: Any
    below: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: values by column name. Its first cell leads to ``address``."""

    cells: Mapping[str, Any]
    address: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """A list. ``caption`` names it to everybody, ``empty`` says what its emptiness means."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    empty: str = "没有记录"
    sorted_by: str = ""
    descending: bool = False
    quiet_caption: bool = False
    """The caption is heard, not seen, where a heading above says the same."""


@dataclass(frozen=True, slots=True)
class Station:
    """A station of the line of a matter's phases."""

    label: str
    state: Literal["done", "now", "next", "skipped"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as a story or list names it."""

    title: str
    number: str = ""
    address: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a timeline: who did what, when, with which documents, and its hash mark."""

    on: date | datetime
    who: str
    sentence: str
    duty: str = ""
    papers: Sequence[Paper] = field(default_factory=tuple)
    hash: str = ""
    late: str = ""
    """Why it was entered late, where it was."""
    note: str = ""
    address: str = ""
