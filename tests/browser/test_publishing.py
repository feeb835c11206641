"""The publishing desk in the browser: ruled, drafted, released by two people, read by a citizen,
printed on one page, and taken down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.db import connections

from tests.browser.conftest import assert_accessible, picture
from tests.publicity.desk import DAY, Desk
from zhifa.accounts import services as accounts
from zhifa.accounts.models import Person
from zhifa.faces.demo import cast
from zhifa.faces.demo import facts as demo
from zhifa.faces.demo.play import AFTER, BEFORE_DECISION, DECISION, play
from zhifa.kernel import clock
from zhifa.publicity.models import PublishedDecision
from zhifa.registry import seeding

PASSWORD = "correct-horse-battery"


def in_a_thread(work: Callable[[], Any]) -> Any:
    """The browser's driver keeps an event loop in this thread, which sealing cannot share."""

    def alone() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


@pytest.fixture
def desk(fresh_database: str) -> Iterator[Desk]:
    """The case decided, sealed and served; the clock stands at a day within the term."""
    cast.ids.cache_clear()
    seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
    scenes = (*BEFORE_DECISION, *DECISION, *AFTER[:4])
    story = in_a_thread(lambda: play(scenes, say=lambda _line: None))
    for part in ("publisher", "publish_reviewer"):
        person = Person.objects.get(username=cast.PARTS[part])
        accounts.set_password(person=person, password=PASSWORD)
    with clock.frozen(clock.at(DAY, 10)):
        yield Desk(story)
    cast.ids.cache_clear()


def signed_in(open_page: Any, part: str, address: str, width: str = "desk") -> Any:
    shown = open_page(f"/desk/sign-in/?next={address}", width)
    shown.fill("[name=username]", cast.PARTS[part])
    shown.fill("[name=password]", PASSWORD)
    shown.click("main button")
    shown.wait_for_url(f"**{address}")
    return shown


def press(shown: Any, words: str) -> None:
    """Press a step's own button and wait for the page that follows."""
    with shown.expect_navigation():
        shown.click(f"main button:text-is('{words}')")


def test_a_decision_is_published_by_two_people_read_by_a_citizen_and_taken_down(desk, open_page):
    where = f"/desk/publicity/{desk.id}/"

    publisher = signed_in(open_page, "publisher", "/desk/publicity/")
    picture(publisher, "publishing-list")
    assert_accessible(publisher)
    publisher.click("text=雅雨市监罚〔2026〕1号")
    picture(publisher, "publishing-rule")
    assert_accessible(publisher)
    press(publisher, "提出公示裁定")
    assert "等待审核" in publisher.inner_text("main")

    reviewer = signed_in(open_page, "publish_reviewer", where)
    picture(reviewer, "publishing-confirm")
    press(reviewer, "确认公示裁定")

    publisher.goto(publisher.url)
    picture(publisher, "publishing-draft")
    assert_accessible(publisher)
    press(publisher, "拟定公示内容")
    assert "另一" in publisher.inner_text("main") or "等待审核发布" in publisher.inner_text("main")

    reviewer.goto(reviewer.url)
    picture(reviewer, "publishing-release")
    assert_accessible(reviewer)
    press(reviewer, "发布公示")
    assert "公示已经发布" in reviewer.inner_text("main")
    picture(reviewer, "publishing-done")

    shown = PublishedDecision.objects.get()
    citizen = open_page(f"/decisions/{shown.public_id}/", "phone", script=False)
    assert demo.OWNER not in citizen.inner_text("main")
    picture(citizen, "published")
    paper = open_page(f"/decisions/{shown.public_id}/")
    printed = paper.pdf(prefer_css_page_size=True)
    assert len(pypdfium2.PdfDocument(printed)) == 1
    pypdfium2.PdfDocument(printed)[0].render(scale=1.5).to_pil().save(
        "var/pictures/published-paper.png"
    )

    in_a_thread(desk.annulled)
    with clock.frozen(clock.at(desk.on, 10)):
        reviewer.goto(reviewer.url)
        picture(reviewer, "publishing-withdraw")
        reviewer.fill("textarea[name=f-reason]", "复议机关撤销了处罚决定。")
        press(reviewer, "撤下公示")
        gone = open_page(f"/decisions/{shown.public_id}/", "phone", script=False)
        assert "已经依法撤下" in gone.inner_text("main")
        assert shown.case_name not in gone.inner_text("main")
        picture(gone, "withdrawn")


def test_a_leftover_stops_the_release_on_the_page_and_is_kept_only_with_a_reason(desk, open_page):
    left = "当事人销售超过保质期的食品，举报电话0835-2222222。"
    in_a_thread(lambda: desk.rule().draft(facts=left))
    reviewer = signed_in(open_page, "publish_reviewer", f"/desk/publicity/{desk.id}/")
    picture(reviewer, "publishing-leftover")
    assert "0835-2222222" in reviewer.inner_text(".left-over")
    press(reviewer, "发布公示")
    assert "0835-2222222" in reviewer.inner_text("main")
    assert not PublishedDecision.objects.exists()
    reviewer.goto(reviewer.url.split("release")[0])
    reviewer.fill("[name=keep-0]", "系机关对外公布的举报电话")
    press(reviewer, "发布公示")
    assert PublishedDecision.objects.exists()
