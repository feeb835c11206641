"""Sealing and serving: acts of their own, by whoever holds the seal and by two officers."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from zhifa.kernel import clock, ids, vault
from zhifa.kernel.errors import NotFound
from zhifa.kernel.signing import DemoSigner, SealIdentity, Signer
from zhifa.law import documents as rules
from zhifa.law.cite import law
from zhifa.law.procedures.parts.paper import Sealed, Served
from zhifa.law.sources import CF, MS
from zhifa.procedure.services import Act, Taken, once, perform
from zhifa.records.inputs.execution import ServedDocument, ServiceProof
from zhifa.records.inputs.parts import Citation, Head, Officer
from zhifa.records.models import Document, Seal, Service
from zhifa.records.services import issuing
from zhifa.registry import selectors as registry


def signer() -> Signer:
    """The signing machine; a site puts its seal platform here."""
    return DemoSigner()


@once
def seal(
    *,
    matter_id: UUID,
    document_id: UUID,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Seal an issued document: a signed PDF under the agency's seal, kept in the vault."""
    facts = Sealed(document=str(document_id))
    with perform(
        matter_id,
        "document.seal",
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        seen=seen,
        reason=reason,
    ) as act:
        document = _document(act, document_id)
        profile = registry.agency(document.agency_code, on)
        at = clock.now()
        sealed = signer().seal(
            issuing.typeset(document),
            identity=SealIdentity(agency=profile.seal_name, agency_code=document.agency_code),
            at=at,
        )
        stored = vault.put(sealed, agency=document.agency_code, secrecy=issuing.SECRECY)
        made = Seal.objects.create(
            id=ids.uuid7(),
            document=document,
            keeper_id=by,
            sealed_at=at,
            sha256=hashlib.sha256(sealed).hexdigest(),
        )
        Document.objects.filter(id=document.id).update(sealed_on=on, sealed_key=stored.key)
        act.link("seal", made.sha256)
    assert act.taken is not None
    return act.taken


@once
def serve(
    *,
    matter_id: UUID,
    facts: Served,
    by: UUID,
    on: date,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Serve a sealed document; the proof of service (送达回证) is issued with it."""
    with perform(
        matter_id,
        "document.serve",
        by=by,
        on=on,
        facts=facts,
        act_id=act_id,
        seen=seen,
        reason=reason,
    ) as act:
        document = _document(act, UUID(facts.document))
        proof = issuing.issue(act, "service_proof", _proof(act, document, facts))
        made = Service.objects.create(
            id=ids.uuid7(),
            document=document,
            proof=proof,
            method=facts.method.value,
            served_on=on,
        )
        Document.objects.filter(id=document.id).update(served_on=on)
        act.link("service", made.id)
    assert act.taken is not None
    return act.taken


def note_handed_over(act: Act, kind: str) -> None:
    """Within an act: the matter's documents of a kind went from one agency to another against a
    signature, which is no service on a party and has no proof of service."""
    Document.objects.filter(matter_id=act.matter.id, kind=kind).update(served_on=act.on)


def _document(act: Act, document_id: UUID) -> Document:
    found = (
        Document.objects.select_for_update().filter(id=document_id, matter_id=act.matter.id).first()
    )
    if found is None:
        raise NotFound("本案没有这份文书。", code="no-such-document")
    return found


def _proof(act: Act, document: Document, f: Served) -> ServiceProof:
    people = act.main.setting.people

    def officer(person: str) -> Officer:
        found = people[person]
        number = found.certificate.number if found.certificate is not None else ""
        return Officer(name=found.name, certificate_no=number)

    kept = issuing.typed_input(document)
    party = getattr(kept, "party", None)
    refusal = None
    if f.refused:
        refusal = f"受送达人拒绝签收。{f.note}"
    substitute = None
    if f.relation and f.relation not in ("本人", "经营者", "法定代表人", "负责人"):
        substitute = f"由{f.received_by}（{f.relation}）代收"
    profile = registry.agency(document.agency_code, act.on)
    return ServiceProof(
        head=Head(
            agency=profile.full_name,
            case_no=kept.head.case_no,
            case_title=kept.head.case_title,
        ),
        dated=act.on,
        demo=clock.is_demo(),
        recipient=party.name if party is not None else f.received_by,
        documents=(
            ServedDocument(
                name=rules.rule(document.kind).title, number=document.number or None, copies=1
            ),
        ),
        mode=f.method.label,  # type: ignore[arg-type]
        place=f.place,
        served_at=None,
        served_on=act.on,
        received_by=f.received_by,
        substitute_reason=substitute,
        refusal=refusal,
        witness=f.witness or None,
        arrival_system=None,
        arrival_digest=None,
        bases=tuple(Citation(law=law(c.law).title, article=c.place) for c in (CF(61), MS(88))),
        officers=(officer(str(act.by)), officer(f.co_officer)),
        remark=f.note if not f.refused else "",
    )
