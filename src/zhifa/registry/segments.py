"""Chinese text as search terms: the same cut for what is stored and for what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import rjieba

from zhifa.law.numerals import chinese_number

VERSION = "rjieba-1"
"""Changes when the cut changes, so that stored terms are made anew."""

_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134fA-Za-z0-9]+")
_NUMBER = re.compile(r"[零〇一二三四五六七八九十百千]+")
_POSITIONS = 16
_FURTHEST = 16383


def terms_of(text: str) -> str:
    """The stored form of a text: a tsvector literal of its words, fine and coarse."""
    positions: dict[str, list[int]] = {}
    at = 0
    for word in rjieba.cut_for_search(text):
        if _WORD.fullmatch(word):
            at += 1
            places = positions.setdefault(word.lower(), [])
            if len(places) < _POSITIONS and at <= _FURTHEST:
                places.append(at)
    return " ".join(
        f"'{word}'" + (f":{','.join(map(str, places))}" if places else "")
        for word, places in positions.items()
    )


def words_of(query: str) -> list[str]:
    """The words of a query, each once, in their order. Single particles are left out."""
    found = [w.lower() for w in rjieba.cut(query) if _WORD.fullmatch(w)]
    kept = [w for w in found if w not in _PARTICLES]
    return list(dict.fromkeys(kept or found))


_PARTICLES = frozenset("的了在是和与及或对为以其之")


def all_of(words: Iterable[str]) -> str:
    """A tsquery literal that asks for every word."""
    return " & ".join(f"'{word}'" for word in words)


def number_of(text: str) -> int | None:
    """124 or 一百二十四 as a number, None where it is neither."""
    if text.isascii() and text.isdecimal():
        return int(text) if len(text) <= 4 else None
    if _NUMBER.fullmatch(text):
        return _numbers().get(text.replace("〇", "零"))
    return None


@cache
def _numbers() -> dict[str, int]:
    return {chinese_number(n): n for n in range(2000)}
