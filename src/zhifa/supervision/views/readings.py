"""A case read under supervision, read-only; its papers; and the log of who read what, and why."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhifa.accounts.access import person_required
from zhifa.cases import timeline
from zhifa.cases.page.case import CasePage
from zhifa.cases.page.desk import Desk, enter
from zhifa.kernel.errors import NotFound
from zhifa.kernel.page import Cell, Column, Paper, Row, Table, Told, address, leaf, page
from zhifa.procedure import selectors as matters
from zhifa.records import selectors as papers
from zhifa.records import services as records
from zhifa.records.models import Document, Evidence
from zhifa.registry import selectors as registry
from zhifa.supervision import scope, selectors
from zhifa.supervision.models import Reading
from zhifa.supervision.views.warnings import told as told_warnings

LOG = (
    Column("at", "时间", "instant"),
    Column("who", "调阅人"),
    Column("case", "案件"),
    Column("purpose", "目的"),
)
SHOWN = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
    " object-src 'self'; style-src 'unsafe-inline'"
)
"""A paper is no page of the house: nothing in it loads, sends or frames anything."""


@person_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who read which case, when and why."""
    desk = enter(request)
    found = leaf(request, selectors.readings(desk.actor), per=50)
    bodies = {code: registry.agency(code).short_name for code in {r.body_code for r in found.items}}
    rows = [
        Row(
            {
                "at": r.read_at,
                "who": Cell(r.person_name, below=bodies.get(r.body_code, "")),
                "case": r.case_no,
                "purpose": r.purpose,
            }
        )
        for r in found.items
    ]
    table = Table("调阅记录", LOG, rows, empty="没有调阅记录。", quiet_caption=True)
    return page(
        request,
        "supervision/readings.html",
        table=table,
        leaf=found,
        tabs=scope.tabs(desk.actor),
    )


@person_required
@require_safe
def reading(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """The case as it stands, to read and nothing else; good on the day of its purpose."""
    desk = enter(request)
    row = selectors.reading(reading_id, desk.actor, desk.on)
    case = _case(row, desk)
    story = [_told(row, t, case) for t in timeline.story(case)]
    return page(
        request,
        "supervision/reading.html",
        row=row,
        case=case,
        agency=registry.agency(row.agency_code).full_name,
        warnings=told_warnings(row.case_matter_id, desk.on),
        told=story,
        evidence=Evidence.objects.filter(matter_id=row.case_matter_id).order_by("serial"),
    )


@person_required
@require_safe
def document(request: HttpRequest, reading_id: UUID, document_id: UUID) -> HttpResponse:
    """A paper of the case that is being read."""
    desk = enter(request)
    row = selectors.reading(reading_id, desk.actor, desk.on)
    case = _case(row, desk)
    found = papers.documents(case.view.matter, desk.actor).filter(id=document_id).first()
    if found is None:
        raise NotFound("这件案件没有这份文书。", code="no-such-document")
    return pdf(found)


def pdf(found: Document) -> HttpResponse:
    """A document's file as a browser shows it."""
    answer = HttpResponse(records.pdf(found), content_type="application/pdf")
    name = f"{found.title}{found.number}.pdf"
    answer.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SHOWN
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _case(row: Reading, desk: Desk) -> CasePage:
    case = selectors.case(row.case_matter_id, desk.actor)
    return CasePage(desk, case, matters.view(case.matter, desk.id, desk.on))


def _told(row: Reading, told: Told, case: CasePage) -> Told:
    """An entry of the story whose papers open under this reading."""
    ids = {o.digest: o.id for d in case.standing.history for o in d.outputs}
    opened: list[Paper] = []
    for p in told.papers:
        where = address("supervision:reading-document", row.id, UUID(ids[p.digest]))
        opened.append(replace(p, address=where))
    return replace(told, papers=tuple(opened))
