"""Facts: what a step asserts goes out and comes back as it was, and what does not fit says why."""

from __future__ import annotations

import dataclasses
import json
import typing
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhifa.law.facts import (
    DISPOSED,
    BadFacts,
    Facts,
    Field,
    Kind,
    check,
    decode,
    encode,
    fields,
    hints,
    private,
    public,
    restore,
)
from zhifa.law.procedures import ALL
from zhifa.law.procedures.penalty.facts import EvidenceAdded, Interviewed, SiteInspected, Verified
from zhifa.law.procedures.penalty.proposal import PenaltyProposed

CLASSES = tuple(dict.fromkeys(step.facts for procedure in ALL for step in procedure.steps.values()))
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"),
    min_size=1,
    max_size=12,
).filter(lambda t: bool(t.strip()))


def values(hint: Any, field: Field) -> st.SearchStrategy[Any]:
    """Any value that a field takes."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        least = 1 if field.required else 0
        return st.lists(values(typing.get_args(hint)[0], field), min_size=least, max_size=3).map(
            tuple
        )
    if type(None) in typing.get_args(hint):
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return st.none() | values(inner, field)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if dataclasses.is_dataclass(hint):
        return instances(typing.cast("type[Any]", hint))
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, field.maximum)
    if hint is date:
        return st.dates(date(2000, 1, 1), date(2100, 1, 1))
    if hint is datetime:
        bounds = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001
        return st.datetimes(*bounds, timezones=st.just(UTC))
    assert hint is str, hint
    return TEXT if field.required else TEXT | st.just("")


def instances(cls: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(cls, **{f.name: values(hints(cls)[f.name], f) for f in fields(cls)})


def no_float(value: Any) -> bool:
    if isinstance(value, dict):
        return all(no_float(v) for v in value.values())
    if isinstance(value, list):
        return all(no_float(v) for v in value)
    return not isinstance(value, float)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
@given(data=st.data())
@settings(max_examples=12)
def test_facts_go_out_and_come_back_as_they_were(cls: type[Facts], data: st.DataObject) -> None:
    made = data.draw(instances(cls))
    sent = encode(made)
    assert isinstance(sent, dict)
    assert no_float(sent)
    assert decode(cls, json.loads(json.dumps(sent))) == made
    open_part, kept_part = public(made), private(made)
    secrets = {f.name for f in fields(cls) if f.private}
    assert set(kept_part) == secrets
    assert not set(open_part) & secrets
    assert open_part | kept_part == sent
    assert restore(cls, open_part, kept_part) == made


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
@given(data=st.data())
@settings(max_examples=3)
def test_what_was_disposed_of_reads_as_such_and_the_rest_stays(
    cls: type[Facts], data: st.DataObject
) -> None:
    made = data.draw(instances(cls))
    left = restore(cls, public(made), {})
    for field in fields(cls):
        value = getattr(left, field.name)
        if not field.private:
            assert value == getattr(made, field.name)
        elif field.required and hints(cls)[field.name] is str:
            assert value == DISPOSED
        else:
            assert value in ((), "", None, 0, False)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
def test_every_field_is_declared_once_with_a_chinese_label(cls: type[Facts]) -> None:
    for field in fields(cls):
        assert field.label
        assert any("一" <= c <= "鿿" for c in field.label), field
        if field.kind in (Kind.CHOICE, Kind.CHOICES):
            assert field.item is not None
            assert issubclass(field.item, Enum)
        if field.kind is Kind.ITEMS:
            assert dataclasses.is_dataclass(field.item)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
def test_a_required_field_that_is_left_out_is_named(cls: type[Facts]) -> None:
    wanted = [f for f in fields(cls) if f.required]
    if not wanted:
        assert decode(cls, {}) == cls()
        return
    with pytest.raises(BadFacts) as bad:
        decode(cls, {})
    assert (bad.value.field, bad.value.reason) == (wanted[0].name, "必须填写")
    assert bad.value.label in str(bad.value)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda c: c.__name__)
@given(data=st.data())
@settings(max_examples=2)
def test_a_field_that_does_not_exist_is_refused_by_name(
    cls: type[Facts], data: st.DataObject
) -> None:
    sent = typing.cast("dict[str, Any]", encode(data.draw(instances(cls))))
    with pytest.raises(BadFacts) as bad:
        decode(cls, sent | {"amount": 1.5})
    assert bad.value.field == "amount"


VERIFIED = {"co_officer": "p", "acts": ["visit"], "found": "属实"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"acts": "visit"}, "acts"),
        ({"acts": ["dance"]}, "acts"),
        ({"acts": []}, "acts"),
        ({"co_officer": 7}, "co_officer"),
        ({"co_officer": "  "}, "co_officer"),
        ({"co_officer": None}, "co_officer"),
        ({"criteria_met": 1}, "criteria_met"),
        ({"criteria_met": "yes"}, "criteria_met"),
        ({"found": "字" * 4001}, "found"),
        ({"found": "有\x00字"}, "found"),
        ({"found": ["属实"]}, "found"),
    ],
)
def test_a_value_that_a_field_does_not_take_names_the_field(
    changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadFacts) as bad:
        decode(Verified, VERIFIED | changed)
    assert bad.value.field == field
    assert bad.value.reason


@pytest.mark.parametrize("amount", [1.0, 1.5, "100", True, -1, 10**13 + 1, None, [1], "1e3"])
def test_money_is_whole_fen_and_nothing_else(amount: Any) -> None:
    from zhifa.law.procedures.penalty.facts import GainFound

    sent = {"co_officer": "p", "goods_value_fen": amount, "income_fen": 0, "method": "法"}
    with pytest.raises(BadFacts) as bad:
        decode(GainFound, sent)
    assert bad.value.field == "goods_value_fen"


@pytest.mark.parametrize("instant", ["2026-03-02T10:00:00", "2026-03-02", "昨天", 1, None])
def test_an_instant_has_its_offset(instant: Any) -> None:
    sent = typing.cast(
        "dict[str, Any]",
        encode(
            SiteInspected(
                co_officer="p", place="店", started_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
                ended_at=datetime(2026, 3, 2, 2, tzinfo=UTC), present="人", found="物",
            )
        ),
    )  # fmt: skip
    with pytest.raises(BadFacts) as bad:
        decode(SiteInspected, sent | {"started_at": instant})
    assert bad.value.field == "started_at"


def test_an_item_within_names_its_own_field() -> None:
    sent = {
        "co_officer": "p", "role": "party", "interviewee": "人", "identity_no": "1",
        "place": "店", "started_at": "2026-03-02T01:00:00+00:00",
        "ended_at": "2026-03-02T02:00:00+00:00", "exchange": [{"question": "问", "answer": ""}],
    }  # fmt: skip
    with pytest.raises(BadFacts) as bad:
        decode(Interviewed, sent)
    assert bad.value.field == "answer"


def test_what_is_not_a_fact_has_no_code() -> None:
    for value in (1.5, b"x", object(), {"a": 1}):
        with pytest.raises(TypeError):
            encode(value)


def test_a_field_that_is_not_declared_is_a_defect() -> None:
    @dataclasses.dataclass(frozen=True)
    class Loose(Facts):
        name: str = ""

    with pytest.raises(TypeError, match=r"Loose\.name"):
        fields(Loose)


def test_personal_narrative_of_the_case_is_private() -> None:
    for cls, names in (
        (EvidenceAdded, {"title", "proves", "place"}),
        (Interviewed, {"interviewee", "identity_no", "place", "exchange"}),
        (PenaltyProposed, {"findings", "reasons", "deviation", "nonce", "circumstances"}),
    ):
        assert names <= {f.name for f in fields(cls) if f.private}


def test_more_items_than_the_house_takes_are_refused() -> None:
    from zhifa.law.procedures.penalty.facts import Exhibit, PreservationProposed

    made = PreservationProposed(
        co_officer="p", reason="因", place="库", exhibits=(Exhibit(name="物", quantity="1"),) * 201
    )
    with pytest.raises(BadFacts) as bad:
        check(made)
    assert bad.value.field == "exhibits"
