"""Signing in: lock-out, one session, idle limit, and refusals that tell nothing to a stranger."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from zhifa.accounts import services
from zhifa.accounts.access import access_of
from zhifa.accounts.models import Person
from zhifa.accounts.views.entering import sign_in
from zhifa.kernel import clock

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
PASSWORD = "一口气登高山-2026"


@pytest.fixture
def officer():
    return services.create_person(username="chengban", name="李示例", password=PASSWORD)


def enter(client, password=PASSWORD, username="chengban", **more):
    return client.post("/desk/sign-in/", {"username": username, "password": password, **more})


def test_a_stranger_is_led_to_the_sign_in_page_and_back_to_where_they_wanted(client, officer):
    answer = client.get("/desk/cases/?page=2")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/desk/sign-in/?next=%2Fdesk%2Fcases%2F%3Fpage%3D2"
    answer = enter(client, next="/desk/cases/?page=2")
    assert answer.headers["Location"] == "/desk/cases/?page=2"
    assert client.get("/desk/cases/").content.decode() == "李示例"
    assert Person.objects.get().last_login is not None


def test_half_a_page_is_never_swapped_in_when_the_session_is_over(client):
    answer = client.get(
        "/desk/cases/",
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "https://zhifa.example/desk/cases/?page=2",
        },
    )
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/desk/sign-in/?next=%2Fdesk%2Fcases%2F%3Fpage%3D2"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:a"])
def test_nobody_is_led_out_of_the_house(client, officer, elsewhere):
    assert enter(client, next=elsewhere).headers["Location"] == "/desk/"


def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(client, officer):
    wrong_password = enter(client, "错误的密码")
    wrong_name = enter(client, username="nobody")
    assert wrong_password.status_code == wrong_name.status_code == 422
    for answer in (wrong_password, wrong_name):
        assert "登录名或者密码不正确。" in answer.content.decode()
    assert client.get("/desk/").status_code == 302


def test_an_empty_form_says_what_is_missing(client):
    answer = enter(client, "", "")
    assert answer.status_code == 422
    assert "请填写登录名。" in answer.content.decode()
    assert "请填写密码。" in answer.content.decode()


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(client, officer):
    for _ in range(5):
        answer = enter(client, "错误的密码")
    assert answer.status_code == 429
    assert "连续5次输入错误，暂停登录30分钟" in answer.content.decode()
    assert enter(client).status_code == 429
    assert client.get("/desk/").status_code == 302


def test_a_new_sign_in_ends_the_session_that_was_open_elsewhere(client, officer):
    other = Client()
    enter(other)
    assert other.get("/desk/").status_code == 200
    enter(client)
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302


def test_half_an_hour_without_a_request_ends_the_session_and_use_keeps_it(client, officer):
    enter(client)
    assert client.session.get_expiry_age() == 30 * 60
    Session.objects.update(expire_date=clock.now() + timedelta(seconds=90))
    assert client.get("/desk/").status_code == 200
    left = Session.objects.get().expire_date - clock.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert client.get("/desk/").status_code == 302


def test_signing_out_is_asked_by_post_and_ends_the_session(client, officer):
    enter(client)
    assert client.get("/desk/sign-out/").status_code == 405
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/sign-out/").headers["Location"] == "/desk/sign-in/"
    assert client.get("/desk/").status_code == 302
    assert Person.objects.get().session_key == ""


def test_a_person_made_inactive_is_out_at_once_and_does_not_come_back(client, officer):
    enter(client)
    services.deactivate(person_id=officer.id)
    assert client.get("/desk/").status_code == 302
    assert enter(client).status_code == 422


def test_passwords_are_kept_as_argon2_and_a_person_without_one_cannot_enter(client, officer):
    assert officer.password.startswith("argon2$argon2id$")
    services.create_person(username="archived", name="周留痕")
    assert enter(client, "", "archived").status_code == 422


def test_a_form_sent_from_another_site_is_refused(officer):
    stranger = Client(enforce_csrf_checks=True)
    assert enter(stranger).status_code == 403


def test_the_sign_in_view_says_that_it_is_public():
    assert access_of(sign_in) == "public"
