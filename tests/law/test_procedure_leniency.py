"""Leniency: each condition shown by evidence of the file, approved at its level."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_facts import POWER
from tests.law.penalty_story import DAY, discussed, investigated, passed, refuses
from zhifa.law import levels
from zhifa.law.facts import encode
from zhifa.law.leniency import WANTED, Condition
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.leniency import CONDITIONS, level
from zhifa.law.procedures.penalty.proposal import (
    Change,
    ConditionShown,
    Leniency,
    NoPenaltyGround,
    PenaltyItem,
    PenaltyProposed,
    classify,
    digest,
)
from zhifa.law.subject import Answer

DILIGENT = {"inspected": Answer.YES, "unaware": Answer.YES, "source_named": Answer.YES}
GAIN = PenaltyItem(kind=PenaltyKind.CONFISCATE_GAIN, amount_fen=8_600)


def ends(made: PenaltyProposed, code: str, *cites: str) -> str:
    refusal = refuses(investigated(), "investigation.end", "承办人", made, code, *cites)
    assert refusal.field == "grounds"
    return f"{refusal.message}{refusal.remedy}"


def mitigated(**changed: object) -> PenaltyProposed:
    values = {
        "items": (PenaltyItem(kind=PenaltyKind.FINE, amount_fen=2_750_000), GAIN),
        "leniency": Leniency.MITIGATED,
        "tier": "mitigate",
        "computed_fen": 2_750_000,
        "circumstances": say.circumstances(removed_harm="1"),
        "reasons": "当事人主动消除违法行为危害后果，依法减轻处罚",
    }
    return say.proposal(**values | changed)


def unproved() -> PenaltyProposed:
    """The factor of the benchmark that mitigates, asserted without evidence."""
    bare = (replace(c, evidence=()) for c in say.circumstances(removed_harm="1"))
    return mitigated(circumstances=tuple(bare))


@pytest.mark.parametrize(
    ("ground", "condition"),
    [(g, c) for g, asked in CONDITIONS.items() for c in asked],
    ids=lambda x: x.value,
)
def test_no_penalty_when_one_condition_of_its_ground_is_not_shown(
    ground: NoPenaltyGround, condition: Condition
) -> None:
    s = investigated(law=say.settled(DAY, **DILIGENT))
    whole = say.no_penalty(ground=ground, education=True)
    assert s.refused("investigation.end", "承办人", whole) is None
    lacking = replace(whole, grounds=tuple(g for g in whole.grounds if g.condition != condition))
    refusal = refuses(s, "investigation.end", "承办人", lacking, "proposal.spared", "CF:33")
    assert condition.label in refusal.message
    assert WANTED[condition].evidence[0] in refusal.remedy, "what evidence is wanted is said"


def test_a_condition_without_evidence_or_with_that_of_another_file_is_refused() -> None:
    whole = say.no_penalty(ground=NoPenaltyGround.NO_FAULT, education=True)
    first, *rest = whole.grounds
    for evidence in ((), ("证9",), ("证1", "证9")):
        made = replace(whole, grounds=(replace(first, evidence=evidence), *rest))
        ends(made, "proposal.grounds", "CF:40", "CF:46")
    ends(replace(whole, grounds=(first, *whole.grounds)), "proposal.grounds")


def test_even_a_penalty_within_the_range_may_not_list_a_condition_that_nothing_shows() -> None:
    row = ConditionShown(condition=Condition.MERIT, shown="立功", evidence=("证9",))
    ends(say.proposal(grounds=(row,)), "proposal.grounds")


def test_below_the_minimum_only_on_a_ground_that_evidence_shows() -> None:
    assert investigated().refused("investigation.end", "承办人", mitigated()) is None
    said = ends(unproved(), "proposal.mitigated", "CF:32")
    assert Condition.REMOVED_HARM.label in said
    shown = replace(unproved(), grounds=say.shown(Condition.REMOVED_HARM))
    assert investigated().refused("investigation.end", "承办人", shown) is None
    other = replace(unproved(), grounds=say.shown(Condition.FIRST_TIME))
    ends(other, "proposal.mitigated", "CF:32")


def test_without_a_benchmark_the_ground_to_mitigate_is_listed_all_the_same() -> None:
    bare = replace(POWER, benchmark=None)
    s = replace(investigated(), powers={bare.code: bare})
    made = mitigated(circumstances=(), tier="", computed_fen=0)
    refuses(s, "investigation.end", "承办人", made, "proposal.mitigated", "CF:32")
    shown = replace(made, grounds=say.shown(Condition.COERCED))
    assert s.refused("investigation.end", "承办人", shown) is None


@pytest.mark.parametrize(
    ("ground", "together"),
    [
        (NoPenaltyGround.FIRST, True),
        (NoPenaltyGround.DILIGENT_SELLER, True),
        (NoPenaltyGround.MINOR, False),
        (NoPenaltyGround.NO_FAULT, False),
    ],
)
def test_what_the_law_leaves_to_the_agency_goes_before_the_heads_together(
    ground: NoPenaltyGround, together: bool
) -> None:
    s = investigated(law=say.settled(DAY, **DILIGENT))
    made = say.no_penalty(ground=ground, education=True)
    s = passed(s.take("investigation.end", "承办人", made))
    asked = say.deciding(s.proposal)
    if together:
        refusal = refuses(s, "decision.propose", "承办人", asked, "discussion.done", "CF:57:2")
        assert "可以" in refusal.message
        s = discussed(s)
    assert s.refused("decision.propose", "承办人", asked) is None


def test_what_is_spared_by_choice_is_legally_reviewed_not_only_examined() -> None:
    made = say.no_penalty(ground=NoPenaltyGround.FIRST, education=True)
    s = investigated().take("investigation.end", "承办人", made)
    examined = say.submitting(s.proposal, later.ReviewKind.EXAMINATION)
    refuses(s, "review.submit", "承办人", examined, "review.kind", "CF:58")


def test_a_review_of_one_ground_is_none_of_another() -> None:
    before = say.no_penalty(ground=NoPenaltyGround.NO_FAULT, education=True)
    after = say.no_penalty(ground=NoPenaltyGround.MINOR, education=True)
    assert classify(before, after) is Change.DIFFERENT
    elsewhere = replace(before, grounds=say.shown(*CONDITIONS[NoPenaltyGround.NO_FAULT][:1]))
    assert classify(before, elsewhere) is Change.DIFFERENT
    assert classify(before, replace(before, reasons="另作说明")) is Change.SAME


def test_a_diligent_seller_who_only_loses_the_goods_has_shown_each_condition() -> None:
    s = investigated(law=say.settled(DAY, **DILIGENT))
    goods = PenaltyItem(kind=PenaltyKind.CONFISCATE_GOODS, detail="超过保质期的食品十二袋")
    made = say.proposal(items=(GAIN, goods), tier="", computed_fen=0)
    refusal = refuses(s, "investigation.end", "承办人", made, "proposal.spared", "FS:136")
    assert Condition.INSPECTED.label in refusal.message
    asked = CONDITIONS[NoPenaltyGround.DILIGENT_SELLER]
    shown = replace(made, grounds=say.shown(*asked))
    assert s.refused("investigation.end", "承办人", shown) is None


def test_a_row_that_no_text_confirms_says_so() -> None:
    for made in (mitigated(), say.no_penalty(ground=NoPenaltyGround.FIRST)):
        found = level(made)
        assert found is not None
        assert found.unconfirmed
        assert found.cites
    assert level(say.proposal()) is None
    assert levels.discussion("lighter", "minor") is None


def test_the_digest_of_a_proposal_made_before_leniency_was_listed_still_stands() -> None:
    made = say.proposal()
    content = encode(made)
    assert isinstance(content, dict)
    old = {k: v for k, v in content.items() if k not in ("grounds", "similar")}
    text = json.dumps(old, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest(made) == hashlib.sha256(b"zhifa/proposal\n" + text.encode()).hexdigest()
    listed = replace(made, grounds=say.shown(Condition.MERIT))
    assert digest(listed) != digest(made)
    assert classify(made, listed) is Change.SAME
