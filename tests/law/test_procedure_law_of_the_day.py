"""A case without food across 2026-08-15: old and new law compared, the lighter applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.law import penalty_facts as say
from tests.law.penalty_facts import POWER
from tests.law.penalty_story import filed, investigated, refuses
from zhifa.law.cite import Cite
from zhifa.law.power import PenaltyKind, PowerRule
from zhifa.law.procedures.penalty.facts import LawSettled
from zhifa.law.procedures.penalty.governing import NotSettled, settle
from zhifa.law.range import Band, LegalRange
from zhifa.law.subject import Answer, FoodSubject, governing

BEFORE, AFTER = date(2026, 8, 12), date(2026, 8, 25)


def rule(violated: str, penalty: str, low: int, high: int) -> PowerRule:
    article = Cite.parse(penalty)
    fine = LegalRange((article,), (Band(low, high),))
    return PowerRule(
        "ecology.sample", "示例", "ecology", (Cite.parse(violated),), (article,),
        frozenset({PenaltyKind.FINE}), fine,
    )  # fmt: skip


OLD = rule("GF:77", "GF:112:1:1", 10_000_000, 100_000_000)
LIGHTER = rule("EC:531", "EC:1175:1:1", 5_000_000, 20_000_000)
HEAVIER = rule("EC:531", "EC:1175:1:1", 20_000_000, 200_000_000)
MIXED = rule("EC:531", "EC:1175:1:1", 5_000_000, 200_000_000)


def asked(until: date, **changed: object) -> LawSettled:
    values = {
        "subject": FoodSubject.NOT_FOOD,
        "acted_from": date(2026, 6, 1),
        "acted_until": until,
        "inspected": Answer.NOT_APPLICABLE,
        "unaware": Answer.NOT_APPLICABLE,
        "source_named": Answer.NOT_APPLICABLE,
        "diligence_reason": "本案不涉及食品",
    }
    return LawSettled(**values | changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "law", "day", "says"),
    [
        (LIGHTER, "EC", AFTER, "新规定处罚较轻"),
        (HEAVIER, "GF", BEFORE, "新规定处罚较重"),
        (MIXED, "GF", BEFORE, "轻重互见"),
    ],
    ids=["较轻", "较重", "互见"],
)
def test_the_old_law_governs_unless_the_new_is_lighter(
    now: PowerRule, law: str, day: date, says: str
) -> None:
    made = settle(asked(BEFORE), AFTER, OLD, now, {})
    assert (made.law, made.applies_on) == (law, day)
    assert says in made.comparison
    assert "2020年9月1日起施行" in made.comparison, "both laws are printed"
    assert "2026年8月15日起施行" in made.comparison


def test_what_the_new_law_no_longer_penalises_is_not_penalised() -> None:
    made = settle(asked(BEFORE), AFTER, OLD, None, {})
    assert made.applies_on == AFTER
    assert "不认为是违法" in made.comparison


@pytest.mark.parametrize(
    ("until", "on", "then", "now", "law"),
    [
        (BEFORE, date(2026, 8, 14), OLD, OLD, "GF"),
        (date(2026, 8, 15), AFTER, LIGHTER, LIGHTER, "EC"),
    ],
    ids=["前", "后"],
)
def test_on_one_side_of_the_day_there_is_nothing_to_choose(
    until: date, on: date, then: PowerRule, now: PowerRule, law: str
) -> None:
    made = settle(asked(until), on, then, now, {})
    assert made.law == law
    assert "不存在新旧法选择" in made.comparison


def test_an_act_whose_power_is_not_held_for_its_day_is_not_guessed() -> None:
    with pytest.raises(NotSettled):
        settle(asked(BEFORE), AFTER, None, LIGHTER, {})
    with pytest.raises(NotSettled):
        settle(asked(BEFORE), AFTER, None, None, {})


def test_a_case_that_was_settled_before_the_code_is_settled_anew_after_it() -> None:
    power = replace(OLD, code=POWER.code)
    s = replace(filed(date(2026, 8, 12)), powers={power.code: power})
    first = settle(asked(BEFORE), date(2026, 8, 12), power, power, {})
    s = s.take("law.settle", "承办人", first)
    others = investigated(date(2026, 8, 12), without="law.settle")
    assert others.refused("law.settle", "承办人", first) is not None, "a food power asks food"
    late = s.at(date(2026, 8, 17))
    refusal = refuses(
        _investigated(late), "investigation.end", "承办人", say.proposal(), "law.current", "CF:37"
    )
    assert "废止" in refusal.message
    assert refusal.then == "law.settle"


def _investigated(s):
    on = s.on
    for step, facts in (
        ("inspection.record", say.inspection(on)),
        ("party.confirm", say.confirmed()),
        ("evidence.add", say.evidence(on)),
        ("gain.find", say.gain()),
        ("correction.order", say.correction(on)),
    ):
        s = s.take(step, "承办人", facts)
    return s


def test_where_the_repealed_law_governs_it_stays_settled() -> None:
    new = replace(HEAVIER, code=POWER.code)
    old = replace(OLD, code=POWER.code)
    s = replace(filed(date(2026, 8, 17)), powers={new.code: new}, then={old.code: old})
    s = s.take("law.settle", "承办人", settle(asked(BEFORE), date(2026, 8, 17), old, new, {}))
    s = _investigated(s.at(date(2026, 9, 1)))
    refusal = s.refused("investigation.end", "承办人", say.proposal())
    assert refusal is not None
    assert refusal.code != "law.current"


def test_a_food_case_says_what_the_seller_is_and_no_other_case_does() -> None:
    made = asked(date(2026, 3, 2), acted_from=date(2026, 3, 2))
    refuses(filed(), "law.settle", "承办人", made, "law.subject", "FS:2", "CF:37")
    power = replace(OLD, code=POWER.code)
    s = replace(filed(), powers={power.code: power})
    food = say.settled(s.on)
    refuses(s, "law.settle", "承办人", food, "law.subject")
    half = replace(made, inspected=Answer.YES)
    refuses(s, "law.settle", "承办人", half, "diligence.answered")


def test_who_buys_produce_and_sells_it_on_a_market_is_under_the_food_law() -> None:
    on = date(2026, 6, 12)
    seller = governing(FoodSubject.PRODUCE_SELLER, on)
    assert (seller.law, seller.food_law_penalties) == ("FS", True)
    assert governing(FoodSubject.FARMER, on).law == "NC"
    assert governing(FoodSubject.STALL, on).law == "SCXZ"
    with pytest.raises(ValueError, match="不涉及食品"):
        governing(FoodSubject.NOT_FOOD, on)
