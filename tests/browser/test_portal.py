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
