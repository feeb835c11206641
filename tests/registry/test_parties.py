"""Parties: checked, sealed, masked, classed per rule, and shown in full only for a purpose."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from zhifa.accounts.models import Person
from zhifa.kernel import identifiers, ledger
from zhifa.kernel.errors import BadInput, NotFound, WrongStep
from zhifa.registry import selectors, services
from zhifa.registry.models import (
    Party,
    PartyKind,
    PartyVersion,
    RegisterStream,
    Subject,
    SubjectRule,
)
from zhifa.registry.services import PartyFacts

TODAY = date(2026, 11, 24)
YC = "511802-scjg"
pytestmark = pytest.mark.usefixtures("seeded")


def usc(head="92511802", org="MA6EXAMP"):
    first_17 = head + org + identifiers.organisation_check_character(org)
    return first_17 + identifiers.usc_check_character(first_17)


SHOP = PartyFacts(
    kind=PartyKind.BUSINESS,
    name="雨城区示例食品店",
    representative="钱样本",
    usc_code=usc(org="MA6EXAM0"),
    paper="511802199003071233",
    phone="138 0000 5678",
    premises="雅安市雨城区示例路8号",
)
HOME = PartyFacts(
    kind=PartyKind.PERSON,
    name="孙样本",
    paper="511802199003071233",
    phone="13800005678",
    address="四川省雅安市雨城区示例路9号1单元",
)


def register(facts, on=TODAY):
    return services.register_party(facts=facts, agency=YC, on=on, by=None)


def test_a_shop_bears_its_trade_name_and_its_operator():
    view = selectors.party(register(SHOP))
    assert (view.name, view.kind_label) == ("雨城区示例食品店", "个体工商户")
    assert (view.representative_label, view.representative) == ("经营者", "钱样本")
    assert (view.id_label, view.id_number) == ("统一社会信用代码", SHOP.usc_code)
    assert view.representative_id == "511802199003071233"
    assert view.address == view.address_masked == "雅安市雨城区示例路8号"


def test_a_page_shows_a_person_masked_and_a_document_in_full():
    view = selectors.party(register(HOME))
    assert (view.id_label, view.id_number) == ("居民身份证号码", "511802199003071233")
    assert view.id_masked == "511***********1233"
    assert (view.phone, view.phone_masked) == ("13800005678", "138****5678")
    assert view.address_masked == "四川省雅安市雨城区**"
    assert (view.representative, view.representative_label) == ("", "")


def test_nothing_private_lies_open_in_the_database():
    party = register(HOME)
    stream = RegisterStream.objects.get(register="parties", agency_code=YC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT v::text FROM registry_partyversion v WHERE party_id = %s", [party])
        (row,) = cursor.fetchone()
        cursor.execute(
            "SELECT e.body || coalesce(string_agg(p.content, ''), '') FROM ledger_event e"
            " LEFT JOIN ledger_private p ON p.event_id = e.id WHERE e.stream_id = %s"
            " GROUP BY e.body", [stream.stream_id],
        )  # fmt: skip
        events = "".join(text for (text,) in cursor.fetchall())
    for secret in ("511802199003071233", "13800005678", "示例路9号"):
        assert secret not in row
        assert secret not in events
    bodies = "".join(e.body for e in ledger.events(stream.stream_id))
    assert "孙样本" not in bodies


def test_the_same_party_again_is_the_same_party():
    first = register(SHOP)
    assert register(replace(SHOP, phone="13900005678")) == first
    assert Party.objects.filter(id=first).count() == 1
    assert register(HOME) == register(replace(HOME, paper="５１１８０２ 199003071233"))


def test_a_number_that_stands_for_another_name_is_cleared_up_first():
    register(SHOP)
    with pytest.raises(WrongStep, match="已登记为“雨城区示例食品店”"):
        register(replace(SHOP, name="雨城区样例副食店"))


def test_the_operator_of_two_shops_does_not_make_them_one():
    other = replace(SHOP, name="雨城区样例副食店", usc_code=usc(org="MA6EXAM9"))
    assert register(SHOP) != register(other)
    assert register(HOME) not in {register(SHOP), register(other)}


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"name": "  "}, "name", "姓名或者名称"),
        ({"usc_code": "92511802MA00000000"}, "usc_code", "校验码"),
        ({"paper": "511802199003071234"}, "paper", "校验码"),
        ({"paper": "511802203003071233"}, "paper", "校验码"),
        ({"paper_kind": "library_card"}, "paper_kind", "证件类型"),
        ({"phone": "12"}, "phone", "电话号码"),
        ({"representative": ""}, "representative", "经营者"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field_and_nothing_is_kept(change, field, reason):
    before = Party.objects.count()
    with pytest.raises(BadInput, match=reason) as no:
        register(replace(SHOP, **change))
    assert no.value.field == field
    assert Party.objects.count() == before


def test_a_changed_operator_holds_from_its_day_and_the_old_one_stays_for_the_old_days():
    party = register(SHOP, on=date(2026, 3, 1))
    services.correct_party(
        party_id=party, facts=replace(SHOP, representative="周样本"), agency=YC,
        on=date(2026, 9, 1), by=None,
    )  # fmt: skip
    assert selectors.party(party, date(2026, 8, 31)).representative == "钱样本"
    assert selectors.party(party, date(2026, 9, 1)).representative == "周样本"
    with pytest.raises(BadInput, match="类别不能更改"):
        services.correct_party(party_id=party, facts=HOME, agency=YC, on=TODAY, by=None)


def test_what_was_known_cannot_be_rewritten_even_by_the_app_itself():
    party = register(SHOP)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        PartyVersion.objects.filter(party_id=party).update(name="另一家")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        PartyVersion.objects.filter(party_id=party)._raw_delete("default")


# --- classes -------------------------------------------------------------------------------------


def test_an_unsettled_class_takes_what_favours_the_party_and_says_so():
    party = register(SHOP)
    found = selectors.classified(party, SubjectRule.HEARING, TODAY)
    assert (found.party_class, found.settled) == ("person", False)
    assert "更有利" in found.why
    assert selectors.classification(party, "hearing", TODAY) == "person"


def test_a_class_with_a_source_holds_for_its_rule_and_from_its_day_only():
    party = register(SHOP)
    services.classify_party(
        party_id=party, rule=SubjectRule.HEARING, subject=Subject.ORGANISATION,
        source="省听证数额规定（演示）", agency=YC, on=date(2026, 10, 1), by=None,
    )  # fmt: skip
    assert selectors.classification(party, "hearing", date(2026, 9, 30)) == "person"
    found = selectors.classified(party, "hearing", TODAY)
    assert (found.party_class, found.settled) == ("organisation", True)
    assert "省听证数额规定" in found.why
    assert selectors.classification(party, "summary", TODAY) == "person"


def test_a_class_without_a_source_is_refused():
    party = register(SHOP)
    with pytest.raises(BadInput, match="来源"):
        services.classify_party(
            party_id=party, rule=SubjectRule.CREDIT, subject=Subject.PERSON, source=" ",
            agency=YC, on=TODAY, by=None,
        )  # fmt: skip


def test_companies_and_people_are_settled():
    company = replace(SHOP, kind=PartyKind.LEGAL_PERSON, usc_code=usc(head="91511802"))
    assert selectors.classified(register(company), "hearing", TODAY).party_class == "organisation"
    assert selectors.classified(register(HOME), "hearing", TODAY).settled


# --- seeing in full, finding ---------------------------------------------------------------------


def test_seeing_in_full_needs_a_purpose_and_leaves_a_trace():
    party = register(HOME)
    reader = Person.objects.get(username="yc-officer1").id
    with pytest.raises(BadInput, match="目的"):
        services.reveal_identity(party_id=party, purpose="看", agency=YC, on=TODAY, by=reader)
    shown = services.reveal_identity(
        party_id=party, purpose="送达决定书核对身份", agency=YC, on=TODAY, by=reader
    )
    assert shown.paper == "511802199003071233"
    stream = RegisterStream.objects.get(register=f"reads/{TODAY}", agency_code=YC)
    (event,) = ledger.events(stream.stream_id)
    assert (event.actor_id, event.data["party"]) == (reader, str(party))
    assert event.private == {"purpose": "送达决定书核对身份"}


def test_a_party_is_found_by_part_of_its_name_or_by_a_whole_number():
    party = register(SHOP)
    for asked in ("示例食品", SHOP.usc_code, "511802199003071233", "13800005678"):
        assert [v.id for v in selectors.search_parties(asked, agency=YC)] == [party]
    for asked in ("", "5118021990", "1380000", "%", "不存在"):
        assert selectors.search_parties(asked, agency=YC) == []
    assert selectors.search_parties("示例食品", agency="511800-scjg") == []


def test_a_party_costs_one_query(django_assert_num_queries):
    party = register(SHOP)
    with django_assert_num_queries(1):
        view = selectors.party(party, TODAY)
        assert view.kind_label
        assert view.phone_masked


def test_nobody_is_nobody():
    with pytest.raises(NotFound):
        selectors.party("00000000-0000-7000-8000-000000000000")
