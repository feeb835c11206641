"""The three administrators: accounts, duties and the log in three hands, and no case in any."""

from datetime import date

import pytest
from django.test import Client

from zhifa.accounts import services as accounts
from zhifa.accounts.models import Factor, Person, SecurityEvent
from zhifa.kernel import clock
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, WrongStep
from zhifa.law.actor import ADMINISTRATORS, Duty
from zhifa.registry import selectors, services
from zhifa.registry.models import AgencyProfile, ChangeProposal
from zhifa.registry.services import Profile

TODAY = date(2026, 11, 24)
YC = "511802-scjg"
BACKEND = "django.contrib.auth.backends.ModelBackend"
SYS, SEC, AUDIT = "yc-sysadmin", "yc-secadmin", "yc-auditor"


@pytest.fixture(autouse=True)
def _today(seeded):
    with clock.frozen(clock.at(TODAY)):
        yield


def who(username):
    return Person.objects.get(username=username).id


def by(username):
    return {"agency": YC, "on": TODAY, "by": who(username)}


def browser(username):
    found = Client()
    found.force_login(Person.objects.get(username=username), backend=BACKEND)
    return found


def opened(username="yc-new"):
    return services.open_account(username=username, name="新示例", **by(SYS))


def granted(person, duty=Duty.OFFICER, admin=SEC):
    return services.grant_duty(
        person_id=person.id, duty=duty, unit="", title="", basis="示例任〔2026〕1号", **by(admin)
    )


def test_one_opens_the_account_another_grants_the_duty():
    person, password = opened()
    assert person.check_password(password)
    assert not selectors.actor(person.id, TODAY).posts
    granted(person)
    assert selectors.actor(person.id, TODAY).holds(Duty.OFFICER, YC)


@pytest.mark.parametrize("other", [SEC, AUDIT, "yc-agency-head1", "ya-sysadmin"])
def test_nobody_else_opens_closes_or_resets_an_account(other):
    person, _ = opened()
    tried = (
        lambda: services.open_account(username="x-1", name="某示例", **by(other)),
        lambda: services.close_account(person_id=person.id, **by(other)),
        lambda: services.reset_password(person_id=person.id, **by(other)),
    )
    for act in tried:
        with pytest.raises(NotPermitted, match="系统管理员") as no:
            act()
        assert no.value.cites
    assert Person.objects.get(id=person.id).is_active


@pytest.mark.parametrize("other", [SYS, AUDIT, "yc-agency-head1", "ya-secadmin"])
def test_nobody_else_grants_or_ends_a_duty(other):
    person, _ = opened()
    post = granted(person)
    with pytest.raises(NotPermitted, match="安全保密管理员"):
        granted(person, Duty.ARCHIVIST, admin=other)
    with pytest.raises(NotPermitted, match="安全保密管理员"):
        services.withdraw_duty(post_id=post.id, **by(other))
    assert selectors.actor(person.id, TODAY).duties(YC) == {Duty.OFFICER}


def test_nobody_grants_to_or_closes_themselves_nor_another_agency_s_people():
    with pytest.raises(NotPermitted, match="本人"):
        services.close_account(person_id=who(SYS), **by(SYS))
    with pytest.raises(NotPermitted, match="本人"):
        granted(Person.objects.get(username=SEC), Duty.AGENCY_HEAD)
    with pytest.raises(NotFound):
        services.reset_password(person_id=who("ya-officer1"), **by(SYS))


@pytest.mark.parametrize("duty", ADMINISTRATORS)
def test_an_administrator_is_nothing_else_and_nobody_else_becomes_one(duty):
    with pytest.raises(NotPermitted, match="应当由不同人员担任") as no:
        granted(Person.objects.get(username="yc-officer1"), duty)
    assert no.value.cites
    person, _ = opened()
    granted(person, duty)
    for other in {*ADMINISTRATORS, Duty.OFFICER, Duty.AGENCY_HEAD} - {duty}:
        with pytest.raises(NotPermitted, match="应当由不同人员担任"):
            granted(person, other)


def test_a_name_is_taken_once_and_a_closed_account_is_given_no_duty():
    person, _ = opened()
    with pytest.raises(BadInput, match="已经使用"):
        opened()
    services.close_account(person_id=person.id, **by(SYS))
    with pytest.raises(WrongStep, match="停用"):
        granted(person)
    services.reopen_account(person_id=person.id, **by(SYS))
    granted(person)


def test_the_auditor_alone_reads_the_log_and_does_nothing_there():
    person, _ = opened()
    granted(person)
    page = browser(AUDIT).get("/desk/people/audit/")
    assert "开立账号" in page.content.decode()
    registers = browser(AUDIT).get("/desk/people/audit/?of=registers").content.decode()
    assert "授予职责" in registers
    assert "罗示例" in registers
    for other in (SYS, SEC, "yc-agency-head1", "yc-supervisor"):
        assert browser(other).get("/desk/people/audit/").status_code == 403
    assert "新示例" not in browser("ya-auditor").get("/desk/people/audit/").content.decode()
    for address in ("/desk/people/new/", "/desk/people/agency/"):
        assert browser(AUDIT).get(address).status_code == 403


# --- two people ---


def lost(username="yc-agency-head1"):
    person = Person.objects.get(username=username)
    Factor.objects.create(
        person=person, kind="totp", label="手机", secret_sealed="x", added_at=clock.now()
    )
    return person


def proposed(person, admin=SYS):
    return services.propose_reset(person_id=person.id, reason="手机丢失", **by(admin))


def decide(row, admin):
    return services.approve_change(proposal_id=row.id, on=TODAY, by=who(admin))


def test_a_lost_proof_is_reset_by_two_administrators_and_by_no_fewer():
    person = lost()
    accounts.make_codes(person_id=person.id)
    row = proposed(person)
    for nobody in (SYS, AUDIT, "yc-review-head", "yc-agency-head1", "ya-secadmin"):
        with pytest.raises(NotPermitted):
            decide(row, nobody)
    assert person.factors.exists()
    decide(row, SEC)
    assert not person.factors.exists()
    assert not person.recovery_codes.exists()
    event = SecurityEvent.objects.filter(person=person).latest("id")
    assert (event.kind, event.by_id) == ("factors-reset", who(SEC))


def test_an_administrator_s_own_is_reset_by_the_other_and_a_head():
    row = proposed(lost(SEC))
    with pytest.raises(NotPermitted):
        decide(row, SEC)
    decide(row, "yc-agency-head2")
    with pytest.raises(NotPermitted, match="自己的"):
        proposed(lost(SYS))


def test_a_reset_is_seen_by_administrators_heads_and_the_person_alone():
    row = proposed(lost())
    where = f"/desk/registry/changes/{row.id}/"
    for username, status in ((SYS, 200), (SEC, 200), ("yc-agency-head1", 200), ("yc-officer1", 404),
                             (AUDIT, 404), ("ya-sysadmin", 404)):  # fmt: skip
        assert browser(username).get(where).status_code == status, username
        listed = "赵示例" in browser(username).get("/desk/registry/changes/").content.decode()
        assert listed is (status == 200), username
    answer = browser(SEC).post(f"{where}decide/", {"do": "approve", "opinion": ""}, follow=True)
    assert "已经重置" in answer.content.decode()


def test_an_agency_s_bank_is_changed_by_two_people_from_a_day_on():
    now = selectors.agency(YC, TODAY)
    form = browser(SYS).get("/desk/people/agency/")
    assert now.bank in form.content.decode()
    sent = {n: getattr(now, n) for n in Profile.__slots__ if isinstance(getattr(now, n), str)}
    sent |= {"bank": "示例银行雨城支行", "valid_from": "2026-12-01", "reason": "代收银行变更"}
    assert browser(SYS).post("/desk/people/agency/", sent).status_code == 302
    row = ChangeProposal.objects.get()
    assert AgencyProfile.objects.filter(organ_id=YC).count() == 1
    page = browser("yc-agency-head1").get(f"/desk/registry/changes/{row.id}/").content.decode()
    assert "示例银行雨城支行" in page
    for nobody in (SYS, "yc-review-head", "yc-handling-head", "ya-agency-head1"):
        with pytest.raises(NotPermitted):
            decide(row, nobody)
    decide(row, "yc-agency-head1")
    assert selectors.agency(YC, TODAY).bank == now.bank
    assert selectors.agency(YC, date(2026, 12, 1)).bank == "示例银行雨城支行"


# --- certificates ---


def test_a_certificate_that_runs_out_is_told_ahead_to_its_holder_and_the_unit_s_head():
    near = clock.at(date(2028, 11, 15))
    with clock.frozen(near):
        for username, tells in (("yc-officer1", True), ("yc-handling-head", True),
                                ("yc-archivist", False)):  # fmt: skip
            home = browser(username).get("/desk/").content.decode()
            assert ("即将到期" in home) is tells, username
        assert (
            "有效，余46日"
            in browser("yc-officer1").get("/desk/registry/officers/").content.decode()
        )
    assert "即将到期" not in browser("yc-officer1").get("/desk/").content.decode()
