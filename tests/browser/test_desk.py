"""The desk in a real browser: at two widths, looked at by axe, and worked without JavaScript."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections

from tests.browser.conftest import assert_accessible, picture
from zhifa.accounts.models import Person
from zhifa.faces.demo import cast
from zhifa.faces.demo.play import ALL, play
from zhifa.faces.demo.script import Story
from zhifa.kernel import clock, readers
from zhifa.law.procedures.parts.approval import Endorsed
from zhifa.law.procedures.penalty import later
from zhifa.registry import seeding

Open = Callable[..., Any]
BACKEND = "django.contrib.auth.backends.ModelBackend"
UNTIL = "集体讨论"


def _played() -> Story:
    """Up to the heads' table: discussed, and the decision put to the head."""
    cast.ids.cache_clear()
    seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
    titles = [scene.title for scene in ALL]
    story = play(ALL[: titles.index(UNTIL) + 1], say=lambda _line: None)
    story.on = date(2026, 4, 9)
    with clock.scenario(clock.at(story.on)):
        made = later.DecisionProposed(
            proposal=story.proposal(),
            defence_adopted="当事人提出陈述、申辩意见，经复核不予采纳。",
            summary="建议作出行政处罚决定。",
        )
        story.take("decision.propose", "handler", made)
        story.take("decision.endorse", "handling_head", Endorsed(opinion="情况属实，同意。"))
        readers.catch_up()
    return story


@pytest.fixture
def story(server: str) -> Iterator[Story]:
    """Played in a thread of its own, for the browser's loop runs in this one."""
    told: list[Story] = []

    def tell() -> None:
        told.append(_played())
        connections.close_all()

    teller = threading.Thread(target=tell)
    teller.start()
    teller.join()
    with clock.scenario(clock.at(told[0].on, 12)):
        yield told[0]
    cast.ids.cache_clear()


def sign_in(page: Any, part: str) -> None:
    """Another person sits down at this browser."""
    person = Person.objects.get(username=cast.PARTS[part])
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    address = "/".join(page.url.split("/")[:3])
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": store.session_key, "url": address}])


def test_every_page_of_the_desk_is_accessible_and_fits(open_page: Open, story: Story) -> None:
    case = f"/desk/cases/{story.case_id}/"
    pages = [
        ("head", "desk-home", "/desk/"),
        ("head", "desk-case", case),
        ("head", "desk-approval", f"{case}steps/decision.approve/"),
        ("handler", "desk-list", "/desk/cases/"),
        ("handler", "desk-clues", "/desk/clues/"),
        ("handler", "desk-new", "/desk/cases/new/"),
        ("handler", "desk-party-new", "/desk/parties/new/"),
        ("handler", "desk-parties", "/desk/parties/?q=示例"),
        ("handler", "desk-matrix", f"{case}?part=matrix"),
        ("handler", "desk-documents", f"{case}?part=documents"),
        ("handler", "desk-evidence", f"{case}?part=evidence"),
        ("handler", "desk-party", f"{case}?part=party"),
        ("handler", "desk-rounds", f"{case}?part=review"),
        ("handler", "desk-steps", f"{case}steps/"),
        ("handler", "desk-proposal", f"{case}steps/proposal.amend/"),
        ("handler", "desk-refused", f"{case}steps/decision.approve/"),
        ("handler", "desk-submit", f"{case}review/"),
        ("reviewer", "desk-reviews", "/desk/reviews/?state=all"),
    ]
    for width in ("desk", "phone"):
        page = open_page("/desk/sign-in/", width)
        home = "/".join(page.url.split("/")[:3])
        for part, name, address in pages:
            sign_in(page, part)
            page.goto(home + address)
            picture(page, name)
            assert_accessible(page)
        page.context.close()


def test_the_head_approves_without_javascript_and_a_mistake_keeps_the_form(
    open_page: Open, story: Story
) -> None:
    page = open_page("/desk/sign-in/", script=False)
    home = "/".join(page.url.split("/")[:3])
    sign_in(page, "head")
    page.goto(f"{home}/desk/")
    page.click("text=批准处理决定")
    assert page.locator("img[alt='行政处罚决定书第1页']").count() == 1
    page.click("button:has-text('批准处理决定')")
    assert "审批意见：必须填写" in page.inner_text(".error-list")
    page.fill("[name=f-opinion]", "同意，作出行政处罚决定。")
    page.click("button:has-text('批准处理决定')")
    assert "已批准处理决定，形成" in page.inner_text(".messages")
    assert "行政处罚决定书" in page.inner_text(".messages")
    picture(page, "desk-decided")


def test_a_form_warns_above_and_at_its_field_and_the_article_opens_beside(
    open_page: Open, story: Story
) -> None:
    page = open_page("/desk/sign-in/", "desk")
    home = "/".join(page.url.split("/")[:3])
    sign_in(page, "handler")
    page.goto(f"{home}/desk/cases/{story.case_id}/steps/evidence.add/")
    page.fill("[name=f-title]", "补充照片")
    page.click("button:has-text('登记证据')")
    page.wait_for_selector(".error-list")
    assert "请选择要上传的文件" in page.inner_text(".error-list")
    assert page.input_value("[name=f-title]") == "补充照片"
    picture(page, "desk-form-errors")
    assert_accessible(page)
