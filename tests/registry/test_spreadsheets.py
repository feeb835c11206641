"""Powers in spreadsheets: written, read back, and every row that is wrong named with its column."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from zhifa.registry.drafts import COLUMNS, draft_of
from zhifa.registry.models import Power
from zhifa.registry.spreadsheets import Unreadable, read_powers, write_powers

TODAY = date(2026, 11, 24)
HEADS = list(COLUMNS.values())
pytestmark = pytest.mark.usefixtures("seeded")


def drafts():
    rows = Power.objects.filter(valid_until__isnull=True).order_by("code")
    return [draft_of(row) for row in rows]


def book(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def row(**changed):
    words = draft_of(Power.objects.get(code="fire.exit")).words() | changed
    return [words[c] for c in COLUMNS]


def test_the_whole_list_goes_out_and_comes_back_the_same():
    sent = drafts()
    assert len(sent) > 100
    back = read_powers(write_powers(sent), "清单.xlsx")
    assert back.errors == ()
    assert [d.as_json() for _, d in back.drafts] == [d.as_json() for d in sent]


def test_csv_in_either_encoding_is_read_too():
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in (HEADS, row()))
    for encoding in ("utf-8-sig", "gb18030"):
        found = read_powers(text.encode(encoding), "清单.csv")
        assert [d.code for _, d in found.drafts] == ["fire.exit"]


def test_each_wrong_cell_is_named_with_row_column_and_reason():
    found = read_powers(
        book(
            HEADS,
            row(),
            row(code="fire.lane", penalty="消防法第六十条第一款第某项"),
            [],
            row(code="fire.hydrant", kinds="罚酒", fine="五千"),
            row(),
        ),
        "清单.xlsx",
    )
    assert [d.code for _, d in found.drafts] == ["fire.exit"]
    told = {(e.row, e.column) for e in found.errors}
    assert told == {(3, "罚则"), (5, "处罚种类"), (5, "罚款幅度"), (6, "事项编码")}
    assert any("与第2行重复" in e.reason for e in found.errors)
    assert all(e.reason for e in found.errors)


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.xlsx", "xlsx或者csv"),
        (b"PK\x03\x04 not a workbook", "a.xlsx", "不能作为xlsx"),
        (b"GIF89a", "a.gif", "xlsx或者csv"),
        (b"x" * (2 * 1024 * 1024 + 1), "a.csv", "2兆字节"),
        ("姓名,年龄\n甲,1\n".encode(), "a.csv", "缺少"),
        (",".join(HEADS).encode(), "a.csv", "没有内容"),
        (b"\xff\xfe\x00\x81\x00", "a.csv", "编码"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(data, name, why):
    with pytest.raises(Unreadable, match=why):
        read_powers(data, name)


def test_no_cell_runs_as_a_formula():
    draft = draft_of(Power.objects.get(code="fire.exit"))
    sheet = load_workbook(io.BytesIO(write_powers([draft]))).active
    line = [cell.value for cell in sheet[2]]
    assert not any(str(v or "").startswith(("=", "+", "-", "@")) for v in line)
    found = read_powers(book(HEADS, row(conditions="=1+1")), "a.xlsx")
    assert found.drafts[0][1].conditions in ("=1+1", "")
