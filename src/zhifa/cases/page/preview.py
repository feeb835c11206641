"""What an act would issue, before it is done: the same act, taken and rolled back, set on paper.

Nothing is kept: no event, no number. What is shown is what the act would fix, but for the number,
which only the act itself gives.
"""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction

from zhifa.kernel import typesetting
from zhifa.law import documents
from zhifa.law.procedure import Step
from zhifa.procedure.services import Taken
from zhifa.records import services as records
from zhifa.records.models import Document

SCALE = 1.5
MOST_PAGES = 12
NO_NUMBER = "（办理后编号）"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a previewed document as a picture."""

    number: int
    picture: str


@dataclass(frozen=True, slots=True)
class Previewed:
    """A document as it would be issued: pictures for the eye, text for every reader."""

    title: str
    sheets: tuple[Sheet, ...]
    text: str
    more: int


def offered(step: Step) -> bool:
    """Whether a step's documents are shown beforehand. Binding a volume is too much for a trial."""
    return bool(step.owes) and step.code != "archive.file"


class _Undone(Exception):
    """Takes the act back."""


def of_act(act: Callable[[], Taken], *, outward: bool = False) -> tuple[Previewed, ...]:
    """The documents that an act would issue, outward ones alone where asked.

    Raises what the act raises. The act is rolled back before anything is typeset, so that nobody
    waits for the typesetting.
    """
    inputs: list[tuple[str, Any]] = []
    try:
        with transaction.atomic():
            taken = act()
            wanted = [o for o in taken.outputs if not outward or documents.rule(o.kind).outward]
            rows = Document.objects.in_bulk([UUID(o.id) for o in wanted])
            for o in wanted:
                row = rows[UUID(o.id)]
                inputs.append((documents.rule(o.kind).title, records.typed_input(row)))
            raise _Undone
    except _Undone:
        pass
    return tuple(_typeset(title, input) for title, input in inputs)


def _typeset(title: str, input: Any) -> Previewed:
    if input.head.number:
        head = dataclasses.replace(input.head, number=NO_NUMBER)
        input = dataclasses.replace(input, head=head)
    return pictures(title, records.preview(input))


def pictures(title: str, pdf: bytes) -> Previewed:
    """A PDF as pictures of its pages and as text."""
    with typesetting.opened(pdf) as read:
        count = len(read)
        shown = [read[n] for n in range(min(count, MOST_PAGES))]
        sheets = tuple(Sheet(n + 1, _picture(page)) for n, page in enumerate(shown))
        text = "\n".join(typesetting.page_text(page) for page in shown)
        return Previewed(title, sheets, text, count - len(shown))


def _picture(sheet: Any) -> str:
    drawn = BytesIO()
    image = sheet.render(scale=SCALE).to_pil().convert("RGB").quantize(32)
    image.save(drawn, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(drawn.getvalue()).decode()
