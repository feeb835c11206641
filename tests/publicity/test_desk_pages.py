"""The publishing desk's pages: whom they let in, what they refuse, how often they ask."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.publicity.desk import Desk
from zhifa.accounts.models import Person
from zhifa.faces.demo.cast import who
from zhifa.publicity.models import Publication, PublishedDecision
from zhifa.records import services as records
from zhifa.records.models import Document


def signed_in(person_id: Any) -> Client:
    client = Client()
    person = Person.objects.get(id=person_id)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    Person.objects.filter(id=person.id).update(session_key=client.session.session_key)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def publisher(desk: Desk) -> Client:
    return signed_in(who("publisher"))


@pytest.fixture
def reviewer(desk: Desk) -> Client:
    return signed_in(who("publish_reviewer"))


def test_nobody_enters_without_signing_in(desk: Desk):
    client = Client()
    for address in ("/desk/publicity/", f"/desk/publicity/{desk.id}/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/desk/sign-in/" in answer.headers["Location"]
    answer = client.post(f"/desk/publicity/{desk.id}/rule.propose/", {})
    assert answer.status_code == 302
    assert not desk.standing.has("rule.propose")


def test_another_agencys_publisher_sees_nothing_of_it(desk: Desk):
    other = signed_in(Person.objects.get(username="ya-publisher").id)
    with desk.today():
        assert desk.row.number not in text(other.get("/desk/publicity/"))
        assert other.get(f"/desk/publicity/{desk.id}/").status_code == 404
        answer = other.post(f"/desk/publicity/{desk.id}/rule.propose/", {"f-ruling": "publish"})
    assert answer.status_code == 404
    assert not desk.standing.has("rule.propose")


@pytest.mark.parametrize("username", ["yc-sysadmin", "yc-secadmin", "yc-auditor"])
def test_administrators_see_no_publication(desk: Desk, username: str):
    client = signed_in(Person.objects.get(username=username).id)
    with desk.today():
        assert desk.row.number not in text(client.get("/desk/publicity/"))
        assert client.get(f"/desk/publicity/{desk.id}/").status_code == 404


def test_the_list_shows_what_is_owed_with_its_last_day(desk: Desk, publisher: Client):
    with desk.today():
        said = text(publisher.get("/desk/publicity/"))
    assert desk.row.number in said
    assert "2026-04-20" in said
    assert "余7天" in said


@pytest.mark.parametrize("state", ["", "all", "OPEN", "PUBLIC", "nonsense", "\x00"])
def test_any_filter_is_answered(desk: Desk, publisher: Client, state: str):
    with desk.today():
        assert (
            publisher.get("/desk/publicity/", {"state": state, "q": "罚' OR 1"}).status_code == 200
        )


def test_the_list_asks_no_more_for_many_than_for_one(desk: Desk, publisher: Client):
    def asked() -> int:
        with (
            desk.today(),
            CaptureQueriesContext(
                connection,
            ) as found,
        ):
            publisher.get("/desk/publicity/", {"state": "all"})
        return len(found)

    one = asked()
    row = desk.row
    from zhifa.procedure.models import Matter

    for n in range(30):
        matter = row.matter
        matter.pk = uuid4()
        Matter.objects.bulk_create([matter])
        Publication.objects.create(
            matter_id=matter.pk,
            case_matter_id=desk.story.case_id,
            decision_id=uuid4(),
            agency_code=row.agency_code,
            region_code=row.region_code,
            number=f"雅雨市监罚〔2026〕{n + 100}号",
            cause="涉嫌某某案",
            decided_on=row.decided_on,
            public_id=f"test{n}",
        )
    many = asked()
    assert many <= one
    assert many <= 16


def test_a_publications_page_keeps_within_its_ceiling(desk: Desk, publisher: Client):
    desk.rule()
    with desk.today(), CaptureQueriesContext(connection) as found:
        answer = publisher.get(f"/desk/publicity/{desk.id}/")
    assert answer.status_code == 200
    assert len(found) <= 30, [q["sql"][:90] for q in found]


def test_what_was_typed_is_kept_when_it_is_refused(desk: Desk, publisher: Client):
    address = f"/desk/publicity/{desk.id}/"
    given = {"f-regime": "plan", "f-ruling": "none", "f-reason": ""}
    with desk.today():
        answer = publisher.post(f"{address}rule.propose/", given)
        assert answer.status_code == 422
        assert "应当写明理由" in text(answer)
        assert not desk.standing.has("rule.propose")
        said = text(publisher.get(address))
    assert 'value="none"' in said
    assert "checked" in said.split('value="none"')[1].split(">")[0]


def test_the_wrong_person_is_refused_with_the_article_and_nothing_changes(
    desk: Desk, publisher: Client
):
    desk.rule().draft()
    seq = desk.standing.seq
    with desk.today():
        answer = publisher.post(f"/desk/publicity/{desk.id}/release/", {"read": "x"})
    assert answer.status_code == 403
    assert "公示审核员" in text(answer)
    assert "行政处罚法第四十八条" in text(answer)
    assert desk.standing.seq == seq
    assert not PublishedDecision.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"f-ruling": "x" * 10_000},
        {"f-ruling": ["publish", "none"], "f-flags": ["sealed", "nothing"]},
        {"f-ruling": "publish", "f-nonce": "mine"},
        {"f-ruling": "publish", "act_id": "not-an-id", "seen": "-1"},
        {"f-ruling": "publish", "f-regime": "plan", "seen": "999999"},
        {"f-ruling": "\x00", "f-reason": "\ud7ff" * 99_999},
    ],
)
def test_hostile_input_gets_a_clear_answer_and_changes_nothing_unlawful(
    desk: Desk, publisher: Client, given: dict[str, Any]
):
    with desk.today():
        answer = publisher.post(f"/desk/publicity/{desk.id}/rule.propose/", given)
    assert answer.status_code in (409, 422)
    assert not desk.standing.has("rule.propose")


def test_an_unknown_step_or_publication_is_not_found(desk: Desk, publisher: Client):
    with desk.today():
        assert publisher.post(f"/desk/publicity/{desk.id}/outcome.note/", {}).status_code == 404
        assert publisher.post(f"/desk/publicity/{desk.id}/open/", {}).status_code == 404
        assert publisher.get(f"/desk/publicity/{uuid4()}/").status_code == 404
        assert publisher.get(f"/desk/publicity/{desk.id}/release/").status_code == 405


@pytest.mark.django_db(databases=["default", "portal"])
def test_a_sealed_decision_is_recognised_and_a_changed_one_is_not(desk: Desk):
    decision = desk.case.outputs("penalty_decision")[-1]
    pdf = records.pdf(Document.objects.get(id=decision.id))
    client = Client()
    with desk.today():
        answer = client.post("/validate/", {"document": SimpleUploadedFile("决定书.pdf", pdf)})
        said = text(answer)
        assert answer.status_code == 200
        assert '<p class="answer">' in said
        assert "雅安市雨城区市场监督管理局" in said
        at = len(pdf) // 3
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        answer = client.post("/validate/", {"document": SimpleUploadedFile("x.pdf", changed)})
    assert '<p class="answer">' not in text(answer)
