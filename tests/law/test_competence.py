"""In whose name: one body holds the power, or the act is refused with the article."""

from dataclasses import replace
from datetime import date

import pytest

from zhifa.law.competence import (
    Assignment,
    Mode,
    NoCompetence,
    TwoCompetent,
    affected_by_recall,
    resolve,
)

ON = date(2026, 9, 1)
YUCHENG = Assignment(
    id="a1",
    powers=("market",),
    areas=("511802",),
    level="county",
    body="511802-scjg",
    mode=Mode.STATUTORY,
    name="雅安市雨城区市场监督管理局",
    seal="511802-scjg",
    in_name_of="511802-scjg",
    review_unit="511802-scjg-fg",
    respondent="511802-scjg",
    in_force_from=date(2019, 1, 1),
    source="机构职能编制规定（演示）",
)
CITY = replace(
    YUCHENG,
    id="a2",
    areas=("511800",),
    level="city",
    body="511800-scjg",
    name="雅安市市场监督管理局",
    in_name_of="511800-scjg",
)
ZHZF = replace(
    YUCHENG,
    id="a3",
    powers=("food.stall",),
    body="511800-zhzf",
    mode=Mode.CONCENTRATED,
    name="雅安市综合行政执法局",
    in_name_of="511800-zhzf",
    in_force_from=date(2024, 1, 1),
)
ALL = (YUCHENG, CITY, ZHZF)


def test_the_district_bureau_handles_its_district_in_its_own_name():
    found = resolve("food.expired", "511802", ON, ALL, field="market")
    assert (found.body, found.name) == ("511802-scjg", "雅安市雨城区市场监督管理局")
    assert found.cites[0].short == "处罚法§17"


def test_a_concentrated_power_is_lost_to_the_department_that_had_it():
    found = resolve("food.stall", "511802", ON, ALL, field="market")
    assert found.body == "511800-zhzf"
    assert found.set_aside == (YUCHENG,)
    with pytest.raises(NoCompetence, match="已由雅安市综合行政执法局行使") as refused:
        resolve("food.stall", "511802", ON, ALL, field="market", body="511802-scjg")
    assert refused.value.cites[0].key == "CF:18:2"


def test_before_the_concentration_the_department_still_had_it():
    assert resolve("food.stall", "511802", date(2023, 12, 31), ALL, field="market").body == (
        "511802-scjg"
    )


def test_nobody_in_an_area_without_a_row():
    with pytest.raises(NoCompetence, match="没有行政机关登记"):
        resolve("food.expired", "511803", ON, ALL, field="market")
    with pytest.raises(NoCompetence, match="没有行使"):
        resolve("food.expired", "511802", ON, ALL, field="market", body="511800-scjg")


def test_two_bodies_in_their_own_names_are_refused_until_jurisdiction_is_settled():
    twin = replace(CITY, areas=("511802",))
    with pytest.raises(TwoCompetent, match="雅安市市场监督管理局") as refused:
        resolve("food.expired", "511802", ON, (YUCHENG, twin), field="market")
    assert refused.value.cites[0].short == "处罚法§25"
    assert resolve(
        "food.expired", "511802", ON, (YUCHENG, twin), field="market", level="county"
    ).body == ("511802-scjg")


def test_an_expired_assignment_is_refused_with_its_day():
    gone = replace(YUCHENG, in_force_until=date(2026, 8, 31))
    assert resolve("food.expired", "511802", date(2026, 8, 31), [gone], field="market")
    with pytest.raises(NoCompetence, match="2026年8月31日届满"):
        resolve("food.expired", "511802", ON, [gone], field="market")


def test_an_assignment_to_come_is_not_yet_one():
    with pytest.raises(NoCompetence, match="尚未生效"):
        resolve("food.stall", "511802", date(2023, 1, 1), [ZHZF])


def test_a_commissioned_body_acts_in_the_name_of_the_one_that_commissioned_it():
    station = replace(
        YUCHENG,
        id="a4",
        body="511802-station",
        mode=Mode.COMMISSIONED,
        in_name_of="511802-scjg",
        in_force_until=date(2026, 12, 31),
    )
    rows = (YUCHENG, station)
    assert resolve("food.expired", "511802", ON, rows, field="market").body == "511802-scjg"
    found = resolve("food.expired", "511802", ON, rows, field="market", body="511802-station")
    assert (found.mode, found.name) == (Mode.COMMISSIONED, "雅安市雨城区市场监督管理局")
    with pytest.raises(NoCompetence):
        resolve("food.expired", "511802", ON, [station], field="market")


def test_an_own_name_sub_office_takes_the_place_of_the_city_bureau_from_its_day():
    bureau = replace(CITY, powers=("ecology",), areas=("511802",), name="雅安市生态环境局")
    office = replace(
        bureau,
        id="a5",
        body="511802-sthj",
        in_name_of="511802-sthj",
        mode=Mode.OWN_NAME,
        name="雅安市雨城生态环境局",
        in_force_from=date(2026, 8, 15),
    )
    rows = (bureau, office)
    before = resolve("eco.x", "511802", date(2026, 8, 14), rows, field="ecology")
    after = resolve("eco.x", "511802", date(2026, 8, 15), rows, field="ecology")
    assert (before.name, after.name) == ("雅安市生态环境局", "雅安市雨城生态环境局")


def test_an_assignment_that_contradicts_its_mode_or_has_no_source_is_refused():
    with pytest.raises(ValueError, match="委托机关名义"):
        replace(YUCHENG, mode=Mode.COMMISSIONED)
    with pytest.raises(ValueError, match="只有委托"):
        replace(YUCHENG, in_name_of="511800-scjg")
    with pytest.raises(ValueError, match="来源"):
        replace(YUCHENG, source=" ")


def test_a_recall_lists_the_running_matters_under_it():
    assert affected_by_recall(YUCHENG, [("m1", "a1"), ("m2", "a3"), ("m3", "a1")]) == ("m1", "m3")
