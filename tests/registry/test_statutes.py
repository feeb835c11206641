"""The statute library says what an article says on a day, and says so where it does not know."""

import gzip
import json
import time
from datetime import date

import pytest

from zhifa.kernel.errors import NotFound
from zhifa.law.check import check, load_all
from zhifa.law.cite import Cite, Grade, laws
from zhifa.law.sources import CF, FS, MF, SCXZ, SJ
from zhifa.registry import statute_index, statute_search, statutes
from zhifa.registry.models import Article, Statute, StatuteVersion
from zhifa.registry.services import library
from zhifa.registry.sources import NoSource
from zhifa.registry.statutes import ArticleText, VersionNotHeld, paragraphs

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.usefixtures("seeded")


def said(cite, on=TODAY):
    found = statutes.text(cite, on)
    assert isinstance(found, ArticleText), found
    return found


def test_an_item_is_cut_out_of_its_article_with_the_head_of_its_list():
    item = said(FS(34, None, 10))
    assert item.text.startswith("（十）")
    assert item.text.endswith("超过保质期的食品、食品添加剂；")
    assert item.lead.startswith("禁止生产经营下列食品")
    assert item.heading == "第三十四条"
    assert item.part == "第四章 食品生产经营 第一节 一般规定"
    assert item.version.in_force_from == date(2025, 12, 1)


def test_a_paragraph_keeps_its_items_and_nothing_of_the_next():
    first = said(FS(124, 1))
    assert first.text.count("\n（") == 9
    assert "除前款和" not in first.text
    assert said(FS(124, 2)).text.startswith("除前款和")


@pytest.mark.parametrize("cite", [FS(34, 9), FS(124, None, 30), FS(36, None, 1), CF(9, 1, 12)])
def test_a_paragraph_or_item_that_is_not_there_is_not_invented(cite):
    found = statutes.text(cite, TODAY)
    assert isinstance(found, VersionNotHeld)
    assert "没有" in found.reason


def test_the_text_of_today_is_never_shown_for_a_day_of_an_older_version():
    found = statutes.text(FS(124, 1, 5), date(2024, 5, 1))
    assert isinstance(found, VersionNotHeld)
    assert found.grade is Grade.KNOWN
    assert found.reason == "未收录原文：《中华人民共和国食品安全法》（主席令第81号）"


@pytest.mark.parametrize(
    ("cite", "on", "reason"),
    [
        (FS(34), date(2001, 1, 1), "未收录"),
        (SJ(3), TODAY, "未收录原文"),
        (SCXZ(1), TODAY, "待核实"),
        (FS(900), TODAY, "没有第九百条"),
    ],
)
def test_each_kind_of_not_having_is_said_apart(cite, on, reason):
    found = statutes.text(cite, on)
    assert isinstance(found, VersionNotHeld)
    assert reason in found.reason


def test_several_citations_cost_one_query(django_assert_num_queries):
    wanted = [FS(34, None, 10), FS(124, 1, 5), CF(33, 1), SJ(3)]
    with django_assert_num_queries(1):
        found = statutes.texts(wanted, TODAY)
    assert [f.held for f in found.values()] == [True, True, True, False]


def test_every_law_of_our_table_that_claims_its_text_has_it():
    for entry in laws().values():
        for version in entry.versions:
            row = StatuteVersion.objects.get(
                statute_id=entry.code, in_force_from=version.in_force_from
            )
            assert row.article_count or version.grade is not Grade.TEXT, entry.title
            assert (row.grade == Grade.TEXT) == (row.article_count > 0), entry.title


def test_everything_that_decides_stands_on_an_article_of_this_library():
    load_all()
    report = check(statutes.StatuteLibrary(), TODAY)
    assert [p.message for p in report.problems if p.kind == "dangling"] == []
    assert report.text_checked


def test_loading_again_changes_nothing_and_takes_no_time():
    before = Article.objects.count()
    began = time.monotonic()
    again = library.import_packaged()
    assert again.unchanged
    assert time.monotonic() - began < 1
    assert Article.objects.count() == before == again.articles


# --- a further source ----------------------------------------------------------------------------


@pytest.fixture
def older(tmp_path):
    """The food law as amended in 2021, in the shape of an operator's own file."""
    path = tmp_path / "older.jsonl.gz"
    line = {"doc": "d1", "law": "食品安全法", "version": "2021-04-29", "status": "已被新版本取代"}
    with gzip.open(path, "wt") as file:
        for number in (1, 2):
            row = line | {"article_no": number, "chapter": "第一章 总则", "text": f"旧文本{number}"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        row = {"doc": "d2", "law": "示范市示例条例", "version": "2020-01-01", "article_no": 1}
        file.write(json.dumps(row | {"text": "示例条例的条文。"}, ensure_ascii=False) + "\n")
        now = {"doc": "d3", "law": "食品安全法", "version": "2025-09-12", "article_no": 1}
        file.write(json.dumps(now | {"text": "不应覆盖。"}, ensure_ascii=False) + "\n")
    return path


def test_an_operator_adds_an_older_version_and_it_speaks_for_its_own_days_only(older):
    done = library.import_lines(older)
    assert (done.statutes, done.articles, done.skipped) == (2, 3, 1)
    assert said(FS(1), date(2024, 5, 1)).text == "旧文本1"
    assert said(FS(1)).text != "不应覆盖。"
    assert library.import_lines(older).unchanged


def test_a_law_outside_our_table_is_shown_without_dates_that_nobody_checked(older):
    library.import_lines(older)
    code = Statute.objects.get(title="示范市示例条例").code
    status = statute_index.status_on(code, TODAY)
    assert status.in_force is None
    assert status.words == "时间效力待核"


def test_a_file_that_is_no_statutes_is_refused_and_nothing_is_changed(tmp_path):
    before = Article.objects.count()
    path = tmp_path / "no.jsonl"
    path.write_text('{"doc": "d", "law": "甲"}\n')
    with pytest.raises(NoSource, match=r"no\.jsonl"):
        library.import_lines(path)
    assert Article.objects.count() == before


# --- status and leafing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "on", "words", "in_force"),
    [
        ("FS", TODAY, "2026年11月24日现行有效", True),
        ("FS", date(2025, 11, 30), "2025年11月30日现行有效，未收录原文", True),
        ("EC", date(2026, 8, 14), "2026年8月14日施行的版本没有收录", None),
        ("EC", date(2026, 8, 15), "2026年8月15日现行有效", True),
        ("TS", TODAY, "已于2026年4月14日停止施行", False),
    ],
)
def test_status_on_a_day_comes_from_our_own_table(code, on, words, in_force):
    status = statute_index.status_on(code, on)
    assert (status.words, status.in_force) == (words, in_force)


def test_an_article_page_has_its_neighbours():
    page = statute_index.article_page("FS", 124, 0, TODAY)
    assert (page.before.heading, page.after.heading) == ("第一百二十三条", "第一百二十五条")
    with pytest.raises(NotFound):
        statute_index.article_page("FS", 999, 0, TODAY)


def test_a_statute_page_lists_its_contents_in_order():
    page = statute_index.statute_page("CF", TODAY)
    assert [a.number for a in page.articles] == list(range(1, 87))
    assert len(page.versions) == len(laws()["CF"].versions)


def test_no_reader_meets_an_older_article_first(django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = statute_index.article_page("CF", 33, 0, TODAY)
    assert page.version.in_force_from == date(2021, 7, 15)


# --- search --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "食品安全法124", "食品安全法第124条", "食品安全法第一百二十四条",
        "《食品安全法》第一百二十四条",
        "中华人民共和国食品安全法 124", "食安法§124", "FS124", "食品安全法124(1)",
    ],
)  # fmt: skip
def test_a_law_and_a_number_lead_to_the_article(query):
    hits = statute_search.search(query, TODAY).hits
    assert [(h.code, h.heading) for h in hits] == [("FS", "第一百二十四条")]


def test_paragraph_and_item_of_a_query_are_understood():
    found = statute_search.search("食品安全法第一百二十四条第一款第（五）项", TODAY)
    assert (found.paragraph, found.item) == (1, 5)
    inserted = statute_search.search("刑法第一百二十条之一", TODAY)
    assert inserted.hits[0].heading == "第一百二十条之一"


def test_words_are_found_together_and_marked():
    found = statute_search.search("超过保质期 食品", TODAY)
    assert {h.heading for h in found.hits if h.code == "FS"} >= {"第三十四条", "第一百二十四条"}
    assert any(p.hit for p in found.hits[0].snippet)
    assert all("保质期" in Article.objects.get(
        version_id=h.version_id, number=h.number, suffix=h.suffix, heading=h.heading
    ).text for h in found.hits)  # fmt: skip


def test_a_law_name_narrows_the_words():
    found = statute_search.search("行政处罚法 听证", TODAY)
    assert found.hits
    assert {h.code for h in found.hits} == {"CF"}


@pytest.mark.parametrize(
    "query",
    ["", "   ", "'", "\\", "a' | 'b", "!!!", "&", "（）", "〔2026〕", "%", "\x00", "食" * 999],
)
def test_nothing_that_is_typed_breaks_the_search(query):
    statute_search.search(query, TODAY)


def test_articles_in_force_come_before_repealed_ones():
    hits = statute_search.search("环境影响评价", TODAY).hits
    states = [h.in_force for h in hits]
    assert states.index(True) == 0


# --- cutting -------------------------------------------------------------------------------------


def test_an_item_line_belongs_to_the_paragraph_before_it():
    cut = paragraphs("甲：\n（一）一；\n（二）二。\n乙。")
    assert [(p.text, len(p.items)) for p in cut] == [("甲：", 2), ("乙。", 0)]


def test_a_line_that_a_source_broke_in_mid_sentence_is_mended():
    cut = paragraphs("甲应当处罚乙的主管人员\n和其他人员；\n（一）一，\n二。\n丙。")
    assert [p.text for p in cut] == ["甲应当处罚乙的主管人员和其他人员；", "丙。"]
    assert cut[0].items == ("（一）一，二。",)


def test_the_heading_of_the_next_part_is_no_paragraph_of_an_article():
    last = said(MF(204))
    assert "第二编" not in last.text
    assert len(last.paragraphs) == 1


@pytest.mark.django_db(databases=["default", "portal"])
def test_the_portal_reads_the_library_over_its_own_connection():
    assert Statute.objects.using("portal").filter(code="CF").exists()
    assert statutes.text(CF(33, 1), TODAY, using="portal").held


def test_a_key_of_a_citation_reads_back():
    assert Cite.parse("FS:34::10") == FS(34, None, 10)
