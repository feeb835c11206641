"""Leafing through the statute library: lists, versions, contents, and status on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zhifa.kernel.errors import NotFound
from zhifa.law.cite import Grade
from zhifa.registry.models import Article, Statute, StatuteVersion


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a statute is in force on a day, in words, and the version that is."""

    words: str
    in_force: bool | None
    version: StatuteVersion | None


@dataclass(frozen=True, slots=True)
class StatutePage:
    """A statute as a page shows it: its versions, the one chosen, and that one's contents."""

    statute: Statute
    versions: tuple[StatuteVersion, ...]
    chosen: StatuteVersion | None
    status: Status
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article with its neighbours and the same article in the other versions that we hold."""

    statute: Statute
    version: StatuteVersion
    article: Article
    before: Article | None
    after: Article | None
    elsewhere: tuple[Article, ...]
    status: Status


def status_on(code: str, on: date, *, using: str = "default") -> Status:
    """Whether the statute is in force on the day, by our own dated table alone."""
    return _status(_versions(code, using), on)


def statutes(*, using: str = "default") -> tuple[Statute, ...]:
    """Every statute of the library, those of our table first."""
    return tuple(Statute.objects.using(using).order_by("-in_table", "title"))


def statute_page(
    code: str, on: date, version: int | None = None, *, using: str = "default"
) -> StatutePage:
    """A statute with the contents of one version: the one asked for, or the day's."""
    statute, versions = _statute(code, using), _versions(code, using)
    status = _status(versions, on)
    chosen = _chosen(versions, version, status)
    articles = (
        tuple(Article.objects.using(using).filter(version=chosen).order_by("position"))
        if chosen
        else ()
    )
    return StatutePage(statute, versions, chosen, status, articles)


def article_page(
    code: str,
    number: int,
    suffix: int,
    on: date,
    version: int | None = None,
    *,
    using: str = "default",
) -> ArticlePage:
    """One article of the version asked for, or of the day's."""
    statute, versions = _statute(code, using), _versions(code, using)
    status = _status(versions, on)
    chosen = _chosen(versions, version, status)
    same = tuple(
        Article.objects.using(using)
        .filter(version__in=versions, number=number, suffix=suffix)
        .order_by("-version__in_force_from", "position")
    )
    article = next((a for a in same if chosen and a.version_id == chosen.pk), None)
    if article is None or chosen is None:
        raise NotFound(
            f"法规库没有收录《{statute.title}》的这一条。",
            code="no-such-article",
            remedy="请查看该法规已收录的版本和条文。",
        )
    near = Article.objects.using(using).filter(
        Q(position=article.position - 1) | Q(position=article.position + 1), version=chosen
    )
    beside = {a.position: a for a in near}
    return ArticlePage(
        statute,
        chosen,
        article,
        beside.get(article.position - 1),
        beside.get(article.position + 1),
        tuple(a for a in same if a.version_id != chosen.pk),
        status,
    )


def _statute(code: str, using: str) -> Statute:
    found = Statute.objects.using(using).filter(code=code).first()
    if found is None:
        raise NotFound("法规库没有收录这部法规。", code="no-such-statute")
    return found


def _versions(code: str, using: str) -> tuple[StatuteVersion, ...]:
    return tuple(
        StatuteVersion.objects.using(using)
        .filter(statute_id=code)
        .order_by("in_force_from", "promulgated")
    )


def _chosen(
    versions: tuple[StatuteVersion, ...], version: int | None, status: Status
) -> StatuteVersion | None:
    if version is not None:
        return next((v for v in versions if v.pk == version), None)
    if status.version is not None and status.version.article_count:
        return status.version
    return next((v for v in reversed(versions) if v.article_count), status.version)


def _status(versions: tuple[StatuteVersion, ...], on: date) -> Status:
    dated = [v for v in versions if v.in_force_from is not None]
    if not dated:
        said = next((v.standing for v in reversed(versions) if v.standing), "")
        words = f"时间效力待核（来源标注：{said}）" if said else "时间效力待核"
        return Status(words, None, None)
    for version in dated:
        if version.in_force_from and version.in_force_from <= on and not _ended(version, on):
            held = "" if version.article_count else f"，{Grade(version.grade).label}"
            return Status(f"{_day(on)}现行有效{held}", True, version)
    first, last = dated[0], dated[-1]
    if first.in_force_from and on < first.in_force_from:
        return Status(f"{_day(on)}施行的版本没有收录", None, None)
    if last.in_force_until and last.in_force_until < on:
        return Status(f"已于{_day(last.in_force_until)}停止施行", False, last)
    return Status(f"{_day(on)}施行的版本没有收录", None, None)


def _ended(version: StatuteVersion, on: date) -> bool:
    return version.in_force_until is not None and version.in_force_until < on


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
