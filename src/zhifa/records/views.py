"""Papers, exhibits and dossiers as files; each after the question who asks."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person, person_required
from zhifa.kernel import clock, vault
from zhifa.law.actor import Actor
from zhifa.records import selectors, services
from zhifa.records.services.sniffing import EXTENSIONS
from zhifa.registry import selectors as registry

SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "application/pdf"})
"""What a browser may show itself; everything else is only handed over."""
ALONE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""A file is no page of the house: nothing in it loads, sends or frames anything."""
VIEWED = f"{ALONE}; object-src 'self'; style-src 'unsafe-inline'"
"""For PDF: browsers show it in a part of their own, which does not start in a sandbox."""
BOXED = f"{ALONE}; sandbox; img-src 'self'; style-src 'unsafe-inline'"
"""For everything else: without scripts, and as if it came from nowhere."""


@person_required
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A document as it stands: sealed where it is sealed."""
    found = selectors.document(document_id, _actor(request))
    answer = HttpResponse(services.pdf(found), content_type="application/pdf")
    _head(answer, f"{found.title}{found.number}.pdf", is_shown=True)
    return answer


@person_required
@require_safe
def evidence(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """A piece of evidence. Its name is display text only; its type was sniffed, not believed."""
    found = selectors.exhibit(evidence_id, _actor(request))
    answer = FileResponse(vault.open(found.vault_key), content_type=_type(found.mime))
    answer.headers["Content-Length"] = str(found.size)
    ending = EXTENSIONS.get(found.mime, "bin")
    _head(answer, f"{found.number}{found.title}.{ending}", is_shown=found.mime in SHOWN)
    return cast("HttpResponse", answer)


@person_required
@require_safe
def dossier(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The whole dossier as one file that can be checked offline."""
    matter = selectors.exportable(matter_id, _actor(request))
    with TemporaryDirectory(prefix="zhifa-export-") as folder:
        path = services.export_dossier(matter.id, Path(folder) / "dossier.zip")
        file = path.open("rb")  # stays readable when the folder is gone; nothing is left behind
    answer = FileResponse(file, content_type="application/zip")
    _head(answer, f"{matter.title}.zip", is_shown=False)
    return cast("HttpResponse", answer)


def _actor(request: HttpRequest) -> Actor:
    return registry.actor(person(request).id, clock.today())


def _type(mime: str) -> str:
    return f"{mime}; charset=utf-8" if mime.startswith("text/") else mime


def _head(answer: HttpResponseBase, name: str, *, is_shown: bool) -> None:
    plain = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    plain = plain.replace("/", "／").replace("\\", "＼")
    disposition = content_disposition_header(not is_shown, plain)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    is_pdf = answer.headers["Content-Type"] == "application/pdf"
    answer.headers["Content-Security-Policy"] = VIEWED if is_pdf else BOXED
    answer.headers["Cache-Control"] = "private, no-store"
