"""Who may act on a day: posts, certificates and the right to review, in one query."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from zhifa.accounts.models import Person
from zhifa.kernel import ledger
from zhifa.kernel.errors import BadInput, NotFound, WrongStep
from zhifa.law.actor import Duty
from zhifa.registry import selectors, services
from zhifa.registry.models import Post, RegisterStream

TODAY = date(2026, 11, 24)
YC = "511802-scjg"
pytestmark = pytest.mark.usefixtures("seeded")


def who(username):
    return Person.objects.get(username=username).id


def test_ten_people_cost_one_query(django_assert_num_queries):
    ids = list(Person.objects.values_list("id", flat=True)[:10])
    with django_assert_num_queries(1):
        found = selectors.actors(ids, TODAY)
    assert set(found) == {str(i) for i in ids}


def test_an_officer_is_certified_within_the_certificate_and_on_no_other_day():
    officer = selectors.actor(who("yc-officer1"), TODAY)
    assert officer.holds(Duty.OFFICER, YC)
    assert officer.certified_on(TODAY)
    assert not selectors.actor(who("yc-officer1"), date(2029, 1, 1)).certified_on(date(2029, 1, 1))


def test_an_expired_certificate_is_worth_nothing_and_still_shown():
    officer = selectors.actor(who("yc-expired"), TODAY)
    assert officer.certificate.number == "00180200091"
    assert not officer.certified_on(TODAY)
    assert selectors.actor(who("yc-expired"), date(2024, 5, 31)).certified_on(date(2024, 5, 31))


def test_a_withdrawn_certificate_holds_until_the_day_before():
    assert selectors.actor(who("yc-revoked"), TODAY).certified_on(date(2026, 3, 9))
    assert not selectors.actor(who("yc-revoked"), TODAY).certified_on(date(2026, 3, 10))


@pytest.mark.parametrize(
    ("username", "may"),
    [
        ("yc-legal-reviewer", True),
        ("yc-veteran", True),
        ("yc-newcomer", False),
        ("yc-officer1", False),
    ],
)
def test_the_qualification_is_asked_of_those_who_review_for_the_first_time(username, may):
    assert selectors.actor(who(username), TODAY).may_review is may


def test_a_qualification_counts_from_the_day_it_was_obtained():
    assert not selectors.actor(who("yc-legal-reviewer"), date(2019, 2, 28)).may_review


def test_a_duty_ends_on_its_last_day_and_what_was_before_stays():
    post = Post.objects.get(person_id=who("yc-cashier"))
    services.end_post(post_id=post.id, last_day=date(2026, 6, 30), on=TODAY, by=None)
    assert selectors.actor(who("yc-cashier"), date(2026, 6, 30)).holds(Duty.CASHIER, YC)
    assert not selectors.actor(who("yc-cashier"), date(2026, 7, 1)).holds(Duty.CASHIER, YC)
    assert selectors.people_with(Duty.CASHIER, YC, TODAY) == []


def test_the_same_post_is_not_held_twice_at_once():
    before = Post.objects.count()
    with pytest.raises(WrongStep, match="已经担任执法人员"):
        services.hold_post(
            person_id=who("yc-officer1"), agency=YC, unit="enforcement", duty=Duty.OFFICER,
            valid_from=date(2025, 1, 1), on=TODAY, by=None,
        )  # fmt: skip
    assert Post.objects.count() == before


def test_a_post_in_a_unit_that_is_not_there_is_refused():
    with pytest.raises(BadInput) as no:
        services.hold_post(
            person_id=who("yc-officer1"), agency=YC, unit="nowhere", duty=Duty.OFFICER,
            valid_from=date(2025, 1, 1), on=TODAY, by=None,
        )  # fmt: skip
    assert no.value.field == "unit"


def test_a_post_that_ends_before_it_begins_is_impossible_even_by_hand():
    with pytest.raises(IntegrityError, match="ends_after_it_begins"), transaction.atomic():
        Post.objects.filter(person_id=who("yc-officer1")).update(valid_until=date(2000, 1, 1))


def test_each_change_is_an_event_of_its_register_with_who_did_it():
    head = who("yc-agency-head1")
    services.revoke_certificate(
        number="00180200003", revoked_on=TODAY, why="岗位调整", on=TODAY, by=head
    )
    stream = RegisterStream.objects.get(register="certificates", agency_code=YC)
    last = ledger.events(stream.stream_id)[-1]
    assert (last.kind, last.actor_id, last.occurred_on) == ("certificate.revoked", head, TODAY)
    assert last.data["person"] == str(who("yc-officer3"))
    assert last.private == {"why": "岗位调整"}
    assert "岗位调整" not in last.body


def test_an_unknown_or_inactive_person_is_nobody():
    with pytest.raises(NotFound):
        selectors.actor("00000000-0000-7000-8000-000000000000", TODAY)
    Person.objects.filter(username="yc-officer1").update(is_active=False)
    with pytest.raises(NotFound):
        selectors.actor(who("yc-officer1"), TODAY)


@pytest.mark.parametrize(
    ("number", "valid", "sentence"),
    [
        ("00180200001", True, "该执法证件有效。"),
        ("00180200091", False, "该执法证件有效期至2024年5月31日，现已不在有效期内。"),
        ("00180200092", False, "该执法证件已于2026年3月10日收回，持证人不得从事行政执法活动。"),
    ],
)
def test_the_public_checks_an_officer_by_the_number(number, valid, sentence):
    card = selectors.officer_card(number, TODAY)
    assert (card.valid, card.sentence) == (valid, sentence)
    assert card.agency == "雅安市雨城区市场监督管理局"


def test_a_number_that_was_never_issued_has_no_card():
    assert selectors.officer_card("99999999999", TODAY) is None


@pytest.mark.django_db(databases=["default", "portal"])
def test_the_portal_sees_cards_and_powers_and_no_person():
    assert selectors.officer_card("00180200001", TODAY, using="portal").unit == "综合行政执法大队"
    assert selectors.power("food.expired", TODAY, using="portal").name
    assert selectors.agencies(TODAY, using="portal")
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError), transaction.atomic(using="portal"):
        Person.objects.using("portal").count()
