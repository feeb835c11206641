"""What happens by itself: a document is set on paper soon after the act that issued it."""

from __future__ import annotations

from uuid import UUID

from zhifa.kernel.ledger import StoredEvent
from zhifa.kernel.wiring import Effect
from zhifa.law.procedure import Procedure
from zhifa.records.models import Document
from zhifa.records.services import typeset


def typeset_documents(event: StoredEvent) -> None:
    """Set every document that the event issued; one that is set already is left as it is."""
    wanted = [UUID(output["id"]) for output in event.data.get("outputs", ())]
    for document in Document.objects.filter(id__in=wanted).order_by("id"):
        if not document.pdf_key:
            typeset(document)


def issuing(procedure: Procedure) -> frozenset[str]:
    """The events of a procedure that can issue documents."""
    return frozenset(f"{procedure.code}/{s.code}" for s in procedure.steps.values() if s.owes)


TYPESET = Effect("records.typeset", typeset_documents)
