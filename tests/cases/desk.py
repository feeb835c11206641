"""People who work through the pages alone: they read a form as it stands, fill it in, send it."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhifa.accounts.models import Person
from zhifa.faces.demo.cast import PARTS
from zhifa.kernel import clock
from zhifa.kernel.models import LedgerEvent
from zhifa.law.facts import Kind, fields
from zhifa.law.procedures.penalty.proposal import PenaltyProposed

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Forms(HTMLParser):
    """Every form of a page with what a browser would send of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {k: v or "" for k, v in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        name, data = a.get("name", ""), self.forms[-1]
        if tag == "input" and name:
            ticked = a.get("type") not in ("checkbox", "radio") or "checked" in dict(attrs)
            if ticked and a.get("type") != "file":
                ticks = a.get("type") in ("checkbox", "radio")
                data.setdefault(name, []).append(a.get("value", "on" if ticks else ""))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((a.get("value", ""), "selected" in dict(attrs)))
        elif tag == "textarea":
            self._area = name
            data[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            chosen = [v for v, on in self._options if on] or [v for v, _ in self._options[:1]]
            self.forms[-1][self._select] = chosen
            self._select = ""
        elif tag == "textarea" and self._area:
            written = self.forms[-1][self._area][0]
            self.forms[-1][self._area][0] = written.removeprefix("\n")  # as a browser reads it
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area][0] += data

    def with_field(self, name: str) -> dict[str, list[str]]:
        """The form that has an input of that name."""
        for form in self.forms:
            if name in form:
                return {k: v for k, v in form.items() if k != "csrfmiddlewaretoken"}
        raise AssertionError(f"no form has {name}")


def typed(made: Any, lead: str = "f") -> dict[str, list[str]]:
    """Facts as a person types them into the form of their class."""
    data: dict[str, list[str]] = {}
    for field in fields(type(made)):
        value, name = getattr(made, field.name), f"{lead}-{field.name}"
        if field.prefilled or (field.name == "circumstances" and isinstance(made, PenaltyProposed)):
            continue
        if field.kind is Kind.ITEMS:
            data[f"{name}-_count"] = [str(len(value))]
            for n, item in enumerate(value):
                data |= typed(item, f"{name}-{n}")
        elif isinstance(value, tuple):
            data[name] = [str(getattr(v, "value", v)) for v in value]
        elif isinstance(value, bool) or value is None:
            data[name] = ["on"] if value else []
        elif field.kind is Kind.MONEY:
            data[name] = [f"{value // 100}.{value % 100:02d}"]
        elif isinstance(value, datetime):
            data[name] = [value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")]
        elif isinstance(value, date):
            data[name] = [value.isoformat()]
        else:
            assert not is_dataclass(value)
            data[name] = [str(getattr(value, "value", value))]
    if isinstance(made, PenaltyProposed):
        for c in made.circumstances:
            data[f"c-{c.factor}"] = [c.value]
            data[f"c-{c.factor}-evidence"] = list(c.evidence)
    return data


class Desk:
    """One person and their browser."""

    def __init__(self, part: str) -> None:
        self.person = Person.objects.get(username=PARTS.get(part, part))
        self.client = Client()
        self.client.force_login(self.person, backend=BACKEND)

    def get(self, address: str, status: int = 200) -> str:
        """A page, as text."""
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code, told(answer))
        return answer.content.decode()

    def post(self, address: str, data: dict[str, Any]) -> Any:
        """Send a form as it is."""
        return self.client.post(address, data)

    def open(self, address: str) -> dict[str, list[str]]:
        """The form of an act, as the page offers it."""
        page = self.client.get(address).content.decode()
        return Forms(page).with_field("act_id")

    def do(self, address: str, filled: dict[str, list[str]], *, act: str = "perform") -> Any:
        """Open the form, fill it in, press the button."""
        data = self.open(address) | filled | {"_act": [act]}
        return self.post(address, data)

    def done(self, address: str, filled: dict[str, list[str]], *, act: str = "perform") -> str:
        """The same, and it is done: leads on to a page, which is given."""
        answer = self.do(address, filled, act=act)
        assert answer.status_code == 302, (address, answer.status_code, told(answer))
        return self.get(answer.headers["Location"])


def told(answer: Any) -> str:
    """What a page complains of or refuses, for the reader of a failed test."""
    text = answer.content.decode(errors="replace")
    for mark in ('class="refusal"', 'class="error-list"', "<h1"):
        if mark in text:
            return text[text.index(mark) : text.index(mark) + 900]
    return text[:300]


def picture(content: bytes, name: str) -> SimpleUploadedFile:
    """A file as a browser uploads it."""
    return SimpleUploadedFile(f"{name}.png", content, content_type="image/png")


def events() -> int:
    """How many events there are: what a refusal must not change."""
    return LedgerEvent.objects.count()
