"""Django fields for the kinds of a fact: each reads text into the JSON of the value."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget

from zhifa.kernel import clock
from zhifa.kernel.factform import reading
from zhifa.kernel.factform.reading import Unreadable
from zhifa.law.facts import Field, Kind, hints

Pairs = Sequence[tuple[str, str]]
RADIOS = 5
"""Up to so many choices stand open as radio buttons; more fold into a list."""
MANY = 8
"""From so many checkboxes on, the group scrolls."""


class FactField(forms.Field):
    """A field of a form for a field of a facts class; ``kind`` is what its look depends on."""

    def __init__(self, fact: Field, widget: forms.Widget) -> None:
        super().__init__(
            required=False, label=fact.label, help_text=fact.help, widget=widget, initial=None
        )
        self.fact = fact
        self.kind = fact.kind.value
        self.optional = not fact.required and fact.kind is not Kind.FLAG
        if fact.required and not widget.use_fieldset and fact.kind is not Kind.FLAG:
            widget.attrs["aria-required"] = "true"

    def clean(self, value: Any) -> Any:
        """The JSON of the value. Errors name the field and the reason."""
        try:
            found = self.read(value)
        except Unreadable as no:
            raise ValidationError(f"{self.fact.label}：{no}") from None
        if self.fact.required and found in (None, "", []):
            raise ValidationError(f"{self.fact.label}：必须填写")
        return found

    def read(self, value: Any) -> Any:
        """The JSON of what the widget took from the request; `Unreadable` with the reason."""
        raise NotImplementedError(self.kind)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Not asked here: a fact is asserted, not changed."""
        return True


class TextField(FactField):
    """A line, a text, or figures read by a function of their kind."""

    def __init__(
        self, fact: Field, widget: forms.Widget, to_json: Callable[[str], Any], empty: Any
    ) -> None:
        super().__init__(fact, widget)
        self.to_json, self.empty = to_json, empty

    def read(self, value: Any) -> Any:
        """Nothing typed is the field's own emptiness."""
        raw = "" if value is None else str(value)
        # Read before asking for emptiness, so that what is only unseen characters counts as empty.
        if not raw.translate(reading.INVISIBLE).strip():
            return self.empty
        return self.to_json(raw)

    def prepare_value(self, value: Any) -> Any:
        """What is shown in the input: money in 元, an instant as the input wants it."""
        if self.kind == Kind.MONEY and type(value) is int:
            return f"{value // 100}.{value % 100:02d}"
        if self.kind == Kind.INSTANT and isinstance(value, str) and len(value) > 16:
            try:
                return (
                    datetime.fromisoformat(value)
                    .astimezone(clock.SHANGHAI)
                    .strftime("%Y-%m-%dT%H:%M")
                )
            except ValueError:
                return value
        return "\n".join(str(v) for v in value) if isinstance(value, list) else value


class OneOf(FactField):
    """One of the values offered."""

    def __init__(self, fact: Field, widget: ChoiceWidget, offered: Pairs, empty: Any) -> None:
        super().__init__(fact, widget)
        self.offered, self.empty = frozenset(key for key, _ in offered), empty

    def read(self, value: Any) -> Any:
        """The key chosen."""
        key = "" if value is None else str(value)
        if not key:
            return self.empty
        if key not in self.offered:
            raise Unreadable(f"没有「{short(key)}」这一选项")
        return key


class SeveralOf(FactField):
    """Any number of the values offered, in the order in which they are offered."""

    def __init__(self, fact: Field, widget: ChoiceWidget, offered: Pairs) -> None:
        super().__init__(fact, widget)
        self.offered = [key for key, _ in offered]

    def read(self, value: Any) -> Any:
        """The keys chosen."""
        keys = [str(v) for v in value] if isinstance(value, list | tuple) else []
        for key in keys:
            if key not in self.offered:
                raise Unreadable(f"没有「{short(key)}」这一选项")
        return [key for key in self.offered if key in keys]


class Flag(FactField):
    """Ticked or not; where the law lets it stay open, yes, no or not said."""

    def read(self, value: Any) -> Any:
        """A truth value, or None where it was left open."""
        if isinstance(self.widget, forms.CheckboxInput):
            return bool(value)
        if value not in ("true", "false", "", None):
            raise Unreadable(f"没有「{short(str(value))}」这一选项")
        return {"true": True, "false": False}.get(value or "")

    def prepare_value(self, value: Any) -> Any:
        """The key of the radio button that stands for it."""
        if isinstance(self.widget, forms.RadioSelect) and isinstance(value, bool):
            return "true" if value else "false"
        return value


def make(cls: type[Any], fact: Field, offered: Pairs | None) -> FactField:
    """The form field for a fact, with the choices that the page offers for it."""
    hint = hints(cls)[fact.name]
    several, is_open = _several(hint), may_be_none(hint)
    empty: Any = None if is_open else ""
    if fact.kind is Kind.FLAG:
        return _flag(fact, is_open)
    if offered is None and fact.item is not None and issubclass(fact.item, Enum):
        offered = [(str(m.value), str(getattr(m, "label", m.value))) for m in _members(fact.item)]
    if offered is not None:
        return _choice(fact, offered, several, empty)
    if several:
        return TextField(
            fact,
            forms.Textarea(attrs={"rows": 3}),
            reading.cites if fact.kind is Kind.CITES else _lines(fact),
            [],
        )
    return _text(fact, empty)


def _flag(fact: Field, is_open: bool) -> FactField:
    if not is_open:
        return Flag(fact, forms.CheckboxInput())
    return Flag(fact, forms.RadioSelect(choices=[("true", "是"), ("false", "否"), ("", "未确定")]))


def _choice(fact: Field, offered: Pairs, several: bool, empty: Any) -> FactField:
    if several:
        css = "options many" if len(offered) >= MANY else "options"
        return SeveralOf(
            fact, forms.CheckboxSelectMultiple(attrs={"class": css}, choices=offered), offered
        )
    shown = list(offered)
    if fact.kind is Kind.CHOICE and len(offered) <= RADIOS:
        if not fact.required:
            shown.append(("", "不选"))
        across = sum(len(label) + 4 for _, label in shown) <= 40
        css = "options across" if across else "options"
        return OneOf(fact, forms.RadioSelect(attrs={"class": css}, choices=shown), offered, empty)
    return OneOf(fact, forms.Select(choices=[("", "请选择"), *shown]), offered, empty)


def _text(fact: Field, empty: Any) -> FactField:
    maximum = fact.maximum
    if fact.kind is Kind.MONEY:
        figures = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return TextField(fact, figures, lambda raw: reading.money(raw, maximum), None)
    if fact.kind is Kind.NUMBER:
        figures = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return TextField(fact, figures, lambda raw: reading.number(raw, maximum), None)
    if fact.kind is Kind.DAY:
        calendar = forms.TextInput(attrs={"placeholder": "2026-11-24"})
        calendar.input_type = "date"
        return TextField(fact, calendar, reading.day, None)
    if fact.kind is Kind.INSTANT:
        clockwork = forms.TextInput()
        clockwork.input_type = "datetime-local"
        return TextField(fact, clockwork, reading.instant, None)
    if fact.kind is Kind.TEXT:
        area = forms.Textarea(attrs={"rows": 5})
        return TextField(fact, area, lambda raw: reading.text(raw, maximum, line=False), empty)
    # No maxlength: a browser would cut a pasted text without a word, where we say what is too long.
    line = forms.TextInput(attrs={"autocomplete": "off"})
    return TextField(fact, line, lambda raw: reading.text(raw, maximum, line=True), empty)


def _lines(fact: Field) -> Callable[[str], list[str]]:
    def read(raw: str) -> list[str]:
        lines = [
            reading.text(one, fact.maximum, line=True)
            for one in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        ]
        return [one for one in lines if one]

    return read


def _members(enum: type[Enum]) -> list[Enum]:
    return list(enum)


def _several(hint: Any) -> bool:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return any(_several(arm) for arm in typing.get_args(hint))
    return typing.get_origin(hint) is tuple


def may_be_none(hint: Any) -> bool:
    """Whether the field may be left open, by its type."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return type(None) in typing.get_args(hint)
    return False


def short(key: str) -> str:
    """A key that nobody offered, as an error may repeat it."""
    seen = "".join(c if c.isprintable() else "？" for c in key[:40])
    return f"{seen}…" if len(key) > 40 else seen
