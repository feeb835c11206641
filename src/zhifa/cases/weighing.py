"""The amount computed from the facts by the benchmark in force, for the form and its preview."""

from __future__ import annotations

import dataclasses
import secrets
from datetime import date
from uuid import UUID

from zhifa.cases import similar
from zhifa.law.discretion import Result
from zhifa.law.power import PowerRule
from zhifa.law.procedures.penalty import governing
from zhifa.law.procedures.penalty.facts import FilingProposed, LawSettled
from zhifa.law.procedures.penalty.proposal import (
    DecisionKind,
    Leniency,
    PartyClass,
    PenaltyProposed,
)
from zhifa.law.procedures.penalty.weigh import base, weigh
from zhifa.law.standing import Standing
from zhifa.procedure.selectors import View
from zhifa.registry import selectors as registry


def party_class(party_id: str, on: date) -> PartyClass:
    """How the hearing thresholds count the party; unsettled counts as the more favourable."""
    found = registry.classification(UUID(party_id), "hearing", on)
    return PartyClass.ORGANISATION if found == "organisation" else PartyClass.PERSON


def settle(view: View, made: LawSettled, on: date) -> LawSettled:
    """The governing law with what follows from subject and days. Raises `NotSettled`."""
    filing = view.standing.latest(FilingProposed)
    code = filing.power if filing is not None else ""
    then, now = (
        next((c.rule for c in registry.powers(on=day) if c.rule.code == code), None)
        for day in (made.acted_until, on)
    )
    return governing.settle(made, on, then, now, base(view.standing))


def substance(s: Standing, code: str, on: date) -> PowerRule:
    """The power whose substance applies to the case: the act's day's, or that of the day."""
    settled = s.latest(LawSettled)
    day = settled.applies_on if settled is not None and settled.applies_on else on
    return registry.power(code, day if settled is not None and day == settled.acted_until else on)


def result(view: View, made: PenaltyProposed) -> Result | None:
    """What the benchmark makes of the proposal's circumstances. Raises `ValueError` and the
    law room's refusals with a Chinese sentence."""
    power = substance(view.standing, made.power, view.matter.last_on)
    return weigh(power, made.circumstances, base(view.standing))


def complete(view: View, made: PenaltyProposed, on: date) -> PenaltyProposed:
    """The proposal with what the house fills in: class of party, tier, range, computed amount, and
    the agency's similar decisions, which are kept with it."""
    changed: dict[str, object] = {
        "party_class": party_class(made.party, view.matter.last_on),
        "similar": similar.decisions(made.power, view.matter.agency_code, on),
    }
    if not made.nonce:
        changed["nonce"] = secrets.token_hex(16)
    if made.decision is DecisionKind.PENALTY and made.circumstances:
        found = result(view, made)
        if found is not None:
            changed |= {
                "tier": found.tier.value,
                "computed_fen": found.proposed_fen,
                "range_min_fen": found.range.min_fen if found.range else 0,
                "range_max_fen": found.range.max_fen if found.range else 0,
            }
            if found.mitigated:
                changed["leniency"] = Leniency.MITIGATED
    return dataclasses.replace(made, **changed)  # type: ignore[arg-type]
