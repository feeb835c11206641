"""Citations: how they read, how well they are known, and that every one resolves."""

import re
from datetime import date

import pytest

from zhifa.law import cite
from zhifa.law.check import check, load_all
from zhifa.law.cite import (
    Cite,
    Grade,
    NoCitation,
    Registration,
    UnknownLaw,
    VersionNotHeld,
    laws,
    register,
    registered,
    version_on,
)
from zhifa.law.numerals import chinese_number
from zhifa.law.sources import CF, EC, FJ, FS, PLAN, SCXZ, SJ
from zhifa.registry.packaged import PackagedLibrary

ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def library():
    """The packaged statutes, once everything that cites has been imported."""
    load_all()
    found = PackagedLibrary.open()
    if found is None:
        pytest.skip("the packaged statutes are not installed")
    yield found
    found.close()


def test_a_citation_reads_as_officials_write_it():
    assert CF(63, 1, 2).label == "行政处罚法第六十三条第一款第二项"
    assert CF(63, 1, 2).full_label == "《中华人民共和国行政处罚法》第六十三条第一款第二项"
    assert CF(64, item=1).label == "行政处罚法第六十四条第一项"
    assert CF(63, 1, 2).short == "处罚法§63"
    assert PLAN(9).place == "第九项"
    assert EC(1242).place == "第一千二百四十二条"
    assert Cite("CF", 17, 1).place == "第十七条之一"
    assert FJ.whole.full_label == "《罚款决定与罚款收缴分离实施办法》"


@pytest.mark.parametrize("c", [CF(63, 1, 2), CF(64, item=1), Cite("CF", 17, 1), FJ.whole, PLAN(9)])
def test_a_key_reads_back(c):
    assert Cite.parse(c.key) == c


@pytest.mark.parametrize("key", ["CF", "CF:", "CF:x", "CF:1:2:3:4", "CF:-1", "CF:1:0", "QQ:1", ""])
def test_a_broken_key_is_refused(key):
    with pytest.raises((ValueError, UnknownLaw)):
        Cite.parse(key)


def test_citations_sort_by_place():
    assert sorted([CF(63, 1, 2), CF(9), CF(63), CF(63, 1)]) == [
        CF(9),
        CF(63),
        CF(63, 1),
        CF(63, 1, 2),
    ]


def test_an_unknown_law_cannot_be_cited():
    with pytest.raises(UnknownLaw):
        Cite("XX", 1)


@pytest.mark.parametrize(
    ("n", "text"),
    [(1, "一"), (10, "十"), (14, "十四"), (20, "二十"), (100, "一百"), (105, "一百零五"),
     (110, "一百一十"), (1001, "一千零一"), (1060, "一千零六十"), (1242, "一千二百四十二")],
)  # fmt: skip
def test_articles_are_numbered_in_words(n, text):
    assert chinese_number(n) == text


# --- versions ---------------------------------------------------------------------------------


def test_the_food_law_of_2025_is_in_force_from_december():
    assert version_on("FS", date(2025, 11, 30)).promulgated == date(2021, 4, 29)
    assert version_on("FS", date(2025, 12, 1)).promulgated == date(2025, 9, 12)
    assert FS(124).grade_on(date(2025, 11, 30)) is Grade.KNOWN
    assert FS(124).grade_on(date(2025, 12, 1)) is Grade.TEXT


def test_a_day_without_a_held_version_says_so():
    with pytest.raises(VersionNotHeld, match="未收录"):
        version_on("EC", date(2026, 8, 14))
    with pytest.raises(VersionNotHeld):
        version_on("TS", date(2026, 4, 15))
    assert version_on("EC", date(2026, 8, 15)).grade is Grade.TEXT


def test_the_versions_of_every_law_follow_one_another_and_name_their_source():
    for entry in laws().values():
        for before, after in zip(entry.versions, entry.versions[1:], strict=False):
            assert before.in_force_until < after.in_force_from, entry.code
        for version in entry.versions:
            assert version.source, entry.code
            assert version.number or version.grade is Grade.UNCONFIRMED, entry.code


# --- everything that decides stands on an article ---------------------------------------------


def test_nothing_is_registered_without_an_article():
    with pytest.raises(NoCitation):
        register("rule", "test.nothing", ())


def test_a_name_cannot_be_taken_twice(monkeypatch):
    monkeypatch.setattr(cite, "_registered", {})
    register("rule", "one", (CF(1),))
    register("rule", "one", (CF(1),))
    with pytest.raises(ValueError, match="不同内容"):
        register("rule", "one", (CF(2),))


def test_the_law_room_passes_its_own_check(library):
    report = check(library, ON)
    assert report.passes, [p.message for p in report.problems]
    assert report.text_checked
    assert report.by_grade[Grade.TEXT] > report.by_grade[Grade.KNOWN] > 0


class Shelf:
    """A library that holds these articles."""

    def __init__(self, *articles):
        self.articles = articles

    def has(self, title, article, on):
        return article in self.articles


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (Registration("rule", "x", (CF(999),)), "dangling"),
        (Registration("rule", "x", (EC(1),), in_force_from=date(2025, 1, 1)), "outside"),
        (Registration("rule", "x", (SCXZ.whole,)), "unconfirmed"),
    ],
)
def test_the_check_fails_on(entry, kind):
    report = check(Shelf(1, 60), ON, [entry])
    assert [p.kind for p in report.problems] == [kind]


@pytest.mark.parametrize(
    "entry",
    [
        Registration("rule", "x", (CF(60),)),
        Registration("rule", "x", (SCXZ.whole,), unconfirmed=True),
        Registration("rule", "x", (SCXZ.whole, SJ(64))),
        Registration("rule", "x", (CF(999),), in_force_until=date(2020, 1, 1)),
    ],
    ids=["held", "admits it", "not alone", "no longer in force"],
)
def test_the_check_passes(entry):
    assert check(Shelf(60), ON, [entry]).passes


def test_every_cited_paragraph_and_item_exists_in_the_text(library):
    numbers = "一二三四五六七八九十"
    for entry in registered():
        for c in entry.cites:
            try:
                version = version_on(c.law, ON)
            except VersionNotHeld:
                continue
            if version.grade is not Grade.TEXT or not c.article:
                continue
            text = library.text(laws()[c.law].title, c.article, ON)
            assert text, c.label
            lines = text.split("\n")
            paragraphs = [
                line for line in lines if not re.match(r"（[一二三四五六七八九十]+）", line)
            ]
            assert (c.paragraph or 1) <= len(paragraphs), c.label
            if c.item:
                assert f"（{numbers[c.item - 1]}）" in text, c.label
