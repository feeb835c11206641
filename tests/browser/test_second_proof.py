"""The second proof in the browser: a key of a virtual authenticator, and codes of the minute."""

from __future__ import annotations

from typing import Any

import pyotp

from tests.browser.conftest import assert_accessible, picture
from zhifa.accounts import services
from zhifa.accounts.models import Factor, SecurityEvent
from zhifa.kernel import clock

PASSWORD = "correct-horse-battery"


def authenticator(page: Any) -> None:
    driver = page.context.new_cdp_session(page)
    driver.send("WebAuthn.enable")
    driver.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def sign_in(page: Any, base: str) -> None:
    page.goto(f"{base}/desk/sign-in/?next=/desk/security/")
    page.fill("[name=username]", "fuze")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def sign_out(page: Any) -> None:
    page.click("details.menu summary")
    page.click("text=退出登录")
    page.wait_for_url("**/desk/sign-in/**")


def test_a_key_and_a_code_are_enrolled_and_each_opens_the_desk(open_page: Any, server: str) -> None:
    services.create_person(username="fuze", name="赵示例", password=PASSWORD)
    base = server.replace("127.0.0.1", "localhost")  # no key is bound to an address of numbers
    page = open_page("/desk/sign-in/")
    authenticator(page)
    sign_in(page, base)
    page.wait_for_url("**/desk/security/")
    picture(page, "security-empty")
    page.click("text=添加动态口令")
    assert_accessible(page)
    picture(page, "security-totp")
    secret = page.inner_text(".secret").replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(secret).at(clock.now()))
    page.click("main form button")
    page.wait_for_selector(".codes")
    assert_accessible(page)
    picture(page, "security-codes")
    code = page.inner_text(".codes li:first-child")
    page.click("text=已经保管好")
    page.click("text=添加通行密钥")
    page.click("[data-ask]")
    page.wait_for_url("**/desk/security/")
    assert_accessible(page)
    picture(page, "security-two")
    assert {f.kind for f in Factor.objects.all()} == {"totp", "passkey"}

    sign_out(page)
    sign_in(page, base)
    page.wait_for_url("**/second/**")
    assert_accessible(page)
    picture(page, "security-second")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page)
    picture(page, "security-second")
    page.click("[data-ask]")
    page.wait_for_url("**/desk/security/")
    assert_accessible(page)
    picture(page, "security-two")
    assert Factor.objects.get(kind="passkey").sign_count > 0

    sign_out(page)
    sign_in(page, base)
    page.fill("[name=code]", code)
    page.click("text=验证 >> nth=-1")
    page.wait_for_url("**/desk/security/")
    kinds = SecurityEvent.objects.order_by("id").values_list("kind", "note")
    assert [n for k, n in kinds if k == "signed-in"] == ["", "passkey", "code"]
