"""Articles as an official names them: 食品安全法第五十四条第一款, read back into a citation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from zhifa.law.cite import Cite, UnknownLaw, laws
from zhifa.law.numerals import chinese_number

MOST = 1300
"""No statute of ours has more articles."""
LONGEST = 500
_N = r"([0-9]{1,4}|[一二三四五六七八九十百千零〇]{1,9})"
_PLACE = re.compile(rf"《?(.{{2,60}}?)》?第{_N}条(?:之{_N})?(?:第{_N}款)?(?:第{_N}项)?\Z")


class NoSuchArticle(ValueError):
    """What was typed names no article of a law that our table holds; says which, in Chinese."""


def read(text: str) -> tuple[Cite, ...]:
    """The articles named in a text, one a line or separated by 、. Raises `NoSuchArticle`."""
    lines = re.split(r"[\n、；;]", text[:LONGEST])
    return tuple(_one(line.strip()) for line in lines if line.strip())


def known(keys: Iterable[str]) -> tuple[Cite, ...]:
    """Those of the keys that cite a law of our table, each once."""
    found = []
    for key in dict.fromkeys(keys):
        try:
            found.append(Cite.parse(key))
        except (ValueError, UnknownLaw):
            continue
    return tuple(found)


def _one(line: str) -> Cite:
    match = _PLACE.match(line)
    code = _codes().get(match[1].removeprefix("中华人民共和国")) if match else None
    if match is None or code is None:
        raise NoSuchArticle(f"没有识别出条文“{line[:40]}”，请写成“食品安全法第五十四条第一款”")
    article, *rest = (_number(n) for n in match.groups()[1:])
    if not article:
        raise NoSuchArticle(f"没有识别出条文“{line[:40]}”的序号")
    suffix, paragraph, item = (n or None for n in rest)
    return Cite(code, article, suffix, paragraph, item)


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for law in laws().values():
        for name in (law.title, law.short, law.abbr):
            found.setdefault(name.removeprefix("中华人民共和国"), law.code)
    return found


@cache
def _numbers() -> dict[str, int]:
    return {chinese_number(n): n for n in range(1, MOST)}


def _number(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdecimal() else _numbers().get(text.replace("〇", "零"), 0)
