"""Signing in through a provider that runs for real: existing people only, by the agreed claim."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pyotp
import pytest
import requests
from django.test import Client

from zhifa.accounts import services
from zhifa.accounts.models import Person, SecurityEvent
from zhifa.kernel import clock

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
USERS = (
    {"sub": "1001", "preferred_username": "chengban", "name": "李示例"},
    {"sub": "1002", "preferred_username": "chengban", "amr": ["pwd", "otp"]},
    {"sub": "1003", "preferred_username": "nobody"},
    {"sub": "1004"},
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    users = [f"--user-claims={json.dumps(user)}" for user in USERS]
    running = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", f"--port={port}", *users],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert running.stderr is not None
    said = []
    for line in running.stderr:
        said.append(line)
        if "running on" in line.lower():
            break
    else:
        pytest.fail("".join(said))
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    running.communicate(timeout=10)


@pytest.fixture
def known(issuer: str, settings) -> str:
    settings.OIDC = {
        "issuer": issuer, "client_id": "zhifa", "client_secret": "a-secret",
        "claim": "preferred_username", "name": "统一身份认证",
    }  # fmt: skip
    return issuer


@pytest.fixture
def officer() -> Person:
    return services.create_person(username="chengban", name="李示例")


def led(client: Client, then: str = "/desk/cases/") -> str:
    answer = client.get("/desk/sign-in/oidc/", {"next": then})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def consented(where: str, sub: str) -> str:
    """What the provider sends the browser back with."""
    answer = requests.post(where, data={"sub": sub}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def back(client: Client, sub: str):
    return client.get(consented(led(client), sub))


def test_who_the_provider_knows_and_the_house_knows_is_in(known, officer):
    client = Client()
    assert "统一身份认证登录" in client.get("/desk/sign-in/").content.decode()
    where = led(client)
    asked = parse_qs(urlsplit(where).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["nonce"]
    answer = client.get(consented(where, "1001"))
    assert answer.headers["Location"] == "/desk/cases/"
    assert client.get("/desk/").content.decode() == "李示例"


@pytest.mark.parametrize("sub", ["1003", "1004", "a-stranger"])
def test_nobody_is_made_by_signing_in(known, officer, sub):
    client = Client()
    answer = back(client, sub)
    assert answer.status_code == 403
    assert "没有与之对应的账号" in answer.content.decode()
    assert client.get("/desk/").status_code == 302
    assert Person.objects.count() == 1


def test_a_closed_account_stays_closed(known, officer):
    services.deactivate(person_id=officer.pk)
    client = Client()
    assert back(client, "1001").status_code == 403
    assert client.get("/desk/").status_code == 302


def test_the_second_proof_is_asked_unless_the_provider_asked_for_one(known, officer):
    secret = pyotp.random_base32()
    services.add_totp(
        person_id=officer.pk, secret=secret, code=pyotp.TOTP(secret).at(clock.now()), label="手机"
    )
    once, twice = Client(), Client()
    assert back(once, "1001").headers["Location"].startswith("/desk/sign-in/second/")
    assert once.get("/desk/").status_code == 302
    assert back(twice, "1002").headers["Location"] == "/desk/cases/"
    assert twice.get("/desk/").status_code == 200
    assert SecurityEvent.objects.latest("id").note == "oidc"


def test_an_answer_of_another_browser_a_second_time_or_made_up_opens_nothing(known, officer):
    client, thief = Client(), Client()
    answer = consented(led(client), "1001")
    led(thief)
    for stranger in (thief, Client()):
        assert stranger.get(answer).status_code == 403
        assert stranger.get("/desk/").status_code == 302
    forged = re.sub(r"code=[^&]+", "code=made-up", answer)
    assert client.get(forged).status_code == 403
    assert client.get(answer).status_code == 403  # the state served once
    assert client.get("/desk/").status_code == 302


def test_a_token_for_another_nonce_is_not_accepted(known, officer):
    client = Client()
    where = urlsplit(led(client))
    asked = {k: v[0] for k, v in parse_qs(where.query).items()} | {"nonce": "another"}
    swapped = where._replace(query=urlencode(asked)).geturl()
    assert client.get(consented(swapped, "1001")).status_code == 403
    assert client.get("/desk/").status_code == 302


def test_a_provider_that_is_not_there_or_not_secure_is_told_in_words(known, officer, settings):
    client = Client()
    settings.OIDC = {**settings.OIDC, "issuer": "http://127.0.0.1:1"}
    answer = client.get("/desk/sign-in/oidc/")
    assert answer.status_code == 503
    assert "暂时不能使用" in answer.content.decode()
    settings.OIDC = {**settings.OIDC, "issuer": "http://provider.example"}
    assert client.get("/desk/sign-in/oidc/").status_code == 503
    assert client.get("/desk/sign-in/").status_code == 200
    settings.OIDC = {}
    assert client.get("/desk/sign-in/oidc/").status_code == 404
    assert "统一身份认证登录" not in client.get("/desk/sign-in/").content.decode()
