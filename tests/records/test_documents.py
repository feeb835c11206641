"""A document says what its act fixed: nobody changes it, and it can be set again to the byte."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tests.records.conftest import Until
from zhifa.cases import services as cases
from zhifa.config import postgres
from zhifa.faces.demo import facts
from zhifa.faces.demo.cast import AGENCY, UNIT, who
from zhifa.faces.demo.story import Story
from zhifa.kernel import clock, effectruns, ledger, signing, vault
from zhifa.kernel.errors import AgainstLaw, NotPermitted, Refused
from zhifa.kernel.models import VaultObject
from zhifa.kernel.typesetting import page_texts
from zhifa.law.procedures.parts.paper import Served, ServiceMethod
from zhifa.procedure import selectors as matters
from zhifa.records import effects, services
from zhifa.records.inputs import rendering
from zhifa.records.models import Document, DocumentContent, Seal, Service, TemplateText
from zhifa.records.services import issuing

DAY = date(2026, 4, 9)


def paper(story: Story, kind: str) -> Document:
    return Document.objects.filter(matter_id=story.case_id, kind=kind).latest("id")


def refused_by_database(sql: str, values: tuple[Any, ...] = ()) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


# --- what was fixed stays -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE document_content SET input = '{}'",
        "DELETE FROM document_content",
        "TRUNCATE document_content",
        "UPDATE document SET number = number || '1'",
        "UPDATE document SET digest = repeat('0', 64)",
        "UPDATE document SET issued_on = issued_on - 1",
        "UPDATE document SET internal = false",
        "UPDATE document SET served_on = issued_on WHERE sealed_on IS NULL",
        "DELETE FROM document",
        "UPDATE document_seal SET sha256 = repeat('0', 64)",
        "DELETE FROM document_seal",
        "UPDATE document_service SET served_on = served_on - 1",
        "UPDATE evidence SET sha256 = repeat('0', 64)",
        "DELETE FROM evidence",
        "UPDATE template_text SET files = '{}'",
    ],
)
def test_the_app_cannot_change_what_an_act_fixed(decided: Story, sql: str) -> None:
    assert refused_by_database(sql)


def test_not_even_the_owner_of_the_tables_changes_a_content(decided: Story) -> None:
    name = connection.settings_dict["NAME"]
    with postgres.connect(name) as superuser:
        for sql in ("UPDATE zhifa.document_content SET input = '{}'", "DELETE FROM zhifa.evidence"):
            with pytest.raises(Exception, match="stays"):
                superuser.execute(sql)


def test_the_event_carries_the_digest_of_template_and_input(decided: Story) -> None:
    document = paper(decided, "penalty_decision")
    told = [
        output
        for event in ledger.events(decided.case_id)
        for output in event.data.get("outputs", ())
        if output["id"] == str(document.id)
    ]
    assert [(o["kind"], o["number"], o["digest"]) for o in told] == [
        ("penalty_decision", "雅雨市监罚〔2026〕1号", document.digest)
    ]
    kept = DocumentContent.objects.get(document=document)
    assert issuing.content_digest(document, kept.input, kept.nonce) == document.digest
    for content, nonce in ((kept.input + " ", kept.nonce), (kept.input, "0" * 32)):
        assert issuing.content_digest(document, content, nonce) != document.digest


def test_the_same_content_has_another_digest_every_time(decided: Story) -> None:
    """Otherwise who knows a form could guess a name and prove it from the public root."""
    document = paper(decided, "penalty_decision")
    kept = DocumentContent.objects.get(document=document)
    assert len(kept.nonce) == 32
    nonces = DocumentContent.objects.values_list("nonce", flat=True)
    assert len(set(nonces)) == len(nonces) > 10


def test_a_personal_name_stands_in_no_event(decided: Story) -> None:
    said = "".join(event.body for event in ledger.events(decided.case_id))
    assert "林样例" in DocumentContent.objects.get(document=paper(decided, "prior_notice")).input
    assert "林样例" not in said


def test_number_and_day_are_put_in_by_the_house(decided: Story) -> None:
    typed = services.typed_input(paper(decided, "penalty_decision"))
    assert (typed.head.number, typed.dated) == ("雅雨市监罚〔2026〕1号", DAY)


# --- set on paper ---------------------------------------------------------------------------------


def test_every_document_was_set_soon_after_its_act_by_the_effect(decided: Story) -> None:
    assert not Document.objects.filter(pdf_key="").exists()
    assert Document.objects.count() > 15


def test_the_effect_run_again_changes_nothing(decided: Story) -> None:
    document = paper(decided, "penalty_decision")
    event = next(e for e in ledger.events(decided.case_id) if e.kind.endswith("/decision.approve"))
    effects.typeset_documents(event)
    document.refresh_from_db()
    assert document.pdf_key == paper(decided, "penalty_decision").pdf_key
    assert effectruns.run_owed() == 0


def test_two_workers_at_one_document_keep_one_file(decided: Story, vault_of_tests: Path) -> None:
    with clock.scenario(clock.at(DAY)):
        taken = cases.register_clue(
            agency=AGENCY, unit=UNIT, by=who("handler"), on=DAY, facts=facts.clue("", DAY)
        )
    one, other = (Document.objects.get(matter_id=taken.matter_id) for _ in range(2))
    assert one.pdf_key == ""
    before = VaultObject.objects.filter(wrapped_key__isnull=False).count()
    assert issuing.typeset(one) == issuing.typeset(other)
    assert one.pdf_key == other.pdf_key
    assert VaultObject.objects.filter(wrapped_key__isnull=False).count() == before + 1


def test_an_input_of_another_kind_is_a_defect_and_issues_nothing(decided: Story) -> None:
    typed = services.typed_input(paper(decided, "payment_notice"))
    with pytest.raises(TypeError, match="takes PenaltyDecision"):
        services.issue(None, "penalty_decision", typed)  # type: ignore[arg-type]


def test_setting_again_gives_the_same_bytes(decided: Story) -> None:
    for document in Document.objects.filter(matter_id=decided.case_id):
        assert issuing.set_again(document) == vault.read(document.pdf_key), document.title


def test_an_old_document_is_set_with_the_template_of_its_day(
    decided: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = paper(decided, "penalty_decision")
    before = vault.read(document.pdf_key)
    shutil.copytree(rendering.TEMPLATES, tmp_path / "typst")
    newer = tmp_path / "typst" / "penalty_decision.typ"
    newer.write_text(newer.read_text() + "\n新的版式\n")
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path / "typst")
    typed = services.typed_input(document)
    assert "新的版式" in page_texts(services.preview(typed))[-1]
    assert issuing.set_again(document) == before
    kept = TemplateText.objects.get(version=document.template_version)
    assert "penalty_decision.typ" in json.loads(kept.files)


# --- sealing and serving --------------------------------------------------------------------------


def served(document: Document, **changed: Any) -> Served:
    values: dict[str, Any] = {
        "document": str(document.id),
        "document_kind": document.kind,
        "co_officer": str(who("second")),
        "method": ServiceMethod.DIRECT,
        "place": "雨城区示例路1号",
        "received_by": "林样例",
        "relation": "经营者",
    }
    return Served(**values | changed)


def test_only_a_sealed_document_is_served(decided: Story) -> None:
    document = paper(decided, "penalty_decision")
    with clock.scenario(clock.at(DAY)), pytest.raises(AgainstLaw, match="尚未加盖印章") as no:
        services.serve(matter_id=decided.case_id, facts=served(document), by=who("handler"), on=DAY)
    assert no.value.remedy_step == "document.seal"
    assert not Service.objects.filter(document=document).exists()


def test_the_keeper_alone_seals_and_seals_once(decided: Story) -> None:
    document = paper(decided, "penalty_decision")
    common = {"matter_id": decided.case_id, "document_id": document.id, "on": DAY}
    with clock.scenario(clock.at(DAY)):
        for part in ("handler", "head", "archivist"):
            with pytest.raises(NotPermitted):
                services.seal(**common, by=who(part))
        services.seal(**common, by=who("seal_keeper"))
        with pytest.raises(Refused):
            services.seal(**common, by=who("seal_keeper"))
    document.refresh_from_db()
    assert document.sealed_on == DAY
    assert Seal.objects.filter(document=document).count() == 1


def test_the_sealed_file_is_signed_over_the_same_page_and_bound_by_its_event(
    decided: Story,
) -> None:
    document = paper(decided, "penalty_decision")
    plain = services.pdf(document)
    with clock.scenario(clock.at(DAY)):
        taken = services.seal(
            matter_id=decided.case_id, document_id=document.id, by=who("seal_keeper"), on=DAY
        )
    document.refresh_from_db()
    sealed = services.pdf(document)
    assert sealed.startswith(plain)  # an incremental signature: what was fixed stands in front
    report = signing.verify(sealed, at=clock.at(DAY, 12))
    assert report.bottom_line
    assert report.covers_whole
    assert report.agency_code == "511802-scjg"
    seal = Seal.objects.get(document=document)
    assert ledger.event(taken.event_id).data["links"] == [{"kind": "seal", "id": seal.sha256}]


def test_an_internal_paper_is_not_sealed(decided: Story) -> None:
    document = paper(decided, "decision_approval")
    with clock.scenario(clock.at(DAY)), pytest.raises(AgainstLaw):
        services.seal(
            matter_id=decided.case_id, document_id=document.id, by=who("seal_keeper"), on=DAY
        )


def test_a_document_of_another_case_is_not_sealed_here(decided: Story) -> None:
    with clock.scenario(clock.at(DAY)), pytest.raises(Refused):
        services.seal(
            matter_id=decided.case_id, document_id=UUID(int=5), by=who("seal_keeper"), on=DAY
        )


def test_service_leaves_a_proof_that_claims_no_hour_that_nobody_recorded(
    played_until: Until,
) -> None:
    story = played_until("送达决定书")
    document = paper(story, "penalty_decision")
    service = Service.objects.get(document=document)
    assert document.served_on == service.served_on == date(2026, 4, 10)
    typed = services.typed_input(service.proof)
    assert (typed.served_at, typed.served_on) == (None, date(2026, 4, 10))
    assert [d.number for d in typed.documents] == ["雅雨市监罚〔2026〕1号"]
    told = page_texts(services.pdf(service.proof))[0]
    assert "2026年4月10日" in told
    assert "10时00分" not in told


def test_a_repeated_seal_answers_what_the_first_did(decided: Story) -> None:
    document = paper(decided, "payment_notice")
    common: dict[str, Any] = {
        "matter_id": decided.case_id,
        "document_id": document.id,
        "by": who("seal_keeper"),
        "on": DAY,
        "act_id": UUID(int=77),
    }
    with clock.scenario(clock.at(DAY)):
        first, again = services.seal(**common), services.seal(**common)
    assert again.repeated
    assert (again.event_id, again.seq) == (first.event_id, first.seq)


# --- what is kept agrees with the ledger ----------------------------------------------------------


def test_a_file_that_was_changed_on_the_disk_is_found_and_named(
    played_until: Until, vault_of_tests: Path
) -> None:
    story = played_until("决定书用印")
    standing = matters.standing(matters.matter(story.case_id), story.on)
    assert services.faults_of(story.case_id, standing, set_again=True) == ()
    document = paper(story, "penalty_decision")
    for key, name in (
        (document.pdf_key, "行政处罚决定书："),
        (document.sealed_key, "行政处罚决定书（用印件）："),
    ):
        file = vault_of_tests / key[:2] / key
        whole = file.read_bytes()
        file.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
        (fault,) = services.faults_of(story.case_id, standing)
        assert fault == f"{name}文件损坏或者缺失"
        file.write_bytes(whole)
    assert services.faults_of(story.case_id, standing) == ()
