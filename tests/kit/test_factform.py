"""Forms from facts: what is typed comes back as it was meant, and nothing typed makes a fault."""

from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from zhifa.kernel import clock
from zhifa.kernel.factform import NotValid, fact_form, from_json, shown
from zhifa.law.facts import Choice, Facts, Kind, fact


class Way(Choice):
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"


class Kindness(Choice):
    A = "a", "甲"
    B = "b", "乙"
    C = "c", "丙"


@dataclass(frozen=True)
class Thing(Facts):
    name: str = fact("名称")
    count: int = fact("数量", Kind.NUMBER, maximum=9999)
    owner: str = fact("所有人", Kind.PERSON, optional=True, default="")


@dataclass(frozen=True)
class Signed(Facts):
    by: str = fact("签字人")
    on: date | None = fact("签字日期", Kind.DAY, optional=True)


@dataclass(frozen=True)
class Everything(Facts):
    digest: str = fact("摘要", Kind.DIGEST, prefilled=True, default="")
    line: str = fact("案由", maximum=40)
    text: str = fact("事实", Kind.TEXT, private=True, maximum=2000)
    day: date = fact("日期", Kind.DAY)
    later: date | None = fact("另一日期", Kind.DAY, optional=True)
    instant: datetime = fact("时间", Kind.INSTANT)
    money: int = fact("罚款金额", Kind.MONEY, maximum=10**11)
    number: int = fact("份数", Kind.NUMBER, maximum=99, default=1)
    way: Way = fact("送达方式", Kind.CHOICE)
    kindness: tuple[Kindness, ...] = fact("种类", Kind.CHOICES)
    sure: bool = fact("已核对", Kind.FLAG, default=False)
    told: bool | None = fact("已告知", Kind.FLAG, optional=True)
    person: str = fact("另一名执法人员", Kind.PERSON)
    persons: tuple[str, ...] = fact("承办人", Kind.PERSONS)
    cites: tuple[str, ...] = fact("条文", Kind.CITES, optional=True, default=())
    signed: Signed = fact("签字", Kind.ITEM)
    things: tuple[Thing, ...] = fact("物品", Kind.ITEMS, maximum=12)


PEOPLE = (("p1", "张样例"), ("p2", "李样例"))
CHOICES = {"person": PEOPLE, "persons": PEOPLE, "things.owner": PEOPLE}
WORKED = Everything(
    digest="ab12",
    line="涉嫌销售超过保质期的食品案",
    text="第一行\n第二行",
    day=date(2026, 11, 24),
    instant=clock.at(date(2026, 11, 24), 9, 30).astimezone(clock.SHANGHAI),
    money=500_000,
    way=Way.LEFT,
    kindness=(Kindness.A, Kindness.C),
    sure=True,
    told=False,
    person="p1",
    persons=("p1", "p2"),
    cites=("CF:45", "CF:57:2"),
    signed=Signed(by="赵样例", on=date(2026, 11, 23)),
    things=(Thing(name="糕点", count=3, owner="p2"), Thing(name="饼干", count=1)),
)


class _Inputs(HTMLParser):
    """What a browser would send of a form."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.area: str | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {k: v or "" for k, v in attrs}
        if tag == "input":
            ticks = at.get("type") in ("checkbox", "radio")
            if at.get("name") and ("checked" in at or not ticks):
                self.sent.append((at["name"], at.get("value", "on" if ticks else "")))
        elif tag == "textarea":
            self.area = ""
            self.select = at["name"]
        elif tag == "select":
            self.select = at["name"]
        elif tag == "option" and "selected" in at:
            self.sent.append((self.select, at.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The first line end after the tag is the template's, not the text's.
            text = (self.area or "").replace("\r\n", "\n").removeprefix("\n")
            self.sent.append((self.select, text.replace("\n", "\r\n")))
            self.area = None


def html(form: Any) -> str:
    return render_to_string("kit/_fact_form.html", {"form": form})


def typed(form: Any) -> QueryDict:
    """What the browser sends when the form is sent as it is shown."""
    reader = _Inputs()
    reader.feed(html(form))
    data = QueryDict(mutable=True)
    for name, value in reader.sent:
        data.appendlist(name, value)
    return data


def bound(data: QueryDict, **more: Any) -> Any:
    return fact_form(
        Everything, choices=CHOICES, data=data, initial={"digest": "ab12"}, prefix="f", **more
    )


@pytest.fixture
def sent() -> QueryDict:
    return typed(fact_form(Everything, choices=CHOICES, initial=WORKED, prefix="f"))


def wrong(data: QueryDict) -> list[str]:
    form = bound(data)
    assert not form.is_valid()
    with pytest.raises(NotValid):
        form.facts()
    html(form)
    return [sentence for _, sentence in form.complaints]


def test_a_worked_example_comes_back_as_it_was(sent: QueryDict) -> None:
    form = bound(sent)
    assert form.is_valid(), form.complaints
    assert form.facts() == WORKED


names = st.text(
    st.characters(
        whitelist_categories=("Lu", "Ll", "Lo", "Nd", "Pd", "Po"), blacklist_characters="\ufffd"
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Everything,
        digest=st.just("ab12"),
        line=names,
        text=names,
        day=st.dates(date(1950, 1, 1), date(2150, 1, 1)),
        later=st.none() | st.dates(date(1950, 1, 1), date(2150, 1, 1)),
        instant=st.just(WORKED.instant),
        money=st.integers(0, 10**11),
        number=st.integers(0, 99),
        way=st.sampled_from(Way),
        kindness=st.lists(st.sampled_from(Kindness), min_size=1, unique=True).map(
            lambda found: tuple(k for k in Kindness if k in found)
        ),
        sure=st.booleans(),
        told=st.none() | st.booleans(),
        person=st.sampled_from(["p1", "p2"]),
        persons=st.sampled_from([("p1",), ("p2",), ("p1", "p2")]),
        cites=st.just(("CF:45",)) | st.just(()),
        signed=st.builds(Signed, by=names, on=st.none()),
        things=st.lists(
            st.builds(Thing, name=names, count=st.integers(0, 9999)), min_size=1, max_size=4
        ).map(tuple),
    )
)
def test_whatever_is_shown_comes_back_as_it_was(facts: Everything) -> None:
    form = bound(typed(fact_form(Everything, choices=CHOICES, initial=facts, prefix="f")))
    assert form.is_valid(), form.complaints
    assert form.facts() == facts


HOSTILE = [
    ("money", "1" + "0" * 30, "罚款金额：不能超过1,000,000,000.00元"),
    ("money", "1" * 300, "罚款金额：填写的内容过长"),
    ("money", "-5", "罚款金额：金额不能是负数"),
    ("money", "NaN", "罚款金额：请填写以元为单位的金额"),
    ("money", "1e5", "罚款金额：请填写以元为单位的金额"),
    ("money", "5.005", "罚款金额：最多两位小数"),
    ("money", "1,2,3", "罚款金额：请填写以元为单位的金额"),
    ("money", "٥٠٠", "罚款金额：请填写以元为单位的金额"),
    ("number", "1.5", "份数：请填写整数"),
    ("number", "100", "份数：不能大于99"),
    ("number", "9" * 59, "份数：不能大于99"),
    ("line", "案" * 41, "案由：不能超过40个字"),
    ("line", "一\n二", "案由：只能填写一行"),
    ("line", "某\x00店", "案由：含有不能显示的控制字符"),
    ("line", "某\x1b[2J店", "案由：含有不能显示的控制字符"),
    ("line", "某\u202e店", "案由：含有不能显示的控制字符"),
    ("line", "某\ud800店", "案由：含有无法识别的字符"),
    ("line", "某\ufffd店", "案由：含有无法识别的字符"),
    ("line", " \u200b\u3000", "案由：必须填写"),
    ("text", "字" * 5_000_000, "事实：不能超过2000个字"),
    ("text", "一\x07", "事实：含有不能显示的控制字符"),
    ("day", "2026-02-30", "日期：没有这一天"),
    ("day", "0001-01-01", "日期：年份应当在1900和2199之间"),
    ("day", "99999999999", "日期：请填写日期"),
    ("day", "", "日期：必须填写"),
    ("instant", "2026-11-24T25:00", "时间：没有这个时刻"),
    ("instant", "昨天", "时间：请填写日期和时间"),
    ("way", "air", "送达方式：没有「air」这一选项"),
    ("way", "", "送达方式：必须填写"),
    ("kindness", "z", "种类：没有「z」这一选项"),
    ("person", "p9", "另一名执法人员：没有「p9」这一选项"),
    ("persons", "p9\x00" + "x" * 500, "承办人：没有「p9？"),
    ("told", "maybe", "已告知：没有「maybe」这一选项"),
    ("cites", "CF:45\nXX:1", "条文：没有「XX:1」这一条文"),
    ("signed-by", "", "签字，签字人：必须填写"),
    ("things-1-count", "几个", "物品第2项，数量：请填写整数"),
    ("things-0-owner", "p9", "物品第1项，所有人：没有「p9」这一选项"),
    ("things-0-secret", "1", "物品第1项，没有「secret」这一项"),
    ("rank", "1", "没有「rank」这一项"),
    ("things-77-name", "1", "没有「things-77-name」这一项"),
    ("digest", "cd34", "摘要：由系统填写，不能提交"),
]


@pytest.mark.parametrize(("name", "value", "reason"), HOSTILE)
def test_a_hostile_value_is_an_error_that_names_field_and_reason(
    sent: QueryDict, name: str, value: str, reason: str
) -> None:
    sent[f"f-{name}"] = value
    found = wrong(sent)
    assert any(s.startswith(reason) for s in found), found
    assert all(len(s) < 200 for s in found)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([
            "f-line", "f-text", "f-day", "f-instant", "f-money", "f-number", "f-way", "f-kindness",
            "f-sure", "f-told", "f-person", "f-cites", "f-signed-by", "f-things-_count",
            "f-things-0-name", "f-things-0-count", "f-things-0-_remove", "f-things-1-count", "f-x",
            "_add_f-things", "f-things-00-name", "f-things--1-name", "f-", "f-things",
        ]) | st.text(max_size=8),
        st.lists(st.text(max_size=40) | st.sampled_from(["9" * 400, "\ud800", "\x00", "99999"]),
                 max_size=3),
        max_size=12,
    )
)  # fmt: skip
def test_nothing_that_can_be_sent_is_a_fault(data: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    form = bound(query)
    form.is_valid()
    html(form).encode("utf-8", "replace")
    again = from_json(Everything, form.as_json(), choices=CHOICES, prefix="f")
    html(again)


def test_money_is_read_exactly_as_it_is_written(sent: QueryDict) -> None:
    cases = [
        ("5000", 500_000),
        ("5,000.00", 500_000),
        ("５０００．５", 500_050),
        ("¥0.07", 7),
        ("1234567.89元", 123_456_789),
        ("0", 0),
        ("0.10000", 10),
    ]
    for written, fen in cases:
        sent["f-money"] = written
        form = bound(sent)
        assert form.is_valid(), (written, form.complaints)
        assert form.facts().money == fen, written


def test_a_day_may_be_written_as_officials_write_it(sent: QueryDict) -> None:
    for written in ("2026年1月5日", "2026/1/5", "2026.01.05", "2026-01-05"):
        sent["f-day"] = written
        form = bound(sent)
        assert form.is_valid(), (written, form.complaints)
        assert form.facts().day == date(2026, 1, 5)


def test_a_row_more_keeps_what_was_typed_and_judges_nothing(sent: QueryDict) -> None:
    sent["f-line"] = ""
    sent["f-money"] = "五千"
    sent["_add_f-things"] = "1"
    form = bound(sent)
    assert form.adds == "things"
    assert not form.is_valid()
    assert form.complaints == []
    shown_again = typed(form)
    assert shown_again["f-money"] == "五千"
    assert shown_again["f-things-1-name"] == "饼干"
    assert shown_again["f-things-2-name"] == ""
    assert shown_again["f-things-_count"] == "3"


def test_a_row_ticked_for_removal_leaves_and_the_others_move_up(sent: QueryDict) -> None:
    sent["f-things-0-_remove"] = "on"
    form = bound(sent)
    assert form.is_valid(), form.complaints
    assert [t.name for t in form.facts().things] == ["饼干"]
    sent["_add_f-things"] = "1"
    shown_again = typed(bound(sent))
    assert shown_again["f-things-0-name"] == "饼干"
    assert shown_again["f-things-1-name"] == ""
    assert "f-things-2-name" not in shown_again


def test_a_row_left_empty_does_not_count_but_one_is_owed(sent: QueryDict) -> None:
    for n in (0, 1):
        for part in ("name", "count", "owner"):
            sent[f"f-things-{n}-{part}"] = ""
    assert wrong(sent) == ["物品：必须填写"]


def test_no_more_rows_than_the_law_takes(sent: QueryDict) -> None:
    sent["f-things-_count"] = "99999"
    assert len(bound(sent).groups["things"].forms) == 12


def test_what_the_house_fills_in_is_shown_and_not_asked(sent: QueryDict) -> None:
    form = bound(sent)
    assert "f-digest" not in typed(form)
    assert "ab12" in html(form)
    assert form.is_valid()
    assert form.facts().digest == "ab12"


def test_a_draft_opens_as_it_was_left_without_complaints(sent: QueryDict) -> None:
    sent["f-money"] = "五千"
    draft = bound(sent).as_json()
    again = from_json(Everything, draft, choices=CHOICES, initial={"digest": "ab12"}, prefix="f")
    assert again.complaints == []
    assert not again.is_valid()
    back = typed(again)
    assert back["f-money"] == "五千"
    assert back.getlist("f-persons") == ["p1", "p2"]
    back["f-money"] = "5000"
    form = bound(back)
    assert form.is_valid(), form.complaints
    assert form.facts() == WORKED


@pytest.mark.parametrize("draft", [None, [], "x", {"f-line": 5}, {"f-line": [None, {"a": 1}]}])
def test_a_broken_draft_opens_empty(draft: Any) -> None:
    html(from_json(Everything, draft, choices=CHOICES, prefix="f"))


def test_a_refusal_of_the_law_stands_at_its_field(sent: QueryDict) -> None:
    form = bound(sent)
    assert form.is_valid()
    form.refuse("person", "两名执法人员不能是同一人")
    assert ("id_f-person", "两名执法人员不能是同一人") in form.complaints
    assert not form.is_valid()
    assert "两名执法人员不能是同一人" in html(form)


def test_every_input_has_a_label(sent: QueryDict) -> None:
    text = html(bound(sent))
    labelled = set()
    asked = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            at = dict(attrs)
            if tag == "label":
                labelled.add(at.get("for"))
            if tag in ("input", "select", "textarea") and at.get("type") != "hidden":
                asked.add(at.get("id"))

    Reader().feed(text)
    assert asked
    assert asked <= labelled


def test_facts_are_shown_in_words() -> None:
    words = {s.name: s.value for s in shown(WORKED, CHOICES)}
    assert words["money"] == "5,000.00 元"
    assert words["day"] == "2026年11月24日"
    assert words["instant"] == "2026年11月24日 09:30"
    assert words["way"] == "留置送达"
    assert words["kindness"] == "甲、丙"
    assert words["sure"] == "是"
    assert words["person"] == "张样例"
    assert words["cites"] == "行政处罚法第四十五条、行政处罚法第五十七条第二款"
    assert words["later"] == "无"
    (first, _) = next(s for s in shown(WORKED, CHOICES) if s.name == "things").below
    assert [s.value for s in first] == ["糕点", "3", "李样例"]
