"""Whether what is kept of a case is what its acts recorded: contents, files, seals, evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

from zhifa.kernel import vault
from zhifa.kernel.errors import NotFound
from zhifa.kernel.models import VaultObject
from zhifa.law.standing import Standing
from zhifa.records.models import Document, Evidence, Seal
from zhifa.records.services import issuing


def faults_of(matter_id: UUID, standing: Standing, *, set_again: bool = False) -> tuple[str, ...]:
    """What does not agree with the ledger, one sentence each; empty if everything does.

    With `set_again` every document is set anew too and compared byte by byte with its kept file.
    """
    told = {o.id: o.digest for done in standing.history for o in done.outputs}
    papers = {str(p.id): p for p in Document.objects.filter(matter_id=matter_id)}
    found = [f"{papers[i].title}：没有办理记录" for i in sorted(papers.keys() - told.keys())]
    for key, digest in told.items():
        if (paper := papers.get(key)) is None:
            found.append(f"办理记录中的文书{key}已经不在")
        elif paper.digest != digest:
            found.append(f"{paper.title}：登记的内容摘要与账本不符")
        else:
            found += _paper_faults(paper, set_again)
    recorded = {d.facts.evidence: d.facts.sha256 for d in standing.all("evidence.add")}
    exhibits = {e.number: e for e in Evidence.objects.filter(matter_id=matter_id)}
    for number in sorted(recorded.keys() ^ exhibits.keys()):
        found.append(f"{number}：证据登记与账本不符")
    for number in sorted(recorded.keys() & exhibits.keys()):
        found += _object_faults(number, exhibits[number].vault_key, recorded[number])
    return tuple(found)


def _paper_faults(paper: Document, set_again: bool) -> Iterator[str]:
    try:
        issuing.kept_text(paper)
    except issuing.ContentChanged:
        yield f"{paper.title}：内容与摘要不符"
        return
    if paper.pdf_key:
        kept = VaultObject.objects.get(key=paper.pdf_key).sha256
        yield from _object_faults(paper.title, paper.pdf_key, kept)
        if set_again and hashlib.sha256(issuing.set_again(paper)).hexdigest() != kept:
            yield f"{paper.title}：重新排印的结果与版式文件不同"
    if paper.sealed_key:
        seal = Seal.objects.filter(document=paper).first()
        said = seal.sha256 if seal is not None else ""
        yield from _object_faults(f"{paper.title}（用印件）", paper.sealed_key, said)


def _object_faults(name: str, key: str, sha256: str) -> Iterator[str]:
    try:
        kept = vault.verify(key)
    except (vault.Damaged, NotFound):
        yield f"{name}：文件损坏或者缺失"
        return
    if kept.sha256 != sha256:
        yield f"{name}：文件摘要与记录不符"
