"""Finding articles: by their words, or by law and number as people write them (食品安全法124)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import connections

from zhifa.law.cite import laws
from zhifa.registry import segments
from zhifa.registry.models import Statute
from zhifa.registry.sources import bare

LIMIT = 50
_AROUND = 36
_LEVELS = {"宪法": 0, "法律": 1, "行政法规": 2, "司法解释": 3}
_PLACE = re.compile(
    r"^[\s，,、§]*(?:第)?(?P<number>\d{1,4}|[零〇一二三四五六七八九十百千]{1,7})(?:条)?"
    r"(?:之(?P<suffix>\d|[一二三四五六七八九十]))?"
    r"(?:第?(?P<paragraph>\d{1,2}|[一二三四五六七八九十]{1,3})款|"
    r"[（(](?P<short>\d{1,2})[）)])?"
    r"(?:第?[（(]?(?P<item>\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?项)?[\s。]*$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a snippet; ``hit`` where it is a word that was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found. ``in_force`` is None where the days of force are not recorded."""

    code: str
    title: str
    heading: str
    number: int | None
    suffix: int
    part: str
    version_id: int
    in_force: bool | None
    snippet: tuple[Piece, ...]

    @property
    def article(self) -> str:
        """124 or 120-1, as addresses name it."""
        return f"{self.number}-{self.suffix}" if self.suffix else str(self.number or "")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought. ``more`` says that there are more than are shown."""

    query: str
    hits: tuple[Hit, ...]
    statutes: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    more: bool = False
    paragraph: int | None = None
    item: int | None = None


def search(query: str, on: date, *, limit: int = LIMIT, using: str = "default") -> Found:
    """Articles for a query. A law's name narrows it; a name and a number lead to the article.

    Versions in force on the day come first. An empty query finds nothing.
    """
    asked = " ".join(re.sub(r"[\x00-\x1f]", " ", query).split())[:200]
    if not asked:
        return Found(asked, ())
    code, rest = _named(asked, using)
    place = _PLACE.match(rest) if code and rest else None
    if code and place:
        number = segments.number_of(place["number"])
        suffix = segments.number_of(place["suffix"] or "") or 0
        hits = _by_number(code, number or 0, suffix, on, using)
        return Found(
            asked,
            hits,
            paragraph=segments.number_of(place["paragraph"] or place["short"] or ""),
            item=segments.number_of(place["item"] or ""),
        )
    words = segments.words_of(rest if code else asked)
    if not words:
        return Found(asked, (), _statutes(asked, using))
    hits = _by_words(words, code, on, limit + 1, using)
    return Found(asked, hits[:limit], _statutes(asked, using), tuple(words), len(hits) > limit)


def _named(query: str, using: str) -> tuple[str, str]:
    """The statute whose name the query begins with, the longest that fits, and the rest."""
    names: dict[str, str] = {}
    for code, title, short in Statute.objects.using(using).values_list("code", "title", "short"):
        for name in (title, bare(title), short):
            names.setdefault(name, code)
    for entry in laws().values():
        names[entry.abbr] = names[entry.code] = entry.code
    asked = query.replace("《", "").replace("》", "")
    fitting = [
        name
        for name in names
        if asked.startswith(name) and not (name.isascii() and asked[len(name) :][:1].isalpha())
    ]
    if not fitting:
        return "", query
    name = max(fitting, key=len)
    return names[name], asked[len(name) :].strip()


def _statutes(query: str, using: str) -> tuple[tuple[str, str], ...]:
    """Statutes whose title holds the query as it stands."""
    found = Statute.objects.using(using).filter(title__contains=query.replace("《", "").strip("》"))
    return tuple(found.order_by("-in_table", "title").values_list("code", "title")[:8])


_Values = dict[str, str | int | date]

_COLUMNS = """
SELECT v.statute_id, s.title, a.heading, a.number, a.suffix, a.part, v.id,
       CASE WHEN v.in_force_from IS NULL THEN NULL
            ELSE v.in_force_from <= %(on)s
                 AND (v.in_force_until IS NULL OR v.in_force_until >= %(on)s) END AS in_force,
       a.text
FROM registry_article a
JOIN registry_statuteversion v ON v.id = a.version_id
JOIN registry_statute s ON s.code = v.statute_id
"""
_ORDER = """
ORDER BY (CASE WHEN v.in_force_from IS NULL THEN v.standing IN ('', '现行有效')
               ELSE v.in_force_from <= %(on)s
                    AND (v.in_force_until IS NULL OR v.in_force_until >= %(on)s) END) DESC,
"""


def _by_number(code: str, number: int, suffix: int, on: date, using: str) -> tuple[Hit, ...]:
    sql = (
        f"{_COLUMNS} WHERE v.statute_id = %(code)s AND a.number = %(number)s"
        f" AND a.suffix = %(suffix)s {_ORDER} v.in_force_from DESC NULLS LAST, a.position LIMIT 9"
    )
    values: _Values = {"code": code, "number": number, "suffix": suffix, "on": on}
    return _hits(sql, values, (), using)


def _by_words(words: list[str], code: str, on: date, limit: int, using: str) -> tuple[Hit, ...]:
    sql = (
        f"{_COLUMNS} WHERE a.terms @@ %(terms)s::tsquery"
        + (" AND v.statute_id = %(code)s" if code else "")
        + f"{_ORDER} s.in_table DESC, ts_rank(a.terms, %(terms)s::tsquery, 1) DESC, a.id"
        " LIMIT %(limit)s"
    )
    values: _Values = {"terms": segments.all_of(words), "code": code, "on": on, "limit": limit}
    return _hits(sql, values, words, using)


def _hits(
    sql: str, values: _Values, words: list[str] | tuple[str, ...], using: str
) -> tuple[Hit, ...]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return tuple(Hit(*(*row[:-1], snippet(row[-1], words))) for row in rows)


def snippet(text: str, words: list[str] | tuple[str, ...]) -> tuple[Piece, ...]:
    """The part of a text around the first word, with the words marked."""
    line = text.replace("\n", " ")
    pattern = re.compile("|".join(re.escape(w) for w in words), re.IGNORECASE) if words else None
    first = pattern.search(line) if pattern else None
    start = max(0, first.start() - _AROUND) if first else 0
    stop = min(len(line), start + 3 * _AROUND)
    shown = line[start:stop]
    pieces: list[Piece] = [Piece("……", False)] if start else []
    at = 0
    for hit in pattern.finditer(shown) if pattern else ():
        if hit.start() > at:
            pieces.append(Piece(shown[at : hit.start()], False))
        pieces.append(Piece(hit[0], True))
        at = hit.end()
    if at < len(shown):
        pieces.append(Piece(shown[at:], False))
    if stop < len(line):
        pieces.append(Piece("……", False))
    return tuple(pieces)
