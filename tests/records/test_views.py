"""Papers and exhibits over HTTP: to whom they are shown, and under which headers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.test import Client

from zhifa.accounts.models import Person
from zhifa.faces.demo import cast
from zhifa.faces.demo.story import Story
from zhifa.kernel import ids
from zhifa.law.actor import Duty, Post
from zhifa.procedure import selectors as matters
from zhifa.records import selectors
from zhifa.records.models import Document, Evidence
from zhifa.registry import selectors as registry

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 1)


def signed_in(part: str) -> Client:
    client = Client()
    client.force_login(
        Person.objects.get(username=cast.PARTS.get(part, part)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def of(story: Story, kind: str) -> Document:
    return Document.objects.filter(matter_id=story.case_id, kind=kind).latest("id")


def status(part: str, address: str) -> int:
    return signed_in(part).get(address).status_code


def test_a_document_is_shown_as_a_pdf_that_no_cache_keeps(decided: Story) -> None:
    answer = signed_in("handler").get(f"/desk/documents/{of(decided, 'penalty_decision').id}/")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_internal_volume_is_hidden_from_those_who_only_seal_publish_or_count(
    decided: Story,
) -> None:
    inner = f"/desk/documents/{of(decided, 'collective_discussion').id}/"
    outer = f"/desk/documents/{of(decided, 'penalty_decision').id}/"
    for part in ("seal_keeper", "publisher", "cashier", "property_keeper"):
        assert (status(part, outer), status(part, inner)) == (200, 404), part
    for part in ("handler", "handling_head", "reviewer", "head", "archivist"):
        assert (status(part, outer), status(part, inner)) == (200, 200), part


def test_an_officer_who_keeps_the_seal_too_reads_inside_only_of_what_they_handle(
    decided: Story,
) -> None:
    matter = matters.matter(decided.case_id)
    handler = registry.actor(cast.who("handler"), decided.on)
    keeper = registry.actor(cast.who("seal_keeper"), decided.on)
    both = replace(keeper, posts=(*keeper.posts, *handler.posts))
    for actor, reads in ((handler, True), (keeper, False), (both, False)):
        assert selectors.may_read_internal(actor, matter) is reads
        assert selectors.documents(matter, actor).filter(internal=True).exists() is reads


def test_a_supervisor_of_one_agency_does_not_read_inside_of_another(decided: Story) -> None:
    matter = matters.matter(decided.case_id)
    keeper = registry.actor(cast.who("seal_keeper"), decided.on)
    for agency, reads in (("511800-scjg", False), (cast.AGENCY, True), ("511800-sfj", True)):
        also = Post(Duty.SUPERVISOR, agency, "")
        actor = replace(keeper, posts=(*keeper.posts, also))
        assert selectors.may_read_internal(actor, matter) is reads, agency


def test_lists_hide_the_internal_volume_as_the_files_do(decided: Story) -> None:
    matter = matters.matter(decided.case_id)
    seen = {
        part: selectors.documents(matter, registry.actor(cast.who(part), decided.on))
        for part in ("seal_keeper", "handler")
    }
    assert not seen["seal_keeper"].filter(internal=True).exists()
    assert seen["handler"].filter(internal=True).count() > 4
    for part, rows in seen.items():
        counts = selectors.counts(matter, registry.actor(cast.who(part), decided.on))
        assert counts.documents == rows.count()


def test_a_stranger_signs_in_first_and_another_agency_sees_nothing(decided: Story) -> None:
    exhibit = Evidence.objects.filter(matter_id=decided.case_id)[0]
    addresses = (
        f"/desk/documents/{of(decided, 'penalty_decision').id}/",
        f"/desk/evidence/{exhibit.id}/",
        f"/desk/cases/{decided.case_id}/dossier.zip",
    )
    others = _of_other_agency()
    for address in addresses:
        assert Client().get(address).status_code == 302
        assert status(others, address) == 404
        assert signed_in("handler").post(address).status_code == 405
    for unknown in ("documents", "evidence"):
        assert status("handler", f"/desk/{unknown}/{UUID(int=4)}/") == 404


def _of_other_agency() -> str:
    """An officer of another agency."""
    for person in Person.objects.filter(is_active=True):
        posts = registry.actor(person.id, NOW).posts
        if posts and all(
            p.agency != cast.AGENCY and p.duty in (Duty.OFFICER, Duty.AGENCY_HEAD) for p in posts
        ):
            return str(person.username)
    raise AssertionError("the city has one agency only")


def test_an_exhibit_is_handed_out_under_its_sniffed_type(decided: Story) -> None:
    exhibit = Evidence.objects.filter(matter_id=decided.case_id)[0]
    answer = signed_in("handler").get(f"/desk/evidence/{exhibit.id}/")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert len(content) == exhibit.size


def test_an_exhibit_is_a_file_and_no_page_of_the_house(decided: Story) -> None:
    """Whatever a hostile file says, its answer lets nothing run, load, send or be framed."""
    exhibit = Evidence.objects.filter(matter_id=decided.case_id)[0]
    answer = signed_in("handler").get(f"/desk/evidence/{exhibit.id}/")
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "sandbox", "form-action 'none'"} <= set(policy)
    assert not any(p.startswith("script-src") for p in policy)
    document = of(decided, "penalty_decision")
    shown = signed_in("handler").get(f"/desk/documents/{document.id}/")
    policy = shown.headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "sandbox" not in policy  # a browser does not show a PDF in one


@pytest.mark.parametrize(
    ("mime", "handed"),
    [
        ("image/png", "inline"),
        ("application/pdf", "inline"),
        ("text/plain", "attachment"),
        ("video/mp4", "attachment"),
        ("image/tiff", "attachment"),
    ],
)
def test_a_name_reaches_the_browser_whole_and_breaks_no_header(
    decided: Story, mime: str, handed: str
) -> None:
    exhibit = Evidence.objects.filter(matter_id=decided.case_id)[0]
    exhibit.id, exhibit.serial, exhibit.number = ids.uuid7(), 99, "证99"
    exhibit.title, exhibit.mime = '标签/"货架"\r\nSet-Cookie: a=b\u202e', mime
    exhibit.save(force_insert=True)
    answer = signed_in("handler").get(f"/desk/evidence/{exhibit.id}/")
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith(f"{handed}; filename*=utf-8''")
    name = unquote(disposition.split("''")[1])
    assert name.startswith('证99标签／"货架"Set-Cookie: a=b.')
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_dossier_goes_to_who_reads_the_whole_file_and_to_nobody_else(
    decided: Story,
) -> None:
    address = f"/desk/cases/{decided.case_id}/dossier.zip"
    assert status("seal_keeper", address) == 404
    answer = signed_in("archivist").get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert b"".join(answer.streaming_content)[:4] == b"PK\3\4"  # type: ignore[attr-defined]


def test_what_waits_for_the_seal_is_listed_for_its_keeper_alone(decided: Story) -> None:
    def waiting(part: str) -> set[str]:
        actor = registry.actor(cast.who(part), decided.on)
        return {d.kind for d in selectors.waiting_for_seal(actor)}

    assert waiting("seal_keeper") == {"penalty_decision", "payment_notice"}
    assert waiting("handler") == waiting("head") == set()


@pytest.mark.parametrize("part", ["handler", "seal_keeper"])
def test_a_document_costs_few_queries(
    decided: Story, part: str, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(part)
    address = f"/desk/documents/{of(decided, 'penalty_decision').id}/"
    client.get(address)
    with django_assert_max_num_queries(9):
        client.get(address)
