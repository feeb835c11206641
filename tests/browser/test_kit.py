"""The kit in a real browser: every component at two widths, looked at by axe, used by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import assert_accessible, picture

Open = Callable[..., Any]


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_every_component_is_accessible_and_fits(open_page: Open, width: str) -> None:
    page = open_page("/kit/", width)
    picture(page, "kit")
    assert_accessible(page)


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_form_with_errors_names_them_above_and_at_the_field(open_page: Open, width: str) -> None:
    page = open_page("/kit/form/", width)
    page.fill("[name=f-fine]", "五千")
    page.click("text=作出决定 >> nth=-1")
    page.wait_for_selector(".error-list")
    picture(page, "form-errors")
    assert "罚款金额：请填写以元为单位的金额" in page.inner_text(".error-list")
    page.click(".error-list a:has-text('罚款金额')")
    assert page.evaluate("document.activeElement.name") in ("f-fine", "")
    assert_accessible(page)


def test_rows_are_added_and_the_form_is_sent_without_javascript(open_page: Open) -> None:
    page = open_page("/kit/form/", script=False)
    page.fill("[name=f-things-0-name]", "样例糕点")
    page.click("text=增加一行")
    assert page.input_value("[name=f-things-0-name]") == "样例糕点"
    assert page.locator("[name=f-things-1-name]").count() == 1
    page.fill("[name=f-cause]", "涉嫌销售超过保质期的食品案")
    page.select_option("[name=f-co_officer]", "w")
    page.fill("[name=f-served_on]", "2026-11-12")
    page.check("text=留置送达")
    page.fill("[name=f-fine]", "5,000.00")
    page.check("text=行政处罚法第四十五条")
    page.fill("[name=f-found]", "样例文字")
    page.fill("[name=f-things-0-amount]", "12")
    page.fill("[name=f-things-0-value]", "240")
    page.check("#id_f-things-1-_remove")
    page.click(".form-end >> text=作出决定")
    assert "5,000.00 元" in page.inner_text("[role=status]")
    assert "雅市监案〔2026〕41号" in page.inner_text("[role=status]")


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_refusal_is_a_page_with_its_article(open_page: Open, width: str) -> None:
    page = open_page("/kit/refused/", width)
    picture(page, "refused")
    assert "行政处罚法第四十五条" in page.inner_text("main")
    assert_accessible(page)


def test_a_refusal_of_a_part_stands_above_the_content(open_page: Open) -> None:
    page = open_page("/kit/")
    page.evaluate("htmx.ajax('GET', '/kit/refused/', {target: '.tabs', swap: 'innerHTML'})")
    page.wait_for_selector("#refusal .refusal")
    assert page.locator("#refusal .refusal").count() == 1
    assert page.evaluate("document.activeElement.id") == "refusal"
    assert page.locator(".tabs a").count() > 3, "what was there stays"


def test_slash_leads_to_the_content_by_keyboard(open_page: Open) -> None:
    page = open_page("/kit/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_large_type_is_kept(open_page: Open) -> None:
    page = open_page("/kit/refused/?large=1")
    before = page.evaluate("getComputedStyle(document.body).fontSize")
    page.goto(page.url.split("?")[0])
    assert page.evaluate("getComputedStyle(document.body).fontSize") == before
    assert float(before.removesuffix("px")) >= 19
    picture(page, "large-type")


def test_an_address_that_is_none_is_told_in_words(open_page: Open) -> None:
    page = open_page("/没有这样的页面/", "phone")
    picture(page, "not-found")
    assert "没有这个页面" in page.inner_text("main")
    assert_accessible(page)
