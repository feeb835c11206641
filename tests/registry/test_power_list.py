"""The list of powers: seven fields, each article where it should be, each amount as it says."""

import re
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest

from zhifa.kernel.errors import AgainstLaw
from zhifa.law import range_words
from zhifa.law.cite import Cite, Grade, version_on
from zhifa.law.competence import Mode, NoCompetence, affected_by_recall, resolve
from zhifa.law.numerals import chinese_number
from zhifa.law.power import FIELDS, PenaltyKind
from zhifa.registry import seeding, selectors, services, statutes
from zhifa.registry.models import Power

TODAY = date(2026, 11, 24)
EVE, CODE_DAY = date(2026, 8, 14), date(2026, 8, 15)
SFJ, TOWN = "511800-sfj", "511802101-zf"
pytestmark = pytest.mark.usefixtures("seeded")


def versions():
    """Every version of every power with a day on which it holds."""
    for row in Power.objects.order_by("code", "version"):
        on = row.valid_from
        yield selectors.power(row.code, on), on


def test_at_least_sixty_powers_in_seven_fields_hold_today():
    cards = selectors.powers(on=TODAY)
    fields = Counter(card.rule.field for card in cards)
    assert len(cards) >= 60
    assert set(fields) == set(FIELDS)
    assert min(fields.values()) >= 8


def test_every_article_resolves_to_text_or_says_why_there_is_none():
    unheld = {}
    for rule, on in versions():
        fine = rule.fine.cites if rule.fine else ()
        found = statutes.texts({*rule.violated, *rule.penalty, *fine}, on)
        for cite, said in found.items():
            if version_on(cite.law, on).grade is Grade.TEXT:
                assert said.held, (rule.code, said)
            else:
                assert not said.held
                unheld.setdefault(said.grade, set()).add(cite.law)
    assert unheld == {
        Grade.KNOWN: {"SRHW", "CSDL", "DLYS", "YLCS", "WBTL", "YXYC"},
        Grade.UNCONFIRMED: {"SCXZ", "SCHJ"},
    }


def yuan(fen):
    """An amount as a statute writes it: 15000 yuan is 一万五千元."""
    myriads, rest = divmod(fen // 100, 10_000)
    head = f"{chinese_number(myriads)}万" if myriads else ""
    return f"{head}{chinese_number(rest) if rest or not myriads else ''}元"


def times(n):
    if n < 1:
        return f"百分之{chinese_number(int(n * 100))}"
    return f"{chinese_number(int(n))}倍"


def in_the_articles_words(band):
    """A band as its article must put it."""
    write, low, high = (
        (yuan, band.min_fen, band.max_fen)
        if band.max_times is None
        else (times, band.min_times, band.max_times)
    )
    return (f"{write(low)}以上" if low is not None else "") + f"{write(high)}以下"


def test_every_amount_stands_in_the_words_of_its_article():
    """The amounts that were typed as data are those that the penalty article itself says."""
    checked = 0
    for rule, on in versions():
        said = statutes.text(rule.fine.cites[0], on) if rule.fine else None
        if said is None or not said.held:
            continue
        words = said.text.replace(" ", "").replace("等值", "一倍")
        for bands in (rule.fine.bands, *(h.bands for h in rule.fine.heavier)):
            for band in bands:
                assert in_the_articles_words(band) in words, (rule.code, band.words)
                assert not band.from_fen or yuan(band.from_fen) in words, rule.code
                checked += 1
        if rule.fine.least_fen:
            assert yuan(rule.fine.least_fen) in words, rule.code
    assert checked > 100


TOLD_BY = {
    PenaltyKind.WARNING: "警告",
    PenaltyKind.FINE: "罚款",
    PenaltyKind.CONFISCATE_GAIN: "没收",
    PenaltyKind.CONFISCATE_GOODS: "没收",
    PenaltyKind.LICENSE_REVOCATION: "吊销",
    PenaltyKind.CLOSURE: "关闭",
    PenaltyKind.BUSINESS_RESTRICTION: "限制生产",
}


def test_every_kind_of_penalty_is_one_that_the_article_knows():
    for rule, on in versions():
        whole = [statutes.text(Cite(c.law, c.article), on) for c in rule.penalty]
        words = "".join(found.whole for found in whole if found.held)
        for kind in rule.kinds if words else ():
            assert TOLD_BY.get(kind, "") in words, (rule.code, kind)


def test_what_has_no_confirmed_article_fines_nobody():
    for card in selectors.powers(on=TODAY):
        if any(version_on(c.law, TODAY).grade is Grade.UNCONFIRMED for c in card.rule.penalty):
            assert card.rule.fine is None
            assert "待核实" in card.conditions


def test_a_range_in_words_reads_back():
    for rule, _ in versions():
        if rule.fine:
            assert range_words.read(range_words.text(rule.fine), rule.fine.cites) == rule.fine


def test_old_law_and_new_law_stand_on_either_side_of_the_code():
    old, new = (selectors.power("urban.open-air-barbecue", on) for on in (EVE, CODE_DAY))
    assert {c.law for c in old.penalty} == {"DQ"}
    assert {c.law for c in new.penalty} == {"EC"}
    assert (old.fine.of({}).max_fen, new.fine.of({}).max_fen) == (2_000_000, 500_000)
    assert new.fine.of({"refused": True}).min_fen == 500_000
    both = [r.code for r in (selectors.power(c, EVE) for c in across()) if r.fine]
    assert len(both) >= 10


def across():
    return [row["code"] for row in seeding.powers() if len(row["versions"]) > 1]


def test_a_fine_that_asks_for_refusal_is_none_without_it():
    fine = selectors.power("urban.garbage-sorting", TODAY).fine
    with pytest.raises(LookupError, match="没有拒不改正"):
        fine.of({"refused": False})
    assert fine.of({"refused": True}).min_fen == 5_000_000


def test_a_small_value_of_inferior_drugs_counts_as_ten_thousand_yuan():
    fine = selectors.power("drug.inferior-retail", TODAY).fine
    assert fine.least_fen == 1_000_000
    found = fine.of({"goods_value_fen": 12_300})
    assert (found.min_fen, found.max_fen) == (10_000_000, 20_000_000)
    assert "按10000元计算" in found.why
    assert fine.bands[0].min_times == Fraction(10)


# --- who exercises them --------------------------------------------------------------------------

ANSWERS = [
    ("food.expired", "511802", TODAY, "511802-scjg", Mode.STATUTORY),
    ("food.market-host", "511827", TODAY, "511800-scjg", Mode.STATUTORY),
    ("quality.fake", "511802", TODAY, "511802-scjg", Mode.STATUTORY),
    ("urban.open-air-barbecue", "511802", EVE, "511800-zhzf", Mode.CONCENTRATED),
    ("urban.open-air-barbecue", "511803", TODAY, "511800-zhzf", Mode.CONCENTRATED),
    ("urban.no-planning-permit", "511802", TODAY, "511800-zhzf", Mode.CONCENTRATED),
    ("urban.no-planning-permit", "511802101", TODAY, "511800-zrzy", Mode.STATUTORY),
    ("urban.straw-burning", "511802101", date(2022, 12, 31), "511802-zhzf", Mode.STATUTORY),
    ("urban.straw-burning", "511802101", date(2023, 1, 1), TOWN, Mode.CONFERRED),
    ("urban.straw-burning", "511802", TODAY, "511800-zhzf", Mode.CONCENTRATED),
    ("ecology.over-standard", "511802", EVE, "511800-sthj", Mode.STATUTORY),
    ("ecology.over-standard", "511802", CODE_DAY, "511802-sthj", Mode.OWN_NAME),
    ("ecology.over-standard", "511803", TODAY, "511800-sthj", Mode.STATUTORY),
    ("safety.gas-alarm", "511824", TODAY, "511800-yjgl", Mode.STATUTORY),
    ("fire.exit", "511802", TODAY, "511802-xfjy", Mode.STATUTORY),
    ("transport.overload", "511803", TODAY, "511800-jtys", Mode.STATUTORY),
    ("culture.film-advertising", "511825", TODAY, "511800-wtl", Mode.STATUTORY),
]


@pytest.mark.parametrize(("power", "area", "on", "body", "mode"), ANSWERS)
def test_one_body_answers_for_a_power_in_an_area_on_a_day(power, area, on, body, mode):
    found = selectors.competence(power, area, on)
    assert (found.body, found.mode) == (body, mode)
    assert found.assignment.name
    assert found.cites


@pytest.mark.parametrize(
    ("power", "area", "on"),
    [
        ("fire.exit", "511803", TODAY),
        ("urban.oil-fume", "511822", TODAY),
        ("urban.oil-fume", "511802101", TODAY),
        ("quality.fake", "511803", TODAY),
        ("food.unlicensed", "511803", TODAY),
    ],
)
def test_where_nobody_is_registered_nobody_acts(power, area, on):
    with pytest.raises(AgainstLaw) as no:
        selectors.competence(power, area, on)
    assert no.value.cites


def test_every_power_has_at_most_one_name_everywhere_and_on_every_day_of_change():
    """Two bodies in their own names would be refused: the register as seeded has no such place."""
    days = {a.in_force_from for a in _everything()}
    days |= {a.in_force_until + timedelta(days=1) for a in _everything() if a.in_force_until}
    areas = [r.code for r in selectors.regions() if r.level in ("county", "township")]
    answered = set()
    rows = _everything()
    for on in sorted(days | {TODAY}):
        for rule in (card.rule for card in selectors.powers(on=on)):
            for area in areas:
                try:
                    found = resolve(rule.code, area, on, rows, field=rule.field)
                except NoCompetence:
                    continue
                answered.add((rule.code, found.mode))
    assert {mode for _, mode in answered} >= set(Mode) - {Mode.COMMISSIONED}
    assert {code for code, _ in answered} == {c.rule.code for c in selectors.powers(on=TODAY)}


def _everything():
    codes = {c.rule.code for c in selectors.powers(on=TODAY)} | set(FIELDS)
    found = {}
    for region in selectors.regions():
        found |= {a.id: a for a in selectors.assignments(region.code, codes)}
    return list(found.values())


def test_the_sub_bureau_acts_in_the_citys_name_before_the_code_and_in_its_own_since():
    before = selectors.competence("ecology.no-permit", "511802", EVE, body="511802-sthj")
    assert (before.mode, before.name) == (Mode.COMMISSIONED, "雅安市生态环境局")
    assert before.assignment.respondent == "511800-sthj"
    since = selectors.competence("ecology.no-permit", "511802", CODE_DAY, body="511802-sthj")
    assert (since.name, since.assignment.seal) == ("雅安市雨城生态环境局",) * 2
    with pytest.raises(AgainstLaw, match="已由雅安市雨城生态环境局行使"):
        selectors.competence("ecology.no-permit", "511802", CODE_DAY, body="511800-sthj")


def test_against_the_sub_bureau_one_turns_to_the_city_or_to_the_district():
    found = selectors.remedies("511802-sthj", "penalty", TODAY, mode="own_name")
    names = [name for _, name in found.reconsideration]
    assert names == ["雅安市人民政府", "雅安市雨城区人民政府"]
    lent = selectors.remedies(
        "511802-sthj", "penalty", TODAY, mode="commissioned", in_name_of="511800-sthj"
    )
    assert (lent.respondent, lent.reconsideration_body) == ("511800-sthj", "雅安市人民政府")


def test_against_a_township_one_turns_to_the_district():
    found = selectors.remedies(TOWN, "penalty", TODAY, mode="conferred")
    assert found.reconsideration_body == "雅安市雨城区人民政府"


def test_a_recalled_power_goes_back_and_the_running_cases_are_named():
    services.recall_competence(
        code="2023-511802101-zf-conferred", last_day=TODAY, keeper=SFJ, on=TODAY, by=None
    )
    after = selectors.competence("urban.straw-burning", "511802101", TODAY + timedelta(days=1))
    assert after.body == "511802-zhzf"
    row = selectors.competence("urban.straw-burning", "511802101", TODAY).assignment
    running = [("matter-1", row.id), ("matter-2", "2026-511800-zhzf-urban"), ("matter-3", row.id)]
    assert affected_by_recall(row, running) == ("matter-1", "matter-3")


def test_every_agency_that_enforces_has_staff_enough_for_a_case():
    needed = ("handling_head", "legal_reviewer", "review_head", "agency_head", "hearing_chair",
              "seal_keeper", "publisher", "publish_reviewer", "cashier", "property_keeper",
              "archivist")  # fmt: skip
    whole = {"511800-scjg", "511802-scjg", "511800-zhzf", "511800-sthj", "511802-sthj",
             "511800-yjgl", "511802-xfjy", "511800-jtys", "511800-wtl", TOWN}  # fmt: skip
    for agency in whole:
        for duty in needed:
            assert selectors.people_with(duty, agency, TODAY), (agency, duty)
        officers = selectors.people_with("officer", agency, TODAY)
        certified = selectors.actors([o.id for o in officers], TODAY).values()
        assert sum(a.certified_on(TODAY) for a in certified) >= 2, agency
        assert len(selectors.people_with("agency_head", agency, TODAY)) >= 3, agency
        profile = selectors.agency(agency, TODAY)
        assert profile.word, agency
        assert profile.letterhead == profile.full_name
        assert profile.bank, agency


def test_a_code_of_a_power_says_nothing_that_changes():
    for row in seeding.powers():
        assert re.fullmatch(r"[a-z]+(\.[a-z]+(-[a-z]+)*)", row["code"]), row["code"]
