"""Lists of powers as spreadsheets: written for people, read back row by row with what is wrong."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from zhifa.kernel.page.exports import safe
from zhifa.registry.drafts import COLUMNS, DraftWrong, PowerDraft, read

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_UNPACKED: Final = 40 * 1024 * 1024
MOST_ROWS: Final = 500
WIDTHS: Final = {"name": 44, "violated": 34, "penalty": 34, "fine": 48, "conditions": 34}
NAMES: Final = {label: name for name, label in COLUMNS.items()}
SHEET: Final = "权责清单"


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row cannot be taken in: its number as the spreadsheet shows it, column, reason."""

    row: int
    column: str
    reason: str


class Unreadable(ValueError):
    """The file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file brought: drafts by row number, and what is wrong with the others."""

    drafts: tuple[tuple[int, PowerDraft], ...]
    errors: tuple[RowError, ...]


def read_powers(data: bytes, name: str) -> Sheet:
    """The powers of a file in xlsx or csv. ``Unreadable`` for anything else.

    Every row is read, so that one upload tells everything that is wrong.
    """
    drafts: list[tuple[int, PowerDraft]] = []
    errors: list[RowError] = []
    first: dict[str, int] = {}
    needed = ("code", "name", "field", "violated", "penalty", "kinds")
    for number, words in rows(data, name, NAMES, needed):
        try:
            draft = read(words)
        except DraftWrong as wrong:
            errors += [RowError(number, COLUMNS[c], why) for c, why in wrong.errors]
            continue
        if draft.code in first:
            why = f"事项编码{draft.code}与第{first[draft.code]}行重复"
            errors.append(RowError(number, COLUMNS["code"], why))
            continue
        first[draft.code] = number
        drafts.append((number, draft))
    return Sheet(tuple(drafts), tuple(errors))


def rows(
    data: bytes, name: str, names: Mapping[str, str], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file in xlsx or csv by column, each with its number. Raises ``Unreadable``.

    ``names`` are the columns by what the head calls them; those that are ``needed`` must be there.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("文件超过2兆字节")
    table = _xlsx(data) if data[:2] == b"PK" else _csv(data, name)
    lines = enumerate(table, 1)
    number, heads = next(lines, (0, []))
    columns = [names.get(head.strip().strip("\ufeff"), "") for head in heads]
    missing = [label for label, c in names.items() if c in needed and c not in columns]
    if not number or missing or not any(columns):
        raise Unreadable(f"第一行应当是表头，缺少：{'、'.join(missing or ['全部列'])}")
    taken = 0
    for number, cells in lines:
        words = {c: cell for c, cell in zip(columns, cells, strict=False) if c}
        if not any(cell.strip() for cell in words.values()):
            continue
        taken += 1
        if taken > MOST_ROWS:
            raise Unreadable(f"超过{MOST_ROWS}行，请分几次导入")
        yield number, words
    if not taken:
        raise Unreadable("表头之下没有内容")


def _xlsx(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(p.file_size for p in parts.infolist()) > MOST_UNPACKED:
                raise Unreadable("文件展开后过大")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=MOST_ROWS * 4, max_col=40, values_only=True):
            yield [_cell(value) for value in row]
        book.close()
    except Unreadable:
        raise
    except Exception as error:  # the library raises whatever a broken file makes it stumble over
        raise Unreadable("不能作为xlsx文件读取") from error


def _csv(data: bytes, name: str) -> Iterator[list[str]]:
    if not name.lower().endswith(".csv"):
        raise Unreadable("应当是xlsx或者csv文件")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            yield from (list(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            raise Unreadable(f"不能作为csv文件读取：{error}") from error
        return
    raise Unreadable("不能识别文件的编码，请保存为UTF-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text.replace("\x00", "")[:2000].removeprefix("'")


# --- writing -------------------------------------------------------------------------------------


def rows_of(drafts: Iterable[PowerDraft]) -> Iterator[list[str]]:
    """The powers in words, a row each, in the order of the columns."""
    for draft in drafts:
        words = draft.words()
        yield [words[c] for c in COLUMNS]


def write_powers(drafts: Sequence[PowerDraft], said: Mapping[str, str] | None = None) -> bytes:
    """A workbook that ``read_powers`` reads back. A text that would run as a formula does not."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.append(list(COLUMNS.values()))
    for row in rows_of(drafts):
        sheet.append([safe(cell) for cell in row])
    for n, column in enumerate(COLUMNS, 1):
        head = sheet.cell(1, n)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="E8EEF4")
        sheet.column_dimensions[get_column_letter(n)].width = WIDTHS.get(column, 18)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    help_sheet = book.create_sheet("填写说明")
    for title, words in (said or HELP).items():
        help_sheet.append([title, words])
    help_sheet.column_dimensions["A"].width = 16
    help_sheet.column_dimensions["B"].width = 90
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HELP: Final = {
    "事项编码": "小写字母和连字符，例如 food.expired；编码已有的作为新版本，没有的作为新增事项",
    "违则、罚则": "例如：食品安全法第三十四条第十项；多条之间用分号隔开",
    "处罚种类": "例如：警告、罚款、没收违法所得",
    "罚款幅度": "例如：500元以上5000元以下；拒不改正：5000元以上20000元以下。"
    "以货值金额等计罚的：货值金额不足10000元：50000元以上100000元以下；"
    "货值金额10000元以上：货值金额10倍以上20倍以下。只有拒不改正才罚款的：仅拒不改正：2000元以下",
    "幅度依据": "不填写的，以第一条罚则所在的款为准",
    "行使层级": "市级、县级、乡镇（街道）",
}
