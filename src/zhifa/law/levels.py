"""The level at which leniency is approved: one head, or the heads together (集体讨论)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zhifa.law import cite, params
from zhifa.law.cite import Cite


@dataclass(frozen=True, slots=True)
class Level:
    """Leniency that the heads discuss together: why, and on which articles.

    `unconfirmed`: no text that we hold says so in so many words.
    """

    code: str
    why: str
    cites: tuple[Cite, ...]
    unconfirmed: bool


@cache
def _rows() -> tuple[tuple[frozenset[str], frozenset[str], Level], ...]:
    found = []
    for row in params.load("approval_levels")["levels"]:
        cites = tuple(Cite.parse(k) for k in row["cites"])
        unconfirmed = bool(row.get("unconfirmed"))
        cite.register("approval_level", row["code"], cites, unconfirmed=unconfirmed)
        leniency, grounds = (frozenset(row.get(k, ())) for k in ("leniency", "grounds"))
        found.append((leniency, grounds, Level(row["code"], row["why"], cites, unconfirmed)))
    return tuple(found)


def discussion(leniency: str, ground: str) -> Level | None:
    """The row that sends the proposal before the heads together; None where one head decides.

    `leniency` is where the penalty stands (mitigated …), `ground` the ground of no penalty by its
    code, empty where a penalty is proposed.
    """
    for leniencies, grounds, level in _rows():
        if leniency in leniencies or ground in grounds:
            return level
    return None


_rows()
