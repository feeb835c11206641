"""The benchmarks that the house ships: examples, without gap or overlap, tried out at the edges."""

from datetime import date
from importlib import resources

import pytest
import yaml

from zhifa.law import params
from zhifa.law.benchmark import Benchmark, FactorKind, TierCode
from zhifa.law.discretion import DiscretionRefused, evaluate, gaps_and_overlaps
from zhifa.registry import selectors

TODAY = date(2026, 11, 24)
FOLDER = resources.files(params.__name__).joinpath("benchmarks")
SHIPPED = {
    f.name: Benchmark.parse(yaml.safe_load(f.read_text("utf-8")))
    for f in sorted(FOLDER.iterdir(), key=lambda f: f.name)
    if f.name.endswith(".yaml")
}
every = pytest.mark.parametrize("benchmark", SHIPPED.values(), ids=list(SHIPPED))


def plain(benchmark, **changes):
    """The lightest circumstances: every count one, every flag down."""
    values = {}
    for factor in benchmark.factors:
        match factor.kind:
            case FactorKind.FLAG:
                values[factor.code] = False
            case FactorKind.CHOICE:
                values[factor.code] = factor.choices[0][0]
            case _:
                values[factor.code] = 0 if factor.code == "times_in_lookback" else 1
    return values | {"illegal_gain_fen": 0} | changes


def test_there_are_more_than_ten_over_all_seven_fields():
    assert len(SHIPPED) > 10
    assert len({b.power.split(".")[0] for b in SHIPPED.values()}) >= 7


@every
def test_every_combination_of_circumstances_falls_into_exactly_one_tier(benchmark):
    assert gaps_and_overlaps(benchmark) == ()


@every
def test_each_says_that_it_is_an_example_of_nobody(benchmark):
    assert benchmark.status == "example"
    assert "示例" in benchmark.title
    assert "未经" in benchmark.issuer
    assert all(f.evidence for f in benchmark.factors)


@pytest.mark.usefixtures("seeded")
def test_each_is_used_by_a_power_whose_range_it_stays_in():
    tried = set()
    for card in selectors.powers(on=TODAY):
        rule = card.rule
        if rule.benchmark is None:
            continue
        made = rule.benchmark
        tried.add(made.code)
        assert card.benchmark_status == "example"
        light = evaluate(made, plain(made), rule.fine)
        general = evaluate(made, plain(made, times_in_lookback=1), rule.fine)
        heavy = evaluate(made, plain(made, harm="serious"), rule.fine)
        tiers = [r.tier for r in (light, general, heavy)]
        assert tiers == [TierCode.LIGHT, TierCode.GENERAL, TierCode.HEAVY]
        amounts = [r.proposed_fen for r in (light, general, heavy)]
        assert amounts == sorted(amounts), rule.code
        for result in (light, general, heavy):
            assert result.legal.holds(result.proposed_fen), rule.code
            assert result.reasons
    assert tried == {b.code for b in SHIPPED.values()}


@pytest.mark.usefixtures("seeded")
def test_who_refuses_to_correct_is_measured_by_the_heavier_range():
    rule = selectors.power("urban.open-air-barbecue", TODAY)
    mild = evaluate(rule.benchmark, plain(rule.benchmark), rule.fine)
    stubborn = evaluate(rule.benchmark, plain(rule.benchmark, refused=True), rule.fine)
    assert mild.legal.max_fen == 500_000
    assert (stubborn.legal.min_fen, stubborn.tier) == (500_000, TierCode.HEAVY)
    assert "拒不改正" in stubborn.reasons[0]


@pytest.mark.usefixtures("seeded")
def test_where_the_law_names_no_minimum_nothing_leads_below_it():
    rule = selectors.power("transport.overload", TODAY)
    found = evaluate(rule.benchmark, plain(rule.benchmark, removed_harm=True), rule.fine)
    assert (found.tier, found.mitigated) == (TierCode.LIGHT, False)


@every
def test_a_circumstance_that_was_not_found_out_is_named(benchmark):
    with pytest.raises(DiscretionRefused, match=benchmark.factor("harm").label):
        evaluate(benchmark, {k: v for k, v in plain(benchmark).items() if k != "harm"}, _ANY)


_ANY = None
