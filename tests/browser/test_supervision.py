"""Supervision in a real browser: what is late, a case to read, and the notice to be answered."""

import threading
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections

from tests.browser.conftest import assert_accessible, picture
from tests.supervision.desk import deliver, somebody
from zhifa.accounts.models import Person
from zhifa.faces.demo import cast
from zhifa.faces.demo.play import ALL, play
from zhifa.kernel import clock
from zhifa.registry import seeding
from zhifa.supervision import services

Open = Callable[..., Any]
BACKEND = "django.contrib.auth.backends.ModelBackend"
LATE = date(2026, 6, 10)
NARROW = ("warnings", "reading", "notice")
"""Looked at on a phone too: the others are built of the same parts."""


def _told(found: dict[str, UUID]) -> None:
    """Filed in March, undecided in June: the ninety days are over, and the bureau has written."""
    cast.ids.cache_clear()
    seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
    titles = [scene.title for scene in ALL]
    story = play(ALL[: titles.index("立案审批") + 1], say=lambda _line: None)
    with clock.scenario(clock.at(LATE)):
        found["notice"] = deliver(story.case_id, LATE)
        found["reading"] = services.open_reading(
            case_id=story.case_id,
            purpose="核查超过办案期限的原因",
            by=somebody("sf-supervisor1"),
            on=LATE,
        ).id
    found["case"] = story.case_id
    connections.close_all()


def _sign_in(page: Any, username: str) -> None:
    person = Person.objects.get(username=username)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    address = "/".join(page.url.split("/")[:3])
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": store.session_key, "url": address}])


def test_the_supervisor_s_pages_are_readable_at_both_widths(server: str, open_page: Open) -> None:
    found: dict[str, UUID] = {}
    teller = threading.Thread(target=_told, args=(found,))
    teller.start()
    teller.join()
    lead = "/desk/supervision/"
    shown = (
        ("sf-supervisor1", lead, "warnings"),
        ("sf-supervisor1", f"{lead}cases/{found['case']}/", "case"),
        ("sf-supervisor1", f"{lead}readings/{found['reading']}/", "reading"),
        ("sf-supervisor1", f"{lead}cases/{found['case']}/notice/?rule=decision.limit", "propose"),
        ("sf-supervisor1", f"{lead}notices/", "notices"),
        ("yc-agency-head1", f"{lead}notices/{found['notice']}/", "notice"),
        ("yc-agency-head1", f"{lead}readings/", "log"),
    )
    with clock.scenario(clock.at(LATE, 12)):
        for width in ("phone", "desk"):
            page = open_page("/kit/", width)
            for who, where, name in shown:
                if width == "phone" and name not in NARROW:
                    continue
                _sign_in(page, who)
                page.goto(server + where)
                assert_accessible(page)
                picture(page, f"supervision-{name}")
        page.goto(f"{server}{lead}notices/{found['notice']}/")
        page.get_by_label("问题属实，正在整改").check()
        page.get_by_label("整改情况或者理由").fill("已经报请延长办案期限，正在补充证据。")
        page.get_by_role("button", name="答复监督通知书").click()
        page.get_by_text("答复已经提交，等待监督机关评估").wait_for()
    cast.ids.cache_clear()
