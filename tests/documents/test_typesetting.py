"""The page: same bytes, full grid, no lonely sign-off, every character or a plain refusal."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.documents.examples import EXAMPLES
from tests.documents.examples.outward import NO_PENALTY_DECISION, PENALTY_DECISION, PRIOR_NOTICE
from zhifa.kernel import typesetting
from zhifa.kernel.typesetting import TypesettingError
from zhifa.records.inputs import KINDS
from zhifa.records.inputs.rendering import (
    TEMPLATES,
    stamp_of,
    template_data,
    template_version,
    typeset_document,
)

AGENCY = PENALTY_DECISION.head.agency
PITCH = 225 / 22 / 25.4 * 72  # points
FOLDERS = tuple(Path(folder) for folder in settings.FONT_DIRS)


def test_two_processes_set_the_same_bytes() -> None:
    program = (
        "import hashlib; from tests.documents.examples import EXAMPLES;"
        "from zhifa.records.inputs.rendering import typeset_document as t;"
        "print(hashlib.sha256(b''.join(t(EXAMPLES[c]) for c in sorted(EXAMPLES))).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "zhifa.config.settings"},
    )
    here = sha256(b"".join(typeset_document(EXAMPLES[code]) for code in sorted(EXAMPLES)))
    assert done.stdout.strip() == here.hexdigest()


def test_threads_do_not_mix_their_documents() -> None:
    codes = ["penalty_decision", "service_proof", "interview_record", "volume_cover"] * 4
    alone = {code: typeset_document(EXAMPLES[code]) for code in set(codes)}
    with ThreadPoolExecutor(8) as pool:
        for code, made in zip(
            codes, pool.map(lambda c: typeset_document(EXAMPLES[c]), codes), strict=True
        ):
            assert made == alone[code]


def test_another_day_makes_another_file_but_the_clock_does_not() -> None:
    assert typeset_document(PENALTY_DECISION) == typeset_document(PENALTY_DECISION)
    later = replace(PENALTY_DECISION, dated=date(2026, 11, 25))
    assert typeset_document(later) != typeset_document(PENALTY_DECISION)
    assert stamp_of(date(2026, 11, 24)) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_the_version_of_a_template_changes_with_the_library(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "a.typ").write_text("a")
    (tmp_path / "lib" / "b.typ").write_text("b")
    before = typesetting.template_version("a.typ", root=tmp_path)
    (tmp_path / "lib" / "b.typ").write_text("c")
    assert typesetting.template_version("a.typ", root=tmp_path) != before
    assert len({template_version(kind) for kind in KINDS.values()}) == len(KINDS)


# --- the grid of the official letter ----------------------------------------------------------


def _lines(page: pypdfium2.PdfPage) -> list[tuple[float, str]]:
    """Lines of a page from the top: height of the middle in points, and text."""
    text = page.get_textpage()
    rows: dict[int, list[tuple[float, str]]] = {}
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if not char.strip():
            continue
        left, bottom, _, top = text.get_charbox(index, loose=True)
        rows.setdefault(round((bottom + top) / 2), []).append((left, char))
    merged: list[tuple[float, list[tuple[float, str]]]] = []
    for height in sorted(rows, reverse=True):
        if merged and merged[-1][0] - height < 8:
            merged[-1][1].extend(rows[height])
        else:
            merged.append((height, rows[height]))
    return [(height, "".join(char for _, char in sorted(row))) for height, row in merged]


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    long = replace(PENALTY_DECISION, facts="执法" * 1400)
    document = pypdfium2.PdfDocument(typeset_document(long))
    # Between the mark at the head and the number at the foot.
    lines = [text for _, text in _lines(document[2])][1:-1]
    assert len(lines) == 22
    assert all(len(text) == 28 for text in lines)


def _tails() -> Iterator[str]:
    for length in (*range(1, 60, 7), *range(60, 700, 31)):
        yield (
            "本决定依法向社会公开并接受社会监督" * (length // 17)
            + "本决定依法向社会公开"[: length % 17]
        )


@pytest.mark.parametrize("document", [PENALTY_DECISION, NO_PENALTY_DECISION], ids=["罚", "不罚"])
def test_a_sign_off_is_never_alone_on_a_page_and_its_seal_stays_near_the_text(
    document: Any,
) -> None:
    pages = set()
    for tail in _tails():
        pdf = typeset_document(replace(document, publicity=tail))
        opened = pypdfium2.PdfDocument(pdf)
        last = opened[len(opened) - 1]
        lines = _lines(last)[1:]  # without the mark
        at = next(i for i, (_, text) in enumerate(lines) if text == AGENCY)
        body = [text for _, text in lines[:at] if not text.startswith(("联系人", "地址"))]
        assert body, f"the sign-off stands alone after a text of {len(tail)} characters"
        # The seal (42 mm, its middle between name and date) begins within one line of the text.
        middle = (lines[at][0] + lines[at + 1][0]) / 2
        bottom_of_text = lines[at - 1][0] - 8
        gap = bottom_of_text - (middle + 21 / 25.4 * 72)
        assert -4 < gap <= PITCH
        assert middle - 21 / 25.4 * 72 > 35 / 25.4 * 72  # inside the type area
        pages.add(len(opened))
    assert len(pages) > 1  # the property was tried across a page break


@pytest.mark.parametrize("repeats", [1, 4, 9, 14, 22])
def test_a_longer_notice_keeps_its_sign_off_too(repeats: int) -> None:
    longer = replace(PRIOR_NOTICE, reasons=PRIOR_NOTICE.reasons * repeats)
    pages = typesetting.page_texts(typeset_document(longer))
    assert AGENCY in pages[-1]
    assert "听证" in pages[-1]


def test_a_list_that_runs_over_pages_repeats_its_head() -> None:
    pages = typesetting.page_texts(typeset_document(EXAMPLES["evidence_list"]))
    assert len(pages) >= 3
    assert all("证明对象" in text and "取得日期" in text for text in pages)
    assert all("证据清单（续）" in text for text in pages[1:])


# --- characters ---------------------------------------------------------------------------------


@pytest.mark.parametrize("char", "𬭎㐂䶮犇龘喆堃祎")
def test_a_rare_character_of_a_name_is_printed(char: str) -> None:
    rare = replace(PENALTY_DECISION.party, representative=f"林{char}")
    text = "".join(typesetting.page_texts(typeset_document(replace(PENALTY_DECISION, party=rare))))
    assert f"林{char}" in text


def test_a_character_of_no_typeface_is_named_not_swallowed() -> None:
    odd = replace(PENALTY_DECISION.party, representative="林\U0001f600")
    with pytest.raises(TypesettingError, match=r"字库缺字：.*U\+1F600"):
        typeset_document(replace(PENALTY_DECISION, party=odd))


def test_the_yuan_sign_is_never_drawn_as_a_dollar() -> None:
    text = "".join(
        typesetting.page_texts(typeset_document(replace(PENALTY_DECISION, nature="金额￥1.00元")))
    )
    assert "¥1.00" in text
    assert "￥" not in text


def test_text_is_data_and_never_markup() -> None:
    raw = '#panic("x") *粗* $x$ <label> @ref \\ [块] ${1+1} #{1+1}，尾'
    text = "".join(
        typesetting.page_texts(typeset_document(replace(PENALTY_DECISION, nature=raw)))
    ).replace("\n", "")
    assert '#panic("x")' in text.replace("“", '"').replace("”", '"')
    assert "#{1+1}" in text


def test_long_names_stay_on_the_page() -> None:
    name = "雅安市雨城区示例街道样板社区股份经济合作联合社农副产品综合经营服务部" * 2
    agency = "四川省雅安市雨城区市场监督管理和知识产权保护综合行政执法局"
    for code in ("penalty_decision", "service_proof", "volume_cover", "filing_approval"):
        document = EXAMPLES[code]
        changes: dict[str, object] = {"head": replace(document.head, agency=agency)}
        if hasattr(document, "party"):
            changes["party"] = replace(document.party, name=name)
        pdf = pypdfium2.PdfDocument(typeset_document(replace(document, **changes)))  # type: ignore[arg-type]
        for page in pdf:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if text.get_text_range(index, 1).strip():
                    left, _, right, _ = text.get_charbox(index)
                    assert left > 60
                    assert right < 545


# --- money ---------------------------------------------------------------------------------------


def _money(sums: list[int]) -> list[list[str]]:
    program = (
        '#import "/lib/words.typ": *\n'
        "#metadata(json(bytes(sys.inputs.data)).map(n => (capitals(n), figures(n)))) <out>"
    )
    compiler = typst.Compiler(
        program.encode(), root=str(TEMPLATES), sys_inputs={"data": json.dumps(sums)}
    )
    answer: list[list[str]] = json.loads(compiler.query("<out>", field="value", one=True))
    return answer


@pytest.mark.parametrize(
    ("fen", "words", "figures"),
    [
        (0, "零元整", "0.00"),
        (1, "壹分", "0.01"),
        (10, "壹角整", "0.10"),
        (105, "壹元零伍分", "1.05"),
        (150, "壹元伍角整", "1.50"),
        (4200, "肆拾贰元整", "42.00"),
        (100_00, "壹佰元整", "100.00"),
        (101_00, "壹佰零壹元整", "101.00"),
        (1_010_00, "壹仟零壹拾元整", "1,010.00"),
        (500_000, "伍仟元整", "5,000.00"),
        (10_000_00, "壹万元整", "10,000.00"),
        (100_500_00, "壹拾万零伍佰元整", "100,500.00"),
        (1_000_001_00, "壹佰万零壹元整", "1,000,001.00"),
        (100_000_010_05, "壹亿零壹拾元零伍分", "100,000,010.05"),
        (123_456_789_12, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分", "123,456,789.12"),
    ],
)
def test_a_sum_is_written_out_as_banks_do(fen: int, words: str, figures: str) -> None:
    assert _money([fen]) == [[words, figures]]


def _whole(words: str) -> int:
    for mark, value in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        if mark in words:
            head, tail = words.split(mark, 1)
            return _whole(head) * value + _whole(tail)
    return int("0" + "".join(str("零壹贰叁肆伍陆柒捌玖".index(char)) for char in words))


def _read(words: str) -> int:
    """Capitals back to 分: an independent reading."""
    whole, _, rest = words.removesuffix("整").rpartition("元")
    tenths, _, hundredths = rest.rpartition("角")
    return _whole(whole) * 100 + _whole(tenths) * 10 + _whole(hundredths.removesuffix("分"))


@hypothesis_settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=9_999_999_99), min_size=20, max_size=20))
def test_words_and_figures_say_the_same_sum(sums: list[int]) -> None:
    for fen, (words, figures) in zip(sums, _money(sums), strict=True):
        assert _read(words) == fen
        assert int(figures.replace(",", "").replace(".", "")) == fen


# --- typefaces ------------------------------------------------------------------------------------


def test_without_fangsong_documents_fall_back_to_noto_and_say_so(tmp_path: Path) -> None:
    noto = next(path for folder in FOLDERS for path in folder.glob("NotoSerifCJK-Regular.ttc"))
    (tmp_path / noto.name).symlink_to(noto)
    report = typesetting.font_report([tmp_path])
    assert not report.ok
    assert "以Noto Serif CJK SC代替" in report.sentence
    pdf = typesetting.typeset(
        "service_proof.typ",
        template_data(EXAMPLES["service_proof"]),
        root=TEMPLATES,
        font_dirs=[tmp_path],
    )
    assert "《行政处罚决定书》" in "".join(typesetting.page_texts(pdf))


def test_without_any_typeface_the_refusal_says_what_to_do(tmp_path: Path) -> None:
    report = typesetting.font_report([tmp_path])
    assert not report.ok
    assert "make setup" in report.sentence
    with pytest.raises(TypesettingError, match="make setup"):
        typesetting.typeset(
            "service_proof.typ",
            template_data(EXAMPLES["service_proof"]),
            root=TEMPLATES,
            font_dirs=[tmp_path],
        )


def test_the_typefaces_of_this_installation_are_complete() -> None:
    assert typesetting.font_report().ok, typesetting.font_report().sentence


def test_pages_are_read_by_several_at_once() -> None:
    pdf = typeset_document(EXAMPLES["evidence_list"])
    alone = typesetting.page_texts(pdf)
    with ThreadPoolExecutor(8) as pool:
        assert set(map(tuple, pool.map(typesetting.page_texts, [pdf] * 64))) == {tuple(alone)}
