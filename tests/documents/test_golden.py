"""Every document has a golden text. ZHIFA_GOLDEN=write accepts a change: then look at the page."""

import os
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.documents.examples import EXAMPLES
from zhifa.kernel import typesetting
from zhifa.records.inputs import KINDS
from zhifa.records.inputs.rendering import typeset_document

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {code: typeset_document(document) for code, document in EXAMPLES.items()}


@pytest.mark.parametrize("code", KINDS)
def test_the_text_is_the_golden_text(code: str, printed: dict[str, bytes]) -> None:
    text = "\n\f\n".join(typesetting.page_texts(printed[code])) + "\n"
    path = GOLDEN / f"{code}.txt"
    if os.environ.get("ZHIFA_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("code", KINDS)
def test_the_file_says_that_it_is_pdfa_2b_and_carries_its_title(
    code: str, printed: dict[str, bytes]
) -> None:
    with pikepdf.open(BytesIO(printed[code])) as pdf:
        assert pdf.open_metadata().pdfa_status == "2B"
        assert "/OutputIntents" in pdf.Root
        title = str(pdf.docinfo["/Title"])
        assert title.startswith(KINDS[code].printed_title)
        assert not [name for name in pdf.Root if name in ("/AcroForm", "/OpenAction")]


@pytest.mark.parametrize("code", KINDS)
def test_a_demonstration_is_marked_on_every_page(code: str, printed: dict[str, bytes]) -> None:
    assert all("演示数据" in text for text in typesetting.page_texts(printed[code]))


@pytest.mark.parametrize("code", [kind.code for kind in KINDS.values() if kind.page_signature])
def test_every_page_of_a_record_is_signed(code: str, printed: dict[str, bytes]) -> None:
    assert all("（签名" in text for text in typesetting.page_texts(printed[code]))


def test_the_decision_has_the_six_elements_that_the_law_asks_of_it(
    printed: dict[str, bytes],
) -> None:
    text = "".join(typesetting.page_texts(printed["penalty_decision"])).replace("\n", "")
    for element in (
        "雅安市雨城区示例食品店",
        "超过保质期",
        "第一百二十四条第一款第五项",
        "罚款人民币伍仟元整",
        "十五日内",
        "向雅安市雨城区人民政府申请行政复议",
        "六个月内依法向雅安市雨城区人民法院提起行政诉讼",
        "雅安市雨城区市场监督管理局2026年11月24日",
    ):
        assert element in text
