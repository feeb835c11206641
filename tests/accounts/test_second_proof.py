"""The second proof: enrolled by the person, asked at sign-in, single use, counted, reset by two."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError, transaction
from django.test import Client

from tests.accounts.test_sign_in import PASSWORD, enter
from zhifa.accounts import services
from zhifa.accounts.models import Factor, RecoveryCode, SecurityEvent
from zhifa.kernel import clock
from zhifa.kernel.errors import WrongStep

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
START = clock.at(clock.legal_date(clock.now()), 9)
SECOND, SECURITY = "/desk/sign-in/second/", "/desk/security/"


@pytest.fixture
def head():
    return services.create_person(username="fuze", name="赵示例", password=PASSWORD)


def shown(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def enrolled(head) -> str:
    secret = pyotp.random_base32()
    services.add_totp(person_id=head.pk, secret=secret, code=shown(secret), label="手机")
    return secret


def events(person) -> list[str]:
    return list(
        SecurityEvent.objects.filter(person=person).order_by("id").values_list("kind", flat=True)
    )


def test_a_generator_is_enrolled_by_the_code_it_shows_and_brings_ten_recovery_codes_once(
    client, head
):
    enter(client, username="fuze")
    page = client.get(f"{SECURITY}totp/").content.decode()
    assert "data:image/svg+xml" in page
    secret = client.session["totp_secret"]
    refused = client.post(f"{SECURITY}totp/", {"label": "手机", "code": "000000"})
    assert refused.status_code == 422
    assert "动态口令不正确" in refused.content.decode()
    assert not Factor.objects.exists()
    told = client.post(f"{SECURITY}totp/", {"label": "手机", "code": shown(secret)})
    codes = re.findall(r"<li>([a-z0-9-]{14})</li>", told.content.decode())
    assert len(set(codes)) == 10
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert len(kept) == 10
    assert not any(code in digest for code in codes for digest in kept)
    assert secret not in Factor.objects.get().secret_sealed
    again = client.get(SECURITY).content.decode()
    assert codes[0] not in again
    assert "还有10个没有使用" in again


def test_the_password_alone_opens_nothing_once_a_factor_is_enrolled(client, head):
    with clock.frozen(START):
        secret = enrolled(head)
    with clock.frozen(START + timedelta(minutes=1)):
        answer = enter(client, username="fuze", next="/desk/cases/")
        assert answer.headers["Location"] == f"{SECOND}?next=%2Fdesk%2Fcases%2F"
        assert client.get("/desk/").status_code == 302
        assert client.post(SECOND, {"code": "000000"}).status_code == 422
        assert client.get("/desk/").status_code == 302
        entered = client.post(SECOND, {"code": shown(secret), "next": "/desk/cases/"})
        assert entered.headers["Location"] == "/desk/cases/"
        assert client.get("/desk/").status_code == 200
    assert events(head)[-2:] == ["proof-wrong", "signed-in"]


def test_no_code_of_the_minute_is_good_twice(head):
    with clock.frozen(START):
        secret = enrolled(head)
        assert services.prove_by_code(person_id=head.pk, given=shown(secret)) == ""
    with clock.frozen(START + timedelta(seconds=30)):
        code = shown(secret)
        assert services.prove_by_code(person_id=head.pk, given=code) == "totp"
        assert services.prove_by_code(person_id=head.pk, given=code) == ""


def test_a_recovery_code_stands_in_once_and_only_for_its_own_person(head):
    enrolled(head)
    other = services.create_person(username="other", name="钱示例", password=PASSWORD)
    code = services.make_codes(person_id=head.pk)[0]
    assert services.prove_by_code(person_id=other.pk, given=code) == ""
    assert services.prove_by_code(person_id=head.pk, given=code.upper().replace("-", " ")) == "code"
    assert services.prove_by_code(person_id=head.pk, given=code) == ""
    fresh = services.make_codes(person_id=head.pk)
    assert services.prove_by_code(person_id=head.pk, given=fresh[1]) == "code"


def test_five_wrong_proofs_pause_the_second_step_for_half_an_hour_from_whatever_address(head):
    with clock.frozen(START):
        secret = enrolled(head)
        client, elsewhere = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
        for who in (client, elsewhere):
            enter(who, username="fuze")
        for n in range(5):
            (client, elsewhere)[n % 2].post(SECOND, {"code": f"00000{n}"})
    with clock.frozen(START + timedelta(minutes=1)):
        answer = client.post(SECOND, {"code": shown(secret)})
        assert answer.status_code == 429
        assert "连续5次错误，暂停30分钟" in answer.content.decode()
        assert client.get("/desk/").status_code == 302
    with clock.frozen(START + timedelta(minutes=31)):
        enter(client, username="fuze")
        assert client.post(SECOND, {"code": shown(secret)}).status_code == 302
        assert client.get("/desk/").status_code == 200
    assert events(head).count("proof-locked") == 1


def test_who_waits_longer_than_five_minutes_begins_again(client, head):
    with clock.frozen(START):
        secret = enrolled(head)
        enter(client, username="fuze")
    with clock.frozen(START + timedelta(minutes=6)):
        answer = client.post(SECOND, {"code": shown(secret)})
        assert answer.headers["Location"].startswith("/desk/sign-in/?")
        assert client.get("/desk/").status_code == 302


def test_factors_are_changed_only_on_a_fresh_proof_and_the_last_one_stays(client, head):
    with clock.frozen(START):
        secret = enrolled(head)
        factor = Factor.objects.get()
    with clock.frozen(START + timedelta(minutes=1)):
        enter(client, username="fuze")
        client.post(SECOND, {"code": shown(secret)})
        assert client.get(f"{SECURITY}totp/").status_code == 200
        with pytest.raises(WrongStep, match="唯一"):
            services.remove_factor(person_id=head.pk, factor_id=factor.id)
    with clock.frozen(START + timedelta(minutes=20)):
        led = client.get(f"{SECURITY}totp/")
        assert led.headers["Location"].startswith(f"{SECURITY}prove/")
        answer = client.post(f"{SECURITY}codes/")
        assert answer.status_code == 403
        assert "重新验证" in answer.content.decode()
        assert not RecoveryCode.objects.exists()
        client.post(f"{SECURITY}prove/", {"code": shown(secret)})
        assert client.post(f"{SECURITY}codes/").status_code == 200
        assert RecoveryCode.objects.count() == 10


def test_another_s_factor_cannot_be_removed(client, head):
    enrolled(head)
    services.create_person(username="other", name="钱示例", password=PASSWORD)
    enter(client, username="other")
    answer = client.post(f"{SECURITY}factors/{Factor.objects.get().id}/remove/")
    assert answer.status_code == 404
    assert Factor.objects.count() == 1


@pytest.mark.parametrize("given", ["{}", "[]", '{"id": "x"}', "\x00{"])
def test_what_no_key_signed_proves_nothing(client, head, given):
    enrolled(head)
    enter(client, username="fuze")
    answer = client.post(SECOND, {"credential": given, "code": ""})
    assert answer.status_code == 422
    client.post(f"{SECURITY}passkey/", {"label": "x", "credential": given})
    assert client.get("/desk/").status_code == 302
    assert Factor.objects.count() == 1


def test_a_reset_takes_everything_away_and_ends_the_session(client, head):
    with clock.frozen(START):
        secret = enrolled(head)
        services.make_codes(person_id=head.pk)
    with clock.frozen(START + timedelta(minutes=1)):
        enter(client, username="fuze")
        client.post(SECOND, {"code": shown(secret)})
        services.clear_factors(person_id=head.pk, by=head.pk)
        assert client.get("/desk/").status_code == 302
        assert not Factor.objects.exists()
        assert not RecoveryCode.objects.exists()
        enter(client, username="fuze")
        assert client.get("/desk/").status_code == 200


def test_the_account_log_is_neither_changed_nor_emptied(head):
    enrolled(head)
    line = SecurityEvent.objects.first()
    assert line is not None
    for harm in (
        lambda: SecurityEvent.objects.filter(id=line.id).update(note="改"),
        lambda: SecurityEvent.objects.filter(id=line.id).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            harm()
    try:
        line.refresh_from_db()
    except ObjectDoesNotExist:
        pytest.fail("the line is gone")


def test_one_changes_one_s_own_password_with_the_present_one_and_stays_signed_in(client, head):
    enter(client, username="fuze")
    other = "又一口气登高山-2026"

    def send(now, new=other, again=other):
        return client.post(f"{SECURITY}password/", {"now": now, "new": new, "again": again})

    for given in (("错误的密码",), (PASSWORD, "短的"), (PASSWORD, other, "不一样的密码-20260101")):
        assert send(*given).status_code == 422
    assert send(PASSWORD).status_code == 302
    assert client.get("/desk/").status_code == 200
    head.refresh_from_db()
    assert head.check_password(other)
    assert head.session_key == client.session.session_key
    assert enter(Client(), username="fuze").status_code == 422
