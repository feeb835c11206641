"""How many decisions are public, by district and by month: counted from what the portal shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import connections

from zhifa.publicity.reading import PORTAL
from zhifa.registry import selectors as registry
from zhifa.registry.models import Region

MONTHS = 12
KEPT = 300
"""Seconds that a count is kept: over a million decisions it costs some tenths of a second."""

PLACES = {
    "511827": (1, 1), "511826": (1, 2),
    "511825": (2, 1), "511802": (2, 2), "511803": (2, 3),
    "511822": (3, 2),
    "511824": (4, 1), "511823": (4, 2),
}  # fmt: skip
"""Row and column of each district on the tile map, roughly as they lie. A region that is not here
is listed beside the map."""

_COUNT = """
SELECT region_code, date_trunc('month', decided_on)::date, count(*)
FROM published_decision
WHERE decided_on >= %s AND (published_until IS NULL OR published_until >= %s)
GROUP BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Tile:
    """A region with its count; ``step`` 0 to 4 is how dark its tile is, row and column 1, 2 …"""

    code: str
    name: str
    count: int
    step: int
    level: str
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day, with its count."""

    first: date
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The last twelve months, this one included."""

    on: date
    months: tuple[Month, ...]
    placed: tuple[Tile, ...]
    beside: tuple[Tile, ...]

    @property
    def total(self) -> int:
        """All decisions counted."""
        return sum(m.count for m in self.months)

    @property
    def counts(self) -> list[int]:
        """The months' counts in order, for a chart."""
        return [m.count for m in self.months]


def districts() -> list[Region]:
    """The city itself and its districts and counties."""
    return [r for r in registry.regions(using=PORTAL) if r.level != "province"]


def figures(on: date) -> Figures:
    """The counts as of a day; at most `KEPT` seconds old."""
    key = f"publicity.figures:{connections[PORTAL].settings_dict['NAME']}:{on.isoformat()}"
    found = cache.get(key)
    if not isinstance(found, Figures):
        found = count(on)
        cache.set(key, found, KEPT)
    return found


def count(on: date) -> Figures:
    """The counts as of a day, from the table. Two queries."""
    firsts = _firsts(on)
    by_region: dict[str, int] = {}
    by_month = dict.fromkeys(firsts, 0)
    with connections[PORTAL].cursor() as cursor:
        cursor.execute(_COUNT, [firsts[0], on])
        for region, first, number in cursor.fetchall():
            by_region[region] = by_region.get(region, 0) + number
            by_month[first] = by_month.get(first, 0) + number
    most = max(by_region.values(), default=0)
    tiles = [_tile(r, by_region.get(r.code, 0), most) for r in districts()]
    months = tuple(Month(first, by_month[first]) for first in firsts)
    return Figures(
        on, months, tuple(t for t in tiles if t.row), tuple(t for t in tiles if not t.row)
    )


def _tile(region: Region, number: int, most: int) -> Tile:
    row, column = PLACES.get(region.code, (0, 0))
    step = 0 if not number else 1 + number * 3 // most
    return Tile(region.code, region.name, number, step, region.level, row, column)


def _firsts(on: date) -> list[date]:
    """The first days of the months, the oldest first."""
    whole = on.year * 12 + on.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(whole - MONTHS + 1, whole + 1)]
