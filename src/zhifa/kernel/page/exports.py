"""Lists as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from zhifa.kernel import clock

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
"""What a spreadsheet may take for the beginning of a formula."""


class _Line:
    def write(self, text: str) -> str:
        return text


def csv_response(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A list as CSV in UTF-8 with a byte-order mark, line by line, however long it is.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe; money is given
    as text in 元 by the caller; dates are ISO, instants in Shanghai time to the minute.
    """
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, filename) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM + str(writer.writerow([safe(cell) for cell in header]))
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))


def safe(cell: Any) -> str:
    """A cell that no spreadsheet runs.

    >>> safe("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).replace("\0", "")
    return f"'{text}" if text.lstrip(" \u3000\ufeff").startswith(FORMULA) else text
