"""From a typed input to the page: what the template is given, and the PDF."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from zhifa.kernel import typesetting
from zhifa.records.inputs.codec import is_prose, shape_of
from zhifa.records.inputs.kinds import DocumentKind, kind_of
from zhifa.records.inputs.parts import Document

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "typst"
SHANGHAI = timezone(timedelta(hours=8))


def typeset_document(document: Document) -> bytes:
    """The PDF/A-2b of an input: the same bytes for the same input, template and fonts."""
    kind = kind_of(document)
    return typesetting.typeset(
        kind.template, template_data(document), root=TEMPLATES, stamp=stamp_of(document.dated)
    )


def template_version(kind: DocumentKind) -> str:
    """Digest of the kind's template and of the library that it draws on."""
    return _version(kind.template, TEMPLATES)


@cache
def _version(template: str, root: Path) -> str:
    """Read once: while a process runs, its templates stay as they are."""
    return typesetting.template_version(template, root=root)


def template_data(document: Document) -> dict[str, Any]:
    """The input as its template reads it.

    Prose has full-width punctuation, instants are Shanghai time to the minute, the title is filled
    in from the kind, and the address for verification comes with its QR code.
    """
    kind = kind_of(document)
    data: dict[str, Any] = _shown(document)
    head = data["head"]
    head["title"] = head["title"] or kind.printed_title
    url = head["verify_url"]
    head["qr"] = typesetting.qr_svg(url) if url else None
    data["kind"] = kind.code
    return data


def stamp_of(day: date) -> datetime:
    """The instant in the PDF's metadata: the start of the document's own day in Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)


def _shown(value: Any, *, prose: bool = False) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        hints = shape_of(type(value))
        return {
            field.name: _shown(getattr(value, field.name), prose=is_prose(hints[field.name]))
            for field in fields(value)
        }
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_shown(item, prose=prose) for item in value]
    if isinstance(value, str) and prose:
        return typesetting.normalise(value)
    return value
