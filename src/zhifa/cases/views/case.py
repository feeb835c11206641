"""The page of a case: where it stands, what is next, what blocks it, and what it consists of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhifa.accounts.access import person_required
from zhifa.cases import choices, matrix, timeline
from zhifa.cases.page import proposing
from zhifa.cases.page.case import CasePage, open_case
from zhifa.cases.page.desk import enter
from zhifa.kernel.errors import BadInput, NotFound
from zhifa.kernel.page import Badge, Cell, Column, Row, Table, address, page
from zhifa.law.procedures.penalty.held import EVIDENCE, exhibits
from zhifa.procedure.models import MatterLink
from zhifa.records import selectors as papers
from zhifa.records.models import Document
from zhifa.registry.services.parties import reveal_identity

PARTS = {
    "course": "经过",
    "matrix": "事实—证据—法律",
    "documents": "文书",
    "evidence": "证据",
    "party": "当事人",
    "review": "审核",
    "publicity": "公示",
    "links": "关联",
}
LINKS = {
    "review_of": "审核",
    "publication_of": "公示",
    "supervision_of": "监督",
    "redo_of": "重新处理",
    "redone_by": "重新处理",
}


@person_required
@require_safe
def detail(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The case, opened at one of its parts."""
    part = request.GET.get("part", "course")
    if part not in PARTS:
        raise NotFound("案件没有这一部分。", code="no-such-part")
    return _page(request, open_case(enter(request), matter_id), part)


@person_required
@require_POST
def reveal(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The party's numbers in full, once, for a purpose that is recorded."""
    case = open_case(enter(request), matter_id)
    if case.party is None:
        raise NotFound("案件还没有当事人。", code="no-party")
    try:
        shown = reveal_identity(
            party_id=case.party.id,
            purpose=request.POST.get("purpose", "").replace("\0", "")[:200],
            agency=case.case.agency_code,
            on=case.on,
            by=case.desk.id,
        )
    except BadInput as no:
        return _page(request, case, "party", status=no.status, purpose_error=no.message)
    return _page(request, case, "party", identity=shown)


@person_required
@require_http_methods(["GET", "HEAD"])
def steps(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Every step of the procedure, open or not, each with the reason."""
    case = open_case(enter(request), matter_id)
    return page(request, "cases/steps.html", case=case)


def _page(
    request: HttpRequest, case: CasePage, part: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    counts = {
        "documents": sum(len(d.outputs) for d in case.standing.history),
        "evidence": case.standing.count(*EVIDENCE),
        "review": case.standing.count("review.submit"),
    }
    home = reverse("cases:detail", kwargs={"matter_id": case.id})
    tabs = [
        {
            "label": label,
            "count": counts.get(code, 0),
            "address": f"{home}?part={code}#part" if code != "course" else f"{home}#part",
            "here": code == part,
        }
        for code, label in PARTS.items()
    ]
    context = _MAKERS[part](case) if part in _MAKERS else {}
    return page(
        request,
        "cases/detail.html",
        block="part",
        status=status,
        case=case,
        part=part,
        tabs=tabs,
        dossier=address("records:dossier", matter_id=case.id),
        redone=_redone(case),
        **context,
        **more,
    )


def _redone(case: CasePage) -> str:
    """The page of the case in which an annulled one is handled anew; empty where there is none."""
    opened = case.standing.last("redo.open")
    return reverse("cases:detail", args=[opened.facts.matter]) if opened is not None else ""


# --- what each part needs -----------------------------------------------------------------------


def _course(case: CasePage) -> dict[str, Any]:
    return {"told": timeline.story(case)}


def _matrix(case: CasePage) -> dict[str, Any]:
    about = proposing.of_proposal(case)
    if about is not None:
        return {"about": about, "matrix": about.matrix}
    rule = choices.power_rule(case)
    benchmark = rule.benchmark if rule is not None else None
    made = matrix.build(case.standing, case.id, None, benchmark, case.addresses)
    return {"about": None, "matrix": made}


def _documents(case: CasePage) -> dict[str, Any]:
    rows = []
    for d in papers.documents(case.view.matter, case.desk.actor):
        where = reverse("records:document", kwargs={"document_id": d.id})
        rows.append(
            Row(
                {
                    "title": Cell(d.title, below=d.number) if d.number else d.title,
                    "issued": d.issued_on,
                    "state": _state(d),
                    "volume": "副卷" if d.internal else "正卷",
                    "digest": d.digest[:12],
                },
                address=where,
            )
        )
    columns = [
        Column("title", "文书"),
        Column("issued", "成文日期", "date"),
        Column("state", "状态", "badge"),
        Column("volume", "卷别"),
        Column("digest", "内容摘要"),
    ]
    return {
        "table": Table("文书", columns, rows, empty="还没有形成文书。", quiet_caption=True),
    }


def _state(d: Document) -> Badge:
    if not d.outward:
        return Badge("已成文", "done")
    if d.served_on is not None:
        return Badge(f"{d.served_on.month}月{d.served_on.day}日送达", "done")
    if d.sealed_on is not None:
        return Badge("已用印，待送达", "now")
    return Badge("待用印", "wait")


def _evidence(case: CasePage) -> dict[str, Any]:
    files = papers.files(case.id, case.standing)
    shown = []
    for done in exhibits(case.standing):
        kept = files.get(done.facts.evidence)
        shown.append(
            {
                "facts": done.facts,
                "inherited": done.step == "evidence.inherit",
                "by": done.actor_name,
                "on": done.on,
                "file": kept,
                "picture": kept is not None and kept.mime in matrix.IMAGES,
            }
        )
    return {"exhibits": shown, "add": case.addresses["evidence.add"]}


def _links(case: CasePage) -> dict[str, Any]:
    found = MatterLink.objects.filter(to_matter_id=case.id).exclude(kind="redone_by")
    found = found.select_related("from_matter")
    out = MatterLink.objects.filter(from_matter_id=case.id).exclude(kind="redone_by")
    out = out.select_related("to_matter")
    rows = [(link.kind, link.from_matter) for link in found]
    rows += [(link.kind, link.to_matter) for link in out]
    return {
        "links": [
            {
                "kind": LINKS.get(kind, "关联"),
                "matter": m,
                "address": {
                    "legal_review": address("review:detail", review_id=m.id),
                    "penalty_ordinary": address("cases:detail", matter_id=m.id),
                }.get(m.procedure, ""),
            }
            for kind, m in sorted(rows, key=lambda r: (r[1].opened_on, str(r[1].id)))
        ]
    }


_MAKERS: dict[str, Callable[[CasePage], dict[str, Any]]] = {
    "course": _course,
    "matrix": _matrix,
    "documents": _documents,
    "evidence": _evidence,
    "links": _links,
}
