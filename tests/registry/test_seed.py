"""The registers' first content: real regions, fictitious people, powers whose articles we hold."""

import re
from datetime import date

import pytest

from zhifa.accounts.models import Person
from zhifa.kernel import ledger
from zhifa.law.actor import Duty
from zhifa.law.power import PenaltyKind
from zhifa.registry import seeding, selectors, statutes
from zhifa.registry.models import Article, RegisterStream

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("seeded")


def test_every_article_of_every_power_resolves_to_text():
    cards = selectors.powers(on=TODAY)
    cites = {c for card in cards for c in (*card.rule.violated, *card.rule.penalty)}
    cites |= {c for card in cards if card.rule.fine for c in card.rule.fine.cites}
    missing = [f.reason for f in statutes.texts(cites, TODAY).values() if not f.held]
    assert missing == []
    assert len(cards) >= 8


def test_every_range_of_a_fine_stands_in_the_words_of_its_article():
    """The amounts typed as data are those that the penalty article itself says."""
    words = {
        50_000: "五百元", 100_000: "一千元", 500_000: "五千元", 1_000_000: "一万元",
        5_000_000: "五万元", 10_000_000: "十万元", 20_000_000: "二十万元",
    }  # fmt: skip
    for card in selectors.powers(on=TODAY):
        if card.rule.fine is None:
            continue
        said = statutes.text(card.rule.fine.cites[0], TODAY).text
        for band in card.rule.fine.bands:
            if band.max_fen is not None:
                bounds = f"{words[band.min_fen]}以上{words[band.max_fen]}以下"
                assert re.search(f"{bounds}的?罚款", said), card.rule.code
            else:
                low, high = {"10": ("十倍", "二十倍"), "5": ("五倍", "十倍")}[str(band.min_times)]
                assert f"货值金额{low}以上{high}以下罚款" in said, card.rule.code
        if PenaltyKind.LICENSE_REVOCATION in card.rule.kinds:
            assert "吊销" in said, card.rule.code


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (999_999, 5_000_000, 10_000_000),
        (1_000_000, 10_000_000, 20_000_000),
        (1_234_500, 12_345_000, 24_690_000),
    ],
)
def test_the_threshold_of_ten_thousand_yuan_decides_the_range(value, low, high):
    found = selectors.power("food.expired", TODAY).fine.of({"goods_value_fen": value})
    assert (found.min_fen, found.max_fen) == (low, high)


def test_every_duty_is_held_at_both_market_bureaus():
    for agency in ("511802-scjg", "511800-scjg"):
        for duty in Duty:
            assert selectors.people_with(duty, agency, TODAY), (agency, duty)


def test_nobody_can_take_the_people_for_real():
    for name in Person.objects.values_list("name", flat=True):
        assert re.fullmatch(r".(示例|示范|样本|样例)", name), name
    assert not Person.objects.exclude(password__startswith="!").exists()


def test_seeding_again_adds_nothing():
    lines = []
    before = {s.register: len(ledger.events(s.stream_id)) for s in RegisterStream.objects.all()}
    seeding.seed(on=TODAY, say=lines.append)
    assert all(line.endswith("已是最新") for line in lines)
    after = {s.register: len(ledger.events(s.stream_id)) for s in RegisterStream.objects.all()}
    assert before == after


def test_no_name_and_no_number_stands_in_an_event():
    people = set(Person.objects.values_list("name", flat=True))
    for stream in RegisterStream.objects.all():
        for event in ledger.events(stream.stream_id):
            assert not any(name in event.body for name in people)
            assert not re.search(r"00180\d{6}", event.body)


def test_the_city_has_its_eight_districts_and_counties():
    found = {r.code: r.name for r in selectors.regions() if r.parent_id == "511800"}
    assert found == {
        "511802": "雨城区", "511803": "名山区", "511822": "荥经县", "511823": "汉源县",
        "511824": "石棉县", "511825": "天全县", "511826": "芦山县", "511827": "宝兴县",
    }  # fmt: skip


def test_the_benchmark_says_that_it_is_an_example():
    card = selectors.power_card("food.expired", TODAY)
    assert card.benchmark_status == "example"
    assert card.rule.benchmark.power == "food.expired"


def test_nothing_of_a_statute_is_typed_into_the_seed():
    """No power's name or condition repeats twelve characters of the article that it cites."""
    data = seeding.load("powers")["powers"]
    bodies = "".join(
        Article.objects.filter(version__statute_id__in=("FS", "FW", "EC")).values_list(
            "text", flat=True
        )
    )
    copied = [
        row["conditions"] for row in data if any(
            row.get("conditions", "")[i : i + 22] in bodies
            for i in range(max(0, len(row.get("conditions", "")) - 21))
        )
    ]  # fmt: skip
    assert copied == []
