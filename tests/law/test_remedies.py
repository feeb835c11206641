"""Who hears the appeal, which court, first or not, and when the court may be asked to enforce."""

from datetime import date

import pytest

from zhifa.law.calendar import WorkCalendar
from zhifa.law.competence import Mode
from zhifa.law.remedies import (
    Act,
    Body,
    BodyKind,
    Path,
    RemedyUnknown,
    court_window,
    resolve,
)

ON = date(2026, 9, 1)
CALENDAR = WorkCalendar.standard()
BODIES = {
    b.code: b
    for b in (
        Body("510000-zf", "四川省人民政府", BodyKind.GOVERNMENT, "510100", "510000-zf"),
        Body("510000-sft", "四川省司法厅", BodyKind.JUDICIAL, "510100", "510000-zf", "000000-sfb"),
        Body("000000-sfb", "司法部", BodyKind.JUDICIAL, "110000", "000000-gwy"),
        Body("511800-zf", "雅安市人民政府", BodyKind.GOVERNMENT, "511802", "511800-zf",
             "510000-zf"),
        Body("511802-zf", "雅安市雨城区人民政府", BodyKind.GOVERNMENT, "511802", "511802-zf",
             "511800-zf"),
        Body("511800-scjg", "雅安市市场监督管理局", BodyKind.DEPARTMENT, "511802", "511800-zf"),
        Body("511802-scjg", "雅安市雨城区市场监督管理局", BodyKind.DEPARTMENT, "511802",
             "511802-zf", "511800-scjg"),
        Body("511800-zhzf", "雅安市综合行政执法局", BodyKind.DEPARTMENT, "511802", "511800-zf"),
        Body("511800-sfj", "雅安市司法局", BodyKind.JUDICIAL, "511802", "511800-zf", "510000-sft"),
        Body("511823-sthj", "雅安市汉源生态环境局", BodyKind.SUB_OFFICE, "511823", "511800-zf",
             by_area=True, local_government="511823-zf"),
        Body("511823-zf", "汉源县人民政府", BodyKind.GOVERNMENT, "511823", "511823-zf",
             "511800-zf"),
        Body("511800-swj", "国家税务总局雅安市税务局", BodyKind.VERTICAL, "511802", "511800-zf",
             "510000-swj"),
        Body("510000-swj", "国家税务总局四川省税务局", BodyKind.VERTICAL, "510100", "510000-zf"),
        Body("511802-xx", "某乡人民政府", BodyKind.TOWNSHIP, "511802", "511802-xx", "511802-zf"),
        Body("511802-station", "某检查站", BodyKind.AUTHORISED, "511802", "511802-zf"),
    )
}  # fmt: skip


def against(body, act=Act.PENALTY, mode=Mode.STATUTORY, on=ON, **given):
    return resolve(body, mode, act, on, BODIES, **given)


@pytest.mark.parametrize(
    ("body", "hearers", "article"),
    [
        ("511802-scjg", "雅安市雨城区人民政府", "FY:24:1:1"),
        ("511800-scjg", "雅安市人民政府", "FY:24:1:1"),
        ("511800-zhzf", "雅安市人民政府", "FY:24:1:1"),
        ("511800-sfj", "雅安市人民政府或者四川省司法厅", "FY:28"),
        ("511823-sthj", "雅安市人民政府或者汉源县人民政府", "FY:24:4"),
        ("511800-swj", "国家税务总局四川省税务局", "FY:27"),
        ("511802-xx", "雅安市雨城区人民政府", "FY:24:1:2"),
        ("511802-station", "雅安市雨城区人民政府", "FY:24:1:4"),
    ],
)
def test_who_hears_the_appeal(body, hearers, article):
    found = against(body)
    assert found.reconsideration_body == hearers
    assert article in [c.key for c in found.cites]


def test_an_ordinary_penalty_offers_both_ways_in_words():
    found = against("511802-scjg")
    assert not found.prerequisite
    assert found.sentence == (
        "如不服本决定，可以自收到本决定书之日起六十日内向雅安市雨城区人民政府申请行政复议，"
        "也可以自收到本决定书之日起六个月内依法向雅安市雨城区人民法院提起行政诉讼。"
    )
    assert found.court_unconfirmed


def test_a_penalty_on_the_spot_must_be_reconsidered_first():
    found = against("511800-zhzf", Act.ON_SPOT_PENALTY)
    assert found.prerequisite
    assert found.litigation_length == "十五日"
    assert "应当自收到本决定书之日起六十日内" in found.sentence
    assert "FY:23:1:1" in [c.key for c in found.cites]


def test_the_commissioning_body_answers_for_the_commissioned_one():
    found = against("511802-station", mode=Mode.COMMISSIONED, in_name_of="511802-scjg")
    assert found.respondent == "511802-scjg"
    assert "FY:19:3" in [c.key for c in found.cites]


def test_a_government_is_sued_in_the_intermediate_court():
    assert against("511802-zf").court == "雅安市中级人民法院"
    assert against("511823-sthj").court == "汉源县人民法院"


def test_what_is_not_held_is_refused():
    with pytest.raises(RemedyUnknown, match="未收录"):
        against("511802-scjg", on=date(2023, 12, 31))
    with pytest.raises(RemedyUnknown, match="机关登记"):
        against("511899-xxx")
    with pytest.raises(RemedyUnknown, match="管辖法院"):
        against("510000-sft")


# --- the window for enforcement ---------------------------------------------------------------


def test_unused_remedies_open_the_window_after_six_months():
    found = court_window(Path.NOTHING, date(2025, 9, 30), CALENDAR)
    assert (found.remedy.due, found.opens) == (date(2026, 3, 30), date(2026, 3, 31))
    assert found.closes == date(2026, 6, 30)
    assert CALENDAR.add_workdays(found.dunning_by, 10) < found.closes


def test_the_window_opens_late_and_closes_early_when_the_partys_term_rolls_over():
    found = court_window(Path.NOTHING, date(2025, 8, 15), CALENDAR)
    assert (found.remedy.raw_due, found.remedy.due) == (date(2026, 2, 15), date(2026, 2, 24))
    assert (found.opens, found.closes) == (date(2026, 2, 25), date(2026, 5, 15))


@pytest.mark.parametrize(
    ("path", "served", "closes"),
    [
        (Path.PREREQUISITE_UNUSED, date(2026, 3, 16), date(2026, 8, 15)),
        (Path.RECONSIDERED, date(2026, 3, 16), date(2026, 6, 30)),
        (Path.NOT_TOLD, date(2025, 3, 16), date(2026, 6, 16)),
    ],
)
def test_the_window_depends_on_the_path_taken(path, served, closes):
    assert court_window(path, served, CALENDAR).closes == closes


def test_a_deferral_of_payment_moves_the_window():
    plain = court_window(Path.NOTHING, date(2025, 9, 30), CALENDAR)
    moved = court_window(
        Path.NOTHING, date(2025, 9, 30), CALENDAR, deferred_until=date(2026, 5, 10)
    )
    assert (moved.opens, moved.closes) == (date(2026, 5, 11), date(2026, 8, 10))
    assert moved.closes > plain.closes
    assert "CF:72:2" in [c.key for c in moved.cites]


def test_a_judgment_is_enforced_as_such():
    with pytest.raises(ValueError, match="二年"):
        court_window(Path.SUED, date(2026, 3, 16), CALENDAR)
