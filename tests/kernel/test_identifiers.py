"""Identity numbers: what is one, what cannot be one, and what a screen may show of it."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhifa.kernel import identifiers as ids
from zhifa.kernel.identifiers import BadIdentifier, CardKind

TODAY = date(2026, 11, 24)
org_codes = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8)
digits = st.integers(0, 10**6 - 1).map(lambda n: f"{n:06d}")
births = st.dates(date(1900, 1, 1), TODAY)


@st.composite
def usc_codes(draw):
    department = draw(st.sampled_from(sorted(ids.USC_DEPARTMENTS)))
    head = department + draw(st.sampled_from("123456789")) + draw(digits)
    org = draw(org_codes)
    check = ids.organisation_check_character(org)
    first_17 = head + org + check
    return first_17 + ids.usc_check_character(first_17)


@st.composite
def resident_ids(draw):
    region = draw(st.sampled_from(["511802", "513126", "110101", "810000", "830000", "911156"]))
    first_17 = f"{region}{draw(births):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first_17 + ids.resident_check_character(first_17)


# --- unified social credit code ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "department"),
    [
        ("91350100M000100Y43", "市场监管"),  # the standard's own example
        ("91110000802100433B", "市场监管"),
        ("11100000000013127D", "机构编制"),
    ],
)
def test_codes_that_are_printed_in_the_standard_and_on_public_sites(code, department):
    assert ids.usc_code(code).department == department


@given(usc_codes())
def test_every_registration_department_is_taken_military_rural_and_other_too(code):
    read = ids.usc_code(code)
    assert read.text == code
    assert read.region_code == code[2:8]
    assert not read.placeholder


@given(usc_codes(), st.integers(0, 17), st.sampled_from(ids.USC_ALPHABET))
def test_any_single_wrong_character_is_found(code, at, other):
    assume(code[at] != other)
    with pytest.raises(BadIdentifier):
        ids.usc_code(code[:at] + other + code[at + 1 :])


@given(usc_codes(), st.integers(8, 15))
def test_the_organisation_code_inside_has_its_own_check(code, at):
    changed = code[at : at + 1]
    other = "7" if changed != "7" else "8"
    first_17 = code[:at] + other + code[at + 1 : 17]
    assume(ids.organisation_check_character(first_17[8:16]) != first_17[16])
    with pytest.raises(BadIdentifier, match="组织机构代码"):
        ids.usc_code(first_17 + ids.usc_check_character(first_17))


def test_zeros_are_a_placeholder_and_said_to_be_one():
    read = ids.usc_code("000000000000000000")
    assert read.placeholder
    assert read.warnings == ("占位代码，不识别任何主体",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "18位，现在是0位"),
        ("9135010OM000100Y43", "不使用字母I、O、Z、S、V"),
        ("91A50100M000100Y43", "行政区划"),
        ("B1350100M000100Y43", "登记管理部门"),
        ("91350100M000100Y4！", "不能有"),
    ],
)
def test_a_wrong_code_is_refused_with_the_place_that_is_wrong(text, reason):
    with pytest.raises(BadIdentifier, match=reason):
        ids.usc_code(text)


def test_full_width_and_spaced_writing_is_the_same_code():
    assert ids.usc_code("９１３５０１００ m000 100-y43").text == "91350100M000100Y43"


# --- resident identity number --------------------------------------------------------------------


@given(resident_ids())
def test_residents_of_every_region_are_taken_and_their_birth_is_read(number):
    read = ids.resident_id(number, on=TODAY)
    assert f"{read.born_on:%Y%m%d}" == number[6:14]
    assert read.male == (int(number[16]) % 2 == 1)


@given(resident_ids(), st.integers(0, 16), st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_found_in_a_resident_number(number, at, other):
    assume(number[at] != other)
    with pytest.raises(BadIdentifier):
        ids.resident_id(number[:at] + other + number[at + 1 :], on=TODAY)


@given(resident_ids(), st.integers(0, 15))
def test_two_neighbours_exchanged_are_found(number, at):
    assume(number[at] != number[at + 1])
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    with pytest.raises(BadIdentifier):
        ids.resident_id(swapped, on=TODAY)


@pytest.mark.parametrize(
    ("first_17", "kind"),
    [
        ("51180219900307123", CardKind.RESIDENT),
        ("81000019900307123", CardKind.HONG_KONG),
        ("82000019900307123", CardKind.MACAO),
        ("83000019900307123", CardKind.TAIWAN),
        ("91115619900307123", CardKind.FOREIGN_PERMANENT),
    ],
)
def test_each_card_is_told_by_its_first_digits(first_17, kind):
    read = ids.resident_id(first_17 + ids.resident_check_character(first_17), on=TODAY)
    assert read.kind is kind
    assert read.warnings == ()


def test_a_yaan_number_that_others_reject_is_read():
    first_17 = "51180219900307123"
    assert ids.resident_check_character(first_17) == "3"
    assert ids.resident_id("511802199003071233", on=TODAY).region_code == "511802"


def test_fifteen_digits_are_read_for_history_with_a_warning():
    read = ids.resident_id("513126560307123", on=TODAY)
    assert read.kind is CardKind.RESIDENT_15
    assert read.born_on == date(1956, 3, 7)
    assert "停止使用" in read.warnings[0]


def test_an_unknown_region_warns_and_does_not_refuse():
    first_17 = "68010119900307123"
    read = ids.resident_id(first_17 + ids.resident_check_character(first_17), on=TODAY)
    assert read.warnings == ("行政区划不常见，请核对",)


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        ("20270101", "晚于今天"),
        ("19900231", "不存在"),
        ("18400101", "过早"),
        ("19901301", "不存在"),
    ],
)
def test_nobody_is_born_tomorrow_or_on_the_thirtieth_of_february(born, reason):
    first_17 = f"511802{born}123"
    with pytest.raises(BadIdentifier, match=reason):
        ids.resident_id(first_17 + ids.resident_check_character(first_17), on=TODAY)


def test_a_year_of_age_is_full_on_the_day_after_the_birthday():
    born = date(2012, 11, 24)
    assert ids.age_on(born, date(2026, 11, 24)) == 13
    assert ids.age_on(born, date(2026, 11, 25)) == 14


# --- telephone, other papers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0000 5678", "13800005678"),
        ("+86-13800005678", "13800005678"),
        ("(0835) 2223333", "08352223333"),
        ("0835-2223333", "08352223333"),
        ("010-66666666", "01066666666"),
        ("12315", "12315"),
        ("400-800-8888", "4008008888"),
    ],
)
def test_a_telephone_number_is_kept_without_its_ornaments(text, number):
    assert ids.phone(text) == number


@pytest.mark.parametrize("text", ["", "1380000567", "23800005678", "abc", "0000", "138000056789"])
def test_what_nobody_can_call_is_refused(text):
    with pytest.raises(BadIdentifier):
        ids.phone(text)


def test_other_papers_are_checked_loosely():
    assert ids.other_paper("passport", "e12345678") == "E12345678"
    assert ids.other_paper("mainland_permit", "H12345678") == "H12345678"
    with pytest.raises(BadIdentifier, match="护照"):
        ids.other_paper("passport", "中文")


# --- masking -------------------------------------------------------------------------------------


def test_what_a_screen_shows_by_default():
    assert ids.mask_identity("511802199003071233") == "511***********1233"
    assert ids.mask_phone("13800005678") == "138****5678"
    assert ids.mask_phone("08352223333") == "0835*****33"
    assert ids.mask_name("李示例") == "李**"
    assert ids.mask_name("欧阳示例") == "欧阳**"
    assert ids.mask_name("买买提·示例") == "买**"
    assert ids.mask_address("四川省雅安市雨城区示范路1号") == "四川省雅安市雨城区**"
    assert ids.mask_address("四川省雅安市荥经县示范路1号") == "四川省雅安市荥经县**"
    assert ids.mask_address("某处") == "**"


@given(st.text(min_size=1, max_size=40))
def test_a_mask_never_shows_a_short_number_and_keeps_the_length(number):
    masked = ids.mask_identity(number)
    assert len(masked) == len(number)
    if len(number) < 8:
        assert set(masked) == {"*"}


@given(resident_ids())
def test_a_masked_number_hides_the_birthday(number):
    assert number[6:14] not in ids.mask_identity(number)
