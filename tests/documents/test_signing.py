"""Sealing: what a seal proves, and what a stranger's file cannot make us say."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.documents.examples import EXAMPLES
from zhifa.kernel.signing import (
    AlreadySealed,
    BadPdf,
    DemoSigner,
    NoSealPlace,
    SealError,
    SealIdentity,
    SealPlace,
    SealReport,
    ensure_demo_keys,
    isolated,
    verify,
    verify_upload,
)
from zhifa.records.inputs import KINDS
from zhifa.records.inputs.rendering import typeset_document

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BUREAU = SealIdentity(agency="雅安市雨城区市场监督管理局", agency_code="11511802MB0000001A")


@pytest.fixture(scope="module")
def key_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    ensure_demo_keys(folder)
    return folder


@pytest.fixture(scope="module")
def decision() -> bytes:
    return typeset_document(EXAMPLES["penalty_decision"])


@pytest.fixture(scope="module")
def sealed(key_dir: Path, decision: bytes) -> bytes:
    return DemoSigner(key_dir, stamped=True).seal(decision, identity=BUREAU, at=AT)


def test_a_sealed_document_says_who_sealed_it_and_when(sealed: bytes, key_dir: Path) -> None:
    report = verify(sealed, key_dir=key_dir)
    assert report == SealReport(
        sealed=True,
        bottom_line=True,
        intact=True,
        valid=True,
        trusted=True,
        covers_whole=True,
        signer=BUREAU.agency,
        agency_code=BUREAU.agency_code,
        signed_at=AT,
        timestamped_at=AT,
        seals=1,
    )
    assert "有效" in report.sentence


def test_sealing_adds_to_the_document_and_changes_nothing_in_it(
    sealed: bytes, decision: bytes
) -> None:
    assert sealed.startswith(decision)
    with pikepdf.open(BytesIO(sealed)) as pdf:
        assert pdf.open_metadata().pdfa_status == "2B"


@pytest.mark.parametrize("code", [kind.code for kind in KINDS.values() if kind.outward])
def test_every_document_that_goes_out_keeps_room_for_its_seal(code: str, key_dir: Path) -> None:
    document = EXAMPLES[code]
    made = DemoSigner(key_dir).seal(typeset_document(document), identity=BUREAU, at=AT)
    assert verify(made, key_dir=key_dir).bottom_line
    with pikepdf.open(BytesIO(made)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        left, bottom, right, top = (float(edge) for edge in field.Rect)
        assert round(right - left) == round(top - bottom) == 119  # 42 mm
        pages = [page.obj.objgen for page in pdf.pages]
        number = pages.index(field.P.objgen)
    text = pypdfium2.PdfDocument(made)[number].get_textpage()
    inside = text.get_text_bounded(left=left - 40, bottom=bottom, right=right + 40, top=top)
    assert str(document.dated.year) in inside
    assert f"{document.dated.month}月{document.dated.day}日" in inside


@pytest.mark.parametrize("code", ["filing_approval", "interview_record", "volume_cover"])
def test_a_paper_that_stays_inside_is_not_sealed(code: str, key_dir: Path) -> None:
    with pytest.raises(NoSealPlace, match="不需要"):
        DemoSigner(key_dir).seal(typeset_document(EXAMPLES[code]), identity=BUREAU, at=AT)


def test_a_seal_can_be_told_where_to_go(key_dir: Path) -> None:
    paper = typeset_document(EXAMPLES["evidence_list"])
    made = DemoSigner(key_dir).seal(
        paper, identity=BUREAU, at=AT, place=SealPlace(page=0, x=300, y=200)
    )
    assert verify(made, key_dir=key_dir).bottom_line


def test_a_document_is_sealed_once(sealed: bytes, key_dir: Path) -> None:
    with pytest.raises(AlreadySealed):
        DemoSigner(key_dir).seal(sealed, identity=BUREAU, at=AT)


def test_the_seal_is_drawn_in_vermilion_over_the_date(sealed: bytes) -> None:
    document = pypdfium2.PdfDocument(sealed)
    document.init_forms()
    picture = document[len(document) - 1].render(scale=1, may_draw_forms=True).to_pil()
    raw = picture.convert("RGB").tobytes()
    red = sum(
        1 for i in range(0, len(raw), 3) if raw[i] > 150 and raw[i + 1] < 110 and raw[i + 2] < 110
    )
    assert red > 800


# --- what tampering shows ---------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.02, 0.1, 0.3, 0.5, 0.7, 0.85])
def test_one_changed_bit_is_found(
    part: float, sealed: bytes, decision: bytes, key_dir: Path
) -> None:
    at = int(len(decision) * part)
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    try:
        report = verify(changed, key_dir=key_dir)
    except BadPdf:
        return
    assert not report.bottom_line
    assert not report.intact
    assert "改动" in report.sentence


@pytest.mark.parametrize("tail", [b"\n", b"x", b"% a note\n"])
def test_nothing_can_be_added_after_the_seal(tail: bytes, sealed: bytes, key_dir: Path) -> None:
    report = verify(sealed + tail, key_dir=key_dir)
    assert report.intact
    assert not report.covers_whole
    assert not report.bottom_line
    assert "追加" in report.sentence


def test_a_page_edited_after_the_seal_is_found(sealed: bytes, key_dir: Path) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.add_stream_to_page(  # type: ignore[no-untyped-call]
        0,
        writer.add_object(_stream(b"0 0 0 rg 100 400 300 40 re f")),
    )
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    report = verify(out.getvalue(), key_dir=key_dir)
    assert report.intact
    assert not report.bottom_line


def _stream(body: bytes) -> object:
    from pyhanko.pdf_utils.generic import StreamObject

    return StreamObject(stream_data=body)


def test_a_seal_of_somebody_elses_authority_is_not_believed(
    decision: bytes, key_dir: Path, tmp_path: Path
) -> None:
    forged = DemoSigner(tmp_path).seal(decision, identity=BUREAU, at=AT)
    report = verify(forged, key_dir=key_dir)
    assert report.intact
    assert not report.trusted
    assert not report.bottom_line
    assert "不受信任" in report.sentence


def test_a_document_without_a_seal_says_so(decision: bytes, key_dir: Path) -> None:
    report = verify(decision, key_dir=key_dir)
    assert not report.sealed
    assert not report.bottom_line
    assert "没有电子印章" in report.sentence


# --- hostile files --------------------------------------------------------------------------------


def _hostile(sealed: bytes) -> dict[str, bytes]:
    return {
        "empty": b"",
        "words": "这不是文书".encode(),
        "picture": b"\x89PNG\r\n\x1a\n" + os.urandom(64),
        "half": sealed[: len(sealed) // 2],
        "tail cut": sealed[:-120],
        "head only": b"%PDF-1.7\n",
        "noise": b"%PDF-1.7\n" + os.urandom(4000),
        "loop": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>\nendobj\n"
        b"trailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        "nested": b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\nstartxref\n9\n%%EOF",
    }


@pytest.mark.parametrize("name", _hostile(b"%PDF-1.7\n" + b"x" * 500))
def test_what_is_no_readable_pdf_gets_a_plain_refusal(
    name: str, sealed: bytes, key_dir: Path
) -> None:
    with pytest.raises(BadPdf) as refusal:
        verify(_hostile(sealed)[name], key_dir=key_dir)
    assert any("\u4e00" <= char <= "\u9fff" for char in str(refusal.value))
    assert "Error" not in str(refusal.value)


def test_too_big_a_file_is_refused_unread(sealed: bytes, key_dir: Path) -> None:
    with pytest.raises(BadPdf, match="兆字节"):
        verify(sealed, key_dir=key_dir, limit=1000)


def test_an_upload_is_read_by_a_child_and_answered_alike(sealed: bytes, key_dir: Path) -> None:
    assert verify_upload(sealed, key_dir=key_dir) == verify(sealed, key_dir=key_dir)
    with pytest.raises(BadPdf, match="不完整"):
        verify_upload(sealed[:-120], key_dir=key_dir)


def test_an_upload_that_takes_too_long_is_given_up(
    sealed: bytes, key_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "WALL_SECONDS", 0.05)
    with pytest.raises(BadPdf, match="限定时间"):
        verify_upload(sealed, key_dir=key_dir)


# --- keys -----------------------------------------------------------------------------------------


def test_keys_are_readable_by_their_owner_alone_and_named_for_what_they_are(key_dir: Path) -> None:
    DemoSigner(key_dir).seal(typeset_document(EXAMPLES["correction_order"]), identity=BUREAU, at=AT)
    keys = list(key_dir.glob("*.key.pem"))
    assert len(keys) >= 3
    for path in keys:
        assert path.name.startswith("demo-")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(key_dir.glob("*.new"))


def test_two_makers_at_a_time_make_one_authority(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ensure_demo_keys, [tmp_path] * 8))
    paper = typeset_document(EXAMPLES["correction_order"])
    made = DemoSigner(tmp_path).seal(paper, identity=BUREAU, at=AT)
    assert verify(made, key_dir=tmp_path).bottom_line


def test_each_agency_has_its_own_key_however_long_its_name(key_dir: Path) -> None:
    paper = typeset_document(EXAMPLES["correction_order"])
    other = SealIdentity(
        agency="四川省雅安市雨城区市场监督管理和知识产权保护综合行政执法局",
        agency_code="11511800MB0000002B",
    )
    made = DemoSigner(key_dir).seal(paper, identity=other, at=AT)
    report = verify(made, key_dir=key_dir)
    assert (report.signer, report.agency_code) == (other.agency, other.agency_code)


def test_the_demonstration_seals_nothing_in_production(settings: Any) -> None:
    settings.ZHIFA_MODE = "production"
    with pytest.raises(SealError, match="演示印章"):
        DemoSigner()


def test_the_instant_of_sealing_needs_an_offset(decision: bytes, key_dir: Path) -> None:
    with pytest.raises(ValueError, match="offset"):
        DemoSigner(key_dir).seal(decision, identity=BUREAU, at=AT.replace(tzinfo=None))
