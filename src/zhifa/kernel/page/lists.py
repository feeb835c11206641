"""Lists: one page of them at a time, in an order that the reader chooses among the allowed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

T = TypeVar("T")
DEEPEST = 2_000
"""The last page that can be asked for: beyond it one filters, one does not leaf."""


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One page of a list. ``total`` is None where counting it would cost more than it tells."""

    items: tuple[T, ...]
    number: int
    per: int
    has_next: bool
    total: int | None = None

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.number > 1

    @property
    def first(self) -> int:
        """The ordinal of the first item shown, counted from one; 0 on an empty page."""
        return (self.number - 1) * self.per + 1 if self.items else 0

    @property
    def last(self) -> int:
        """The ordinal of the last item shown."""
        return (self.number - 1) * self.per + len(self.items)


def leaf(
    request: HttpRequest, rows: Any, *, per: int = 50, total: int | None = None, name: str = "page"
) -> Leaf[Any]:
    """The page that the address asks for, of a queryset or a sequence in a total order.

    Reads one row more than it shows instead of counting. Whatever is no page number is page one.
    """
    asked = request.GET.get(name, "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = min(max(number, 1), DEEPEST)
    start = (number - 1) * per
    found = tuple(rows[start : start + per + 1])
    return Leaf(found[:per], number, per, len(found) > per and number < DEEPEST, total)


@dataclass(frozen=True, slots=True)
class Sorting:
    """The order of a list: the column's name, its direction, and what to give to ``order_by``."""

    column: str
    descending: bool
    order: tuple[str, ...]


def sorting(
    request: HttpRequest,
    allowed: Mapping[str, Sequence[str]],
    *,
    default: str,
    name: str = "sort",
    last: str = "id",
) -> Sorting:
    """The order that the address asks for (``sort=-due``), or the default one; always total.

    ``allowed`` says which columns may be asked for and what each means to the database.
    """
    asked = request.GET.get(name, default)
    if asked.removeprefix("-") not in allowed:
        asked = default
    descending, column = asked.startswith("-"), asked.removeprefix("-")
    order = [*allowed[column], last]
    return Sorting(column, descending, tuple(_turn(o) for o in order) if descending else (*order,))


def _turn(order: str) -> str:
    return order.removeprefix("-") if order.startswith("-") else f"-{order}"
