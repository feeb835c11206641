"""Every address as every role: who is let in, who is told nothing, who must sign in."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from tests.access.cast import OWN
from tests.journeys.conftest import Until
from tests.test_house import addresses
from zhifa.accounts.access import access_of
from zhifa.accounts.models import Person
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock
from zhifa.kernel.models import LedgerEvent
from zhifa.law.actor import Duty
from zhifa.publicity import selectors as publications
from zhifa.publicity.models import PublishedDecision
from zhifa.records.models import Document, Evidence
from zhifa.review.models import Review

BACKEND = "django.contrib.auth.backends.ModelBackend"
SEE_NO_CASE = {Duty.SYSADMIN, Duty.SECADMIN, Duty.AUDITOR, Duty.WINDOW_CLERK}
STRANGERS = ("ya-officer1", "ya-agency-head1", "zf-officer1")
OF_A_CASE = ("matter_id", "case_id", "review_id", "publication_id", "document_id", "evidence_id")

pytestmark = pytest.mark.django_db(databases=["default", "portal"])


def client(username: str) -> Client:
    found = Client()
    found.force_login(Person.objects.get(username=username), backend=BACKEND)
    return found


@pytest.fixture
def story(played_until: Until) -> Story:
    return played_until("归档")


def places(story: Story) -> dict[str, str]:
    """Every address of the house, filled in with what the case has."""
    publication = publications.of_case(story.case_id)
    review = Review.objects.filter(case_matter_id=story.case_id).first()
    document = Document.objects.filter(matter_id=story.case_id, kind="filing_approval").first()
    exhibit = Evidence.objects.filter(matter_id=story.case_id).first()
    public = PublishedDecision.objects.first()
    assert None not in (publication, review, document, exhibit, public)
    given = {
        "<uuid:matter_id>": story.case_id,
        "<uuid:case_id>": story.case_id,
        "<uuid:review_id>": review.matter_id,
        "<uuid:publication_id>": publication.matter_id,
        "<uuid:document_id>": document.id,
        "<uuid:evidence_id>": exhibit.id,
        "<slug:public_id>": public.public_id,
        "<str:step>": "payment.record",
        "<str:key>": "CF:58",
        "<str:article>": "58",
        "<int:number>": "1",
    }
    found = {}
    for where, pattern in addresses():
        code = "food.expired" if where.startswith("powers/") else "CF"
        code = "penalty_ordinary" if where.startswith("procedures/") else code
        filled = where.replace("<str:code>", code)
        for name, value in given.items():
            filled = filled.replace(name, str(value))
        assert "<" not in filled, f"this test does not know how to fill in {where}"
        found["/" + filled] = access_of(pattern.callback)
    return found


def test_who_has_not_signed_in_sees_what_is_public_and_nothing_else(story: Story) -> None:
    for where, access in places(story).items():
        answer = Client().get(where)
        if access == "person":
            assert answer.status_code == 302, where
            assert answer.headers["Location"].startswith("/desk/sign-in/"), where
        else:
            assert answer.status_code < 500, where


def test_administrators_and_strangers_see_nothing_of_a_case(story: Story) -> None:
    before = LedgerEvent.objects.count()
    outside = [OWN[d] for d in SEE_NO_CASE] + list(STRANGERS)
    of_the_case = [w for w, a in places(story).items() if a == "person" and _names_a_case(w, story)]
    assert len(of_the_case) >= 10
    with clock.frozen(clock.at(story.on, 12)):
        for username in outside:
            asked = client(username)
            for where in of_the_case:
                for answer in (asked.get(where), asked.post(where, {"act_id": str(uuid.uuid4())})):
                    assert answer.status_code in (403, 404, 405), (username, where)
                    assert "示例食品店" not in answer.content.decode(errors="ignore")
    assert LedgerEvent.objects.count() == before


def _names_a_case(where: str, story: Story) -> bool:
    return where.count("-") >= 4


def test_every_page_answers_every_role_without_breaking(story: Story) -> None:
    with clock.frozen(clock.at(story.on, 12)):
        for duty, username in OWN.items():
            asked = client(username)
            for where in places(story):
                answer = asked.get(where)
                _read(answer)
                assert answer.status_code in (200, 302, 403, 404, 405, 409, 422), (duty, where)


def _read(answer: Any) -> None:
    """Read a streamed answer to its end, so that its file is closed."""
    if answer.streaming:
        for _ in answer.streaming_content:
            pass


def test_an_empty_write_to_any_address_changes_nothing(story: Story) -> None:
    before = LedgerEvent.objects.count()
    with clock.frozen(clock.at(story.on, 12)):
        for username in ("yc-officer1", "yc-agency-head1", "yc-publisher", "yc-cashier"):
            asked = client(username)
            for where, access in places(story).items():
                if access == "person":
                    assert asked.post(where, {}).status_code < 500, (username, where)
    assert LedgerEvent.objects.count() == before
