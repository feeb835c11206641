"""What the public may read: the ruling, the names, the numbers, and nothing left over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa.law.publishing import Flag, Ruling, display_until, propose
from zhifa.law.redaction import (
    cut_numbers,
    leftovers,
    public_address,
    public_name,
    public_party,
    redact,
)


def ruling(*flags, field="market", regime="plan"):
    return propose(frozenset(flags), field=field, regime=regime)


def test_the_plan_publishes_every_penalty():
    found = ruling()
    assert (found.ruling, found.cites[0].label) == (
        Ruling.PUBLISH,
        "雅安市“三项制度”工作方案第九项",
    )


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (Flag.SEALED, Ruling.NONE),
        (Flag.MINOR, Ruling.NONE),
        (Flag.STATE_SECRET, Ruling.NONE),
        (Flag.WARNING_ONLY, Ruling.NONE),
        (Flag.BUSINESS_SECRET, Ruling.REDUCED),
        (Flag.PRIVACY, Ruling.REDUCED),
        (Flag.NO_INFLUENCE, Ruling.PUBLISH),
    ],
)
def test_the_catalogue_proposes(flag, expected):
    found = ruling(flag)
    assert found.ruling is expected
    assert found.cites
    assert found.why


def test_under_the_statute_alone_a_decision_without_influence_stays_back():
    assert ruling(Flag.NO_INFLUENCE, regime="statute").ruling is Ruling.NONE
    assert ruling(regime="statute").ruling is Ruling.PUBLISH


def test_a_warning_is_kept_back_in_market_supervision_only():
    assert ruling(Flag.WARNING_ONLY, field="urban_management").ruling is Ruling.PUBLISH


def test_sealing_binds_providing_as_well_and_wins_over_a_reduction():
    found = ruling(Flag.PRIVACY, Flag.SEALED)
    assert (found.ruling, found.binds_providing) == (Ruling.NONE, True)
    assert set(found.reasons) == {"sealed", "privacy"}


@given(st.frozensets(st.sampled_from(list(Flag))), st.sampled_from(list(Flag)))
def test_one_more_reason_never_makes_a_decision_more_public(flags, more):
    order = [Ruling.PUBLISH, Ruling.REDUCED, Ruling.NONE]
    first = propose(flags, field="market")
    second = propose(flags | {more}, field="market")
    assert order.index(second.ruling) >= order.index(first.ruling)


def test_a_notice_stays_three_years_and_a_criticism_three_months():
    assert display_until(frozenset({"fine"}), date(2026, 3, 2), field="market").until == date(
        2029, 3, 2
    )
    only = display_until(frozenset({"circulated_criticism"}), date(2026, 11, 30), field="market")
    assert only.until == date(2027, 2, 28)
    assert display_until(frozenset({"fine"}), date(2026, 3, 2), field="other") is None


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张某"), ("欧阳修远", "欧阳某"), ("欧阳", "欧某"), (" 李小明 ", "李某"), ("", "某"),
     ("𠮷田", "𠮷某")],
)  # fmt: skip
def test_a_person_is_shown_by_surname(name, shown):
    assert public_name(name) == shown


def test_an_organisation_stands_in_full_and_a_sole_trader_without_the_operator():
    firm = public_party("雅安示例食品有限公司", "enterprise", code="91511802MA0000000X")
    assert (firm.name, firm.code) == ("雅安示例食品有限公司", "91511802MA0000000X")
    shop = public_party(
        "雨城区王小五副食店", "individual_business", operator="王小五", code="92511802MA00000000"
    )
    assert (shop.name, shop.code) == ("雨城区王某副食店", "")
    assert public_party("王小五", "individual_business", operator="王小五").name == "王某"
    assert public_party("", "individual_business", operator="王小五").name == "王某"
    assert public_party("王小五", "natural_person", code="x").code == ""


# --- numbers and places -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "secret",
    [
        "511802199001010011",
        "51180219900101001X",
        "５１１８０２１９９００１０１００１１",
        "511802 19900101 0011",
        "511802900101001",
        "13800000000",
        "138-0000-0000",
        "+86 13800000000",
        "0835-2220000",
        "6222020000000000000",
        "6222 0200 0000 0000 000",
        "someone@example.com",
        "川T·A1234",
        "川TD12345",
    ],
)
def test_numbers_do_not_survive(secret):
    text = f"当事人（{secret}）于当日到场。"
    assert leftovers(text)
    assert secret not in cut_numbers(text)
    assert leftovers(cut_numbers(text)) == ()


@pytest.mark.parametrize(
    "kept",
    ["罚款50000元", "雅雨市监处罚〔2026〕12号", "2026年3月2日", "91511802MA62C12345",
     "生产批号20260301", "货值金额680元"],
)  # fmt: skip
def test_what_the_public_may_know_stays(kept):
    assert cut_numbers(kept) == kept


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("四川省雅安市雨城区示例路1号3栋2单元", "四川省雅安市雨城区（详址略）"),
        ("雅安市名山区某镇某村三组", "雅安市名山区（详址略）"),
        ("四川省雅安市汉源县富林镇市场街2号", "四川省雅安市汉源县（详址略）"),
        ("示例路1号", "（详址略）"),
    ],
)
def test_a_home_address_is_cut_to_its_district(address, shown):
    assert public_address(address) == shown


def test_a_narrative_loses_people_numbers_and_homes():
    text = (
        "2026年3月2日，执法人员检查雨城区王小五副食店，经营者王 小五（身份证511802199001010011，"
        "电话13800000000，住四川省雅安市雨城区示例路1号）称商品由赵六六供货。举报人钱七七到场。"
    )
    shown = redact(
        text,
        persons=["赵六六"],
        party_person="王小五",
        addresses=["四川省雅安市雨城区示例路1号"],
        remove=["钱七七"],
    )
    assert leftovers(shown, persons=["王小五", "赵六六", "钱七七"], secrets=["示例路1号"]) == ()
    assert "王某" in shown
    assert "2026年3月2日" in shown


def test_an_organisations_code_of_digits_stands_when_it_is_named_and_nothing_else():
    code, identity = "915118020000000007", "511802199001010011"
    text = f"统一社会信用代码{code}，经办人{identity}，电话13800000000，代码{code}"
    shown = redact(text, keep=[code])
    assert shown.count(code) == 2
    assert identity not in shown
    assert leftovers(shown, keep=[code]) == ()
    assert leftovers(shown) == (code,)


def test_one_name_within_another_is_safe():
    assert redact("张三丰与张三", persons=["张三", "张三丰"]) == "张某与张某"


@given(st.text(alphabet="0123456789Xx ０１２-", max_size=40))
def test_cutting_leaves_nothing_that_would_be_cut_again(text):
    assert leftovers(cut_numbers(text)) == ()
