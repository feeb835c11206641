"""Repeated rows of a form: as many as there are, one more on request, any taken away by a tick.

Works without JavaScript: the button named ``_add_<name>`` sends the form as it stands, and the
page shows it again with one row more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from zhifa.law.facts import Field

if TYPE_CHECKING:
    from zhifa.kernel.factform.form import FactForm

Make = Callable[[int, Any, Any], "FactForm"]
"""(index, initial, data) → the form of a row."""
ADD = "_add_"
COUNT, REMOVE = "_count", "_remove"


@dataclass
class Rows:
    """The rows of one field. ``forms`` holds all that are shown."""

    fact: Field
    prefix: str
    forms: list[FactForm] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)

    @classmethod
    def read(
        cls, fact: Field, prefix: str, data: Any, given: Sequence[Any], make: Make, *, adding: bool
    ) -> Rows:
        """The rows that the request carries, or those given, or one empty row where one is due."""
        rows = cls(fact, prefix)
        if data is None:
            rows.forms = [make(n, initial, None) for n, initial in enumerate(given)]
            if not rows.forms and fact.required:
                rows.forms.append(make(0, None, None))
            return rows
        count = rows._count(data)
        removed = {n for n in range(count) if data.get(f"{prefix}-{n}-{REMOVE}")}
        if not adding:
            rows.forms = [make(n, None, data) for n in range(count)]
            rows.removed = removed
            return rows
        stay = [n for n in range(count) if n not in removed]
        moved = _moved(data, prefix, stay)
        rows.forms = [make(n, None, moved) for n in range(len(stay))]
        if not rows.full:
            rows.forms.append(make(len(rows.forms), None, None))
        return rows

    @property
    def count_name(self) -> str:
        """The hidden input that says how many rows were shown."""
        return f"{self.prefix}-{COUNT}"

    @property
    def add_name(self) -> str:
        """The button that asks for one more row."""
        return f"{ADD}{self.prefix}"

    @property
    def full(self) -> bool:
        """Whether no further row is taken."""
        return len(self.forms) >= self.fact.maximum

    def kept(self) -> list[FactForm]:
        """The rows that count: not ticked for removal, and not left wholly empty."""
        return [
            form
            for n, form in enumerate(self.forms)
            if n not in self.removed and not _is_blank(form)
        ]

    def owns(self, name: str) -> bool:
        """Whether an input of that name belongs to a row shown."""
        rest = name.removeprefix(f"{self.prefix}-")
        if rest == COUNT:
            return True
        index, _, inner = rest.partition("-")
        if not (index.isascii() and index.isdigit()) or int(index[:6]) >= len(self.forms):
            return False
        form = self.forms[int(index[:6])]
        return inner == REMOVE or not form.is_unasked(name)

    def _count(self, data: Any) -> int:
        raw = str(data.get(self.count_name) or "0")
        asked = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 0
        return min(asked, self.fact.maximum)


def _moved(data: Any, prefix: str, stay: Sequence[int]) -> QueryDict:
    """What was typed into the rows that stay, moved up to close the gaps."""
    moved = QueryDict(mutable=True)
    for to, n in enumerate(stay):
        lead = f"{prefix}-{n}-"
        for name in data:
            if str(name).startswith(lead):
                moved.setlist(f"{prefix}-{to}-{str(name).removeprefix(lead)}", values(data, name))
    return moved


def values(data: Any, name: Any) -> list[Any]:
    """Everything that was sent under a name."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data[name]
    return list(value) if isinstance(value, list | tuple) else [value]


def _is_blank(form: FactForm) -> bool:
    """Whether a row was left as it was offered: nothing typed, nothing chosen."""
    lead = f"{form.prefix}-"
    own = [n for n in form.data if str(n).startswith(lead) and not str(n).endswith(f"-{REMOVE}")]
    return not any(str(v).strip() for name in own for v in values(form.data, name))
