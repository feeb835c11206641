"""The desk of the registers in the browser, at both widths: read, tried out, changed by two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.browser.conftest import assert_accessible, picture
from zhifa.accounts import services as accounts
from zhifa.accounts.models import Person
from zhifa.kernel import clock
from zhifa.registry import seeding
from zhifa.registry.models import ChangeProposal, Power
from zhifa.registry.services import library

PASSWORD = "correct-horse-battery"
TODAY = date(2026, 11, 24)


@pytest.fixture
def filled(fresh_database: str) -> Iterator[None]:
    """The registers and the statutes are there, and two people of the fire brigade can sign in."""
    library.import_packaged()
    seeding.seed(on=date(2026, 1, 1), say=lambda _line: None)
    for username in ("xf-review-head", "xf-agency-head1"):
        person = Person.objects.get(username=username)
        accounts.set_password(person=person, password=PASSWORD)
    with clock.frozen(clock.at(TODAY, 10)):
        yield


def signed_in(open_page: Any, username: str, address: str, width: str = "desk") -> Any:
    shown = open_page(f"/desk/sign-in/?next={address}", width)
    shown.fill("[name=username]", username)
    shown.fill("[name=password]", PASSWORD)
    shown.click("main button")
    shown.wait_for_url(f"**{address.split('?')[0]}*")
    return shown


PAGES = {
    "registry-desk": "/desk/registry/",
    "registry-powers": "/desk/registry/powers/?field=urban",
    "registry-power": "/desk/registry/powers/urban.open-air-barbecue/",
    "registry-benchmark": "/desk/registry/benchmarks/example.fire-exit/",
    "registry-benchmarks": "/desk/registry/benchmarks/",
    "registry-power-form": "/desk/registry/powers/fire.exit/change/",
    "registry-benchmark-form": "/desk/registry/benchmarks/example.fire-exit/change/",
    "registry-import": "/desk/registry/powers/import/",
    "registry-agencies": "/desk/registry/agencies/",
    "registry-agency": "/desk/registry/agencies/511802-sthj/",
    "registry-officers": "/desk/registry/officers/?agency=511802-scjg",
    "registry-competence": "/desk/registry/competence/?power=urban.straw-burning&area=511802101",
    "registry-assignment": "/desk/registry/competence/2023-511802101-zf-conferred/",
}


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_every_page_of_the_registers_is_accessible_and_fits(
    filled: None, open_page: Any, width: str
) -> None:
    shown = signed_in(open_page, "xf-review-head", "/desk/registry/", width)
    here = shown.url.split("/desk/")[0]
    for name, address in PAGES.items():
        shown.goto(here + address)
        assert_accessible(shown)
        across = shown.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert across <= 0, (name, width)
        picture(shown, f"{name}-{width}")


def test_a_benchmark_is_tried_out_beside_its_form(filled: None, open_page: Any) -> None:
    shown = signed_in(open_page, "xf-review-head", "/desk/registry/powers/fire.exit/")
    shown.fill("[name=f-exits]", "4")
    shown.click(".try-form button")
    shown.wait_for_selector("#tried .tried-amount")
    assert "违法情节较重" in shown.inner_text("#tried")
    assert "try=1" not in shown.url
    picture(shown, "registry-tried-desk")


def test_one_proposes_and_another_publishes(filled: None, open_page: Any) -> None:
    shown = signed_in(open_page, "xf-review-head", "/desk/registry/powers/fire.exit/change/")
    shown.fill("[name=fine]", "5000元以上30000元以下")
    shown.fill("[name=valid_from]", "2026-12-01")
    shown.fill("[name=reason]", "示例：按新标准调整")
    shown.click("button[value=check]")
    shown.wait_for_selector(".checked ins")
    assert_accessible(shown)
    picture(shown, "registry-checked-desk")
    shown.click("button[value=submit]")
    shown.wait_for_selector("text=等待另一人审核")
    row = ChangeProposal.objects.get()
    head = signed_in(open_page, "xf-agency-head1", f"/desk/registry/changes/{row.id}/")
    assert_accessible(head)
    picture(head, "registry-change-desk")
    head.click("button[value=approve]")
    head.wait_for_selector("text=已发布")
    picture(head, "registry-approved-desk")
    assert Power.objects.filter(code="fire.exit").count() == 2
    phone = signed_in(open_page, "xf-agency-head1", f"/desk/registry/changes/{row.id}/", "phone")
    assert_accessible(phone)
    picture(phone, "registry-change-phone")
