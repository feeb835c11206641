"""Archiving: a main and an internal volume, each with cover, contents and note sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pypdfium2
from django.db import transaction

from zhifa.kernel import clock, ids
from zhifa.law.procedure import handlers
from zhifa.law.procedures.parts.approval import approved
from zhifa.law.procedures.penalty.facts import FilingProposed
from zhifa.law.procedures.penalty.later import Archived, ClosingProposed, Retention
from zhifa.procedure import spine
from zhifa.procedure.services import Act, Taken, once, perform
from zhifa.records import numbers
from zhifa.records.inputs.parts import Head, Officer
from zhifa.records.inputs.volume import ContentsRow, VolumeContents, VolumeCover, VolumeNoteSheet
from zhifa.records.models import Document, Evidence, Volume
from zhifa.records.services import issuing
from zhifa.registry import selectors as registry

ORDER = (
    "filing_approval",
    "penalty_decision",
    "no_penalty_decision",
    "prior_notice",
    "correction_order",
    "preservation_notice",
    "preservation_disposal",
    "hearing_notice",
    "payment_notice",
    "service_proof",
    "address_confirmation",
    "site_record",
    "interview_record",
    "evidence_list",
    "defence_record",
    "hearing_record",
)
PARTS = {"main": "正卷", "internal": "副卷"}


@dataclass(frozen=True)
class Bound:
    """The papers of one volume in their order, with pages."""

    rows: tuple[ContentsRow, ...]
    pages: int


@once
def archive(
    *,
    matter_id: UUID,
    by: UUID,
    on: date,
    retention: Retention,
    checked: str,
    act_id: UUID | None = None,
    seen: int | None = None,
    reason: str = "",
) -> Taken:
    """Bind the case file and take it over. The file's number is given by the house.

    The papers of both volumes are listed; the step owes one cover, contents and note sheet, which
    describe the main volume and name the internal one.
    """
    with transaction.atomic():
        matter = spine.lock([matter_id])[matter_id][0]
        number = numbers.file_number(matter.agency_code, on)
        facts = Archived(file_no=number, retention=retention, checked=checked)
        with perform(
            matter_id,
            "archive.file",
            by=by,
            on=on,
            facts=facts,
            act_id=act_id,
            seen=seen,
            reason=reason,
        ) as act:
            _bind(act, facts)
    assert act.taken is not None
    return act.taken


def _bind(act: Act, f: Archived) -> None:
    matter_id = act.matter.id
    papers = list(Document.objects.filter(matter_id=matter_id).order_by("issued_on", "id"))
    exhibits = list(Evidence.objects.filter(matter_id=matter_id).order_by("number"))
    author = registry.agency(act.matter.agency_code, act.on).full_name
    main = _rows([p for p in papers if not p.internal], exhibits, author)
    internal = _rows([p for p in papers if p.internal], [], author)
    common = _common(act, papers)
    total = "本案共2卷，本卷为第1卷（正卷）" if internal.rows else "本案共1卷，本卷为第1卷"
    issuing.issue(act, "volume_cover", _cover(act, f, common, papers, main, total))
    issuing.issue(
        act,
        "volume_contents",
        VolumeContents(
            **common,
            volume="正卷、副卷",
            file_no=f.file_no,
            rows=(*main.rows, *_continued(main, internal)),
        ),
    )
    issuing.issue(
        act,
        "volume_note_sheet",
        VolumeNoteSheet(
            **common,
            volume="正卷、副卷",
            file_no=f.file_no,
            papers=len(main.rows) + len(internal.rows),
            pages=main.pages + internal.pages,
            state=f.checked,
            integrity="电子文书逐件核对摘要值，与账本记载一致。",
            maker=_name(act, next(iter(sorted(handlers(act.standing))), "")),
            made_on=act.on,
            checker=act.main.actor.name,
            checked_on=act.on,
        ),
    )
    for part, bound in (("main", main), ("internal", internal)):
        if bound.rows:
            Volume.objects.create(
                id=ids.uuid7(),
                matter_id=matter_id,
                file_no=f.file_no,
                part=part,
                retention=f.retention.value,
                papers=len(bound.rows),
                pages=bound.pages,
                archived_on=act.on,
            )


def _rows(papers: list[Document], exhibits: list[Evidence], author: str) -> Bound:
    rank = {kind: n for n, kind in enumerate(ORDER)}
    ordered = sorted(papers, key=lambda p: (rank.get(p.kind, 99), p.issued_on, p.id))
    rows: list[ContentsRow] = []
    page = 1
    for paper in ordered:
        count = len(pypdfium2.PdfDocument(issuing.pdf(paper)))
        rows.append(
            _row(len(rows) + 1, paper.number, author, paper.title, paper.issued_on, page, count)
        )
        page += count
    for exhibit in exhibits:
        rows.append(
            _row(
                len(rows) + 1, exhibit.number, "承办人", exhibit.title, exhibit.entered_on, page, 1
            )
        )
        page += 1
    return Bound(tuple(rows), page - 1)


def _row(
    no: int, number: str, author: str, title: str, dated: date, page: int, count: int
) -> ContentsRow:
    pages = str(page) if count == 1 else f"{page}-{page + count - 1}"
    return ContentsRow(
        no=no, document_no=number, author=author, title=title, dated=dated, pages=pages
    )


def _continued(main: Bound, internal: Bound) -> list[ContentsRow]:
    return [
        ContentsRow(
            no=len(main.rows) + row.no,
            document_no=row.document_no,
            author=row.author,
            title=row.title,
            dated=row.dated,
            pages=row.pages,
            note="副卷",
        )
        for row in internal.rows
    ]


def _common(act: Act, papers: list[Document]) -> dict[str, Any]:
    filing = next((p for p in papers if p.kind == "filing_approval"), None)
    cause = ""
    proposed = approved(act.standing, "filing")
    if proposed is not None and isinstance(proposed.facts, FilingProposed):
        cause = proposed.facts.cause
    profile = registry.agency(act.matter.agency_code, act.on)
    return {
        "head": Head(
            agency=profile.full_name,
            case_no=filing.number if filing is not None else None,
            case_title=cause or None,
        ),
        "dated": act.on,
        "demo": clock.is_demo(),
    }


def _cover(
    act: Act,
    f: Archived,
    common: dict[str, Any],
    papers: list[Document],
    main: Bound,
    total: str,
) -> VolumeCover:
    s = act.standing
    filed = s.last("filing.approve")
    closing = approved(s, "closing")
    closed = s.last("closing.approve")
    letter = next(
        (p for p in papers if p.kind in ("penalty_decision", "no_penalty_decision")), None
    )
    reason = ""
    if closing is not None and isinstance(closing.facts, ClosingProposed):
        reason = closing.facts.reason.label
    team = registry.actors([UUID(h) for h in sorted(handlers(s))], act.on).values()
    return VolumeCover(
        **common,
        volume="正卷",
        file_no=f.file_no,
        fonds=common["head"].agency,
        case_name=common["head"].case_title or act.matter.title,
        decision_no=letter.number if letter is not None else None,
        handling_unit=registry.unit_name(act.matter.agency_code, act.matter.unit_code),
        officers=tuple(
            Officer(name=a.name, certificate_no=a.certificate.number if a.certificate else "")
            for a in team
        ),
        filed_on=filed.on if filed is not None else act.matter.opened_on,
        closed_on=closed.on if closed is not None else act.on,
        outcome=reason,
        archived_on=act.on,
        retention=f.retention.label,
        volumes=total,
        papers=len(main.rows),
        pages=main.pages,
        secrecy=None,
    )


def _name(act: Act, person: str) -> str | None:
    if not person:
        return None
    found = registry.actors([UUID(person)], act.on).get(person)
    return found.name if found is not None else None
