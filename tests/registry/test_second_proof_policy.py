"""Who must prove twice who they are is refused the desk until they have, and told how."""

import pyotp
import pytest
from django.test import Client

from zhifa.accounts import services
from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.kernel.models import DemoMark

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
MUST = ("yc-agency-head1", "yc-handling-head", "yc-review-head", "yc-legal-reviewer",
        "yc-publish-reviewer", "yc-supervisor", "yc-sysadmin", "yc-secadmin",
        "yc-auditor")  # fmt: skip
MAY = ("yc-officer1", "yc-archivist", "yc-window-clerk", "yc-cashier")


def client(username: str) -> Client:
    found = Client()
    found.force_login(Person.objects.get(username=username), backend=BACKEND)
    return found


@pytest.fixture
def enforced(seeded, settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("username", MUST)
def test_heads_approvers_supervisors_and_administrators_are_refused_without_it(enforced, username):
    answer = client(username).get("/desk/registry/")
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "登录工作台应当有二次验证，这次登录还没有" in said
    assert 'href="/desk/security/"' in said
    assert client(username).get("/desk/security/").status_code == 200
    assert client(username).post("/desk/registry/powers/new/", {}).status_code == 403


@pytest.mark.parametrize("username", MAY)
def test_others_may_but_need_not(enforced, username):
    assert client(username).get("/desk/registry/").status_code == 200


def test_enrolling_opens_the_desk_at_once(enforced):
    head = client("yc-agency-head1")
    head.get("/desk/security/totp/")
    code = pyotp.TOTP(head.session["totp_secret"]).at(clock.now())
    assert head.post("/desk/security/totp/", {"label": "手机", "code": code}).status_code == 200
    assert head.get("/desk/registry/").status_code == 200


def test_a_demonstration_enforces_nothing_and_its_page_says_so(enforced):
    DemoMark.objects.create(id=1, marked_at=clock.now())
    head = client("yc-agency-head1")
    assert head.get("/desk/registry/").status_code == 200
    assert "演示环境不强制二次验证" in head.get("/desk/security/").content.decode()


def test_a_person_without_any_post_is_asked_nothing(enforced):
    services.create_person(username="nobody", name="无职示例")
    assert client("nobody").get("/desk/registry/").status_code == 200
