"""Reading the statute library: what an article says on a day, and honestly what we do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connections

from zhifa.law import cite as law_table
from zhifa.law.cite import Cite, Grade
from zhifa.registry import segments

_BROKEN = re.compile(r"[\u4e00-\u9fff，、]$")
_ITEM = re.compile(r"^（([零一二三四五六七八九十百]+)）")


@dataclass(frozen=True, slots=True)
class VersionLabel:
    """Which version of which law: title, number and days, with where the days come from."""

    code: str
    title: str
    short: str
    number: str
    promulgated: date | None
    in_force_from: date | None
    in_force_until: date | None
    dates_source: str
    text_source: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (款) with its items (项); ``items`` hold text with their own number."""

    text: str
    items: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The paragraph with its items, a line each."""
        return "\n".join((self.text, *self.items))


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What a citation says on a day. ``text`` is the piece cited; ``lead`` what stands before it.

    ``lead`` is the head of the list where an item is cited, so that the two read as a sentence.
    """

    cite: Cite
    version: VersionLabel
    heading: str
    part: str
    text: str
    lead: str
    whole: str
    paragraphs: tuple[Paragraph, ...]

    held = True


@dataclass(frozen=True, slots=True)
class VersionNotHeld:
    """There is no text to show, and ``reason`` says in Chinese which kind of not-having it is."""

    cite: Cite
    on: date
    reason: str
    grade: Grade | None
    version: VersionLabel | None = None

    held = False


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """An article's paragraphs: a line that begins with （一） is an item of the one before it.

    A line that ends in the midst of a sentence was broken by its source; the next one continues it.
    """
    found: list[tuple[str, list[str]]] = []
    for line in _unbroken(text):
        if _ITEM.match(line) and found:
            found[-1][1].append(line)
        else:
            found.append((line, []))
    return tuple(Paragraph(head, tuple(items)) for head, items in found)


def _unbroken(text: str) -> list[str]:
    lines: list[str] = []
    for line in filter(None, (part.strip() for part in text.split("\n"))):
        if lines and not _ITEM.match(line) and _BROKEN.search(lines[-1]):
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def text(cite: Cite, on: date, *, using: str = "default") -> ArticleText | VersionNotHeld:
    """What the article says in the version in force on the day, or why we cannot show it."""
    return texts([cite], on, using=using)[cite]


def texts(
    cites: Iterable[Cite], on: date, *, using: str = "default"
) -> dict[Cite, ArticleText | VersionNotHeld]:
    """Several citations on one day, in one query."""
    wanted = list(dict.fromkeys(cites))
    found = _articles({(c.law, c.article, c.suffix or 0) for c in wanted}, on, using)
    return {c: _cut(c, on, found.get((c.law, c.article, c.suffix or 0))) for c in wanted}


class StatuteLibrary:
    """This library as ``law.check`` asks it."""

    def has(self, title: str, article: int, on: date) -> bool:
        """Whether the article's text stands in the version in force on the day."""
        entry = next((e for e in law_table.laws().values() if e.title == title), None)
        return entry is not None and bool(_articles({(entry.code, article, 0)}, on, "default"))


_Key = tuple[str, int, int]
_Row = tuple[str, str, str, VersionLabel]

_SELECT = """
SELECT v.statute_id, a.number, a.suffix, a.heading, a.part, a.text,
       s.title, s.short, v.number, v.promulgated, v.in_force_from, v.in_force_until,
       v.dates_source, v.text_source
FROM unnest(%s::text[], %s::int[], %s::int[]) AS w(statute, number, suffix)
JOIN registry_statuteversion v ON v.statute_id = w.statute
JOIN registry_statute s ON s.code = v.statute_id
JOIN registry_article a
  ON a.version_id = v.id AND a.number = w.number AND a.suffix = w.suffix
WHERE v.in_force_from <= %s AND (v.in_force_until IS NULL OR v.in_force_until >= %s)
ORDER BY a.position DESC
"""


def _articles(keys: set[_Key], on: date, using: str) -> dict[_Key, _Row]:
    listed = sorted(keys)
    with connections[using].cursor() as cursor:
        cursor.execute(
            _SELECT,
            [[k[0] for k in listed], [k[1] for k in listed], [k[2] for k in listed], on, on],
        )
        rows = cursor.fetchall()
    return {
        (code, number, suffix): (heading, part, body, VersionLabel(code, *version))
        for code, number, suffix, heading, part, body, *version in rows
    }


def _cut(cite: Cite, on: date, row: _Row | None) -> ArticleText | VersionNotHeld:
    if row is None:
        return _why_not(cite, on)
    heading, part, whole, version = row
    split = paragraphs(whole)
    piece = _piece(cite, split)
    if piece is None:
        return VersionNotHeld(
            cite, on, f"{heading}没有{cite.place.removeprefix(heading)}", Grade.TEXT, version
        )
    lead, said = piece
    return ArticleText(cite, version, heading, part, said, lead, whole, split)


def _piece(cite: Cite, split: Sequence[Paragraph]) -> tuple[str, str] | None:
    if cite.paragraph is None and cite.item is None:
        return "", "\n".join(p.whole for p in split)
    if cite.paragraph is not None:
        if cite.paragraph > len(split):
            return None
        chosen = split[cite.paragraph - 1]
    else:
        listing = [p for p in split if p.items]
        if len(listing) != 1:
            return None
        chosen = listing[0]
    if cite.item is None:
        return "", chosen.whole
    for item in chosen.items:
        number = _ITEM.match(item)
        if number and segments.number_of(number[1]) == cite.item:
            return chosen.text, item
    return None


def _why_not(cite: Cite, on: date) -> VersionNotHeld:
    entry = law_table.law(cite.law)
    try:
        version = law_table.version_on(entry, on)
    except law_table.VersionNotHeld as missing:
        return VersionNotHeld(cite, on, str(missing), None)
    label = VersionLabel(
        entry.code, entry.title, entry.short, version.number, version.promulgated,
        version.in_force_from, version.in_force_until, version.source,
    )  # fmt: skip
    day = f"{on.year}年{on.month}月{on.day}日"
    if version.grade is Grade.TEXT:
        reason = f"《{entry.title}》在{day}施行的版本没有{cite.place}"
    elif version.grade is Grade.KNOWN:
        reason = f"未收录原文：《{entry.title}》（{version.number}）"
    else:
        reason = f"待核实：《{entry.title}》的条文尚未核对，不显示原文"
    return VersionNotHeld(cite, on, reason, version.grade, label)
