"""Who exercises which power where, in whose name, and which remedies lie against it."""

from datetime import date

import pytest

from zhifa.kernel.errors import AgainstLaw, BadInput, NotFound
from zhifa.law.competence import Assignment, Mode
from zhifa.law.power import PenaltyKind, PowerRule
from zhifa.law.sources import CF, FS
from zhifa.registry import selectors, services
from zhifa.registry.models import BenchmarkEdition, Power

TODAY = date(2026, 11, 24)
YC, CITY, ZHZF, SFJ = "511802-scjg", "511800-scjg", "511800-zhzf", "511800-sfj"
pytestmark = pytest.mark.usefixtures("seeded")


def test_food_retail_in_the_district_is_the_districts_and_not_the_citys():
    found = selectors.competence("food.expired", "511802", TODAY)
    assert (found.body, found.mode) == (YC, Mode.STATUTORY)
    assert found.assignment.respondent == YC
    assert found.assignment.review_unit == "法规股"
    assert selectors.holds_power(YC, "food.expired", "511802", TODAY)
    assert not selectors.holds_power(CITY, "food.expired", "511802", TODAY)
    with pytest.raises(AgainstLaw) as no:
        selectors.competence("food.expired", "511802", TODAY, body=CITY)
    assert no.value.cites


def test_a_concentrated_field_is_exercised_by_the_integrated_body():
    found = selectors.competence("urban.open-air-barbecue", "511803", TODAY)
    assert (found.body, found.mode, found.name) == (ZHZF, Mode.CONCENTRATED, "雅安市综合行政执法局")


@pytest.mark.parametrize(
    ("power", "region", "on", "why"),
    [
        ("food.expired", "511803", TODAY, "没有行政机关登记"),
        ("urban.oil-fume", "511822", TODAY, "没有行政机关登记"),
        ("food.unlicensed", "511803", TODAY, "2025年12月31日届满"),
    ],
)
def test_where_nobody_or_nobody_any_longer_is_competent_it_is_refused(power, region, on, why):
    with pytest.raises(AgainstLaw, match=why) as no:
        selectors.competence(power, region, on)
    assert no.value.cites


def test_two_bodies_in_their_own_name_are_refused_until_the_register_decides():
    services.assign_competence(
        assignment=Assignment(
            id="twice", powers=("food.expired",), areas=("511802",), level="city", body=CITY,
            mode=Mode.STATUTORY, name="雅安市市场监督管理局", seal="雅安市市场监督管理局",
            in_name_of=CITY, review_unit="法规科", respondent=CITY,
            in_force_from=date(2026, 1, 1), source="演示",
        ),
        keeper=SFJ, on=TODAY, by=None,
    )  # fmt: skip
    with pytest.raises(AgainstLaw, match="两个以上行政机关"):
        selectors.competence("food.expired", "511802", TODAY)
    services.recall_competence(
        code="twice", last_day=date(2026, 11, 23), keeper=SFJ, on=TODAY, by=None
    )
    assert selectors.competence("food.expired", "511802", TODAY).body == YC


def test_the_powers_of_an_agency_are_those_that_are_assigned_to_it():
    district = {c.rule.code for c in selectors.powers(agency=YC, on=TODAY)}
    assert len(district) >= 8
    assert "food.market-host" not in district
    urban = {c.rule.code for c in selectors.powers(agency=ZHZF, on=TODAY)}
    assert {"urban.open-air-barbecue", "urban.oil-fume"} <= urban
    assert all(code.startswith("urban.") for code in urban)
    assert {c.rule.field for c in selectors.powers(field="market", on=TODAY)} == {"market"}


def test_powers_in_hand_are_told_in_two_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        found = selectors.powers_held(YC, ["food.expired", "food.market-host"], "511802", TODAY)
    assert set(found) == {"food.expired"}
    assert found["food.expired"].benchmark is not None


def test_all_powers_cost_one_query(django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert len(selectors.powers(on=TODAY)) >= 8


def test_a_new_version_follows_and_the_day_decides_which_holds():
    rule = PowerRule(
        "food.label", "标签（新版）", "market", (FS(67, 1),), (FS(125, 1, 2),),
        frozenset({PenaltyKind.FINE}),
    )  # fmt: skip
    services.publish_power(rule=rule, keeper=CITY, valid_from=date(2026, 11, 1), on=TODAY, by=None)
    assert selectors.power("food.label", date(2026, 10, 31)).name != "标签（新版）"
    assert selectors.power("food.label", date(2026, 11, 1)).name == "标签（新版）"
    with pytest.raises(BadInput):
        services.publish_power(
            rule=rule, keeper=CITY, valid_from=date(2026, 11, 1), on=TODAY, by=None
        )
    assert Power.objects.filter(code="food.label").count() == 2


def test_a_power_of_another_day_or_none_is_not_found():
    with pytest.raises(NotFound):
        selectors.power("food.expired", date(2025, 11, 30))
    with pytest.raises(NotFound):
        selectors.power("no.such", TODAY)


def test_a_benchmark_that_cannot_be_read_is_refused():
    with pytest.raises(BadInput, match="不能读取"):
        services.issue_benchmark(
            content={"code": "x"}, keeper=CITY, valid_from=TODAY, on=TODAY, by=None
        )
    assert not BenchmarkEdition.objects.filter(code="x").exists()


# --- remedies ------------------------------------------------------------------------------------


def test_against_the_districts_penalty_one_turns_to_the_districts_government():
    found = selectors.remedies(YC, "penalty", TODAY)
    assert found.reconsideration_body == "雅安市雨城区人民政府"
    assert (found.reconsideration_length, found.litigation_length) == ("六十日", "六个月")
    assert found.court == "雅安市雨城区人民法院"
    assert not found.prerequisite


def test_on_the_spot_reconsideration_comes_first():
    found = selectors.remedies(YC, "on_spot_penalty", TODAY)
    assert found.prerequisite
    assert found.litigation_length == "十五日"


def test_against_the_judicial_bureau_one_may_choose():
    found = selectors.remedies(SFJ, "penalty", TODAY)
    assert [name for _, name in found.reconsideration] == ["雅安市人民政府", "四川省司法厅"]


def test_remedies_cost_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        selectors.remedies(CITY, "penalty", TODAY)


def test_a_body_without_a_register_entry_has_no_guessed_remedy():
    with pytest.raises(NotFound, match="机关登记中没有"):
        selectors.remedies("511803-scjg", "penalty", TODAY)


# --- agencies ------------------------------------------------------------------------------------


def test_an_agency_has_what_its_documents_need():
    found = selectors.agency(YC, TODAY)
    assert (found.full_name, found.word) == ("雅安市雨城区市场监督管理局", "雅雨市监")
    assert (found.letterhead, found.seal_name) == (found.full_name, found.full_name)
    assert found.field == "market"
    for value in (found.bank, found.bank_account_name, found.bank_account_no, found.payment_code):
        assert value
    enforcing = [a.organ_id for a in selectors.agencies(TODAY)]
    assert {CITY, SFJ, ZHZF, YC, "511800-sthj", "511802-sthj", "511802101-zf"} <= set(enforcing)
    assert enforcing == sorted(enforcing, key=lambda code: (code.split("-")[0], code))


def test_a_letterhead_changes_from_a_day_on():
    before = selectors.agency(YC, TODAY)
    values = {name: getattr(before, name) for name in services.Profile.__slots__}
    values |= {"phone": "0835-0000999"}
    services.profile_agency(
        agency=YC, profile=services.Profile(**values), valid_from=date(2026, 12, 1), on=TODAY,
        by=None,
    )  # fmt: skip
    assert selectors.agency(YC, date(2026, 11, 30)).phone == "0835-0000201"
    assert selectors.agency(YC, date(2026, 12, 1)).phone == "0835-0000999"


def test_units_are_named():
    assert selectors.unit_name(YC, "legal") == "法规股"
    assert selectors.unit_name(YC, "nowhere") == ""
    assert CF(17).label
