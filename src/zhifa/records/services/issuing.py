"""Issuing documents: the act fixes the content; setting it on paper is a pure function of that."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhifa.kernel import ids, typesetting, vault
from zhifa.kernel.canonical import text as canonical_text
from zhifa.kernel.statements import prepared
from zhifa.procedure.services import Act
from zhifa.records import inputs, numbers
from zhifa.records.inputs import rendering
from zhifa.records.models import Document, DocumentContent, TemplateText

SECRECY = "internal"
_kept: set[tuple[str, str]] = set()
"""Database and version of the templates whose text is known to be kept, for it is never deleted."""

TAG = b"zhifa/document\n"


class ContentChanged(RuntimeError):
    """A document's stored content is not what its act fixed."""


def issue(
    act: Act, kind: str, document: Any, *, on_matter: UUID | None = None, internal: bool = False
) -> Document:
    """Issue a document within an act: number, content, digest; registered with the act.

    `internal` puts it into the internal volume though its kind does not demand it. Raises
    `TypeError` for an input that is not of the kind (a defect).
    """
    spec = inputs.KINDS[kind]
    if type(document) is not spec.input:
        raise TypeError(f"{kind} takes {spec.input.__name__}, not {type(document).__name__}")
    strand = act.main if on_matter is None else act.strand(on_matter)
    agency = strand.matter.agency_code
    made = Document(
        id=ids.uuid7(),
        matter_id=strand.matter.id,
        agency_code=agency,
        region_code=strand.matter.region_code,
        kind=kind,
        title=spec.title,
        template=spec.template,
        template_version=_kept_template(spec),
        issued_on=act.on,
        outward=spec.outward,
        internal=internal or spec.volume == "internal",
    )
    if spec.serial_word:  # from here on, others who want a number of this kind wait
        taken = numbers.allocate(agency, spec.serial_word, act.on)
        made.number, made.word, made.year = str(taken), taken.word, taken.year
        made.serial = taken.serial
    head = dataclasses.replace(document.head, number=made.number or None)
    document = dataclasses.replace(document, head=head, dated=act.on)
    content = inputs.encode(document)
    nonce = secrets.token_hex(16)
    made.digest = content_digest(made, content, nonce)
    _insert(made, nonce, content)
    act.output(kind, id=made.id, number=made.number, digest=made.digest, on=on_matter)
    return made


_COLUMNS = tuple(Document._meta.concrete_fields)
_INSERT = (
    f"WITH issued AS (INSERT INTO document ({', '.join(str(f.column) for f in _COLUMNS)})"
    f" VALUES ({', '.join(['%s'] * len(_COLUMNS))}) RETURNING id)"
    " INSERT INTO document_content (document_id, nonce, input) SELECT id, %s, %s FROM issued"
)


def _insert(made: Document, nonce: str, content: str) -> None:
    """The document and its content, in one round trip."""
    values = [f.get_db_prep_save(getattr(made, f.attname), connection) for f in _COLUMNS]
    with prepared() as cursor:
        cursor.execute(_INSERT, [*values, nonce, content])
    made._state.adding, made._state.db = False, connection.alias


def bound_text(document: Document, content: str, nonce: str) -> bytes:
    """The bytes that a document's digest is of: template, its version, input and a nonce.

    The nonce keeps the digest, which stands in the ledger for ever, from being guessed at.
    """
    said = canonical_text(
        {
            "id": str(document.id),
            "input": content,
            "kind": document.kind,
            "nonce": nonce,
            "template": document.template,
            "template_version": document.template_version,
        }
    )
    return TAG + said.encode()


def content_digest(document: Document, content: str, nonce: str) -> str:
    """What the event says of a document's content."""
    return hashlib.sha256(bound_text(document, content, nonce)).hexdigest()


def kept_text(document: Document) -> bytes:
    """The bound bytes as kept. Raises `ContentChanged` if they are not what the act fixed."""
    kept = DocumentContent.objects.get(document=document)
    text = bound_text(document, kept.input, kept.nonce)
    if hashlib.sha256(text).hexdigest() != document.digest:
        raise ContentChanged(str(document.id))
    return text


def typed_input(document: Document) -> Any:
    """The input that a document was issued with. Raises `ContentChanged`."""
    said = json.loads(kept_text(document)[len(TAG) :])
    return inputs.decode(inputs.KINDS[document.kind].input, said["input"])


def typeset(document: Document) -> bytes:
    """The document's PDF without its seal, typeset once and kept in the vault."""
    if document.pdf_key:
        return vault.read(document.pdf_key)
    pdf = set_again(document)
    stored = vault.put(pdf, agency=document.agency_code, secrecy=SECRECY)
    unset = Document.objects.filter(id=document.id, pdf_key="")
    if unset.update(pdf_key=stored.key):
        document.pdf_key = stored.key
        return pdf
    vault.destroy(stored.key)  # another worker was first, with the same bytes
    document.refresh_from_db(fields=["pdf_key"])
    return vault.read(document.pdf_key)


def set_again(document: Document) -> bytes:
    """Set the document anew with the template that it was issued with, be it the newest or not."""
    typed = typed_input(document)
    if rendering.template_version(inputs.KINDS[document.kind]) == document.template_version:
        return rendering.typeset_document(typed)
    kept = TemplateText.objects.get(version=document.template_version)
    with TemporaryDirectory(prefix="zhifa-template-") as folder:
        root = Path(folder)
        for name, body in json.loads(kept.files).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(body, encoding="utf-8")
        return typesetting.typeset(
            document.template,
            rendering.template_data(typed),
            root=root,
            stamp=rendering.stamp_of(typed.dated),
        )


def pdf(document: Document) -> bytes:
    """The document as it stands: sealed where it is sealed."""
    if document.sealed_key:
        return vault.read(document.sealed_key)
    return typeset(document)


def preview(document: Any) -> bytes:
    """What an input would look like, for whoever is about to sign; nothing is kept."""
    return rendering.typeset_document(document)


def _kept_template(spec: inputs.DocumentKind) -> str:
    """The version of the template, whose text is kept from its first document on."""
    version = rendering.template_version(spec)
    known = (str(connection.settings_dict["NAME"]), version)
    if known in _kept:
        return version
    if not TemplateText.objects.filter(version=version).exists():
        root = rendering.TEMPLATES
        files = [root / spec.template, *sorted((root / "lib").rglob("*.typ"))]
        text = {f.relative_to(root).as_posix(): f.read_text(encoding="utf-8") for f in files}
        TemplateText.objects.bulk_create(
            [TemplateText(version=version, template=spec.template, files=canonical_text(text))],
            ignore_conflicts=True,
        )
    transaction.on_commit(lambda: _kept.add(known))
    return version
