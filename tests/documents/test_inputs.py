"""Inputs as canonical text: one spelling, read back exactly, nothing guessed."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.documents.examples import EXAMPLES
from zhifa.law.documents import RULES
from zhifa.records.inputs import KINDS, BadInput, decode, digest, encode, kind_of
from zhifa.records.inputs.rendering import TEMPLATES


@pytest.mark.parametrize("code", KINDS)
def test_what_is_written_is_read_back(code: str) -> None:
    document = EXAMPLES[code]
    again = decode(KINDS[code].input, encode(document))
    assert again == document
    assert encode(again) == encode(document)


def test_every_kind_has_its_template_and_its_example() -> None:
    assert set(EXAMPLES) == set(KINDS)
    assert {path.name for path in TEMPLATES.glob("*.typ")} == {
        kind.template for kind in KINDS.values()
    }
    assert all(kind_of(document).code == code for code, document in EXAMPLES.items())


def test_only_documents_that_go_out_are_sealed_and_they_are_all_numbered() -> None:
    outward = {kind.code for kind in KINDS.values() if kind.outward}
    assert outward >= {"penalty_decision", "prior_notice", "correction_order"}
    assert all(KINDS[code].serial_word for code in outward)
    words = [kind.serial_word for kind in KINDS.values() if kind.serial_word]
    assert len(words) == len(set(words))


def test_the_internal_volume_holds_what_the_party_may_not_see() -> None:
    internal = {kind.code for kind in KINDS.values() if kind.volume == "internal"}
    assert internal >= {"collective_discussion", "review_opinion", "decision_approval"}
    assert not internal & {"penalty_decision", "prior_notice", "interview_record"}


def test_every_document_that_a_procedure_may_owe_can_be_set() -> None:
    assert set(KINDS) == set(RULES)


def test_any_change_changes_the_digest() -> None:
    decision = EXAMPLES["penalty_decision"]
    head = replace(decision.head, number="雨市监罚〔2026〕13号")
    assert digest(replace(decision, head=head)) != digest(decision)


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("dated", "2026-13-01", "dated"),
        ("dated", None, "dated"),
        ("demo", "yes", "demo"),
        ("fine_fen", 5000.0, "fine_fen"),
        ("party", [], "party"),
        ("unheard_of", 1, "unheard_of"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(field: str, value: object, where: str) -> None:
    kind = KINDS["payment_notice"]
    raw = json.loads(encode(EXAMPLES["payment_notice"]))
    raw[field] = value
    with pytest.raises(BadInput, match=where):
        decode(kind.input, json.dumps(raw))


def test_a_missing_field_and_a_text_that_is_no_json_are_refused() -> None:
    kind = KINDS["payment_notice"]
    raw = json.loads(encode(EXAMPLES["payment_notice"]))
    del raw["payment_term"]
    with pytest.raises(BadInput, match="payment_term"):
        decode(kind.input, json.dumps(raw))
    with pytest.raises(BadInput, match="JSON"):
        decode(kind.input, "{")


def test_an_instant_without_an_offset_is_refused() -> None:
    record: Any = EXAMPLES["hearing_notice"]
    naive = datetime(2026, 11, 9, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(BadInput, match="offset"):
        encode(replace(record, held_at=naive))
