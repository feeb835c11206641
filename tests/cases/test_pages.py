"""Who sees which case, what the pages say, and what they cost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cases.desk import Desk
from zhifa.faces.demo.story import Story
from zhifa.kernel.models import LedgerEvent

AtDesk = Callable[[str], Desk]
PARTS = ("course", "matrix", "documents", "evidence", "party", "review", "publicity", "links")
STATION = "再次送审"
"""The case a second time before the reviewer."""
CEILING = 20
CASE_CEILING = 25


def test_a_case_opens_for_its_agency_and_its_handlers_and_for_nobody_else(
    at_desk: AtDesk, story: Story
) -> None:
    case = f"/desk/cases/{story.case_id}/"
    for part in ("handler", "second", "handling_head", "reviewer", "head", "cashier", "archivist"):
        assert "涉嫌经营超过保质期的食品案" in at_desk(part).get(case)
    for stranger in ("ya-officer1", "ya-agency-head1", "yc-officer3", "yc-sysadmin", "yc-auditor"):
        desk = at_desk(stranger)
        inner = ("", "?part=party", "steps/", "steps/evidence.add/", "review/")
        review = f"/desk/reviews/{story.review_id()}/"
        for address in (*(case + rest for rest in inner), review):
            assert "没有找到" in desk.get(address, status=404)
        assert "涉嫌经营超过保质期的食品案" not in desk.get("/desk/cases/")
    # The supervision body reads it on pages of its own, for a purpose that is recorded.
    assert "没有找到" in at_desk("sf-supervisor1").get(case, status=404)


def test_the_search_box_finds_cases_articles_and_powers_but_no_case_of_others(
    at_desk: AtDesk, story: Story
) -> None:
    found = at_desk("handler").get("/desk/search/?q=超过保质期")
    assert f"/desk/cases/{story.case_id}/" in found
    assert "/desk/registry/powers/food.expired/" in found
    assert 'action="/desk/search/"' in found
    assert f"/desk/cases/{story.case_id}/" not in at_desk("ya-officer1").get(
        "/desk/search/?q=超过保质期"
    )
    nothing = at_desk("handler").get("/desk/search/?q=%00<b>没有的词")
    assert "您能查阅的案件中没有找到" in nothing
    assert "<b>没有的词" not in nothing


def test_nobody_is_shown_anything_who_has_not_signed_in(story: Story) -> None:
    for address in ("/desk/", "/desk/cases/", f"/desk/cases/{story.case_id}/",
                    "/desk/cases/new/", "/desk/parties/?q=示例", "/desk/reviews/"):  # fmt: skip
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/desk/sign-in/")


def test_the_home_says_what_each_duty_owes_and_on_which_article(
    at_desk: AtDesk, story: Story
) -> None:
    reviewer = at_desk("reviewer").get("/desk/")
    assert f"/desk/reviews/{story.review_id()}/" in reviewer
    assert "雅雨市监案〔2026〕1号" in reviewer
    assert "行政处罚法第五十八条" in reviewer
    assert "今天没有待办事项" in at_desk("handler").get("/desk/")
    assert "今天没有待办事项" in at_desk("ya-officer1").get("/desk/")


def test_the_case_page_says_what_is_next_who_owes_it_and_what_blocks(
    at_desk: AtDesk, story: Story
) -> None:
    page = at_desk("handler").get(f"/desk/cases/{story.case_id}/")
    assert "下一步：审核处理意见" in page
    assert "陈示例" in page, "the reviewer's name"
    assert "距「提出处理决定」还差" in page
    assert "尚未事先告知" in page
    assert "怎么算的" in page
    mark = LedgerEvent.objects.filter(stream_id=story.case_id).latest("seq").hash
    assert mark[:8] in page, "every entry bears its hash mark"


def test_every_part_of_a_case_opens_and_another_is_refused(at_desk: AtDesk, story: Story) -> None:
    desk, case = at_desk("handler"), f"/desk/cases/{story.case_id}/"
    pages = {part: desk.get(f"{case}?part={part}") for part in PARTS}
    assert "事实、证据、条文齐全" in pages["matrix"]
    assert "138****0000" in pages["party"]
    assert "13800000000" not in pages["party"]
    assert "第2次送审" in pages["review"]
    assert "与第1次送审相比" in pages["review"]
    assert "没有这一部分" in desk.get(f"{case}?part=secrets", status=404)


def test_a_party_is_seen_in_full_only_for_a_purpose_that_is_recorded(
    at_desk: AtDesk, story: Story
) -> None:
    desk, address = at_desk("handler"), f"/desk/cases/{story.case_id}/party/"
    before = LedgerEvent.objects.count()
    refused = desk.post(address, {"purpose": "看"})
    assert refused.status_code == 422
    assert "请写明查看的目的" in refused.content.decode()
    assert LedgerEvent.objects.count() == before
    shown = desk.post(address, {"purpose": "电话通知当事人领取文书"})
    assert "13800000000" in shown.content.decode()
    assert LedgerEvent.objects.count() == before + 1


def test_the_list_is_filtered(at_desk: AtDesk, story: Story) -> None:
    for query, is_found in (
        ("q=示例食品店", True),
        ("q=〔2026〕1号", True),
        ("q=没有这样的案件", False),
        ("phase=review", True),
        ("phase=archive", False),
        ("phase=nonsense", True),
        ("year=2026", True),
        ("year=2025", False),
        ("year=0000", True),
        ("mine=1", True),
        ("power=food.expired", True),
        ("power=other", False),
        ("sort=party&page=abc", True),
        ("page=2000", False),
        ("q=%00%25", False),
    ):
        page = at_desk("handler").get(f"/desk/cases/?{query}")
        assert ("雅安市雨城区示例食品店" in page) is is_found, query


def test_the_list_is_exported_as_a_table(at_desk: AtDesk, story: Story) -> None:
    answer: Any = at_desk("handler").client.get("/desk/cases/?format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("案号,案源编号,案由")
    assert "雅雨市监案〔2026〕1号" in lines[1]


def test_what_a_page_costs_is_bounded(
    at_desk: AtDesk, story: Story, django_assert_max_num_queries: Any
) -> None:
    case = f"/desk/cases/{story.case_id}/"
    for part, address, most in (
        ("handler", "/desk/", CEILING),
        ("head", "/desk/", CEILING),
        ("head", "/desk/cases/", CEILING),
        ("reviewer", "/desk/reviews/", CEILING),
        *(("head", f"{case}?part={p}", CASE_CEILING) for p in PARTS),
    ):
        desk = at_desk(part)
        with django_assert_max_num_queries(most):
            desk.get(address)


def test_an_article_is_read_as_an_official_names_it() -> None:
    from zhifa.cases.page import articles

    read = articles.read("食品安全法第五十四条第一款、行政处罚法第28条")
    assert [c.key for c in read] == ["FS:54:1", "CF:28"]
    assert articles.read("《中华人民共和国食品安全法》第三十四条第十项")[0].key == "FS:34::10"
    for wrong in ("五十四条", "没有的法第一条", "食品安全法第零条", "食品安全法第条"):
        with pytest.raises(articles.NoSuchArticle):
            articles.read(wrong)


def test_remaining_days_are_working_days_of_the_calendar() -> None:
    from zhifa.cases.views.home import remaining
    from zhifa.law.calendar import WorkCalendar

    calendar = WorkCalendar.standard()
    assert remaining(date(2026, 10, 9), date(2026, 9, 30), calendar) == ("余2个工作日", "plain")
    assert remaining(date(2026, 9, 30), date(2026, 9, 30), calendar) == ("今日到期", "soon")
    assert remaining(date(2026, 9, 28), date(2026, 9, 30), calendar) == ("逾期2天", "late")
    assert remaining(None, date(2026, 9, 30), calendar)[0] == ""


def test_a_step_of_another_room_leads_there(at_desk: AtDesk, story: Story) -> None:
    answer = at_desk("reviewer").client.get(
        f"/desk/cases/{story.case_id}/steps/review.pass/", follow=True
    )
    assert answer.redirect_chain[-1][0] == f"/desk/reviews/{story.review_id()}/"
    assert (
        at_desk("handler").client.get(f"/desk/cases/{story.case_id}/steps/no.such/").status_code
        == 404
    )
