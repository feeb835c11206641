"""The law in public: articles as in force on a day, search, and how a procedure runs."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from zhifa.kernel.errors import NotFound
from zhifa.kernel.page import page
from zhifa.law.cite import Cite, UnknownLaw
from zhifa.publicity.reading import PORTAL
from zhifa.publicity.views.open import day_asked, open_page
from zhifa.registry import statute_index, statute_search, statutes
from zhifa.registry.statutes import ArticleText

HOUR = 3600
_ARTICLE = re.compile(r"^(\d{1,4})(?:-(\d{1,2}))?$")


@open_page(seconds=HOUR)
def search(request: HttpRequest) -> HttpResponseBase:
    """The library's statutes, and a search that knows 食品安全法124 as well as words."""
    on = day_asked(request)
    text = request.GET.get("q", "").strip()[:200]
    found = statute_search.search(text, on, using=PORTAL) if text else None
    listed = () if text else statute_index.statutes(using=PORTAL)
    return page(
        request,
        "publicity/laws.html",
        block="results",
        text=text,
        found=found,
        ours=[s for s in listed if s.in_table],
        others=[s for s in listed if not s.in_table],
        on=on,
    )


@open_page(seconds=HOUR)
def statute(request: HttpRequest, code: str) -> HttpResponseBase:
    """One statute: its versions, whether it is in force on the day, its articles."""
    on = day_asked(request)
    version = request.GET.get("version", "")
    chosen = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
    shown = statute_index.statute_page(code, on, chosen, using=PORTAL)
    return page(request, "publicity/statute.html", shown=shown, on=on)


@open_page(seconds=HOUR)
def article(request: HttpRequest, code: str, article: str) -> HttpResponseBase:
    """One article as in force on the day, with its neighbours and its other versions."""
    matched = _ARTICLE.match(article)
    if matched is None:
        raise NotFound("没有这一条。", code="no-such-article")
    number, suffix = int(matched[1]), int(matched[2] or 0)
    on = day_asked(request)
    version = request.GET.get("version", "")
    chosen = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
    shown = statute_index.article_page(code, number, suffix, on, chosen, using=PORTAL)
    return page(
        request,
        "publicity/article.html",
        block="article",
        shown=shown,
        paragraphs=statutes.paragraphs(shown.article.text),
        on=on,
        asked_version=chosen,
    )


@open_page(seconds=HOUR)
def cited(request: HttpRequest, key: str) -> HttpResponseBase:
    """What a citation says on the day: the article, with the cited paragraph or item marked. For
    a law of which no text is held, that is what the page says."""
    try:
        cite = Cite.parse(key)
    except (ValueError, UnknownLaw):
        raise NotFound("没有这一条引用。", code="no-such-cite") from None
    on = day_asked(request)
    said = statutes.text(cite, on, using=PORTAL)
    return _cited(request, cite, said, on)


def _cited(
    request: HttpRequest, cite: Cite, said: ArticleText | statutes.VersionNotHeld, on: date
) -> HttpResponse:
    marked = []
    if isinstance(said, ArticleText):
        for paragraph in said.paragraphs:
            is_whole = said.text == paragraph.whole and cite.paragraph is not None
            marked.append(
                (
                    paragraph.text,
                    is_whole,
                    [(item, is_whole or item == said.text) for item in paragraph.items],
                )
            )
    return page(
        request,
        "publicity/cited.html",
        block="article",
        cite=cite,
        said=said,
        marked=marked,
        on=on,
        number=f"{cite.article}-{cite.suffix}" if cite.suffix else str(cite.article),
    )
