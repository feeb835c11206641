"""Evidence: uploaded into the vault, sniffed by content, entered with its five facts."""

from __future__ import annotations

import dataclasses
from datetime import date
from io import BytesIO
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from zhifa.kernel import clock, ids, ledger, vault
from zhifa.kernel.errors import BadInput
from zhifa.law.procedures.penalty.facts import EvidenceAdded
from zhifa.procedure import spine
from zhifa.procedure.services import Taken, once, perform
from zhifa.records.models import Evidence
from zhifa.records.services.issuing import SECRECY

LIMIT = 512 * 1024 * 1024
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"%PDF-", 0, "application/pdf"),
    (b"RIFF", 0, "audio/wav"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
    (b"II*\x00", 0, "image/tiff"),
    (b"MM\x00*", 0, "image/tiff"),
)


def sniff(head: bytes) -> str:
    """The format of a file by its first bytes. Raises `BadInput` for one that is not taken."""
    for magic, at, mime in _MAGIC:
        if head[at : at + len(magic)] == magic:
            return mime
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = "\x00"
    if head and "\x00" not in text and not text.lstrip().startswith("<"):
        return "text/plain"
    raise BadInput(
        "不能识别这个文件的格式，请上传图片、PDF、录音、录像或者纯文本文件。", field="file"
    )


@once
def add_evidence(
    *,
    matter_id: UUID,
    content: bytes | IO[bytes],
    filename: str,
    facts: EvidenceAdded,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Enter a piece of evidence with its file. The name is display text only.

    The number and the file's digest are the house's own; raises `BadInput` for a file that is
    empty, too large or of an unknown format, and then keeps nothing that can be opened.
    """
    source = BytesIO(content) if isinstance(content, bytes) else content
    mime = _checked(source)
    with transaction.atomic():
        matter = spine.lock([matter_id])[matter_id][0]
        number = f"证{Evidence.objects.filter(matter_id=matter_id).count() + 1}"
        stored = vault.put(source, agency=matter.agency_code, secrecy=SECRECY)
        entered = dataclasses.replace(facts, evidence=number, sha256=stored.sha256)
        with perform(
            matter_id,
            "evidence.add",
            by=by,
            on=on,
            facts=entered,
            act_id=act_id,
            seen=seen,
            reason=reason,
        ) as act:
            made = Evidence.objects.create(
                id=ids.uuid7(),
                matter=act.matter,
                number=number,
                kind=facts.kind.value,
                title=facts.title,
                collected_at=facts.collected_at,
                entered_on=on,
                entered_by=by,
                uploaded_at=clock.now(),
                filename=filename[:200],
                mime=mime,
                vault_key=stored.key,
                sha256=stored.sha256,
                size=stored.size,
            )
            act.link("evidence", made.id)
    assert act.taken is not None
    return act.taken


def evidence_of(taken: Taken) -> str:
    """The number of the evidence that an act entered."""
    event = ledger.event(taken.event_id)
    return str(event.data["facts"]["evidence"])


def _checked(source: IO[bytes]) -> str:
    head = source.read(4096)
    source.seek(0, 2)
    size = source.tell()
    source.seek(0)
    if not size:
        raise BadInput("文件是空的。", field="file")
    limit = getattr(settings, "EVIDENCE_LIMIT", LIMIT)
    if size > limit:
        raise BadInput(f"文件超过{limit // (1024 * 1024)}兆字节。", field="file")
    return sniff(head)
