"""Discretion: the law's range as data, the benchmark's tiers, and what no benchmark may do."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa.law import params
from zhifa.law.benchmark import Benchmark, Condition, Outcome, TierCode
from zhifa.law.cite import NoCitation
from zhifa.law.discretion import DiscretionRefused, FactsMissing, evaluate, gaps_and_overlaps
from zhifa.law.range import Band, LegalRange, RangeUnknown
from zhifa.law.sources import FS

FOOD_124 = LegalRange(
    (FS(124, 1),),
    (
        Band(5_000_000, 10_000_000, until_fen=1_000_000),
        Band(min_times=Fraction(10), max_times=Fraction(20), from_fen=1_000_000),
    ),
    "goods_value_fen",
)
LABEL_125 = LegalRange((FS(125, 2),), (Band(None, 200_000),))
EXPIRED = Benchmark.parse(params.load("benchmarks/expired_food"))
PLAIN = {
    "goods_value_fen": 68_000,
    "past_days": 12,
    "times_in_lookback": 0,
    "harm": "none",
    "removed_harm": False,
    "confessed": False,
    "cooperated": False,
    "minor": False,
    "obstructed": False,
    "emergency": False,
}


def found(**changes):
    return evaluate(EXPIRED, PLAIN | changes, FOOD_124)


# --- the law's range --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (0, 5_000_000, 10_000_000),
        (999_999, 5_000_000, 10_000_000),
        (1_000_000, 10_000_000, 20_000_000),
        (1_234_567, 12_345_670, 24_691_340),
    ],
)
def test_below_ten_thousand_yuan_the_range_is_fixed_and_from_there_it_is_a_multiple(
    value, low, high
):
    bounds = FOOD_124.of({"goods_value_fen": value})
    assert (bounds.min_fen, bounds.max_fen) == (low, high)
    assert bounds.holds(low)
    assert bounds.holds(high)
    assert not bounds.holds(low - 1)


def test_a_range_without_a_stated_minimum_says_so():
    bounds = LABEL_125.of({})
    assert bounds.label == "2000元以下"
    assert not bounds.min_stated


def test_without_the_value_of_goods_there_is_no_range():
    with pytest.raises(RangeUnknown, match="货值金额"):
        FOOD_124.of({})


def test_a_range_reads_back_from_its_own_data():
    assert LegalRange.parse(FOOD_124.as_json()) == FOOD_124
    assert LegalRange.parse(LABEL_125.as_json()) == LABEL_125


@pytest.mark.parametrize(
    ("bands", "base"),
    [
        ((Band(1, 2, until_fen=5), Band(1, 2, from_fen=6)), "goods_value_fen"),
        ((Band(1, 2, until_fen=5),), "goods_value_fen"),
        ((Band(1, 2), Band(1, 2)), ""),
        ((Band(1, 2),), "weight_kg"),
    ],
    ids=["a gap", "an end", "bands without a base", "an unknown base"],
)
def test_a_range_with_a_hole_is_not_accepted(bands, base):
    with pytest.raises(ValueError, match=r"."):
        LegalRange((FS(124, 1),), bands, base)


def test_a_range_without_an_article_is_not_accepted():
    with pytest.raises(NoCitation):
        LegalRange((), (Band(1, 2),))


# --- tiers ------------------------------------------------------------------------------------


def test_the_example_benchmark_has_neither_gaps_nor_overlaps():
    assert gaps_and_overlaps(EXPIRED) == ()


def test_a_boundary_that_stands_in_two_tiers_is_found():
    light, general, *_ = [t for t in EXPIRED.tiers if t.when]
    both = replace(
        EXPIRED, tiers=(light, replace(general, when=Condition("ge", "goods_value_fen", 0)))
    )
    assert any(f.kind == "overlap" for f in gaps_and_overlaps(both))
    alone = replace(EXPIRED, tiers=(light,))
    assert any(f.kind == "gap" for f in gaps_and_overlaps(alone))
    with pytest.raises(DiscretionRefused, match="多档"):
        evaluate(both, PLAIN, FOOD_124)
    with pytest.raises(DiscretionRefused, match="没有规定档次"):
        evaluate(alone, PLAIN | {"times_in_lookback": 5}, FOOD_124)


def test_a_first_small_offence_starts_at_the_legal_minimum():
    result = found()
    assert (result.tier, result.proposed_fen) == (TierCode.LIGHT, 5_000_000)
    assert result.range.label == "50000元以上不满65000元"
    assert "货值金额680元" in "".join(result.reasons)


def test_removing_the_harm_mitigates_below_the_legal_minimum_with_its_article():
    result = found(removed_harm=True)
    assert result.mitigated
    assert result.proposed_fen < result.legal.min_fen
    assert "行政处罚法第三十二条第一项" in "".join(result.reasons)


def test_who_hides_evidence_is_not_treated_lightly():
    result = found(removed_harm=True, obstructed=True)
    assert not result.mitigated
    assert "不适用从轻、减轻" in "".join(result.reasons)
    assert result.proposed_fen > found().proposed_fen


def test_a_missing_circumstance_is_asked_for_by_name():
    with pytest.raises(FactsMissing, match="危害后果") as missing:
        evaluate(EXPIRED, {k: v for k, v in PLAIN.items() if k != "harm"}, FOOD_124)
    assert [f.code for f in missing.value.factors] == ["harm"]


def test_factors_without_evidence_are_named():
    result = evaluate(EXPIRED, PLAIN, FOOD_124, {"goods_value_fen": ("E1",)})
    assert "goods_value_fen" not in result.unproved
    assert "harm" in result.unproved


def test_a_deviation_needs_a_reason_and_a_higher_approver():
    result = found()
    assert result.deviation(result.proposed_fen) is None
    above = result.deviation(9_000_000)
    assert (above.direction, above.outside_law, above.needs_higher_approver) == (
        "above",
        False,
        True,
    )
    below = result.deviation(1_000_000)
    assert (below.direction, below.outside_law) == ("below", True)


def test_a_mitigation_tier_reached_by_conditions_alone_is_refused():
    light = next(t for t in EXPIRED.tiers if t.code is TierCode.LIGHT)
    soft = replace(
        light, code=TierCode.MITIGATE, outcome=Outcome("fixed", Fraction(1), Fraction(2))
    )
    others = tuple(t for t in EXPIRED.tiers if t.code not in (TierCode.LIGHT, TierCode.MITIGATE))
    with pytest.raises(DiscretionRefused, match="没有法定情节"):
        evaluate(replace(EXPIRED, tiers=(soft, *others)), PLAIN, FOOD_124)


# --- properties -------------------------------------------------------------------------------

FACTS = st.fixed_dictionaries(
    {
        "goods_value_fen": st.integers(0, 20_000_000),
        "past_days": st.integers(0, 400),
        "times_in_lookback": st.integers(0, 5),
        "harm": st.sampled_from(["none", "slight", "serious"]),
        **dict.fromkeys(
            ["removed_harm", "confessed", "cooperated", "minor", "obstructed", "emergency"],
            st.booleans(),
        ),
    }
)


@given(FACTS)
def test_no_facts_lead_outside_the_legal_range_without_a_ground_of_mitigation(facts):
    result = evaluate(EXPIRED, facts, FOOD_124)
    assert result.range.holds(result.proposed_fen)
    if result.mitigated:
        grounds = ("removed_harm", "confessed", "cooperated", "minor")
        assert any(facts[g] for g in grounds)
        assert not facts["obstructed"]
        assert 0 < result.proposed_fen < result.legal.min_fen
    else:
        assert result.legal.holds(result.proposed_fen)


@given(FACTS, st.integers(0, 20_000_000), st.integers(0, 5), st.sampled_from(["slight", "serious"]))
def test_a_heavier_circumstance_never_lowers_the_amount(facts, more_value, more_times, harm):
    first = evaluate(EXPIRED, facts, FOOD_124).proposed_fen
    worse = {"none": 0, "slight": 1, "serious": 2}
    for change in (
        {"goods_value_fen": facts["goods_value_fen"] + more_value},
        {"times_in_lookback": facts["times_in_lookback"] + more_times},
        {"harm": max(harm, facts["harm"], key=worse.__getitem__)},
        {"obstructed": True},
        {"removed_harm": False},
    ):
        assert evaluate(EXPIRED, facts | change, FOOD_124).proposed_fen >= first


@given(st.integers(0, 10**9), st.integers(1, 10**7), st.integers(0, 100), st.integers(0, 100))
def test_any_tier_is_clamped_into_the_law(value, step, a, b):
    tiers = tuple(
        replace(t, outcome=Outcome("percent", Fraction(min(a, b)), Fraction(max(a, b)), point=a))
        if t.when
        else t
        for t in EXPIRED.tiers
    )
    odd = replace(EXPIRED, tiers=tiers, rounding_fen=step)
    result = evaluate(odd, PLAIN | {"goods_value_fen": value}, FOOD_124)
    assert result.legal.holds(result.proposed_fen)
