"""The terms (期限) of the house: every one cited, from ``params/terms.yaml``, by code and day."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from zhifa.law import cite, params
from zhifa.law.cite import Cite
from zhifa.law.periods import Due, LayerDue, Skip, Suspension, compute
from zhifa.law.term import (
    Addressee,
    Extension,
    ExtensionNotAllowed,
    Layer,
    RollOver,
    SuspensionKind,
    Term,
    Unit,
)


class UnknownTerm(LookupError):
    """No term has this code, or none of its rows is in force on the day."""


def _cites(keys: Iterable[str]) -> tuple[Cite, ...]:
    return tuple(Cite.parse(k) for k in keys)


def _term(code: str, row: Mapping[str, Any]) -> Term:
    addressee = Addressee(row["addressee"])
    usual = RollOver.WORKS if addressee is Addressee.PARTY else RollOver.ARGUABLE
    return Term(
        code=code,
        title=row["title"],
        starts=row["starts"],
        unit=Unit(row["unit"]),
        length=row["length"],
        addressee=addressee,
        cites=_cites(row["cites"]),
        roll_over=RollOver(row.get("roll_over", usual)),
        backwards=row.get("backwards", False),
        suspensions=frozenset(SuspensionKind(k) for k in row.get("suspensions", ())),
        extensions=tuple(
            Extension(e["length"], e["by"], _cites(e["cites"])) for e in row.get("extensions", ())
        ),
        layers=tuple(
            Layer(x["code"], x["title"], Unit(x["unit"]), x["length"], _cites(x["cites"]))
            for x in row.get("layers", ())
        ),
        in_force_from=row.get("from"),
        in_force_until=row.get("until"),
        unconfirmed=row.get("unconfirmed", False),
        note=row.get("note", ""),
    )


@cache
def _rows() -> dict[str, tuple[Term, ...]]:
    """Every row of every term, oldest first, registered as standing on its articles."""
    found: dict[str, tuple[Term, ...]] = {}
    for code, rows in params.load("terms")["terms"].items():
        terms = tuple(_term(code, row) for row in (rows if isinstance(rows, list) else [rows]))
        for n, term in enumerate(terms):
            extra = [c for e in term.extensions for c in e.cites]
            extra += [c for x in term.layers for c in x.cites]
            cite.register(
                "term",
                code if n == len(terms) - 1 else f"{code}@{term.in_force_until}",
                (*term.cites, *extra),
                in_force_from=term.in_force_from,
                in_force_until=term.in_force_until,
                unconfirmed=term.unconfirmed,
            )
        found[code] = terms
    return found


def codes() -> tuple[str, ...]:
    """The code of every term, sorted."""
    return tuple(sorted(_rows()))


def get(code: str, on: date | None = None) -> Term:
    """The term as the law of the day sets it; its newest row when no day is given.

    ``UnknownTerm`` when there is no such term, or no row of it in force on the day.
    """
    rows = _rows().get(code)
    if rows is None:
        raise UnknownTerm(f"没有代码为“{code}”的期限")
    if on is None:
        return rows[-1]
    for term in rows:
        if term.in_force(on):
            return term
    raise UnknownTerm(f"期限“{code}”在{on.isoformat()}没有有效的规定")


_rows()

__all__ = [
    "Addressee",
    "Due",
    "Extension",
    "ExtensionNotAllowed",
    "Layer",
    "LayerDue",
    "RollOver",
    "Skip",
    "Suspension",
    "SuspensionKind",
    "Term",
    "Unit",
    "UnknownTerm",
    "codes",
    "compute",
    "get",
]
