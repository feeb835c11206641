"""Citations as people write them: 食品安全法第三十四条第十项, or by key (FS:34::10)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from zhifa.law.cite import Cite, laws
from zhifa.registry import segments
from zhifa.registry.sources import bare

_KEY = re.compile(r"^[A-Z0-9]+:\d")
_NUMBER = r"(\d{1,4}|[零〇一二三四五六七八九十百千]{1,7})"
_PLACE = re.compile(
    rf"^第{_NUMBER}[条项章](?:之{_NUMBER})?(?:第{_NUMBER}款)?(?:第[（(]?{_NUMBER}[）)]?项)?$"
)


class NoCitationRead(ValueError):
    """The words name no article that our table of laws knows."""


def read_cite(words: str) -> Cite:
    """One citation. ``NoCitationRead`` says what is not understood."""
    said = re.sub(r"[\s《》]", "", words)
    if _KEY.match(said):
        try:
            return Cite.parse(said)
        except (ValueError, LookupError) as error:
            raise NoCitationRead(f"“{words.strip()}”：{error}") from error
    fitting = [name for name in _names() if said.startswith(name)]
    if not fitting:
        raise NoCitationRead(f"“{words.strip()[:40]}”不是法规表中的法律、法规名称")
    name = max(fitting, key=len)
    place = said[len(name) :]
    if not place:
        return Cite(_names()[name], 0)
    found = _PLACE.match(place)
    if found is None:
        raise NoCitationRead(f"“{words.strip()[:40]}”的条、款、项不能识别")
    article, suffix, paragraph, item = (
        segments.number_of(part) if part else None for part in found.groups()
    )
    return Cite(_names()[name], article or 0, suffix, paragraph, item)


def read_cites(words: str) -> tuple[Cite, ...]:
    """Several citations, one a line or set apart by semicolons; none where there are no words."""
    parts = (part.strip() for part in re.split(r"[；;\n]", words))
    return tuple(dict.fromkeys(read_cite(part) for part in parts if part))


def write_cites(cites: Iterable[Cite]) -> str:
    """Citations as ``read_cites`` reads them back."""
    return "；".join(c.label for c in cites)


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for law in laws().values():
        for name in (law.title, bare(law.title), law.short, law.abbr):
            found.setdefault(name, law.code)
    return found
