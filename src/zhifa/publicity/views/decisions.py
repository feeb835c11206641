"""Decisions in public: the list and its files, one decision, and what stands where one was."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from zhifa.kernel import clock
from zhifa.kernel.errors import NotFound
from zhifa.kernel.page import csv_response, page
from zhifa.kernel.page.words import yuan
from zhifa.law.cite import Cite
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.publication import TakeDown
from zhifa.law.sources import CF
from zhifa.publicity import figures, reading
from zhifa.publicity.models import PublishedDecision, Tombstone
from zhifa.publicity.plain import plain_words
from zhifa.publicity.reading import PORTAL, Wanted
from zhifa.publicity.views.open import open_page, page_asked
from zhifa.registry import selectors as registry
from zhifa.registry.models import PartyKind

MINUTE = 60
HEADER = (
    "公示编号", "决定书文号", "作出决定的机关", "案件名称", "当事人", "违法行为类型", "处罚种类",
    "罚款（元）", "没收金额（元）", "决定日期", "公示日期", "公示截止日期",
)  # fmt: skip


@open_page(seconds=MINUTE)
def decisions(request: HttpRequest) -> HttpResponseBase:
    """The list, searched and narrowed; the same address with `format=csv` or `json` is a file."""
    on = clock.today()
    wanted = Wanted.of(request.GET)
    if request.GET.get("format") == "csv":
        name = f"行政处罚决定公示{on.isoformat()}.csv"
        return csv_response(name, HEADER, (_line(d) for d in reading.exported(wanted, on)))
    if request.GET.get("format") == "json":
        rows = [json.loads(d.record) for d in reading.exported(wanted, on)]
        return JsonResponse({"decisions": rows, "most": reading.EXPORT}, json_dumps_params=_PLAIN)
    found = reading.decisions(wanted, on, page_asked(request))
    first = reading.first_year() or on.year
    return page(
        request,
        "publicity/decisions.html",
        block="results",
        wanted=wanted,
        found=found,
        leaf=found.leaf,
        agencies=registry.agencies(on, using=PORTAL),
        regions=figures.districts(),
        years=range(on.year, first - 1, -1),
        kinds=[(k.value, k.label) for k in PenaltyKind],
        labels=KIND_LABELS,
        most=reading.EXPORT,
    )


@open_page(seconds=0)
def decision(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One decision as a document; a tombstone where it was taken down or its time is over."""
    on = clock.today()
    found = reading.decision(public_id)
    if found is None:
        return _tombstone(request, public_id)
    if found.published_until is not None and found.published_until < on:
        return page(request, "publicity/ended.html", status=410, decision=found)
    address = request.build_absolute_uri(reverse("publicity:decision", args=[public_id]))
    return page(
        request,
        "publicity/decision.html",
        decision=found,
        on=on,
        paragraphs=[p for p in found.facts.split("\n") if p.strip()],
        plain=plain_words(found),
        penalties=[p for p in found.penalty.split("\n") if p.strip()],
        violated=[Cite.parse(k) for k in found.violated],
        bases=[Cite.parse(k) for k in found.penalised_by],
        party_kind=PartyKind(found.party_kind).label,
        root=reading.root_after(clock.legal_date(found.published_at)),
        address=address,
        code=_code(address),
    )


@open_page(seconds=0)
def as_json(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The decision for machines: the record, and what proves it. A withdrawn one says so."""
    found = reading.decision(public_id)
    if found is None:
        gone = reading.tombstone(public_id)
        if gone is None:
            raise NotFound("没有这一公示编号。", code="no-such-decision")
        return JsonResponse(_gone(gone), status=410, json_dumps_params=_PLAIN)
    if found.published_until is not None and found.published_until < clock.today():
        body = {"id": found.public_id, "state": "ended", "ended_on": found.published_until}
        return JsonResponse(body, status=410)
    said = {
        "record": json.loads(found.record),
        "proof": {
            "sha256": found.sha256,
            "record_address": reverse("publicity:decision-record", args=[public_id]),
            "event": str(found.event_id),
            "event_hash": found.event_hash,
            "published_at": found.published_at,
        },
    }
    return JsonResponse(said, json_dumps_params=_PLAIN)


@open_page(seconds=0)
def record(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The record's exact bytes: their SHA-256 is the digest that the proof names."""
    found = reading.decision(public_id)
    over = found is not None and found.published_until is not None
    if found is None or (over and (found.published_until or date.max) < clock.today()):
        raise NotFound("没有这一公示编号，或者已经撤下。", code="no-such-decision")
    return HttpResponse(found.record, content_type="application/json; charset=utf-8")


KIND_LABELS = {k.value: k.label for k in PenaltyKind}
_PLAIN = {"ensure_ascii": False}


def _tombstone(request: HttpRequest, public_id: str) -> HttpResponse:
    gone = reading.tombstone(public_id)
    if gone is None:
        raise NotFound(
            "没有这一公示编号。",
            code="no-such-decision",
            remedy="请核对编号，或者按文号、当事人查询决定。",
        )
    return page(
        request,
        "publicity/tombstone.html",
        status=410,
        gone=gone,
        ground=TakeDown(gone.ground).label,
        basis=CF(48, 2),
    )


def _gone(gone: Tombstone) -> dict[str, Any]:
    return {
        "id": gone.public_id,
        "state": "withdrawn",
        "agency": {"code": gone.agency_code, "name": gone.agency_name},
        "published_at": gone.published_at,
        "withdrawn_at": gone.withdrawn_at,
        "ground": {"code": gone.ground, "label": TakeDown(gone.ground).label},
        "proof": {
            "sha256": gone.sha256,
            "event_hash": gone.event_hash,
            "withdrawal": str(gone.withdrawal_id),
            "withdrawal_hash": gone.withdrawal_hash,
        },
    }


def _line(d: PublishedDecision) -> tuple[Any, ...]:
    return (
        d.public_id,
        d.number,
        d.agency_name,
        d.case_name,
        d.party_name,
        d.violation,
        "、".join(KIND_LABELS.get(k, k) for k in d.kinds),
        yuan(d.fine_fen),
        yuan(d.confiscated_fen),
        d.decided_on,
        clock.legal_date(d.published_at),
        d.published_until,
    )


def _code(address: str) -> SafeString:
    """The address as a code to scan."""
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=1, omitsize=True, svgclass="code", lineclass=None))
