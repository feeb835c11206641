"""The proposals of the proof's alphabet: what matters to the gates about their content."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.law import penalty_facts as say
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty.proposal import (
    Finding,
    NoPenaltyGround,
    PartyClass,
    PenaltyItem,
    PenaltyProposed,
)

GAIN = PenaltyItem(kind=PenaltyKind.CONFISCATE_GAIN, amount_fen=8_600)
TWO = (
    Finding(
        found="经营超过保质期的食品",
        evidence=("证1", "证2"),
        articles=say.proposal().findings[0].articles,
    ),
)


def fined(fen: int, party: PartyClass, **changed: Any) -> PenaltyProposed:
    return say.proposal(
        party_class=party,
        items=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=fen), GAIN),
        **changed,
    )


def contents(party: PartyClass) -> dict[str, PenaltyProposed]:
    """The proposals of the alphabet, by name."""
    return {
        "拟罚": fined(6_000_000, party),
        "减": fined(5_000_000, party),
        "加": fined(7_000_000, party, findings=TWO, new_evidence=True),
        "不罚": say.no_penalty(party_class=party, ground=NoPenaltyGround.NO_FAULT, education=True),
    }


def repeated(party: PartyClass) -> dict[str, PenaltyProposed]:
    """What may be proposed after an annulment on the old evidence: the same, or lighter."""
    old = (replace(say.proposal().findings[0], evidence=("原证1",)),)
    return {
        "照旧": fined(6_000_000, party, findings=old),
        "减": fined(5_000_000, party, findings=old),
    }
