"""The order of review, notice, hearing and discussion, which differs by field: data, not code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from zhifa.law import cite, params
from zhifa.law.cite import Cite


@dataclass(frozen=True, slots=True)
class Order:
    """How a field orders what comes before a decision."""

    field: str
    review_before_notice: bool
    every_case_examined: bool
    """Whether every ordinary case is examined (案件审核), beside the legal review of major ones."""
    cites: tuple[Cite, ...]


@cache
def _orders() -> dict[str, Order]:
    found = {}
    for row in params.load("order")["orders"]:
        cites = cite.register("rule", f"order.{row['field']}", map(Cite.parse, row["cites"]))
        found[row["field"]] = Order(
            row["field"], row["review_before_notice"], row["every_case_examined"], cites
        )
    return found


def order(field: str, _on: date) -> Order:
    """The order that holds for a field; the general one where the field has none of its own."""
    return _orders().get(field, _orders()["general"])


def review_before_notice(field: str, on: date) -> bool:
    """Whether the review comes before the prior notice."""
    return order(field, on).review_before_notice
