"""The portal as a citizen meets it: at two widths, without script, on paper, looked at."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import assert_accessible, picture
from tests.publicity import factories
from tests.registry.seeded import fresh_seeded_database, seeded_template

__all__ = ["fresh_seeded_database", "seeded_template"]

WIDTHS = ("phone", "desk")


@pytest.fixture
def fresh_database(fresh_seeded_database: str) -> str:
    """The server of this module serves filled registers."""
    return fresh_seeded_database


@pytest.fixture
def rows(fresh_database: str) -> list[Any]:
    factories.root(1)
    factories.root(2, factories.date(2026, 11, 23))
    factories.tombstone()
    return factories.city_of_decisions()


def test_every_page_of_the_portal_reads_well_at_two_widths(rows, open_page):
    pages = {
        "home": "/",
        "decisions": "/decisions/",
        "none": "/decisions/?q=没有这样的案件",
        "decision": f"/decisions/{rows[0].public_id}/",
        "decision-long": f"/decisions/{rows[1].public_id}/",
        "tombstone": "/decisions/k3m7q9w2xz/",
        "officer": "/officers/?number=00180200001",
        "officer-none": "/officers/?number=99999999999",
        "officer-revoked": "/officers/?number=00180200092",
        "officers": "/officers/?agency=511802-scjg",
        "powers": "/powers/",
        "power": "/powers/food.expired/",
        "procedures": "/procedures/",
        "procedure": "/procedures/penalty_ordinary/",
        "procedure-publication": "/procedures/publication/",
        "laws": "/laws/",
        "laws-search": "/laws/?q=超过保质期",
        "article": "/laws/FS/124/",
        "cited": "/laws/cite/FS:124:1:5/",
        "statute": "/laws/CF/",
        "ledger": "/ledger/",
        "root": "/ledger/2/",
        "validate": "/validate/",
        "about": "/about/",
        "missing": "/decisions/nothere/",
    }
    for width in WIDTHS:
        for name, address in pages.items():
            shown = open_page(address, width)
            picture(shown, f"portal-{name}")
            assert_accessible(shown)
            shown.close()


def test_an_article_opens_beside_the_decision_and_without_script_on_its_own_page(rows, open_page):
    address = f"/decisions/{rows[0].public_id}/"
    shown = open_page(address)
    shown.click("text=食品安全法第一百二十四条第一款第五项")
    shown.wait_for_selector("#beside:not([hidden]) .marked")
    assert "超过保质期" in shown.inner_text("#beside .marked")
    picture(shown, "portal-beside", full=False)
    assert_accessible(shown)
    shown.keyboard.press("Escape")
    assert shown.is_hidden("#beside")
    plain = open_page(address, "phone", script=False)
    plain.click("text=食品安全法第一百二十四条第一款第五项")
    assert "超过保质期" in plain.inner_text(".marked")


def test_large_type_is_kept_from_page_to_page(rows, open_page):
    shown = open_page("/", "phone")
    shown.click("text=大字版")
    shown.click("text=全部决定")
    assert "large" in (shown.get_attribute("html", "class") or "")
    picture(shown, "portal-large")
    assert_accessible(shown)
