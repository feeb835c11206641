"""The form of a facts class."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from zhifa.kernel.factform import fields as kinds
from zhifa.kernel.factform.rows import ADD, REMOVE, Rows
from zhifa.kernel.factform.rows import values as values_of
from zhifa.kernel.factform.shown import Shown, shown_value
from zhifa.law import facts as law
from zhifa.law.facts import BadFacts, Field, Json, Kind, encode

Choices = Mapping[str, Sequence[tuple[str, str]]]
BESIDES = frozenset({"csrfmiddlewaretoken", "act_id", "seen", "on", "late_reason", "next"})
"""What a page sends beside the facts; with a prefix nothing else needs to be known."""
MOST_DRAFT_VALUES = 2_000


class NotValid(RuntimeError):
    """The facts of a form were asked for that is not valid: a defect of the caller."""


class FactForm(forms.Form):
    """A form whose fields are those of a facts class. Made by `fact_form`.

    ``known`` are the prefilled fields, shown and not asked. ``groups`` are the repeated rows,
    ``parts`` the single items, each a form of its own.
    """

    error_css_class = "wrong"

    def __init__(
        self,
        cls: type[Any],
        *,
        choices: Choices,
        data: Any = None,
        initial: Mapping[str, Json] | None = None,
        prefix: str = "",
        judged: bool = True,
    ) -> None:
        self.cls, self.choices = cls, choices
        self.given = {**_defaults(cls), **(initial or {})}
        self.adds = _asked_row(data, cls, prefix)
        self.judged = judged and self.adds is None
        self._facts: Any = None
        self._json: dict[str, Json] = {}
        self.known: list[Shown] = []
        self.groups: dict[str, Rows] = {}
        self.parts: dict[str, FactForm] = {}
        super().__init__(data, prefix=prefix or None, initial=dict(self.given))
        for fact in law.fields(cls):
            self._declare(fact)

    # --- what a page asks --------------------------------------------------------------------

    def is_valid(self) -> bool:
        """Whether facts can be had from it. A draft, or one that asks for a row, is not judged."""
        return self.is_bound and self.judged and not self.errors and self._facts is not None

    def facts(self) -> Any:
        """The facts, decoded by the law's own reader. `NotValid` unless `is_valid()`."""
        if not self.is_valid():
            raise NotValid(f"{self.cls.__name__}: the form is not valid")
        return self._facts

    def as_json(self) -> dict[str, list[str]]:
        """What was typed, as it was typed, for a draft: nothing is lost because it is not valid."""
        data = self.data
        own = {name for name in data if self._is_own(str(name))}
        return {name: [str(v) for v in values_of(data, name)] for name in sorted(own)}

    def refuse(self, field: str, message: str) -> None:
        """Put a refusal of the law or of a service onto the field that it is about."""
        self._facts = None
        head, _, rest = field.partition(".")
        if head in self.parts:
            self.parts[head].refuse(rest, message)
            self.add_error(None, message)
            return
        self.add_error(head if head in self.fields else None, message)

    @property
    def rows(self) -> list[Any]:
        """Everything to be shown, in the order of declaration: fields, known facts, groups."""
        known = {k.name: k for k in self.known}
        found: list[Any] = []
        for fact in law.fields(self.cls):
            name = fact.name
            if name in self.fields:
                found.append({"field": self[name]})
            elif name in self.groups:
                found.append({"group": self.groups[name]})
            elif name in self.parts:
                found.append({"part": self.parts[name], "label": fact.label, "help": fact.help})
            elif name in known:
                found.append({"known": known[name]})
        return found

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Every error with the id of the input that it is about, for the list above the form."""
        if not self.judged or not self.is_bound:
            return []
        found: list[tuple[str, str]] = []
        for name, errors in self.errors.items():
            anchor = self.anchor(name) if name in self.fields else ""
            found.extend((anchor, str(error)) for error in errors)
        for name, part in self.parts.items():
            label = self._fact(name).label
            found.extend((anchor, f"{label}，{said}") for anchor, said in part.complaints)
        for group in self.groups.values():
            for n, form in enumerate(group.kept(), start=1):
                where = f"{group.fact.label}第{n}项"
                found.extend((anchor, f"{where}，{said}") for anchor, said in form.complaints)
        return found

    def anchor(self, name: str) -> str:
        """The id of the input, or of the group of inputs, of a field."""
        bound = self[name]
        return str(bound.id_for_label or bound.auto_id)

    # --- making and cleaning ------------------------------------------------------------------

    def _declare(self, fact: Field) -> None:
        if fact.prefilled:
            value = self.given.get(fact.name)
            self.known.append(Shown(fact.name, fact.label, shown_value(fact, value, self.choices)))
        elif fact.kind is Kind.ITEMS or (fact.kind is Kind.ITEM and fact.item is not None):
            self._declare_items(fact)
        else:
            self.fields[fact.name] = kinds.make(self.cls, fact, self.choices.get(fact.name))

    def _declare_items(self, fact: Field) -> None:
        assert fact.item is not None
        given = self.given.get(fact.name)
        choices = _below(self.choices, fact.name)
        prefix = self.add_prefix(fact.name)
        data = self.data if self.is_bound else None
        if fact.kind is Kind.ITEM:
            self.parts[fact.name] = FactForm(
                fact.item,
                choices=choices,
                data=data,
                initial=given if isinstance(given, dict) else None,
                prefix=prefix,
                judged=self.judged,
            )
            return

        def make(index: int, initial: Any, typed: Any) -> FactForm:
            return FactForm(
                cast("type[Any]", fact.item),
                choices=choices,
                data=typed,
                initial=initial if isinstance(initial, dict) else None,
                prefix=f"{prefix}-{index}",
                judged=self.judged,
            )

        rows = given if isinstance(given, list) else []
        adding = self.adds == fact.name
        self.groups[fact.name] = Rows.read(fact, prefix, data, rows, make, adding=adding)

    def full_clean(self) -> None:
        """Judge it, unless it is a draft or asks for one more row."""
        if not self.judged:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data = {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Refuse what is not asked for, then let the law's own reader decide."""
        cleaned = dict(self.cleaned_data)
        self._facts = None
        self._refuse_unasked()
        values: dict[str, Json] = {
            k.name: self.given[k.name] for k in self.known if k.name in self.given
        }
        sound = not self.errors
        for name, part in self.parts.items():
            if part._is_left_out(self._fact(name)):
                values[name] = None
            elif part.is_valid():
                values[name] = part._json
            else:
                sound = False
        for name, group in self.groups.items():
            if group.fact.required and not group.kept():
                self.add_error(None, f"{group.fact.label}：必须填写")
                sound = False
            judged = [(form.is_valid(), form._json) for form in group.kept()]
            sound = sound and all(valid for valid, _ in judged)
            values[name] = [made for valid, made in judged if valid]
        hints = law.hints(self.cls)
        for name, value in cleaned.items():
            if value is not None or kinds.may_be_none(hints[name]):
                values[name] = value
        self._json = values
        if sound:
            self._decode(values)
        return cleaned

    def _decode(self, values: Mapping[str, Json]) -> None:
        try:
            self._facts = law.decode(self.cls, values)
        except BadFacts as no:
            field = no.field if no.field in self.fields else None
            self.add_error(field, f"{no.label}：{no.reason}")

    def _is_left_out(self, fact: Field) -> bool:
        """Whether an item that may be absent was left wholly empty."""
        own = [name for name in self.data if self._is_own(str(name))]
        typed = any(str(v).strip() for name in own for v in values_of(self.data, name))
        if fact.required or typed:
            return False
        self._errors = ErrorDict(renderer=self.renderer)
        return True

    def _refuse_unasked(self) -> None:
        for name in self.data:
            name = str(name)
            if self.is_unasked(name):
                bare = name.removeprefix(f"{self.prefix}-") if self.prefix else name
                known = {k.name: k.label for k in self.known}
                if bare in known:
                    self.add_error(None, f"{known[bare]}：由系统填写，不能提交")
                else:
                    self.add_error(None, f"没有「{kinds.short(bare)}」这一项")
                return

    def is_unasked(self, name: str) -> bool:
        """Whether an input of that name has no place in this form, though it claims to."""
        if self.prefix:
            if not name.startswith(f"{self.prefix}-"):
                return False
            bare = name.removeprefix(f"{self.prefix}-")
        else:
            bare = name
        head = bare.partition("-")[0]
        if head in self.groups:
            return not self.groups[head].owns(name)
        if bare in self.fields or head in self.parts:
            return False
        return not (bare == REMOVE or (not self.prefix and (bare in BESIDES or bare[:1] == "_")))

    def _is_own(self, name: str) -> bool:
        if self.prefix:
            return name.startswith(f"{self.prefix}-")
        bare = name.partition("-")[0]
        return bare in self.fields or bare in self.groups or bare in self.parts

    def _fact(self, name: str) -> Field:
        return next(f for f in law.fields(self.cls) if f.name == name)


def fact_form(
    cls: type[Any],
    *,
    choices: Choices | None = None,
    data: Any = None,
    initial: Mapping[str, Json] | Any = None,
    prefix: str = "",
) -> FactForm:
    """The form of a facts class, bound where ``data`` is given.

    ``choices`` gives the keys and words that the page offers for a field (people, evidence,
    powers); for a field of an item write ``items.person``. ``initial`` is facts, or their JSON; the
    prefilled fields are taken from it alone and never from ``data``.
    """
    given = encode(initial) if dataclasses.is_dataclass(initial) else initial
    assert given is None or isinstance(given, Mapping)
    return FactForm(cls, choices=choices or {}, data=data, initial=given, prefix=prefix)


def from_json(
    cls: type[Any],
    draft: Any,
    *,
    choices: Choices | None = None,
    initial: Mapping[str, Json] | Any = None,
    prefix: str = "",
) -> FactForm:
    """The form as it was left (`FactForm.as_json`), not judged. Whatever the draft is, it opens."""
    data: MultiValueDict[str, str] = QueryDict(mutable=True)
    if isinstance(draft, Mapping):
        for name, values in list(draft.items())[:MOST_DRAFT_VALUES]:
            kept = values if isinstance(values, list) else [values]
            data.setlist(str(name), [v for v in kept if isinstance(v, str)])
    given = encode(initial) if dataclasses.is_dataclass(initial) else initial
    assert given is None or isinstance(given, Mapping)
    return FactForm(
        cls, choices=choices or {}, data=data, initial=given, prefix=prefix, judged=False
    )


def _defaults(cls: type[Any]) -> dict[str, Json]:
    return {
        f.name: encode(f.default)
        for f in dataclasses.fields(cls)
        if f.default is not dataclasses.MISSING and f.default is not None
    }


def _asked_row(data: Any, cls: type[Any], prefix: str) -> str | None:
    """The group for which the person asked one more row, if that is the button that was pressed."""
    if data is None:
        return None
    lead = f"{ADD}{prefix}-" if prefix else ADD
    for fact in law.fields(cls):
        if fact.kind is Kind.ITEMS and f"{lead}{fact.name}" in data:
            return fact.name
    return None


def _below(choices: Choices, name: str) -> Choices:
    lead = f"{name}."
    return {k.removeprefix(lead): v for k, v in choices.items() if k.startswith(lead)}
