"""Acting for another: in writing, for a time, one's own duties only; and who is away."""

from datetime import date, timedelta

import pytest

from zhifa.accounts import services as accounts
from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.kernel.errors import BadInput, NotPermitted, WrongStep
from zhifa.law.actor import Duty, Post
from zhifa.registry import selectors, services
from zhifa.registry.models import Absence, Delegation

TODAY = date(2026, 11, 24)
NEXT = TODAY + timedelta(days=7)
YC = "511802-scjg"
HEAD, DEPUTY = "yc-agency-head1", "yc-publish-reviewer"


@pytest.fixture(autouse=True)
def _today(seeded):
    with clock.frozen(clock.at(TODAY)):
        yield


def who(username):
    return Person.objects.get(username=username).id


def delegated(giver=HEAD, holder=DEPUTY, **other):
    given = {
        "agency": YC, "holder_id": who(holder), "duties": [Duty.AGENCY_HEAD],
        "valid_from": TODAY, "valid_until": NEXT, "basis": "示例授权〔2026〕1号", "on": TODAY,
        "by": who(giver), **other,
    }  # fmt: skip
    return services.delegate(**given)


def acting(username=DEPUTY, on=TODAY):
    return [p for p in selectors.actor(who(username), on).posts if p.of]


def test_the_duties_of_a_day_include_the_delegated_ones_in_the_same_one_query(
    django_assert_num_queries,
):
    row = delegated(limit_fen=500_000)
    ids = [who(DEPUTY), who(HEAD)]
    with django_assert_num_queries(1):
        found = selectors.actors(ids, TODAY)
    deputy = found[str(ids[0])]
    assert deputy.holds(Duty.AGENCY_HEAD, YC)
    assert not deputy.holds_itself(Duty.AGENCY_HEAD, YC)
    assert deputy.posts[-1] == Post(
        Duty.AGENCY_HEAD, YC, "", str(ids[1]), "赵示例", str(row.id), 500_000
    )
    assert found[str(ids[1])].holds_itself(Duty.AGENCY_HEAD, YC)


@pytest.mark.parametrize(
    ("day", "holds"),
    [(TODAY - timedelta(1), False), (TODAY, True), (NEXT, True), (NEXT + timedelta(1), False)],
)
def test_it_holds_from_its_first_day_to_its_last(day, holds):
    delegated()
    assert bool(acting(on=day)) is holds


def test_it_ends_on_the_day_it_is_taken_back_and_with_the_giver_s_own_post():
    row = delegated()
    services.revoke_delegation(delegation_id=row.id, why="本人已返回", on=TODAY, by=who(HEAD))
    assert not acting()
    with pytest.raises(WrongStep, match="已经终止"):
        services.revoke_delegation(delegation_id=row.id, why="再次", on=TODAY, by=who(HEAD))
    delegated()
    post = Person.objects.get(username=HEAD).posts.get()
    services.end_post(post_id=post.id, last_day=TODAY, on=TODAY, by=who("yc-secadmin"))
    assert acting()
    assert not acting(on=TODAY + timedelta(days=1))


def test_it_is_worth_nothing_once_the_giver_has_left():
    delegated()
    accounts.deactivate(person_id=who(HEAD))
    assert not acting()


def test_what_was_delegated_is_not_passed_on():
    delegated()
    with pytest.raises(NotPermitted, match="不能转授") as no:
        delegated(giver=DEPUTY, holder="yc-archivist")
    assert no.value.cites


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"basis": " "}, "书面依据"),
        ({"duties": []}, "选择"),
        ({"duties": [Duty.LEGAL_REVIEWER]}, "不能委托"),
        ({"holder": "ya-agency-head1"}, "在本机关任职"),
        ({"holder": HEAD}, "不能是本人"),
        ({"holder": "yc-secadmin"}, "三员不能"),
        ({"valid_until": TODAY - timedelta(days=1)}, "不能早于"),
        ({"valid_from": TODAY - timedelta(days=1)}, "不能早于今天"),
        ({"valid_until": TODAY + timedelta(days=366)}, "最长一年"),
        ({"limit_fen": 0}, "大于零"),
    ],
)
def test_it_is_given_in_writing_for_days_to_a_colleague(change, words):
    with pytest.raises(BadInput, match=words):
        delegated(**change)
    assert not Delegation.objects.exists()


def test_the_same_duty_is_not_given_twice_for_the_same_days_and_a_stranger_takes_none_back():
    row = delegated()
    with pytest.raises(WrongStep, match="已经授权"):
        delegated(valid_from=NEXT, valid_until=NEXT)
    with pytest.raises(NotPermitted, match="授权人本人"):
        services.revoke_delegation(delegation_id=row.id, why="x", on=TODAY, by=who("yc-sysadmin"))
    services.revoke_delegation(delegation_id=row.id, why="x", on=TODAY, by=who("yc-secadmin"))


def away(person="yc-officer1", deputy="yc-officer3", by="yc-officer1", **other):
    given = {
        "person_id": who(person), "agency": YC, "kind": Absence.Kind.LEAVE, "valid_from": TODAY,
        "valid_until": NEXT, "on": TODAY, "by": who(by), "deputy_id": who(deputy), **other,
    }  # fmt: skip
    return services.note_absence(**given)


def test_who_looks_after_a_desk_gains_no_duty_and_the_absent_lose_none():
    before = selectors.actor(who("yc-officer3"), TODAY)
    row = away()
    after = selectors.actor(who("yc-officer3"), TODAY)
    assert after.posts == before.posts
    assert [(p.duty, p.of_name) for p in after.looks_after] == [(Duty.OFFICER, "李示例")]
    assert selectors.actor(who("yc-officer1"), TODAY).holds(Duty.OFFICER, YC)
    assert not selectors.actor(who("yc-officer3"), NEXT + timedelta(days=1)).looks_after
    services.call_off_absence(absence_id=row.id, on=TODAY, by=who("yc-handling-head"))
    assert not selectors.actor(who("yc-officer3"), TODAY).looks_after


def test_absence_is_noted_by_the_person_or_their_head_and_by_nobody_else():
    away(by="yc-handling-head")
    for stranger in ("yc-officer2", "yc-review-head", "ya-agency-head1", "yc-sysadmin"):
        with pytest.raises(NotPermitted, match="本人或者"):
            away(person="yc-property-keeper", deputy="yc-officer1", by=stranger)
    away(person="yc-property-keeper", deputy="yc-officer2", by=HEAD)
    with pytest.raises(WrongStep, match="已经登记"):
        away()
    assert Absence.objects.count() == 2
