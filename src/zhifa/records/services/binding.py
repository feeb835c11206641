"""In which order the papers and exhibits of a case are bound, and on which pages they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import UUID

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from zhifa.kernel import vault
from zhifa.records.inputs.volume import ContentsRow
from zhifa.records.models import Document, Evidence, Service
from zhifa.records.services import issuing

OPENING = ("filing_approval", "penalty_decision", "no_penalty_decision")
PARTY = ("address_confirmation",)
RECORDS = ("interview_record", "site_record", "evidence_list")
HEARD = ("defence_record", "hearing_record")
BOUND = ("volume_cover", "volume_contents", "volume_note_sheet")
"""What binds a volume stands in front of and behind it, without a page number."""
WRITTEN = ("document", "object", "electronic")
"""Kinds of evidence that stand before what people said; audiovisual ones come last."""


@dataclass(frozen=True)
class Bound:
    """The papers of one volume in their order, with pages."""

    rows: tuple[ContentsRow, ...] = ()
    pages: int = 0


@dataclass(frozen=True)
class Authors:
    """Who answers for a paper (责任者): the agency; for an exhibit whoever entered it."""

    agency: str
    people: Mapping[UUID, str]

    def of(self, thing: Document | Evidence) -> str:
        """The name for the contents."""
        if isinstance(thing, Document):
            return self.agency
        return self.people.get(thing.entered_by, "承办人")


def main_volume(papers: list[Document], exhibits: list[Evidence], authors: Authors) -> Bound:
    """Filing, decision with its proof of service, what else was served, evidence, what was said."""
    open_papers = [p for p in papers if not p.internal and p.kind not in BOUND]
    proofs = {
        s.document_id: s.proof_id
        for s in Service.objects.filter(document__in=[p.id for p in open_papers])
    }
    by_id = {p.id: p for p in open_papers}

    def of(kinds: Iterable[str]) -> Iterator[Document | Evidence]:
        for kind in kinds:
            for paper in (p for p in open_papers if p.kind == kind):
                yield paper
                if (proof := proofs.get(paper.id)) is not None:
                    yield by_id[proof]

    served = sorted(
        (p for p in open_papers if p.outward and p.kind not in OPENING),
        key=lambda p: (p.issued_on, p.id),
    )
    order: list[Document | Evidence] = [
        *of(OPENING),
        *of(dict.fromkeys(p.kind for p in served)),
        *of(PARTY),
        *of(RECORDS),
        *_exhibits(exhibits),
        *of(HEARD),
        *open_papers,
    ]
    return _paged(list({thing.id: thing for thing in order}.values()), authors)


def internal_volume(papers: list[Document], authors: Authors) -> Bound:
    """What the party does not see, in the order of the case."""
    return _paged([p for p in papers if p.internal and p.kind not in BOUND], authors)


def _exhibits(exhibits: list[Evidence]) -> list[Evidence]:
    def rank(e: Evidence) -> int:
        if e.kind == "audiovisual":
            return 2
        return 0 if e.kind in WRITTEN else 1

    return sorted(exhibits, key=lambda e: (rank(e), e.serial))


def _paged(things: list[Document | Evidence], authors: Authors) -> Bound:
    rows: list[ContentsRow] = []
    page = 1
    for no, thing in enumerate(things, 1):
        count = pages(thing)
        rows.append(_row(no, thing, authors.of(thing), _span(page, count)))
        page += count
    return Bound(tuple(rows), page - 1)


def _row(no: int, thing: Document | Evidence, author: str, pages: str) -> ContentsRow:
    dated: date = thing.issued_on if isinstance(thing, Document) else thing.entered_on
    return ContentsRow(
        no=no,
        document_no=thing.number,
        author=author,
        title=thing.title,
        dated=dated,
        pages=pages,
        note="" if pages else "电子",
    )


def _span(first: int, count: int) -> str:
    if count < 2:
        return str(first) if count else ""
    return f"{first}-{first + count - 1}"


def pages(thing: Document | Evidence) -> int:
    """How many sheets' sides a paper or exhibit has; none if it stays an electronic file.

    A picture is one page. A recording has none, nor has a text, whose pages nobody fixed.
    """
    if isinstance(thing, Document):
        return _count(issuing.pdf(thing))
    if thing.mime == "application/pdf":
        return _count(vault.read(thing.vault_key))
    return int(thing.mime.startswith("image/"))


def _count(pdf: bytes) -> int:
    try:
        return int(PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"])
    except (PdfError, KeyError, TypeError, ValueError):
        return 0  # somebody's broken or locked file: kept as it is, bound as an electronic one
