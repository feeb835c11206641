"""``zhifa term`` and ``zhifa law check`` as a person types them."""

import json

import pytest

from zhifa.law.cli import main
from zhifa.registry.packaged import PackagedLibrary


def run(capsys, *words):
    status = main(words, PackagedLibrary.open)
    out = capsys.readouterr()
    return status, out.out, out.err


def test_a_term_prints_its_fields_as_json(capsys):
    status, out, _ = run(
        capsys, "term", "decision", "--start", "2026-03-02",
        "--suspend", "2026-04-01..2026-04-20", "--json",
    )  # fmt: skip
    assert status == 0
    assert json.loads(out) == {
        "code": "decision",
        "start": "2026-03-02",
        "raw_due": "2026-06-20",
        "due": "2026-06-20",
        "arguable_due": "2026-06-22",
        "unit": "natural_day",
        "length": 90,
        "addressee": "agency",
        "provisional": False,
        "not_covered": [],
        "skipped": [{"from": "2026-04-01", "to": "2026-04-20", "reason": "不计入期间"}],
        "cites": ["CF:60", "SJ:64"],
    }


def test_a_term_explains_itself_in_chinese(capsys):
    status, out, _ = run(capsys, "term", "payment", "--start=2026-04-17")
    assert status == 0
    assert "缴纳罚款：2026-05-06" in out
    assert "行政处罚法第六十七条第三款" in out
    assert "顺延至2026年5月6日" in out


def test_without_a_code_every_term_is_listed(capsys):
    status, out, _ = run(capsys, "term")
    assert status == 0
    for code in ("clue.verification", "decision", "hearing.request", "publicity.penalty"):
        assert code in out


def test_two_suspensions_and_a_lengthening(capsys):
    status, out, _ = run(
        capsys, "term", "decision", "--start", "2026-03-02", "--extend", "30",
        "--suspend", "2026-04-01..2026-04-10=appraisal",
        "--suspend", "2026-04-07..2026-04-16=hearing", "--json",
    )  # fmt: skip
    assert status == 0
    assert json.loads(out)["raw_due"] == "2026-07-16"


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        (["nothing", "--start", "2026-01-01"], "代码", "没有代码"),
        (["hearing", "--start", "2026-01-01"], "代码", "hearing.request"),
        (["decision"], "--start", "起算日期"),
        (["decision", "--start"], "--start", "缺少值"),
        (["decision", "--start", "2026-02-30"], "--start", "不是存在的日期"),
        (["decision", "--start", "20260302"], "--start", "不是日期"),
        (["decision", "--start", "２０２６-03-02"], "--start", "不是日期"),
        (["decision", "--start", "1999-01-01"], "代码", "没有有效的规定"),
        (["decision", "--start", "2026-03-02", "--suspend", "2026-04-01"], "--suspend", ".."),
        (["decision", "--start", "2026-03-02", "--suspend", "2026-04-09..2026-04-01"],
         "--suspend", "早于"),
        (["decision", "--start", "2026-03-02", "--suspend", "2026-04-01..2026-04-09=x"],
         "--suspend", "不认识的种类"),
        (["seizure", "--start", "2026-03-02", "--extend", "31"], "--extend", "不得超过30日"),
        (["seizure", "--start", "2026-03-02", "--extend", "x"], "--extend", "数量"),
        (["decision", "--start", "2026-11-23", "--strict"], "--strict", "2027"),
        (["measure.approval", "--start", "2026-01-01"], "--start", "时区"),
        (["payment", "--start", "9999-12-30"], "--start", "超出日期范围"),
        (["litigation", "--start", "9999-12-30"], "--start", "超出日期范围"),
        (["payment", "--start", "2026-03-02", "--fast"], "--fast", "不认识的选项"),
        (["payment", "--start", "2026-03-02", "later"], "later", "不认识的选项"),
    ],
)  # fmt: skip
def test_bad_input_names_the_field_and_the_reason(capsys, words, field, reason):
    status, out, err = run(capsys, "term", *words)
    assert (status, out) == (2, "")
    assert err.startswith(f"输入有误：{field}：")
    assert reason in err


def test_the_law_check_counts_and_passes(capsys):
    status, out, _ = run(capsys, "law", "check", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["passes"]
    assert found["text_checked"]
    assert set(found["by_grade"]) == {"text", "known", "unconfirmed"}
    assert "term review" in found["unconfirmed"]


def test_an_unknown_word_is_refused(capsys):
    assert run(capsys, "law", "chek")[0] == 2
    assert run(capsys, "laws")[0] == 2
