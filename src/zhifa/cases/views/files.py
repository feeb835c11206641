"""The files of a case: a document as PDF, a piece of evidence as it was uploaded."""

from __future__ import annotations

from typing import TypeVar, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.cases.models import Case
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel import vault
from zhifa.kernel.errors import NotFound
from zhifa.procedure import selectors as matters
from zhifa.records import services as records
from zhifa.records.models import Document, Evidence

H = TypeVar("H", bound=HttpResponseBase)
SHOWN = ("image/png", "image/jpeg", "application/pdf")
"""What a browser may show itself; everything else is only handed over."""


@person_required
@require_safe
def document(request: HttpRequest, matter_id: UUID, document_id: UUID) -> HttpResponse:
    """A document as it stands: sealed where it is sealed."""
    _readable(enter(request), matter_id)
    found = Document.objects.filter(id=document_id, matter_id=matter_id).first()
    if found is None:
        raise NotFound("本案没有这份文书。", code="no-such-document")
    answer = HttpResponse(records.pdf(found), content_type="application/pdf")
    return _headed(answer, f"{found.title}{found.number}.pdf", inline=True)


@person_required
@require_safe
def evidence(request: HttpRequest, matter_id: UUID, evidence_id: UUID) -> HttpResponse:
    """A piece of evidence. Its name is display text only; its type was sniffed, not believed."""
    _readable(enter(request), matter_id)
    found = Evidence.objects.filter(id=evidence_id, matter_id=matter_id).first()
    if found is None:
        raise NotFound("本案没有这份证据。", code="no-such-evidence")
    answer = FileResponse(vault.open(found.vault_key), content_type=found.mime)
    name = f"{found.number}{found.title}".replace("/", "／")
    return cast("HttpResponse", _headed(answer, name, inline=found.mime in SHOWN))


def _readable(desk: Desk, matter_id: UUID) -> None:
    allowed = matters.visible_to(desk.actor).filter(id=matter_id)
    if not Case.objects.filter(matter__in=allowed).exists():
        raise NotFound("没有找到这件案件，或者您无权查看。", code="no-such-case")


def _headed(answer: H, name: str, *, inline: bool) -> H:
    answer.headers["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
