"""The bound case: two volumes in their order, and none whose files do not agree with the ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest

from tests.records.conftest import Until
from zhifa.faces.demo.cast import who
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, vault
from zhifa.kernel.errors import NotPermitted, WrongStep
from zhifa.law.procedures.penalty.later import Retention
from zhifa.records import services
from zhifa.records.models import Counter, Document, Evidence, Volume
from zhifa.records.services import binding
from zhifa.records.services.binding import Authors

DAY = date(2026, 4, 24)


def bound(case_id: UUID, **changed: Any) -> Any:
    values = {
        "matter_id": case_id,
        "by": who("archivist"),
        "on": DAY,
        "retention": Retention.THIRTY,
        "checked": "文书齐全，页号连续。",
    }
    with clock.scenario(clock.at(DAY)):
        return services.archive(**{**values, **changed})


def contents(case_id: UUID, *, internal: bool) -> Any:
    found = Document.objects.get(matter_id=case_id, kind="volume_contents", internal=internal)
    return services.typed_input(found)


@pytest.fixture
def closed(played_until: Until) -> UUID:
    return played_until("结案审批").case_id


def test_the_main_volume_goes_from_filing_and_decision_to_evidence_and_what_was_said(
    closed: UUID,
) -> None:
    bound(closed)
    titles = [row.title for row in contents(closed, internal=False).rows]
    assert titles[:3] == ["立案审批表", "行政处罚决定书", "送达回证"]
    in_order = [
        "行政处罚事先告知书",
        "询问笔录",
        "证据清单",
        "现场照片（标签与货架）",
        "陈述申辩笔录",
    ]
    places = [titles.index(t) for t in in_order if t in titles]
    assert places == sorted(places)
    assert len(places) >= 4
    for n, title in enumerate(titles):
        if title in ("责令改正通知书", "行政处罚事先告知书", "罚款缴款通知书"):
            assert titles[n + 1] == "送达回证", title


def test_every_paper_and_exhibit_is_bound_once_and_none_is_left_out(closed: UUID) -> None:
    papers = Document.objects.filter(matter_id=closed)
    main, internal = papers.filter(internal=False).count(), papers.filter(internal=True).count()
    exhibits = Evidence.objects.filter(matter_id=closed).count()
    bound(closed)
    volumes = {v.part: v for v in Volume.objects.filter(matter_id=closed)}
    assert volumes["main"].papers == main + exhibits
    assert volumes["internal"].papers == internal
    assert volumes["main"].file_no == volumes["internal"].file_no == "20260001"


def test_the_contents_that_a_party_sees_name_nothing_internal(closed: UUID) -> None:
    bound(closed)
    shown = {row.title for row in contents(closed, internal=False).rows}
    hidden = {row.title for row in contents(closed, internal=True).rows}
    assert hidden >= {"集体讨论笔录", "法制审核意见书", "行政处罚决定审批表", "结案审批表"}
    assert not hidden & shown


def test_page_numbers_are_those_of_the_files(closed: UUID) -> None:
    bound(closed)
    typed = contents(closed, internal=True)
    page = 1
    for row, paper in zip(
        typed.rows,
        Document.objects.filter(matter_id=closed, internal=True)
        .exclude(kind__startswith="volume_")
        .order_by("issued_on", "id"),
        strict=True,
    ):
        count = len(pypdfium2.PdfDocument(services.pdf(paper)))
        assert row.title == paper.title
        assert row.pages == (str(page) if count == 1 else f"{page}-{page + count - 1}")
        page += count
    assert Volume.objects.get(matter_id=closed, part="internal").pages == page - 1


@pytest.mark.parametrize(
    ("mime", "content", "count"),
    [
        ("application/pdf", None, 5),
        ("application/pdf", b"%PDF-1.7 and then nothing that is a page", 0),
        ("image/png", b"\x89PNG", 1),
        ("text/plain", "一段说明".encode(), 0),
        ("audio/mpeg", b"ID3", 0),
    ],
)
def test_an_exhibit_has_the_pages_that_it_has_and_no_guessed_ones(
    decided: Story, mime: str, content: bytes | None, count: int
) -> None:
    if content is None:
        content = services.pdf(
            Document.objects.get(matter_id=decided.case_id, kind="penalty_decision")
        )
    kept = vault.put(content, agency="511802-scjg", secrecy="internal")
    assert binding.pages(Evidence(mime=mime, vault_key=kept.key)) == count


def test_what_has_no_pages_is_bound_as_an_electronic_file_and_takes_no_page_number() -> None:
    day = date(2026, 3, 3)
    exhibits = [
        Evidence(
            id=UUID(int=n), serial=n, number=f"证{n}", title=mime, kind="document",
            mime=mime, entered_on=day, entered_by=UUID(int=7),
        )
        for n, mime in enumerate(("image/png", "audio/mpeg", "image/jpeg"), 1)
    ]  # fmt: skip
    bound = binding.main_volume([], exhibits, Authors("某局", {UUID(int=7): "李示例"}))
    assert [(r.pages, r.note, r.author) for r in bound.rows] == [
        ("1", "", "李示例"),
        ("", "电子", "李示例"),
        ("2", "", "李示例"),
    ]
    assert bound.pages == 2


def test_a_case_with_a_damaged_file_is_not_archived_and_keeps_its_number(
    closed: UUID, vault_of_tests: Path
) -> None:
    exhibit = Evidence.objects.filter(matter_id=closed)[0]
    file = vault_of_tests / exhibit.vault_key[:2] / exhibit.vault_key
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(WrongStep, match=exhibit.number):
        bound(closed)
    file.write_bytes(whole)
    assert not Counter.objects.filter(word="案卷").exists()
    assert not Volume.objects.filter(matter_id=closed).exists()
    bound(closed)
    assert Volume.objects.filter(matter_id=closed).count() == 2


def test_only_the_archivist_takes_a_case_over(closed: UUID) -> None:
    with pytest.raises(NotPermitted):
        bound(closed, by=who("handler"))
    assert not Counter.objects.filter(word="案卷").exists()


def test_a_repeated_archiving_answers_the_first(closed: UUID) -> None:
    first = bound(closed, act_id=UUID(int=3))
    again = bound(closed, act_id=UUID(int=3))
    assert again.repeated
    assert again.event_id == first.event_id
    assert Counter.objects.get(word="案卷").value == 1
