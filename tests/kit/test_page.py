"""Pages: whole or in part, lists that leaf, exports that no spreadsheet runs, refusals in words."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404, HttpRequest
from django.template import Context, Template
from django.test import Client, RequestFactory

from zhifa.faces import errors, middleware
from zhifa.kernel import wiring
from zhifa.kernel.errors import AgainstLaw, BadInput, NotFound, NotPermitted, Refused, Stale
from zhifa.kernel.page import csv_response, leaf, page, render_block, sorting, words
from zhifa.kernel.page.exports import safe
from zhifa.kernel.page.render import NoSuchBlock
from zhifa.kernel.page.shapes import Badge, Cell, Column, Row, Table
from zhifa.kernel.templatetags.kit import icon_names
from zhifa.kernel.wiring import Panel, Wiring
from zhifa.law.cite import Cite

KIT = Path(__file__).resolve().parents[2] / "src" / "zhifa" / "kernel"
pytestmark = pytest.mark.django_db(databases=["default", "portal"])


def get(address: str = "/", **headers: str) -> HttpRequest:
    return RequestFactory().get(address, headers=headers)


def text(response: Any) -> str:
    return str(response.content.decode())


# --- whole and part --------------------------------------------------------------------------


def test_htmx_gets_a_block_of_the_same_template_and_a_browser_the_whole() -> None:
    whole = text(page(get(), "kit/bare.html", sentence="甲", advice="乙", home="/"))
    assert whole.startswith("<!DOCTYPE html>")
    part = text(page(get(**{"HX-Request": "true"}), "kit/page_form.html", block="form", form=None))
    assert "<html" not in part
    assert "<form" in part
    for header in ("HX-Boosted", "HX-History-Restore-Request"):
        asked = get(**{"HX-Request": "true", header: "true"})
        assert "<html" in text(page(asked, "kit/page_form.html", block="form", form=None))


def test_a_block_that_an_heir_fills_is_rendered_as_the_heir_fills_it() -> None:
    assert "desk" in render_block("kit/page_form.html", "face", {}, get())
    with pytest.raises(NoSuchBlock):
        render_block("kit/page_form.html", "nothing", {}, get())


def test_a_slot_shows_the_panels_of_the_rooms_above_in_their_order() -> None:
    def first(person: Any, thing: Any) -> Panel | None:
        return Panel("kit/_empty.html", {"sentence": f"甲{thing}"})

    def second(person: Any, thing: Any) -> Panel | None:
        return None

    def third(person: Any, thing: Any) -> Panel | None:
        return Panel("kit/_empty.html", {"sentence": "<丙>"})

    with wiring.rebound(Wiring(readers={}, panels={"case.detail": (first, second, third)})):
        html = Template('{% load kit %}{% slot "case.detail" 7 %}').render(
            Context({"request": get()})
        )
    assert html.index("甲7") < html.index("&lt;丙&gt;")


def test_every_page_of_a_demonstration_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "演示环境" not in text(Client().get("/kit/"))
    monkeypatch.setattr("zhifa.kernel.clock._marked", True)
    assert "演示环境" in text(Client().get("/kit/"))
    assert "演示环境" in text(Client().get("/kit/refused/"))


# --- refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotPermitted("只有负责人可以审批"), 403),
        (NotFound("没有这个案件"), 404),
        (Stale("案件已有新的进展", changes=["王样例批准了立案"]), 409),
        (AgainstLaw("陈述申辩尚未复核", cites=[Cite("CF", 45)]), 422),
        (BadInput("日期不能晚于今天", field="on"), 422),
    ],
)
def test_a_refusal_is_a_sentence_with_its_status(refusal: Refused, status: int) -> None:
    stand = middleware.Refusals(lambda request: None)  # type: ignore[arg-type,return-value]
    for headers in ({}, {"HX-Request": "true"}):
        response = stand.process_exception(get("/desk/x/", **headers), refusal)
        assert response is not None
        assert response.status_code == status
        assert refusal.message in text(response)
        assert refusal.code not in text(response)
        assert ("<html" in text(response)) is (not headers)
        assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["HX-Retarget"] == "#refusal"


def test_only_a_refusal_is_made_a_sentence() -> None:
    stand = middleware.Refusals(lambda request: None)  # type: ignore[arg-type,return-value]
    assert stand.process_exception(get(), ValueError("x")) is None


def test_the_way_back_is_never_an_address_of_somebody_else() -> None:
    stand = middleware.Refusals(lambda request: None)  # type: ignore[arg-type,return-value]
    for referer, expected in (
        ("http://testserver/desk/cases/", True),
        ("http://testserver.evil.example/desk/", False),
        ("https://evil.example/http://testserver/", False),
        ("javascript:alert(1)", False),
    ):
        response = stand.process_exception(get(Referer=referer), NotFound("没有"))
        assert ("返回刚才的页面" in text(response)) is expected, referer


def test_errors_are_told_in_words_without_the_machinery() -> None:
    for made, status in (
        (errors.bad_request(get(), ValueError("secret")), 400),
        (errors.forbidden(get(), ValueError("secret")), 403),
        (errors.not_found(get(), Http404("secret")), 404),
        (errors.broken(get()), 500),
    ):
        assert made.status_code == status
        assert "secret" not in text(made)
        assert re.search(r"<h1>[^<]*[一-鿿]", text(made))


def test_a_defect_in_a_view_is_told_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("inner secret")

    monkeypatch.setattr("zhifa.faces.kit._samples", fail)
    response = Client(raise_request_exception=False).get("/kit/")
    assert response.status_code == 500
    assert "系统出现故障" in text(response)
    assert "secret" not in text(response)


def test_a_forged_form_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/kit/form/", {"f-cause": "x"})
    assert response.status_code == 403
    assert "页面已失效" in text(response)


def test_the_process_says_that_it_runs(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = Client().get("/healthz")
    assert (response.status_code, text(response)) == (200, "ok\n")


# --- lists -----------------------------------------------------------------------------------


def test_a_list_leafs_without_counting() -> None:
    rows = list(range(101))
    first = leaf(get("/?page=1"), rows)
    assert (first.items[0], first.last, first.has_next, first.has_previous) == (0, 50, True, False)
    third = leaf(get("/?page=3"), rows)
    assert (third.items, third.has_next, third.first, third.last) == ((100,), False, 101, 101)


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "٣", "1e9", "9" * 400, "1;DROP"])
def test_what_is_no_page_number_is_page_one(asked: str) -> None:
    assert leaf(RequestFactory().get("/", {"page": asked}), [1, 2]).items == (1, 2)


def test_an_order_that_is_not_offered_is_not_taken() -> None:
    allowed = {"due": ("due_on",), "fine": ("-fine_fen", "due_on")}
    assert sorting(get("/?sort=-due"), allowed, default="due").order == ("-due_on", "-id")
    assert sorting(get("/?sort=-fine"), allowed, default="due").order == (
        "fine_fen", "-due_on", "-id",
    )  # fmt: skip
    assert sorting(get("/?sort=password"), allowed, default="-due").order == ("-due_on", "-id")


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", " =1", "\u3000=1", "|cmd", "%0a", "\ufeff=1"],
)
def test_no_cell_of_an_export_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_an_export_reads_as_it_was_written() -> None:
    at = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    made = csv_response(
        "案件.csv", ("案号", "日期"), [('甲"乙', date(2026, 1, 2)), (None, at), (True, 7)]
    )
    body = b"".join(made.streaming_content).decode("utf-8")  # type: ignore[arg-type]
    assert body.startswith("\ufeff案号,日期\r\n")
    assert '"甲""乙",2026-01-02\r\n,2026-11-24 09:30\r\n是,7\r\n' in body
    assert "filename*=utf-8''" in made.headers["Content-Disposition"]


# --- words -----------------------------------------------------------------------------------


def test_dates_and_money_are_written_as_officials_read_them() -> None:
    assert words.zh_date(date(2026, 1, 5)) == "2026年1月5日"
    assert words.zh_date(datetime(2026, 1, 4, 17, tzinfo=UTC)) == "2026年1月5日"
    assert words.iso_instant(datetime(2026, 1, 4, 17, tzinfo=UTC)) == "2026-01-05 01:00"
    assert words.yuan(500_000) == "5,000.00"
    assert words.yuan(-5) == "-0.05"
    assert words.yuan(True) == words.yuan("5") == words.zh_date("x") == words.iso_date(None) == ""
    assert words.capital(500_000) == "伍仟元整"
    assert words.remaining(date(2026, 1, 5), date(2026, 1, 5)) == "今日到期"
    assert words.remaining(date(2026, 1, 5), date(2026, 1, 7)) == "逾期2天"


# --- the kit itself --------------------------------------------------------------------------


def test_every_icon_that_a_template_names_is_drawn() -> None:
    named = set()
    for path in KIT.parent.glob("*/templates/**/*.html"):
        named |= set(re.findall(r'{% icon "(\w+)"', path.read_text(encoding="utf-8")))
    assert named
    assert named <= icon_names()


def test_no_template_carries_a_style_or_a_script_inline() -> None:
    """The content security policy would not run it; better said here than found in a browser."""
    bad = re.compile(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\bsrc=)|javascript:", re.I)
    for path in KIT.parent.glob("*/templates/**/*.html"):
        assert not bad.search(path.read_text(encoding="utf-8")), path


def test_the_colours_of_words_are_legible() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for words on their ground; 1.4.11: 3 to 1 for edges of controls."""
    css = (KIT / "static" / "kit" / "zhifa.css").read_text(encoding="utf-8")
    token = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", css))

    def light(name: str) -> float:
        raw = token[name].lstrip("#")
        raw = "".join(c * 2 for c in raw) if len(raw) == 3 else raw
        parts = [int(raw[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(a: str, b: str) -> float:
        high, low = sorted((light(a), light(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for words_, ground in (
        ("ink", "ground"), ("ink-2", "ground"), ("ink-2", "shade"), ("accent", "ground"),
        ("accent", "accent-weak"), ("late", "late-weak"), ("soon", "soon-weak"),
        ("done", "done-weak"), ("late", "ground"), ("surface", "accent"), ("surface", "done"),
        ("surface", "late"),
    ):  # fmt: skip
        assert contrast(words_, ground) >= 4.5, (words_, ground, contrast(words_, ground))
    assert contrast("edge", "ground") >= 3


def test_a_cell_of_a_table_shows_its_value_not_the_code_that_holds_it() -> None:
    table = Table(
        "清单",
        (Column("a", "甲"), Column("b", "金额", "money"), Column("c", "状态")),
        (
            Row(
                {
                    "a": Cell("值"),
                    "b": Cell(1_200_000, "两笔"),
                    "c": Cell(Badge("已办", "done")),
                }
            ),
        ),
    )
    shown = Template("{% load kit %}{% table t %}").render(Context({"t": table, "request": get()}))
    assert "Cell(" not in shown
    assert "Badge(" not in shown
    assert re.search(r">\s*值\s*<", shown)
    assert "12,000" in shown
    assert "两笔" in shown
    assert "已办</span>" in shown
