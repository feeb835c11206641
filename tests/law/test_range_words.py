"""A range in the words of a list, and what a refusal to correct does to it."""

import contextlib
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law import penalty_facts as say
from zhifa.law import range_words
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty.governing import base
from zhifa.law.range import BASES, CONDITIONS, Band, Heavier, LegalRange, RangeUnknown
from zhifa.law.sources import EC
from zhifa.law.standing import Done, Standing

BARBECUE = range_words.read("500元以上5000元以下；拒不改正：5000元以上20000元以下", [EC(1132, 3)])
SORTING = range_words.read("仅拒不改正：50000元以上500000元以下", [EC(1174, 3)])

cents = st.integers(0, 10**9).map(lambda n: n * 100)
shares = st.sampled_from([Fraction(1, 20), Fraction(1, 2), Fraction(1), Fraction(3), Fraction(30)])


@st.composite
def bands(draw, based):
    """Bands that follow one another from nothing to everything."""
    edges = sorted(draw(st.lists(cents.filter(bool), max_size=2, unique=True))) if based else []
    found, at = [], 0
    for until in [*edges, None]:
        if based and draw(st.booleans()):
            low, high = sorted((draw(shares), draw(shares)))
            least = low if draw(st.booleans()) else None
            found.append(Band(min_times=least, max_times=high, from_fen=at, until_fen=until))
        else:
            low, high = sorted((draw(cents), draw(cents)))
            least = low if draw(st.booleans()) else None
            found.append(Band(least, high, from_fen=at, until_fen=until))
        at = until or 0
    return tuple(found)


@st.composite
def ranges(draw):
    based = draw(st.booleans())
    base_code = draw(st.sampled_from(sorted(BASES))) if based else ""
    codes = draw(st.permutations(sorted(CONDITIONS)))
    heavier = tuple(Heavier(c, draw(bands(based))) for c in codes[: draw(st.integers(0, 2))])
    only = codes[-1] if draw(st.booleans()) else ""
    first = draw(bands(based))
    named = any(b.max_times is not None or b.until_fen is not None or b.from_fen for b in first)
    if based and not named:
        first = (Band(min_times=Fraction(1), max_times=Fraction(2)),)
    least = draw(cents) if based else 0
    return LegalRange((EC(1132),), first, base_code, heavier, only, least)


@given(ranges())
def test_every_range_reads_back_from_its_own_words(fine):
    assert range_words.read(range_words.text(fine), fine.cites) == fine
    assert LegalRange.parse(fine.as_json()) == fine
    assert all(when and then for when, then in range_words.lines(fine))


@given(st.text(max_size=80))
def test_no_words_break_the_reader(words):
    with contextlib.suppress(range_words.RangeUnreadable):
        assert range_words.read(words, [EC(1132)]).bands


def test_a_refusal_is_measured_by_the_heavier_range():
    assert BARBECUE.of({}).max_fen == BARBECUE.of({"refused": False}).max_fen == 500_000
    found = BARBECUE.of({"refused": True})
    assert (found.min_fen, found.max_fen) == (500_000, 2_000_000)
    assert found.why == "拒不改正，法定幅度为5000元以上20000元以下"


def test_a_fine_that_only_follows_a_refusal_is_none_without_it():
    with pytest.raises(RangeUnknown, match="没有拒不改正"):
        SORTING.of({"refused": False})
    assert SORTING.of({}).why.startswith("拒不改正")


def standing(*facts):
    history = tuple(Done("step", date(2026, 3, 2), fact, "p") for fact in facts)
    return Standing("penalty_ordinary", history)


def test_the_recheck_of_a_correction_says_whether_it_was_refused():
    refused = say.rechecked(f.RecheckResult.NOT_CORRECTED)
    assert base(standing(refused)) == {"refused": True, "overdue": True}
    assert base(standing(refused, say.rechecked())) == {}
    assert "goods_value_fen" in base(standing(say.gain(), refused))
