"""Evidence: told by its content, numbered by the house, and nothing left of what is refused."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from zhifa.faces.demo import exhibits, facts
from zhifa.faces.demo.cast import who
from zhifa.faces.demo.play import BEFORE_DECISION, play
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, ledger, vault
from zhifa.kernel.errors import BadInput, Refused, WrongStep
from zhifa.kernel.models import VaultObject
from zhifa.law.procedures.penalty.facts import EvidenceKind
from zhifa.procedure.services import Taken
from zhifa.records import selectors, services
from zhifa.records.models import Evidence
from zhifa.records.services.sniffing import shown_name, sniff

DAY = date(2026, 3, 16)
PNG = exhibits.label_photo()


def found(title: str = "现场照片") -> Any:
    return facts.evidence(
        "", EvidenceKind.DOCUMENT, title, "涉案食品的数量", date(2026, 3, 3), 10, facts.PLACE
    )


def entered(case_id: UUID, content: Any = PNG, **changed: Any) -> Taken:
    values = {
        "matter_id": case_id,
        "content": content,
        "filename": "照片.png",
        "facts": found(),
        "by": who("handler"),
        "on": DAY,
    }
    with clock.scenario(clock.at(DAY)):
        return services.add_evidence(**{**values, **changed})


@pytest.fixture
def case(decided: Story) -> UUID:
    """A second case of the same story, still being investigated."""
    again = Story(name=UUID(int=1))  # acts of its own, not the first case's again
    titles = [s.title for s in BEFORE_DECISION]
    scenes = BEFORE_DECISION[: titles.index("询问笔录") + 1]
    return play(scenes, story=again, say=lambda _line: None).case_id


def objects(folder: Path) -> set[str]:
    return {p.name for p in folder.rglob("*") if p.is_file()}


def test_a_file_is_kept_whole_under_the_digest_that_its_event_carries(case: UUID) -> None:
    taken = entered(case)
    kept = Evidence.objects.get(matter_id=case, number=services.evidence_of(taken))
    digest = hashlib.sha256(PNG).hexdigest()
    event = ledger.event(taken.event_id)
    assert event.data["facts"]["sha256"] == kept.sha256 == digest
    assert event.data["links"] == [{"kind": "evidence", "id": str(kept.id)}]
    assert vault.read(kept.vault_key) == PNG
    assert (kept.mime, kept.size) == ("image/png", len(PNG))


def test_the_delay_of_an_upload_is_known(case: UUID) -> None:
    entered(case)
    kept = Evidence.objects.filter(matter_id=case).latest("serial")
    assert kept.delay.days == 12


def test_numbers_follow_one_another_past_nine_and_are_listed_in_that_order(case: UUID) -> None:
    first = Evidence.objects.filter(matter_id=case).count()
    for n in range(11):
        entered(case, content=f"第{n}份说明".encode())
    listed = [e.number for e in Evidence.objects.filter(matter_id=case).order_by("serial")]
    assert listed == [f"证{n}" for n in range(1, first + 12)]
    matter = Evidence.objects.filter(matter_id=case)[0].matter
    assert [e.number for e in selectors.evidence(matter)] == listed


def test_a_repeated_upload_answers_the_first_and_adds_nothing(
    case: UUID, vault_of_tests: Path
) -> None:
    first = entered(case, act_id=UUID(int=9))
    entered(case, content=b"another file in between")
    before = objects(vault_of_tests)
    again = entered(case, act_id=UUID(int=9))
    assert again.repeated
    assert again.event_id == first.event_id
    assert objects(vault_of_tests) == before
    with pytest.raises(WrongStep):
        entered(case, act_id=UUID(int=9), content=b"not the same file")
    assert objects(vault_of_tests) == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00\x03" + b"\0" * 80, "不能识别"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 80, "不能识别"),
        (b"PK\x03\x04 docm or jar", "不能识别"),
        (b"<html><script>alert(1)</script>", "不能识别"),
        (b"\xef\xbb\xbf  \n<svg onload='alert(1)'/>", "不能识别"),
        (b"#!/bin/sh\nrm -rf /\n", "不能识别"),
        (b"RIFF\x00\x00\x00\x00ACONani", "不能识别"),
        (b"plain text with a \x00 in it", "不能识别"),
        (b"text \x1b[2J that moves the cursor", "不能识别"),
        ("中文".encode("gb18030") * 9, "不能识别"),
        (b"   \n\t ", "不能识别"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 2000, "兆字节"),
    ],
)
def test_a_hostile_file_is_refused_and_leaves_nothing(
    case: UUID, vault_of_tests: Path, settings: Any, content: bytes, why: str
) -> None:
    settings.EVIDENCE_LIMIT = 1000
    before = (objects(vault_of_tests), Evidence.objects.count(), VaultObject.objects.count())
    with pytest.raises(BadInput, match=why) as no:
        entered(case, content=content, filename="照片.png")
    assert no.value.field == "file"
    after = (objects(vault_of_tests), Evidence.objects.count(), VaultObject.objects.count())
    assert after == before


def test_a_file_that_the_law_refuses_never_reaches_the_disk(
    case: UUID, vault_of_tests: Path
) -> None:
    before = objects(vault_of_tests)
    with pytest.raises(Refused):
        entered(case, by=who("cashier"))
    assert objects(vault_of_tests) == before


def test_a_file_that_changes_while_it_is_read_is_refused_and_taken_away(
    case: UUID, vault_of_tests: Path
) -> None:
    class Turning(BytesIO):
        """Says something else on its second reading."""

        passes = 0

        def seek(self, *args: Any) -> int:
            self.passes += 1
            if self.passes > 1:
                self.getbuffer()[-1] ^= 1
            return super().seek(*args)

    before = objects(vault_of_tests)
    with pytest.raises(BadInput, match="变动"):
        entered(case, content=Turning(b"first said this"))
    assert objects(vault_of_tests) == before
    assert not VaultObject.objects.filter(size=15).exists()


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (PNG[:64], "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        ("询问要点：".encode() * 300, "text/plain"),
        (("字" * 2000).encode()[:4096], "text/plain"),
    ],
)
def test_a_format_is_told_by_its_content(head: bytes, mime: str) -> None:
    assert sniff(head) == mime


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\现场.png", "现场.png"),
        ("照片\u202egnp.exe", "照片gnp.exe"),
        ("a\x00b\nc.txt", "abc.txt"),
        ("字" * 300, "字" * 200),
    ],
)
def test_an_uploaded_name_is_display_text_only(name: str, shown: str) -> None:
    assert shown_name(name) == shown
