"""A case as one file that a stranger can check: ledger, papers, what binds them, exhibits."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhifa.kernel import canonical, clock, vault
from zhifa.kernel.canonical import Json
from zhifa.kernel.ledger import export, package
from zhifa.procedure import selectors as matters
from zhifa.procedure.models import Matter, MatterLink
from zhifa.records.models import Document, Evidence, Seal, Service, TemplateText
from zhifa.records.services import issuing
from zhifa.records.services.sniffing import EXTENSIONS

CONTENTS = "contents.json"
_FORBIDDEN = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_VOLUMES = {False: "documents", True: "internal"}


def export_dossier(matter_id: UUID, out: Path) -> Path:
    """Write the dossier of a matter into `out` and give its path.

    It holds the events with their private parts, every document as PDF and as the exact bytes that
    its digest in the ledger is of, the templates that those name, the evidence, and the proof that
    leads to a signed root. ``tools/verify_dossier.py`` checks it offline. Raises `NotFound`.
    """
    matter = matters.matter(matter_id)
    files: dict[str, package.Content] = dict(export.stream_bundle(matter_id))
    told = _told(files[f"{export.FOLDER}events.jsonl"])
    with TemporaryDirectory(prefix="zhifa-dossier-") as folder:
        papers = _papers(matter_id, told["outputs"])
        exhibits = _exhibits(matter_id, told["evidence"])
        contents = {
            "documents": [_add_paper(files, no, paper) for no, paper in enumerate(papers, 1)],
            "evidence": [_add_exhibit(files, Path(folder), e) for e in exhibits],
            "linked": _linked(matter_id),
            "services": _services(papers),
        }
        files |= _templates({p.template_version for p in papers})
        files[CONTENTS] = canonical.encode(canonical.plain(contents))
        package.pack(files, out, about=_about(matter, papers))
    return out


def _told(events: package.Content) -> dict[str, set[str]]:
    """Which documents and exhibits the exported events name; what came later stays out."""
    assert isinstance(events, bytes)
    found: dict[str, set[str]] = {"outputs": set(), "evidence": set()}
    for line in events.splitlines():
        body = json.loads(json.loads(line)["event"]["body"])
        found["outputs"] |= {output["id"] for output in body.get("outputs", ())}
        links = body.get("links", ())
        found["evidence"] |= {link["id"] for link in links if link["kind"] == "evidence"}
    return found


def _papers(matter_id: UUID, told: Iterable[str]) -> list[Document]:
    found = Document.objects.filter(matter_id=matter_id, id__in=[UUID(i) for i in told])
    return list(found.order_by("issued_on", "id"))


def _exhibits(matter_id: UUID, told: Iterable[str]) -> list[Evidence]:
    found = Evidence.objects.filter(matter_id=matter_id, id__in=[UUID(i) for i in told])
    return list(found.order_by("serial"))


def _add_paper(files: dict[str, package.Content], no: int, paper: Document) -> dict[str, Any]:
    name = f"{_VOLUMES[paper.internal]}/{no:02d} {_safe(f'{paper.title} {paper.number}')}"
    seal = Seal.objects.filter(document=paper).first()
    files[f"{name}.pdf"] = issuing.pdf(paper)
    files[f"{name}.content.txt"] = issuing.kept_text(paper)
    return {
        "content": f"{name}.content.txt",
        "digest": paper.digest,
        "id": str(paper.id),
        "issued_on": paper.issued_on,
        "kind": paper.kind,
        "number": paper.number,
        "pdf": f"{name}.pdf",
        "sealed_at": seal.sealed_at if seal is not None else None,
        "sealed_sha256": seal.sha256 if seal is not None else None,
        "template": paper.template,
        "template_version": paper.template_version,
        "title": paper.title,
        "volume": "副卷" if paper.internal else "正卷",
    }


def _add_exhibit(
    files: dict[str, package.Content], folder: Path, exhibit: Evidence
) -> dict[str, Any]:
    title = _safe(f"{exhibit.number} {exhibit.title}")
    name = f"evidence/{title}.{EXTENSIONS.get(exhibit.mime, 'bin')}"
    copy = folder / str(exhibit.id)
    with vault.open(exhibit.vault_key) as source, copy.open("xb") as target:
        shutil.copyfileobj(source, target, vault.BLOCK)
    files[name] = copy
    return {
        "collected_at": exhibit.collected_at,
        "file": name,
        "id": str(exhibit.id),
        "kind": exhibit.kind,
        "mime": exhibit.mime,
        "number": exhibit.number,
        "sha256": exhibit.sha256,
        "size": exhibit.size,
        "title": exhibit.title,
        "uploaded_at": exhibit.uploaded_at,
    }


def _services(papers: list[Document]) -> list[dict[str, Any]]:
    found = Service.objects.filter(document__in=[p.id for p in papers]).order_by("served_on", "id")
    return [
        {
            "document": str(s.document_id),
            "method": s.method,
            "proof": str(s.proof_id),
            "served_on": s.served_on,
        }
        for s in found
    ]


def _linked(matter_id: UUID) -> list[dict[str, Any]]:
    """Matters with dossiers of their own: the reviews of a case, its publication."""
    found = MatterLink.objects.filter(Q(from_matter=matter_id) | Q(to_matter=matter_id))
    rows = {
        (link.kind, str(link.to_matter_id if link.from_matter_id == matter_id else
                        link.from_matter_id))
        for link in found
    }  # fmt: skip
    return [{"kind": kind, "matter": matter} for kind, matter in sorted(rows)]


def _templates(versions: set[str]) -> dict[str, package.Content]:
    """Each template with its library as the bytes whose SHA-256 is its version."""
    files: dict[str, package.Content] = {}
    for kept in TemplateText.objects.filter(version__in=versions):
        texts: dict[str, str] = json.loads(kept.files)
        whole = b""
        for name in (kept.template, *sorted(texts.keys() - {kept.template})):
            body = texts[name].encode()
            whole += b"%d:%b%d:%b" % (len(name.encode()), name.encode(), len(body), body)
        files[f"templates/{kept.version}.txt"] = whole
    return files


def _about(matter: Matter, papers: list[Document]) -> dict[str, Json]:
    filing = next((p.number for p in papers if p.kind == "filing_approval"), "")
    decision = next((p.number for p in papers if p.kind.endswith("penalty_decision")), "")
    return {
        "agency_code": matter.agency_code,
        "case_no": filing,
        "decision_no": decision,
        "demo": matter.demo,
        "made_at": canonical.instant(clock.now()),
        "matter": str(matter.id),
        "procedure": matter.procedure,
        "title": matter.title,
    }


def _safe(name: str) -> str:
    """A name that every file system takes."""
    clean = "".join(c for c in name if unicodedata.category(c)[0] != "C").translate(_FORBIDDEN)
    return unicodedata.normalize("NFC", clean).strip(" .")[:80].strip(" .") or "文件"
