"""Chinese prose gets full-width marks; figures, times, codes and Latin stay as they are."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhifa.kernel.typesetting import normalise


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("经查明,当事人销售超过保质期的食品.", "经查明，当事人销售超过保质期的食品。"),
        ("货值金额1,234.50元,罚款5,000元;", "货值金额1,234.50元，罚款5,000元；"),
        ("时间:9:30至10:45", "时间：9:30至10:45"),
        ("共12盒,单价3.50元", "共12盒，单价3.50元"),
        ("雨市监罚[2026]12号", "雨市监罚〔2026〕12号"),
        ("雨市监罚(2026)12号", "雨市监罚〔2026〕12号"),
        ("执行GB 7718-2011 (2015版)标准", "执行GB 7718-2011 （2015版）标准"),
        ("见https://zhifa.example/v/7KQ2,可核验", "见https://zhifa.example/v/7KQ2，可核验"),
        ("纯牛奶(250毫升)共9盒", "纯牛奶（250毫升）共9盒"),
        ('标称"示例牌"纯牛奶', "标称“示例牌”纯牛奶"),
        ("你听清楚了吗?听清楚了!", "你听清楚了吗？听清楚了！"),
        ("说明...其他", "说明……其他"),
        ("违法所得--无", "违法所得——无"),
        ("１２盒，ＡＢ型", "12盒，AB型"),
        ("1.停止销售", "1.停止销售"),
        ("Lot 20260210, best before 2026-08-09.", "Lot 20260210, best before 2026-08-09."),
        ("编号A-1,B-2(备用)", "编号A-1,B-2（备用）"),
        ("　　段首空格", "段首空格"),
    ],
)
def test_marks_that_touch_chinese_are_full_width_and_no_others(typed: str, printed: str) -> None:
    assert normalise(typed) == printed


TEXT = st.text(
    alphabet=st.sampled_from("经查明食品12aB,.;:?!()[]\"'- 。，；：？！（）“”〔〕…—《》\n　１Ａ%/"),
    max_size=60,
)


@given(TEXT)
@example("品:…")
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet="0123456789.,:-/%", max_size=30))
def test_figures_alone_are_never_touched(text: str) -> None:
    assert normalise(text) == text


@given(TEXT)
def test_not_a_word_is_lost(text: str) -> None:
    def words(value: str) -> list[str]:
        return [char for char in value if char in "经查明食品12aB"]

    wide = text.replace("１", "1").replace("Ａ", "A")
    assert words(normalise(text)) == words(wide)
