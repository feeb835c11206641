"""Reading records: documents and evidence of a matter, what waits for the seal or for service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhifa.kernel.canonical import text as canonical_text
from zhifa.kernel.errors import NotFound
from zhifa.law.actor import Actor, Duty
from zhifa.law.standing import Standing
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import Matter
from zhifa.records.models import Document, DocumentContent, Evidence, Volume
from zhifa.registry import selectors as registry

INTERNAL = frozenset(
    {
        Duty.HANDLING_HEAD,
        Duty.LEGAL_REVIEWER,
        Duty.REVIEW_HEAD,
        Duty.AGENCY_HEAD,
        Duty.ARCHIVIST,
        Duty.SUPERVISOR,
    }
)
"""Who reads the internal volume (副卷) of all matters of their agency: those who decide and those
who answer for it. An officer reads that of matters that they handle."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many papers and exhibits a matter has, and what waits."""

    documents: int
    unsealed: int
    unserved: int
    evidence: int


def may_read_internal(actor: Actor, matter: Matter) -> bool:
    """Whether the person reads reviews, discussions and inner approvals of the matter.

    Cashiers, seal keepers, publishers and keepers of goods work with the main volume alone, also
    where they handle other matters as officers.
    """
    held = actor.duties(matter.agency_code)
    if held & INTERNAL or any(
        p.duty is Duty.SUPERVISOR and registry.agency(p.agency).supervises for p in actor.posts
    ):
        return True
    if Duty.OFFICER not in held:
        return False
    as_officer = replace(actor, posts=tuple(p for p in actor.posts if p.duty is Duty.OFFICER))
    return (
        actor.id in matter.handlers or matters.visible_to(as_officer).filter(id=matter.id).exists()
    )


def may_export(actor: Actor, matter: Matter) -> bool:
    """Whether the person takes the whole dossier, which holds the internal volume, out."""
    return may_read_internal(actor, matter)


def documents(matter: Matter, actor: Actor) -> QuerySet[Document]:
    """The documents of a matter that the person may read, in the order of the case.

    That the person may read the matter at all is for the caller to know.
    """
    found = Document.objects.filter(matter=matter).order_by("issued_on", "id")
    return found if may_read_internal(actor, matter) else found.filter(internal=False)


def document(document_id: UUID, actor: Actor) -> Document:
    """One document, if the person may read it; `NotFound` otherwise, without saying which."""
    found = Document.objects.select_related("matter").filter(id=document_id).first()
    if found is None or not matters.visible_to(actor).filter(id=found.matter_id).exists():
        raise _no_document()
    if found.internal and not may_read_internal(actor, found.matter):
        raise _no_document()
    return found


def evidence(matter: Matter) -> QuerySet[Evidence]:
    """The evidence of a matter by its number."""
    return Evidence.objects.filter(matter=matter).order_by("serial")


def files(matter_id: UUID, s: Standing) -> dict[str, Evidence]:
    """The files of a case's evidence by number; those taken over lie in the case undone."""
    found = {e.number: e for e in Evidence.objects.filter(matter_id=matter_id)}
    taken = {d.facts.original: d.facts for d in s.all("evidence.inherit")}
    if taken:
        source = next(iter(taken.values())).matter
        old = Evidence.objects.filter(matter_id=source, number__in=taken)
        found |= {taken[e.number].evidence: e for e in old}
    return found


def states(document_id: UUID, words: str) -> bool:
    """Whether those words stand in what a document was issued with."""
    kept = DocumentContent.objects.filter(document_id=document_id).first()
    return kept is not None and canonical_text(words)[1:-1] in kept.input


def exhibit(evidence_id: UUID, actor: Actor) -> Evidence:
    """One piece of evidence, if the person may read its matter; `NotFound` otherwise."""
    found = Evidence.objects.filter(id=evidence_id).first()
    if found is None or not matters.visible_to(actor).filter(id=found.matter_id).exists():
        raise NotFound("没有找到这份证据，或者您无权查看。", code="no-such-evidence")
    return found


def exportable(matter_id: UUID, actor: Actor) -> Matter:
    """The matter, if the person may take its dossier out; `NotFound` otherwise."""
    found = matters.visible(matter_id, actor)
    if not may_export(actor, found):
        raise NotFound("没有找到这件事项，或者您无权导出。", code="no-such-matter")
    return found


def waiting_for_seal(actor: Actor) -> QuerySet[Document]:
    """What waits for the seals that the person keeps, the oldest first."""
    agencies = [p.agency for p in actor.posts if p.duty is Duty.SEAL_KEEPER]
    return (
        Document.objects.filter(agency_code__in=agencies, outward=True, sealed_on__isnull=True)
        .select_related("matter")
        .order_by("issued_on", "id")
    )


def waiting_for_service(actor: Actor) -> QuerySet[Document]:
    """Sealed documents of the person's matters that have not been served, the oldest first."""
    return (
        Document.objects.filter(
            matter__in=matters.visible_to(actor),
            outward=True,
            sealed_on__isnull=False,
            served_on__isnull=True,
        )
        .select_related("matter")
        .order_by("sealed_on", "id")
    )


def counts(matter: Matter, actor: Actor) -> Counts:
    """Papers and exhibits of a matter, as many of them as the person may read. Two queries."""
    outward = Q(outward=True)
    told = documents(matter, actor).aggregate(
        documents=Count("id"),
        unsealed=Count("id", filter=outward & Q(sealed_on__isnull=True)),
        unserved=Count("id", filter=outward & Q(served_on__isnull=True)),
    )
    return Counts(**told, evidence=Evidence.objects.filter(matter=matter).count())


def volumes(matter: Matter) -> QuerySet[Volume]:
    """The bound volumes of a matter."""
    return Volume.objects.filter(matter=matter).order_by("part")


def matter_of(said: str) -> UUID:
    """The matter that is meant by its id or by the number of one of its documents.

    Raises `NotFound`, also where two agencies bear the same number.
    """
    try:
        return matters.matter(UUID(said)).id
    except ValueError:
        pass
    bearing = Document.objects.filter(number=said.strip()).exclude(number="")
    found = set(bearing.values_list("matter_id", flat=True))
    if len(found) != 1:
        raise NotFound(f"没有找到“{said}”对应的案件。", code="no-such-matter")
    return found.pop()


def _no_document() -> NotFound:
    return NotFound("没有找到这份文书，或者您无权查看。", code="no-such-document")
