"""Issuing documents: the act fixes the content; setting it on paper is a pure function of that."""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
from typing import Any
from uuid import UUID

from zhifa.kernel import ids, vault
from zhifa.kernel.canonical import text as canonical_text
from zhifa.procedure.services import Act
from zhifa.records import inputs, numbers
from zhifa.records.inputs import rendering
from zhifa.records.models import Document, DocumentContent

SECRECY = "internal"


class ContentChanged(RuntimeError):
    """A document's stored content is not what its act fixed."""


def issue(act: Act, kind: str, document: Any, *, on_matter: UUID | None = None) -> Document:
    """Issue a document within an act: number, content, digest; registered with the act.

    Raises `TypeError` for an input that is not of the kind (a defect).
    """
    spec = inputs.KINDS[kind]
    if type(document) is not spec.input:
        raise TypeError(f"{kind} takes {spec.input.__name__}, not {type(document).__name__}")
    strand = act.main if on_matter is None else act.strand(on_matter)
    agency = strand.matter.agency_code
    number = numbers.allocate(agency, spec.serial_word, act.on) if spec.serial_word else ""
    head = dataclasses.replace(document.head, number=number or None)
    document = dataclasses.replace(document, head=head, dated=act.on)
    made = Document(
        id=ids.uuid7(),
        matter_id=strand.matter.id,
        agency_code=agency,
        kind=kind,
        title=spec.title,
        number=number,
        template=spec.template,
        template_version=rendering.template_version(spec),
        issued_on=act.on,
        outward=spec.outward,
        internal=spec.volume == "internal",
    )
    content = inputs.encode(document)
    nonce = secrets.token_hex(16)
    made.digest = content_digest(made, content, nonce)
    made.save(force_insert=True)
    DocumentContent.objects.create(document=made, nonce=nonce, input=content)
    act.output(kind, id=made.id, number=number, digest=made.digest, on=on_matter)
    return made


def content_digest(document: Document, content: str, nonce: str) -> str:
    """What the event says of a document's content: template, its version, input and a nonce."""
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
    return hashlib.sha256(b"zhifa/document\n" + said.encode()).hexdigest()


def typed_input(document: Document) -> Any:
    """The input that a document was issued with. Raises `ContentChanged`."""
    kept = DocumentContent.objects.get(document=document)
    if content_digest(document, kept.input, kept.nonce) != document.digest:
        raise ContentChanged(str(document.id))
    return inputs.decode(inputs.KINDS[document.kind].input, kept.input)


def typeset(document: Document) -> bytes:
    """The document's PDF without its seal, typeset once and kept in the vault."""
    if document.pdf_key:
        return vault.read(document.pdf_key)
    pdf = rendering.typeset_document(typed_input(document))
    stored = vault.put(pdf, agency=document.agency_code, secrecy=SECRECY)
    Document.objects.filter(id=document.id).update(pdf_key=stored.key)
    document.pdf_key = stored.key
    return pdf


def pdf(document: Document) -> bytes:
    """The document as it stands: sealed where it is sealed."""
    if document.sealed_key:
        return vault.read(document.sealed_key)
    return typeset(document)


def preview(document: Any) -> bytes:
    """What an input would look like, for whoever is about to sign; nothing is kept."""
    return rendering.typeset_document(document)
