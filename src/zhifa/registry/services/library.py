"""Loading the statute library: our dated table first, then texts, each to its own version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.db import connection, transaction

from zhifa.law import cite
from zhifa.law.cite import Grade, Law
from zhifa.registry import segments, sources
from zhifa.registry.models import Article, Statute, StatuteSource, StatuteVersion
from zhifa.registry.sources import SourceVersion, bare

_COPY = """COPY registry_article
    (version_id, position, number, suffix, heading, part, text, terms) FROM STDIN"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load brought. ``skipped`` versions stand in the library from another source."""

    source: str
    statutes: int
    articles: int
    skipped: int = 0
    unchanged: bool = False


def import_packaged() -> Loaded:
    """Load the statutes of the installed package. The same package again changes nothing."""
    path = sources.packaged()
    return _load(sources.PACKAGED, path, sources.from_package(path))


def import_lines(path: Path) -> Loaded:
    """Load further statutes and versions from a file of lines of JSON."""
    return _load(path.name, path, sources.from_lines(path))


def _load(name: str, path: Path, versions: Iterable[SourceVersion]) -> Loaded:
    digest = _digest(path)
    known = StatuteSource.objects.filter(name=name).first()
    if known is not None and known.digest == digest:
        return Loaded(name, 0, known.articles, unchanged=True)
    with transaction.atomic():
        _forget(name)
        _load_table()
        loaded = _load_texts(name, versions)
        held = StatuteVersion.objects.exclude(text_source="").exclude(dates_source="")
        held.update(grade=Grade.TEXT.value)
        StatuteSource.objects.update_or_create(
            name=name, defaults={"digest": digest, "articles": loaded.articles}
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registry_article")
    return loaded


def _digest(path: Path) -> str:
    """Of all that the result depends on: the file, our table, the way words are cut."""
    parts = (sources.file_digest(path), repr(cite.laws()), segments.VERSION, sources.VERSION)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _forget(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM registry_article a USING registry_statuteversion v"
            " WHERE a.version_id = v.id AND v.text_source = %s",
            [name],
        )
        cursor.execute(
            "DELETE FROM registry_statuteversion WHERE text_source = %s AND dates_source = ''",
            [name],
        )
    StatuteVersion.objects.filter(text_source=name).update(
        text_source="", article_count=0, digest="", standing=""
    )
    Statute.objects.filter(in_table=False, versions__isnull=True).delete()


# --- our dated table -----------------------------------------------------------------------------


def _load_table() -> None:
    laws = cite.laws().values()
    Statute.objects.bulk_create(
        [
            Statute(
                code=entry.code, title=entry.title, short=entry.short,
                issuer=entry.issuer, level=entry.level, in_table=True,
            )
            for entry in laws
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title", "short", "issuer", "level", "in_table"],
    )  # fmt: skip
    kept = [_table_version(entry, index) for entry in laws for index in range(len(entry.versions))]
    StatuteVersion.objects.exclude(dates_source="").exclude(id__in=kept).filter(
        text_source=""
    ).delete()


def _table_version(entry: Law, index: int) -> int:
    version = entry.versions[index]
    row, _ = StatuteVersion.objects.update_or_create(
        statute_id=entry.code,
        in_force_from=version.in_force_from,
        defaults={
            "promulgated": version.promulgated,
            "in_force_until": version.in_force_until,
            "number": version.number,
            "grade": version.grade.value,
            "dates_source": version.source,
        },
    )
    return row.pk


# --- texts ---------------------------------------------------------------------------------------


def _load_texts(name: str, versions: Iterable[SourceVersion]) -> Loaded:
    codes = {bare(title): code for code, title in Statute.objects.values_list("code", "title")}
    held = {
        (v.statute_id, v.promulgated): v
        for v in StatuteVersion.objects.exclude(promulgated__isnull=True)
    }
    rows: list[tuple[StatuteVersion, SourceVersion]] = []
    skipped = 0
    for found in versions:
        code = codes.get(bare(found.title)) or _new_statute(found, codes)
        row = held.get((code, found.promulgated)) if found.promulgated else None
        if row is not None and row.text_source:
            skipped += 1
            continue
        row = row or StatuteVersion(
            statute_id=code, promulgated=found.promulgated, grade=Grade.UNCONFIRMED.value
        )
        row.text_source, row.standing = name, found.standing
        row.article_count, row.digest = len(found.articles), _text_digest(found)
        row.save()
        if found.promulgated:
            held[(code, found.promulgated)] = row
        rows.append((row, found))
    return Loaded(name, len(rows), _copy(rows), skipped)


def _new_statute(found: SourceVersion, codes: dict[str, str]) -> str:
    """A statute that our table does not hold: its code is made of its title."""
    title = bare(found.title)
    code = "x-" + hashlib.sha256(title.encode()).hexdigest()[:12]
    Statute.objects.get_or_create(
        code=code,
        defaults={
            "title": found.title, "short": title, "issuer": found.issuer, "level": found.level,
        },
    )  # fmt: skip
    codes[title] = code
    return code


def _text_digest(found: SourceVersion) -> str:
    whole = hashlib.sha256()
    for article in found.articles:
        whole.update(f"{article.heading}\n{article.text}\n\n".encode())
    return whole.hexdigest()


def _copy(rows: list[tuple[StatuteVersion, SourceVersion]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        raw = cast("Any", cursor)
        with raw.copy(_COPY) as copy:
            for version, found in rows:
                for position, article in enumerate(found.articles, 1):
                    copy.write_row(
                        (
                            version.pk, position, article.number, article.suffix, article.heading,
                            article.part, article.text, segments.terms_of(article.text),
                        )
                    )  # fmt: skip
                    count += 1
    return count


def article_count() -> int:
    """How many articles the library holds."""
    return Article.objects.count()
