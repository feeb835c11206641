"""Archiving: a main and an internal volume, each with cover, contents and note sheet."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from zhifa.kernel import clock, ids, ledger
from zhifa.kernel.errors import WrongStep
from zhifa.law.procedures.parts.approval import approved
from zhifa.law.procedures.penalty.facts import FilingProposed
from zhifa.law.procedures.penalty.later import Archived, ClosingProposed, Retention
from zhifa.law.team import handlers
from zhifa.procedure import selectors as matters
from zhifa.procedure.services import Act, Taken, once, perform
from zhifa.records import numbers
from zhifa.records.inputs.parts import Head, Officer
from zhifa.records.inputs.volume import VolumeContents, VolumeCover, VolumeNoteSheet
from zhifa.records.models import Document, Evidence, Volume
from zhifa.records.services import binding, checking, issuing
from zhifa.records.services.binding import Authors, Bound
from zhifa.registry import selectors as registry

PARTS = {"main": "正卷", "internal": "副卷"}


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

    Each volume gets its own cover, contents and note sheet. Raises `WrongStep` if a file of the
    case is not what the ledger says, and names it.
    """
    matter = matters.matter(matter_id)
    for paper in Document.objects.filter(matter_id=matter_id, pdf_key=""):
        issuing.typeset(paper)  # beforehand: the counter of the files is not held meanwhile
    if not _file_no_of(act_id) and matters.may(by, matter, "archive.file", on) is None:
        _refuse_damaged(matter_id, on)
    with transaction.atomic():
        ledger.lock([matter_id])
        number = _file_no_of(act_id) or numbers.file_number(matter.agency_code, on)
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


def _file_no_of(act_id: UUID | None) -> str:
    """The number that the same act gave before, if this is its repeat."""
    for event in ledger.of_act(act_id) if act_id is not None else ():
        if event.data.get("step") == "archive.file":
            return str(event.data["facts"]["file_no"])
    return ""


def _refuse_damaged(matter_id: UUID, on: date) -> None:
    found = checking.faults_of(matter_id, matters.standing(matters.matter(matter_id), on))
    if found:
        raise WrongStep(
            f"案卷与账本记载不一致，不能归档：{'；'.join(found[:5])}。",
            remedy="请由系统管理员恢复文件或者查明原因。",
            code="file-damaged",
        )


def _bind(act: Act, f: Archived) -> None:
    matter_id = act.matter.id
    papers = list(Document.objects.filter(matter_id=matter_id).order_by("issued_on", "id"))
    exhibits = list(Evidence.objects.filter(matter_id=matter_id).order_by("serial"))
    authors = _authors(act, exhibits)
    common = _common(act, papers)
    bound = {
        "main": binding.main_volume(papers, exhibits, authors),
        "internal": binding.internal_volume(papers, authors),
    }
    for part, volume in bound.items():
        _issue_binding(act, f, common, papers, part, volume)
        Volume.objects.create(
            id=ids.uuid7(),
            matter_id=matter_id,
            agency_code=act.matter.agency_code,
            file_no=f.file_no,
            part=part,
            retention=f.retention.value,
            papers=len(volume.rows),
            pages=volume.pages,
            archived_on=act.on,
        )


def _authors(act: Act, exhibits: list[Evidence]) -> Authors:
    people = registry.actors({e.entered_by for e in exhibits}, act.on)
    return Authors(
        agency=registry.agency(act.matter.agency_code, act.on).short_name,
        people={UUID(person): actor.name for person, actor in people.items()},
    )


def _issue_binding(
    act: Act, f: Archived, common: dict[str, Any], papers: list[Document], part: str, volume: Bound
) -> None:
    internal = part == "internal"
    name = PARTS[part]
    total = f"本案共2卷，本卷为第{2 if internal else 1}卷（{name}）"
    cover = _cover(act, f, common, papers, volume, total, name)
    contents = VolumeContents(**common, volume=name, file_no=f.file_no, rows=volume.rows)
    sheet = VolumeNoteSheet(
        **common,
        volume=name,
        file_no=f.file_no,
        papers=len(volume.rows),
        pages=volume.pages,
        state=f.checked,
        integrity="归档时逐件核对文书内容、版式文件、用印文件和证据文件的摘要值，与账本记载一致。",
        maker=_name(act, next(iter(sorted(handlers(act.standing))), "")),
        made_on=act.on,
        checker=act.main.actor.name,
        checked_on=act.on,
    )
    issuing.issue(act, "volume_cover", cover, internal=internal)
    issuing.issue(act, "volume_contents", contents, internal=internal)
    issuing.issue(act, "volume_note_sheet", sheet, internal=internal)


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
    bound: Bound,
    total: str,
    name: str,
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
        volume=name,
        file_no=f.file_no,
        fonds=common["head"].agency,
        case_name=_case_name(act, common["head"].case_title),
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
        papers=len(bound.rows),
        pages=bound.pages,
        secrecy=None,
    )


def _case_name(act: Act, cause: str | None) -> str:
    """Party and cause, as a case is called on its cover."""
    proposed = approved(act.standing, "filing")
    party = getattr(proposed.facts, "party", "") if proposed is not None else ""
    name = registry.party(UUID(party), act.on).name if party else ""
    return f"{name}{cause}" if cause else act.matter.title


def _name(act: Act, person: str) -> str | None:
    if not person:
        return None
    found = registry.actors([UUID(person)], act.on).get(person)
    return found.name if found is not None else None
