"""What is proposed: proof, articles, kinds, range, benchmark, gain, grounds, party, changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_facts import POWER
from tests.law.penalty_story import (
    DAY,
    investigated,
    noticed,
    passed,
    proposed,
    refuses,
    told,
)
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty.leniency import CONDITIONS
from zhifa.law.procedures.penalty.proposal import (
    Change,
    ChangeCause,
    Circumstance,
    DecisionKind,
    Finding,
    Leniency,
    NoPenaltyGround,
    PartyClass,
    PenaltyItem,
    PenaltyProposed,
    classify,
    rises,
)
from zhifa.law.sources import FS
from zhifa.law.subject import Answer, FoodSubject

DILIGENT = {"inspected": Answer.YES, "unaware": Answer.YES, "source_named": Answer.YES}
FOUND = "经营超过保质期的食品"
ARTICLE = FS(34, 1, 10).key
REASON = "当事人主动消除违法行为危害后果，依法减轻处罚"


def item(kind: PenaltyKind, fen: int = 0, detail: str = "") -> PenaltyItem:
    return PenaltyItem(kind=kind, amount_fen=fen, detail=detail)


GAIN = item(PenaltyKind.CONFISCATE_GAIN, 8_600)
GOODS = item(PenaltyKind.CONFISCATE_GOODS, detail="超过保质期的食品十二袋")


def fine(fen: int, *rest: PenaltyItem) -> tuple[PenaltyItem, ...]:
    return (item(PenaltyKind.FINE, fen), *(rest or (GAIN, GOODS)))


def ends(made: PenaltyProposed, code: str, *cites: str) -> None:
    """The investigation cannot end with this proposal."""
    refuses(investigated(), "investigation.end", "承办人", made, code, *cites)


def amended(**changed: Any) -> PenaltyProposed:
    return say.proposal(**{"cause": ChangeCause.REVIEW} | changed)


def test_the_lawful_proposal_stands() -> None:
    assert investigated().refused("investigation.end", "承办人", say.proposal()) is None


@pytest.mark.parametrize(
    "findings",
    [
        (),
        (Finding(found=FOUND, evidence=(), articles=(ARTICLE,)),),
        (Finding(found=FOUND, evidence=("证9",), articles=(ARTICLE,)),),
        (Finding(found=FOUND, evidence=("证1",), articles=()),),
        (Finding(found=FOUND, evidence=("证1",), articles=("某法第一条",)),),
        (
            Finding(found=FOUND, evidence=("证1",), articles=(ARTICLE,)),
            Finding(found="另有一项", evidence=("证2",), articles=(ARTICLE,)),
        ),
    ],
)
def test_each_fact_is_proved_by_evidence_of_the_file_and_meets_an_article(
    findings: tuple[Finding, ...],
) -> None:
    ends(say.proposal(findings=findings), "proposal.proof", "CF:40", "CF:46")


def test_the_articles_are_those_of_the_power() -> None:
    ends(say.proposal(violated=("FS:35:1",)), "proposal.articles", "CF:4")
    ends(say.proposal(penalised_by=("FS:122:1",)), "proposal.articles", "CF:38")


@pytest.mark.parametrize(
    "items",
    [
        (),
        fine(5_000_000, GAIN, GOODS, GAIN),
        (*fine(5_000_000), item(PenaltyKind.CLOSURE)),
        fine(0),
        (item(PenaltyKind.FINE, 5_000_000), item(PenaltyKind.CONFISCATE_GAIN)),
    ],
)
def test_kinds_are_those_of_the_article_once_each_with_their_amount(
    items: tuple[PenaltyItem, ...],
) -> None:
    ends(say.proposal(items=items), "proposal.items", "CF:9")


def test_no_penalty_carries_no_penalty() -> None:
    made = say.no_penalty(ground=NoPenaltyGround.NOT_ESTABLISHED, items=fine(5_000_000))
    ends(made, "proposal.items", "CF:9")


@pytest.mark.parametrize("taken", [8_500, 8_700])
def test_gain_that_was_found_is_confiscated_to_the_fen(taken: int) -> None:
    items = fine(5_000_000, item(PenaltyKind.CONFISCATE_GAIN, taken), GOODS)
    ends(say.proposal(items=items), "proposal.gain", "CF:28:2")
    ends(say.proposal(items=fine(5_000_000, GOODS)), "proposal.gain")


def test_what_was_refunded_is_not_confiscated() -> None:
    s = investigated(gain=say.gain(refunded_fen=8_600))
    made = say.proposal(items=fine(5_000_000, GOODS))
    assert s.refused("investigation.end", "承办人", made) is None
    refuses(s, "investigation.end", "承办人", say.proposal(), "proposal.gain")


@pytest.mark.parametrize("fen", [10_000_001, 20_000_000])
def test_no_fine_above_the_statutory_maximum_whatever_the_reason(fen: int) -> None:
    made = say.proposal(items=fine(fen), leniency=Leniency.MITIGATED, deviation=REASON)
    ends(made, "proposal.range", "CF:5", "CF:34")


def test_no_fine_below_the_minimum_without_a_ground_to_mitigate() -> None:
    ends(say.proposal(items=fine(4_999_999)), "proposal.range")
    ends(say.proposal(items=(GAIN, GOODS)), "proposal.range")


def test_a_fine_where_the_article_sets_none_is_refused() -> None:
    bare = replace(POWER, fine=None, benchmark=None)
    s = replace(investigated(), powers={bare.code: bare})
    refuses(s, "investigation.end", "承办人", say.proposal(), "proposal.range")


def test_the_range_rises_with_the_value_of_the_goods() -> None:
    s = investigated(gain=say.gain(goods_value_fen=1_000_000))
    refuses(s, "investigation.end", "承办人", say.proposal(), "proposal.range")


def test_to_mitigate_the_ground_is_named() -> None:
    made = say.proposal(items=fine(3_000_000), leniency=Leniency.MITIGATED, reasons="从宽")
    ends(made, "proposal.mitigation", "CF:32")


def test_a_mitigated_fine_follows_the_benchmark() -> None:
    made = say.proposal(
        items=fine(2_750_000),
        leniency=Leniency.MITIGATED,
        circumstances=say.circumstances(removed_harm="1"),
        tier="mitigate",
        computed_fen=2_750_000,
        reasons=REASON,
    )
    assert investigated().refused("investigation.end", "承办人", made) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"tier": "general"},
        {"computed_fen": 6_000_000},
        {"circumstances": say.circumstances(harm="unknown")},
        {"circumstances": say.circumstances(past_days="多")},
        {"circumstances": say.circumstances()[1:]},
        {"circumstances": (*say.circumstances(), Circumstance(factor="nothing", value="1"))},
        {"items": fine(9_000_000)},
        {"items": fine(9_000_000), "deviation": "太轻"},
        {"leniency": Leniency.MITIGATED, "reasons": REASON},
    ],
)
def test_the_amount_follows_the_benchmark_or_says_why_not(changed: dict[str, Any]) -> None:
    ends(say.proposal(**changed), "proposal.benchmark", "CF:34")


def test_a_reasoned_deviation_within_the_range_may_be_proposed() -> None:
    made = say.proposal(items=fine(9_000_000), deviation="当事人隐瞒货值，危害范围较大")
    assert investigated().refused("investigation.end", "承办人", made) is None


def test_without_a_benchmark_the_range_alone_binds() -> None:
    bare = replace(POWER, benchmark=None)
    s = replace(investigated(), powers={bare.code: bare})
    made = say.proposal(items=fine(8_000_000), tier="", computed_fen=0, circumstances=())
    assert s.refused("investigation.end", "承办人", made) is None


@pytest.mark.parametrize(
    "ground", [NoPenaltyGround.MINOR, NoPenaltyGround.FIRST, NoPenaltyGround.NO_FAULT]
)
def test_no_penalty_under_article_33_comes_with_education(ground: NoPenaltyGround) -> None:
    ends(say.no_penalty(ground=ground), "proposal.ground", "CF:33")
    taught = say.no_penalty(ground=ground, education=True)
    assert investigated().refused("investigation.end", "承办人", taught) is None


def test_no_penalty_names_its_ground_and_a_penalty_none() -> None:
    ends(say.no_penalty(), "proposal.ground", "CF:30", "CF:31", "CF:36")
    ends(say.proposal(ground=NoPenaltyGround.MINOR), "proposal.ground")


def test_the_diligent_seller_is_spared_only_when_found_so() -> None:
    spared = say.no_penalty(ground=NoPenaltyGround.DILIGENT_SELLER)
    ends(spared, "proposal.ground", "FS:136")
    s = investigated(law=say.settled(DAY, **DILIGENT))
    assert s.refused("investigation.end", "承办人", spared) is None


def test_a_seller_found_diligent_is_not_fined_but_loses_the_goods() -> None:
    s = investigated(law=say.settled(DAY, **DILIGENT))
    refuses(s, "investigation.end", "承办人", say.proposal(), "proposal.diligent", "FS:136")
    asked = say.shown(*CONDITIONS[NoPenaltyGround.DILIGENT_SELLER])
    goods = say.proposal(items=(GAIN, GOODS), tier="", computed_fen=0, grounds=asked)
    assert s.refused("investigation.end", "承办人", goods) is None


def test_whoever_is_penalised_is_whose_identity_was_confirmed() -> None:
    ends(say.proposal(party="party-2"), "proposal.party", "CF:57")


def test_a_first_proposal_is_initial_and_a_changed_one_says_why_and_changes() -> None:
    ends(amended(), "proposal.cause", "CF:57")
    s = proposed()
    unsaid = say.proposal(items=fine(6_000_000), deviation=REASON)
    refuses(s, "proposal.amend", "承办人", unsaid, "proposal.cause")
    refuses(s, "proposal.amend", "承办人", amended(nonce="m"), "proposal.cause")
    assert s.refused("proposal.amend", "承办人", amended(reasons="货值较小，初次违法")) is None


def test_there_is_no_amending_before_there_is_a_proposal() -> None:
    refuses(investigated(), "proposal.amend", "承办人", amended(), "proposal.made", "CF:57")


def test_a_proposal_rests_on_the_findings_that_stand() -> None:
    s = proposed().take("gain.find", "承办人", say.gain(goods_value_fen=150_000))
    refusal = refuses(
        s, "review.submit", "承办人", say.submitting(s.proposal), "proposal.basis", "CF:28:2"
    )
    assert refusal.then == "proposal.amend"
    late = told().take("law.settle", "承办人", say.settled(DAY))
    refuses(late, "notice.propose", "承办人", say.telling(late.proposal), "proposal.basis")
    renewed = s.take("proposal.amend", "承办人", amended(nonce="m"))
    assert renewed.refused("review.submit", "承办人", say.submitting(renewed.proposal)) is None


# --- how a change is classified ------------------------------------------------------------------

BASE = say.proposal()


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"reasons": "换一种说法"}, Change.SAME),
        ({"items": fine(4_000_000)}, Change.LIGHTER),
        ({"items": fine(5_000_000, GOODS)}, Change.LIGHTER),
        ({"decision": DecisionKind.NO_PENALTY, "items": ()}, Change.LIGHTER),
        ({"decision": DecisionKind.WITHDRAW, "items": ()}, Change.LIGHTER),
        ({"items": fine(5_000_001)}, Change.HEAVIER),
        ({"items": (*fine(5_000_000), item(PenaltyKind.LICENSE_REVOCATION))}, Change.HEAVIER),
        ({"items": fine(4_000_000, GAIN, replace(GOODS, detail="一百袋"))}, Change.DIFFERENT),
        ({"items": (item(PenaltyKind.LICENSE_REVOCATION), GOODS)}, Change.DIFFERENT),
        ({"party": "party-2"}, Change.DIFFERENT),
        ({"party_class": PartyClass.ORGANISATION}, Change.DIFFERENT),
        ({"power": "food.other"}, Change.DIFFERENT),
        ({"violated": ("FS:35:1",)}, Change.DIFFERENT),
        ({"penalised_by": ("FS:122:1",)}, Change.DIFFERENT),
        ({"findings": ()}, Change.DIFFERENT),
        ({"decision": DecisionKind.TRANSFER_CRIMINAL, "items": ()}, Change.DIFFERENT),
    ],
)
def test_a_change_is_classified_as_the_party_feels_it(
    changed: dict[str, Any], wanted: Change
) -> None:
    assert classify(BASE, replace(BASE, **changed)) is wanted


def test_a_further_kind_or_a_greater_amount_is_a_rise_whatever_else_falls() -> None:
    swapped = replace(BASE, items=(item(PenaltyKind.LICENSE_REVOCATION), GOODS))
    assert rises(BASE, swapped)
    assert not rises(BASE, replace(BASE, items=fine(4_000_000)))
    assert not rises(BASE, BASE)


def test_never_heavier_because_the_party_defended_itself() -> None:
    heavier = amended(items=fine(9_000_000), deviation="当事人态度恶劣，应当从重处罚")
    assert told().refused("proposal.amend", "承办人", heavier) is None
    s = told().take("defence.hear", "承办人", say.defence())
    refusal = refuses(s, "proposal.amend", "承办人", heavier, "proposal.not-heavier", "CF:45:2")
    assert refusal.field == "items"
    lighter = amended(
        items=fine(2_750_000), leniency=Leniency.MITIGATED, tier="mitigate",
        computed_fen=2_750_000, circumstances=say.circumstances(removed_harm="1"), reasons=REASON,
    )  # fmt: skip
    assert s.refused("proposal.amend", "承办人", lighter) is None


def test_new_evidence_of_a_graver_fact_may_raise_it_and_only_with_that_evidence() -> None:
    s = told().take("defence.hear", "承办人", say.defence())
    graver = amended(
        items=fine(9_000_000), deviation="查明销售范围较大，应当从重处罚", new_evidence=True
    )
    refuses(s, "proposal.amend", "承办人", graver, "proposal.not-heavier")
    s = s.take("evidence.add", "承办人", say.evidence(DAY, "证2"))
    refuses(s, "proposal.amend", "承办人", graver, "proposal.not-heavier")
    found = (Finding(found=FOUND, evidence=("证1", "证2"), articles=(ARTICLE,)),)
    assert s.refused("proposal.amend", "承办人", replace(graver, findings=found)) is None
    unsaid = replace(graver, findings=found, new_evidence=False)
    refuses(s, "proposal.amend", "承办人", unsaid, "proposal.not-heavier")


def test_a_new_notice_does_not_wash_the_old_defence_away() -> None:
    s = told().take("defence.hear", "承办人", say.defence())
    s = s.take("defence.review", "承办人", say.answered())
    s = s.take("evidence.add", "承办人", say.evidence(DAY, "证2"))
    more = (Finding(found=FOUND, evidence=("证1", "证2"), articles=(ARTICLE,)),)
    s = s.take("proposal.amend", "承办人", amended(findings=more))
    s = noticed(passed(s))
    raised = amended(items=fine(9_000_000), deviation="应当从重处罚，理由另行说明")
    refuses(s, "proposal.amend", "承办人", raised, "proposal.not-heavier", "CF:45:2")


@pytest.mark.parametrize("subject", [FoodSubject.SMALL_SHOP, FoodSubject.STALL, FoodSubject.FARMER])
def test_who_is_not_under_the_food_law_is_not_penalised_by_it_but_the_case_may_end(
    subject: FoodSubject,
) -> None:
    s = investigated(law=say.settled(DAY, subject=subject))
    refusal = refuses(s, "investigation.end", "承办人", say.proposal(), "law.food", "FS:36")
    assert refusal.then == "law.settle"
    away = say.proposal(decision=DecisionKind.TRANSFER_AGENCY, items=(), tier="", computed_fen=0)
    assert s.refused("investigation.end", "承办人", away) is None
