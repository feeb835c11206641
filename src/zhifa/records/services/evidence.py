"""Evidence: uploaded into the vault, sniffed by content, entered with its five facts."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date
from io import BytesIO
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from zhifa.kernel import clock, ids, ledger, vault
from zhifa.kernel.errors import BadInput, NotFound
from zhifa.law.procedures.penalty import again
from zhifa.law.procedures.penalty.aftermath import EvidenceInherited
from zhifa.law.procedures.penalty.facts import EvidenceAdded
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import Act, Taken, once, perform
from zhifa.records.models import Evidence
from zhifa.records.services.issuing import SECRECY
from zhifa.records.services.sniffing import HEAD, shown_name, sniff

LIMIT = 512 * 1024 * 1024
"""The most bytes that a file may have, unless the setting EVIDENCE_LIMIT says otherwise."""


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

    The number and the file's digest are the house's own. Raises `BadInput` for a file that is
    empty, too large or of an unknown format; a refused file never reaches the disk.
    """
    source = BytesIO(content) if isinstance(content, bytes) else content
    file = _read(source)
    kept: list[str] = []
    try:
        with transaction.atomic():
            ledger.lock([matter_id])
            serial = _serial(matter_id, act_id)
            entered = dataclasses.replace(facts, evidence=f"证{serial}", sha256=file.sha256)
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
                stored = vault.put(source, agency=act.matter.agency_code, secrecy=SECRECY)
                kept.append(stored.key)
                _enter(act, stored, serial=serial, name=shown_name(filename), mime=file.mime)
    except BaseException:
        for key in kept:
            vault.destroy(key)
        raise
    assert act.taken is not None
    return act.taken


@once
def inherit_evidence(
    *,
    matter_id: UUID,
    facts: EvidenceInherited,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Take over a piece of evidence of the annulled case. It stays where it lies: what is written
    here names it, its digest and who examined it anew. Raises `NotFound` where it is gone."""
    standing = matters.standing(matters.matter(matter_id), on)
    entered = again.taken_over(standing, facts)
    with perform(
        matter_id,
        "evidence.inherit",
        by=by,
        on=on,
        facts=entered,
        act_id=act_id,
        seen=seen,
        reason=reason,
    ) as act:
        kept = Evidence.objects.filter(
            matter_id=UUID(entered.matter), number=entered.original, sha256=entered.sha256
        ).first()
        if kept is None:
            raise NotFound("原案中没有找到这份证据的文件。", code="no-such-evidence")
        act.link("inherited_evidence", kept.id)
    assert act.taken is not None
    return act.taken


def evidence_of(taken: Taken) -> str:
    """The number of the evidence that an act entered."""
    event = ledger.event(taken.event_id)
    return str(event.data["facts"]["evidence"])


def _serial(matter_id: UUID, act_id: UUID | None) -> int:
    """The next number of the matter, or the one that the same act took before."""
    for event in ledger.of_act(act_id) if act_id is not None else ():
        if event.stream_id == matter_id and event.data.get("step") == "evidence.add":
            return int(event.data["facts"]["evidence"].removeprefix("证"))
    last: int | None = Evidence.objects.filter(matter_id=matter_id).aggregate(n=Max("serial"))["n"]
    return (last or 0) + 1


def _enter(act: Act, stored: vault.StoredObject, *, serial: int, name: str, mime: str) -> None:
    facts: EvidenceAdded = act.facts
    if stored.sha256 != facts.sha256:
        raise BadInput("文件在上传时变动，请重新上传。", field="file")
    made = Evidence.objects.create(
        id=ids.uuid7(),
        matter=act.matter,
        serial=serial,
        number=facts.evidence,
        kind=facts.kind.value,
        title=facts.title,
        collected_at=facts.collected_at,
        entered_on=act.on,
        entered_by=act.by,
        uploaded_at=clock.now(),
        filename=name,
        mime=mime,
        vault_key=stored.key,
        sha256=stored.sha256,
        size=stored.size,
    )
    act.link("evidence", made.id)


@dataclasses.dataclass(frozen=True)
class _File:
    mime: str
    sha256: str


def _read(source: IO[bytes]) -> _File:
    """What a file is that may be evidence; the stream stands at its start again."""
    limit = getattr(settings, "EVIDENCE_LIMIT", LIMIT)
    source.seek(0)
    head = source.read(HEAD)
    if not head:
        raise BadInput("文件是空的。", field="file")
    digest, size = hashlib.sha256(head), len(head)
    while size <= limit and (block := source.read(vault.BLOCK)):
        digest.update(block)
        size += len(block)
    if size > limit:
        raise BadInput(f"文件超过{limit // (1024 * 1024)}兆字节。", field="file")
    source.seek(0)
    mime = sniff(head)
    if mime is None:
        raise BadInput(
            "不能识别这个文件的格式，请上传图片、PDF、录音、录像或者纯文本文件。", field="file"
        )
    return _File(mime, digest.hexdigest())
