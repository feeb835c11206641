"""``zhifa statutes``: load, search and show the statute library."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhifa.kernel import clock
from zhifa.law.cite import Cite, UnknownLaw
from zhifa.registry import statute_search, statutes
from zhifa.registry.services import library
from zhifa.registry.sources import NoSource


class Command(BaseCommand):
    """法规库：导入、检索、查看条文。"""

    requires_system_checks = ()
    help = "法规库：import [文件]、search 词语、show 引用（如 FS:34::10）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three words and what they take."""
        words = parser.add_subparsers(dest="word", required=True)
        load = words.add_parser("import", help="导入随包法规库，或者一个逐行JSON文件")
        load.add_argument("path", nargs="?", type=Path)
        find = words.add_parser("search", help="检索条文")
        find.add_argument("query", nargs="+")
        show = words.add_parser("show", help="查看某一引用在某日的原文")
        show.add_argument("cite")
        for one in (find, show):
            one.add_argument("--on", type=date.fromisoformat, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the word."""
        match options["word"]:
            case "import":
                self._import(options["path"])
            case "search":
                self._search(" ".join(options["query"]), options["on"] or clock.today())
            case "show":
                self._show(options["cite"], options["on"] or clock.today())

    def _import(self, path: Path | None) -> None:
        try:
            done = library.import_lines(path) if path else library.import_packaged()
        except NoSource as error:
            raise CommandError(str(error)) from error
        if done.unchanged:
            print(f"法规库未变：{done.source}，{done.articles}条")
        else:
            more = f"，另有{done.skipped}个版本已由其他来源收录" if done.skipped else ""
            print(f"法规库已导入：{done.source}，{done.statutes}个版本，{done.articles}条{more}")

    def _search(self, query: str, on: date) -> None:
        found = statute_search.search(query, on)
        for hit in found.hits:
            print(f"《{hit.title}》{hit.heading}  {''.join(p.text for p in hit.snippet)}")
        print(f"共{len(found.hits)}条" + ("（还有更多）" if found.more else ""))

    def _show(self, key: str, on: date) -> None:
        try:
            answer = statutes.text(Cite.parse(key), on)
        except (ValueError, UnknownLaw) as error:
            raise CommandError(str(error)) from error
        if isinstance(answer, statutes.ArticleText):
            print(answer.cite.full_label)
            print(f"{answer.lead}\n{answer.text}" if answer.lead else answer.text)
        else:
            raise CommandError(answer.reason)
