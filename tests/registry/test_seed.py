"""The registers' first content: real regions, fictitious people, powers whose articles we hold."""

import re
from datetime import date

import pytest

from zhifa.accounts.models import Person
from zhifa.kernel import ledger
from zhifa.law.actor import Duty
from zhifa.law.cite import Cite
from zhifa.registry import seeding, selectors
from zhifa.registry.models import Article, RegisterStream

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("seeded")


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
    said = [v.get("conditions", "") for row in seeding.powers() for v in row["versions"]]
    cited = {c.law for row in seeding.powers() for v in row["versions"]
             for c in map(Cite.parse, (*v["violated"], *v["penalty"]))}  # fmt: skip
    texts = Article.objects.filter(version__statute_id__in=cited).values_list("text", flat=True)
    bodies = "".join(texts)
    copied = [
        words for words in said if any(words[i : i + 22] in bodies for i in range(len(words) - 21))
    ]
    assert copied == []
