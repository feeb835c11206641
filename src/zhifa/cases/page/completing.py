"""What the house decides in a form after it was filled in: the law of the day, kinds, amounts."""

from __future__ import annotations

import dataclasses
from typing import Any
from uuid import UUID

from zhifa.cases import weighing
from zhifa.cases.page.case import CasePage
from zhifa.kernel.errors import BadInput
from zhifa.law.cite import VersionNotHeld
from zhifa.law.discretion import DiscretionRefused
from zhifa.law.procedures.parts.paper import Served
from zhifa.law.procedures.penalty import governing
from zhifa.law.procedures.penalty.facts import LawSettled
from zhifa.law.procedures.penalty.proposal import PenaltyProposed
from zhifa.law.range import RangeUnknown


def complete(page: CasePage, facts: Any) -> Any:
    """The facts with what the house fills in. Raises a `Refused` where it cannot be found."""
    if isinstance(facts, LawSettled):
        return settled(page, facts)
    if isinstance(facts, Served):
        return dataclasses.replace(facts, document_kind=_kind(page, facts.document))
    if isinstance(facts, PenaltyProposed):
        return weighed(page, facts)
    return facts


def weighed(page: CasePage, p: PenaltyProposed) -> PenaltyProposed:
    """The proposal with class of party, tier, range and computed amount."""
    try:
        UUID(p.party)
        return weighing.complete(page.view, p, page.on)
    except (ValueError, RangeUnknown, DiscretionRefused) as wrong:
        raise BadInput(f"{wrong}。", field="circumstances") from wrong


def settled(page: CasePage, f: LawSettled) -> LawSettled:
    """The governing law, its version, old and new law compared (行政处罚法 37)."""
    try:
        return weighing.settle(page.view, f, page.on)
    except (governing.NotSettled, VersionNotHeld) as no:
        raise BadInput(f"{no}。", field="acted_until") from no


def _kind(page: CasePage, document: str) -> str:
    for done in page.standing.history:
        for output in done.outputs:
            if output.id == document:
                return output.kind
    return ""
