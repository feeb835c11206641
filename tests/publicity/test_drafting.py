"""Drafting: whatever a finding says of people, numbers and homes, the notice does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law import penalty_facts as law
from zhifa.cases.models import Case
from zhifa.law.power import PenaltyKind
from zhifa.law.procedures.penalty import facts as f
from zhifa.law.procedures.penalty import later
from zhifa.law.procedures.penalty.proposal import Finding, PenaltyItem
from zhifa.law.standing import Done, Standing
from zhifa.publicity.comparing import compare
from zhifa.publicity.drafting import Source, drafted, left_in, names_in, penalty
from zhifa.registry.models import PartyKind

ON = date(2026, 3, 2)
OWNER, CLERK, INFORMER, WITNESS = "张小五", "李示范", "赵样本", "欧阳示例"
PHONE, PAPER = "13800138000", "510000199003071234"
HOME = "四川省雅安市雨城区示例路18号2单元301室"


@dataclass
class Party:
    """A party as the registers give it."""

    kind: PartyKind = PartyKind.BUSINESS
    name: str = "雨城区张小五副食店"
    representative: str = OWNER
    usc_code: str = "92511802MA00000000"
    phone: str = PHONE
    representative_id: str = PAPER
    id_number: str = PAPER
    premises: str = ""
    address: str = HOME


def source(
    found: str, *, party: Any = None, cause: str = "涉嫌销售超过保质期的食品案", detail: str = ""
) -> Source:
    """A case whose file names four people, with this finding."""
    items = (
        PenaltyItem(kind=PenaltyKind.FINE, amount_fen=5_000_000),
        PenaltyItem(kind=PenaltyKind.CONFISCATE_GOODS, detail=detail or "没收糕点三袋"),
    )
    made = law.proposal(
        items=items,
        findings=(Finding(found=found, evidence=("证1",), articles=("FS:34:1:10",)),),
    )
    history = [
        law.clue(ON, named_reporter=True, reporter=f"举报人{INFORMER}，电话13900139000"),
        f.PartyConfirmed(
            co_officer="协办人", party="p", address=HOME, recipient=OWNER, phone=PHONE
        ),
        law.inspection(ON, present=f"经营者{OWNER}、店员{CLERK}", witness=WITNESS),
        later.DefenceHeard(
            co_officer="协办人",
            form=later.DefenceForm.ORAL,
            speaker=OWNER,
            place="办公室",
            content="请求从轻",
        ),
        made,
    ]
    steps = ["clue.register", "party.confirm", "inspection.record", "defence.hear",
             "investigation.end"]  # fmt: skip
    standing = Standing(
        "penalty_ordinary",
        tuple(
            Done(step, ON, facts, "承办人", seq=n)
            for n, (step, facts) in enumerate(zip(steps, history, strict=True), 1)
        ),
    )
    return Source(Case(cause=cause, decided_on=ON), standing, party or Party())


def test_the_file_names_who_must_not_be_named():
    assert set(source("x").persons) == {OWNER, CLERK, INFORMER, WITNESS}
    assert source("x").informers == (INFORMER,)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("王小五", ["王小五"]),
        ("经营者王小五、店员李小六（女）", ["王小五", "李小六"]),
        ("经营者", []),
        ("法定代表人欧阳修远", ["欧阳修远"]),
        ("雨城区某某公司收发室", []),
        ("吐尔逊·买买提", ["吐尔逊·买买提"]),
    ],
)
def test_names_are_found_in_fields_as_officers_write_them(words, names):
    assert list(names_in(words)) == names


def test_witness_staff_and_informer_do_not_stand_in_the_notice():
    made = drafted(
        source(f"{INFORMER}举报后，店员{CLERK}当着{WITNESS}的面承认，经营者{OWNER}知情。")
    )
    for name in (OWNER, CLERK, INFORMER, WITNESS, INFORMER[0] + "某"):
        assert name not in made.facts
    assert "李某" in made.facts
    assert "张某" in made.facts
    assert not left_in(made, source("x"))


def test_a_sole_trader_stands_under_its_trade_name_without_its_operators():
    made = drafted(source("雨城区张小五副食店销售超过保质期的食品。"))
    assert made.party_name == "雨城区张某副食店"
    assert made.party_code == ""
    assert made.case_name == "雨城区张某副食店销售超过保质期的食品案"
    assert OWNER not in made.facts


def test_a_natural_person_stands_by_surname_without_a_code():
    party = Party(PartyKind.PERSON, name="张小五", representative="", usc_code="")
    made = drafted(source(f"张小五在{HOME}销售超过保质期的食品。", party=party))
    assert (made.party_name, made.party_code) == ("张某", "")
    assert "张小五" not in made.facts
    assert "18号" not in made.facts
    assert "雨城区" in made.facts


def test_an_organisation_stands_in_full_with_its_code_and_its_head_by_surname():
    party = Party(
        PartyKind.LEGAL_PERSON,
        name="雅安示例食品有限公司",
        usc_code="91511802MA0000000X",
        premises=HOME,
    )
    made = drafted(
        source("雅安示例食品有限公司（91511802MA0000000X）法定代表人张小五知情。", party=party)
    )
    assert made.party_name == "雅安示例食品有限公司"
    assert made.party_code == "91511802MA0000000X"
    assert "91511802MA0000000X" in made.facts
    assert "张小五" not in made.facts


def test_what_is_confiscated_is_redacted_too():
    made = drafted(source("x", detail=f"没收{OWNER}存放于{HOME}的糕点三袋"))
    assert OWNER not in made.penalty
    assert "18号" not in made.penalty


def test_a_penalty_is_told_line_by_line():
    items = (
        PenaltyItem(kind=PenaltyKind.WARNING),
        PenaltyItem(kind=PenaltyKind.FINE, amount_fen=500_050),
        PenaltyItem(kind=PenaltyKind.BUSINESS_SUSPENSION, detail="停业三日"),
    )
    assert penalty(items) == "1．警告；\n2．罚款5000.5元；\n3．责令停产停业：停业三日。"
    assert penalty(items[:1]) == "警告。"


def test_a_name_that_the_drafter_put_back_is_found_again():
    of = source("x")
    made = drafted(of)
    for field, text in (
        ("facts", f"{OWNER}承认。"),
        ("violation", f"{CLERK}销售食品"),
        ("party_name", "雨城区张小五副食店"),
        ("penalty", f"罚款，电话{PHONE}"),
        ("facts", f"住{HOME}。"),
    ):
        found = left_in(replace(made, **{field: text}), of)
        assert [x.field for x in found][:1] == [field], (field, text)


CALM = st.text(alphabet="当事人在店内销售食品，。、；（）查明货架上有超期袋", max_size=40)
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
PAPERS = st.from_regex(
    r"51[0-9]{4}19[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9])[0-9]{3}[0-9X]", fullmatch=True
)
CARDS = st.from_regex(r"62[0-9]{17}", fullmatch=True)
PLATES = st.from_regex(r"川[A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}", fullmatch=True)


@settings(max_examples=150, deadline=None)
@given(
    before=CALM,
    secret=st.one_of(PHONES, PAPERS, CARDS, PLATES, st.sampled_from([PHONE, PAPER, HOME, OWNER,
                                                                    CLERK, INFORMER, WITNESS])),
    after=CALM,
)  # fmt: skip
def test_no_number_home_or_name_survives_wherever_it_stands(before, secret, after):
    of = source(f"{before}{secret}{after}")
    made = drafted(of)
    assert secret not in made.facts
    assert not [x for x in left_in(made, of) if x.field == "facts"]


@settings(max_examples=100, deadline=None)
@given(text=CALM)
def test_what_holds_nothing_private_is_not_touched(text):
    of = source(text)
    assert drafted(of).facts == of.original


@settings(max_examples=100, deadline=None)
@given(before=CALM, after=CALM)
def test_a_comparison_loses_and_invents_nothing(before, after):
    found = compare(before, after)
    assert "".join(p.text for p in found.original) == before
    assert "".join(p.text for p in found.notice) == after
    assert found.hidden == () or before != after


def test_a_comparison_marks_what_is_hidden():
    found = compare("经营者张小五，电话13800138000。", "经营者张某，电话（电话略）。")
    assert "13800138000" in found.hidden
    assert not any("经营者" in p.text for p in found.original if p.changed)
