"""Clock, ids, canonical text and refusals: small, and everything stands on them."""

import enum
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.cast import opened, said
from zhifa.kernel import canonical, clock, errors, ids
from zhifa.kernel.canonical import NotCanonical
from zhifa.kernel.models import DemoMark

# --- canonical text ------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_one_value_has_one_text_and_the_text_that_value(value: Any) -> None:
    text = canonical.text(value)
    assert json.loads(text) == value
    assert canonical.text(json.loads(text)) == text
    assert text.encode().decode() == text


@given(st.dictionaries(words, st.integers(0, 9), max_size=6), st.randoms())
def test_the_order_of_keys_makes_no_difference(value: dict[str, int], chance: Any) -> None:
    pairs = list(value.items())
    chance.shuffle(pairs)
    assert canonical.text(dict(pairs)) == canonical.text(value)


def test_keys_are_sorted_by_utf_16_units() -> None:
    """A character beyond the first plane sorts before U+E000, as RFC 8785 has it."""
    assert (
        canonical.text({"\ue000": 1, "\U0001f600": 2, "a": 3})
        == '{"a":3,"\U0001f600":2,"\ue000":1}'
    )


def test_only_what_must_be_escaped_is() -> None:
    assert (
        canonical.text('\b\t\n\f\r"\\\x01\x7f/《》é') == '"\\b\\t\\n\\f\\r\\"\\\\\\u0001\x7f/《》é"'
    )


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), 2**53, "\ud800", "a\x00b", {1: 2}, {"a": {"b": 0.5}}, b"x", {"k": {1, 2}}],
)
def test_what_has_no_canonical_text_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical.text(value)


def test_dates_instants_and_dataclasses_become_plain() -> None:
    class Kind(enum.StrEnum):
        FINE = "fine"

    @dataclass(frozen=True)
    class Fact:
        on: date
        at: datetime
        kind: Kind
        who: UUID
        many: tuple[int, ...]

    fact = Fact(
        date(2026, 3, 2), datetime(2026, 3, 1, 16, 30, tzinfo=UTC), Kind.FINE, UUID(int=1), (1, 2)
    )
    assert canonical.plain(fact) == {
        "on": "2026-03-02",
        "at": "2026-03-02T00:30:00.000000+08:00",
        "kind": "fine",
        "who": str(UUID(int=1)),
        "many": [1, 2],
    }
    assert type(canonical.plain(Kind.FINE)) is str
    for wrong in (datetime(2026, 3, 1), 1.5, object()):  # noqa: DTZ001
        with pytest.raises(NotCanonical):
            canonical.text(canonical.plain(wrong))


def test_a_digest_of_one_sort_is_never_one_of_another() -> None:
    assert canonical.digest("a", b"x") != canonical.digest("b", b"x")
    assert canonical.digest("a", b"xy") != canonical.digest("a", b"x", b"y")
    assert canonical.digest("a", b"", b"x") != canonical.digest("a", b"x", b"")


# --- clock ---------------------------------------------------------------------------------------


def test_a_legal_date_is_the_date_in_yaan() -> None:
    assert clock.legal_date(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert clock.legal_date(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)
    with pytest.raises(ValueError, match="zone"):
        clock.legal_date(datetime(2026, 3, 1))  # noqa: DTZ001
    assert clock.legal_date(clock.at(date(2026, 3, 2), 0, 0)) == date(2026, 3, 2)


def test_the_scenario_clock_stands_until_it_is_moved_and_never_goes_back() -> None:
    start = clock.at(date(2026, 3, 2))
    with clock.scenario(start):
        assert clock.now() == clock.now() == start
        clock.advance(timedelta(days=1))
        assert clock.today() == date(2026, 3, 3)
        clock.advance(to=clock.at(date(2026, 3, 5)))
        for back in ({"by": timedelta(-1)}, {"to": start}, {}):
            with pytest.raises(ValueError, match=r"backwards|span"):
                clock.advance(**back)  # type: ignore[arg-type]
    assert clock.now() != clock.at(date(2026, 3, 5))
    with pytest.raises(clock.ClockRefused):
        clock.advance(timedelta(days=1))


@pytest.mark.django_db
def test_outside_tests_the_clock_moves_only_on_a_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "_in_test", lambda: False)
    monkeypatch.setattr(clock, "_marked", False)
    with pytest.raises(clock.ClockRefused), clock.scenario(clock.now()):
        pass
    clock.mark_demo()
    clock.mark_demo()
    assert DemoMark.objects.count() == 1
    with clock.scenario(clock.at(date(2026, 3, 2))):
        assert clock.today() == date(2026, 3, 2)


@pytest.mark.django_db
def test_a_database_with_real_events_never_becomes_a_demonstration() -> None:
    said(opened())
    with pytest.raises(clock.ClockRefused):
        clock.mark_demo()
    assert not clock.is_demo()


# --- ids -----------------------------------------------------------------------------------------


def test_ids_rise_even_while_the_clock_stands_or_goes_back() -> None:
    with clock.frozen(clock.at(date(2026, 3, 2))):
        minted = [ids.uuid7() for _ in range(2000)]
    with clock.frozen(clock.at(date(2020, 1, 1))):
        minted += [ids.uuid7() for _ in range(10)]
    assert minted == sorted(set(minted))
    assert {i.version for i in minted} == {7}
    assert {i.variant for i in minted} == {"specified in RFC 4122"}


def test_short_ids_hold_nothing_that_is_misread() -> None:
    made = {ids.short_id() for _ in range(2000)}
    assert len(made) == 2000
    assert not set("".join(made)) & set("0o1lIaeiu")


# --- refusals ------------------------------------------------------------------------------------


def test_a_refusal_in_the_laws_name_cannot_be_made_without_an_article() -> None:
    with pytest.raises(ValueError, match="cite"):
        errors.AgainstLaw("不得作出处罚决定。", cites=())


def test_each_refusal_has_its_status_and_a_code() -> None:
    cite: Any = object()
    refusals: list[errors.Refused] = [
        errors.NotPermitted("您不是本案的承办人员。"),
        errors.NotFound("没有找到这一案件。"),
        errors.WrongStep("案件尚未立案。", remedy="请先立案。", remedy_step="filing.approve"),
        errors.Stale("案件已有新的进展。", changes=["法制审核已通过"]),
        errors.AgainstLaw("不得作出处罚决定。", cites=[cite]),
        errors.BadInput("金额应当是大于零的数。", field="amount_fen"),
    ]
    assert [r.status for r in refusals] == [403, 404, 409, 409, 422, 422]
    assert len({r.code for r in refusals}) == 6
    assert all(str(r) == r.message for r in refusals)
    assert refusals[4].cites == (cite,)
    assert refusals[5].field == "amount_fen"
