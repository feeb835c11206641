"""Use cases of the three administrators: accounts by one, duties by another, neither by both.

The system administrator opens and closes accounts and grants nothing; the security administrator
grants and ends duties and opens nothing; the auditor only reads. None acts on themselves.
"""

from __future__ import annotations

import secrets
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from zhifa.accounts import services as accounts
from zhifa.accounts.models import Organ, Person
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, WrongStep
from zhifa.kernel.ids import ALPHABET
from zhifa.law.actor import Duty
from zhifa.law.sources import DBAO
from zhifa.registry.events import AccountClosed, AccountOpened, AccountReopened
from zhifa.registry.models import Delegation, Membership, Post
from zhifa.registry.models.dated import holding
from zhifa.registry.register import changing
from zhifa.registry.selectors.officers import actor
from zhifa.registry.selectors.people import belongs
from zhifa.registry.services.acting import revoke_delegation
from zhifa.registry.services.officers import end_post, hold_post

ACCOUNTS = "accounts"


@transaction.atomic
def open_account(
    *, agency: str, username: str, name: str, on: date, by: UUID
) -> tuple[Person, str]:
    """Open an account without any duty; gives the person and the password, told this once."""
    _only(Duty.SYSADMIN, agency, on, by)
    if not Organ.objects.filter(code=agency).exists():
        raise NotFound("没有这一机关。", code="no-such-agency")
    password = fresh_password()
    try:
        with transaction.atomic():
            person = accounts.create_person(username=username, name=name, password=password, by=by)
    except IntegrityError as taken:
        raise BadInput("登录名已经使用。", field="username") from taken
    with changing(ACCOUNTS, agency=agency, by=by) as change:
        Membership.objects.create(person=person, organ_id=agency, since=on)
        change.append(AccountOpened(person.id, agency), on=on)
    return person, password


@transaction.atomic
def reset_password(*, person_id: UUID, agency: str, on: date, by: UUID) -> str:
    """A new password, told this once; the session that is open ends at its next request."""
    person = _other(person_id, agency, Duty.SYSADMIN, on, by)
    password = fresh_password()
    accounts.set_password(person=person, password=password, by=by)
    return password


@transaction.atomic
def close_account(*, person_id: UUID, agency: str, on: date, by: UUID) -> None:
    """Close the account: sign-in is over, and so is the session that is open."""
    person = _other(person_id, agency, Duty.SYSADMIN, on, by)
    if not person.is_active:
        raise WrongStep("这一账号已经停用。", code="account-closed")
    with changing(ACCOUNTS, agency=agency, by=by) as change:
        accounts.deactivate(person_id=person_id, by=by)
        change.append(AccountClosed(person_id, agency), on=on)


@transaction.atomic
def reopen_account(*, person_id: UUID, agency: str, on: date, by: UUID) -> None:
    """Open a closed account again; it has the duties that still run, no more."""
    person = _other(person_id, agency, Duty.SYSADMIN, on, by)
    if person.is_active:
        raise WrongStep("这一账号没有停用。", code="account-open")
    with changing(ACCOUNTS, agency=agency, by=by) as change:
        accounts.reactivate(person_id=person_id, by=by)
        change.append(AccountReopened(person_id, agency), on=on)


@transaction.atomic
def grant_duty(
    *,
    person_id: UUID,
    agency: str,
    duty: Duty,
    unit: str,
    title: str,
    basis: str,
    on: date,
    by: UUID,
) -> Post:
    """Grant a duty from today on, on a written basis."""
    person = _other(person_id, agency, Duty.SECADMIN, on, by)
    if not person.is_active:
        raise WrongStep("这一账号已经停用，不能任职。", code="account-closed")
    if not basis.strip():
        raise BadInput("应当写明任职依据。", field="basis")
    return hold_post(
        person_id=person_id, agency=agency, duty=duty, unit=unit, title=title.strip(),
        basis=basis.strip(), valid_from=on, on=on, by=by,
    )  # fmt: skip


@transaction.atomic
def withdraw_duty(*, post_id: UUID, agency: str, on: date, by: UUID) -> None:
    """End a duty; today is its last day."""
    row = Post.objects.filter(id=post_id, organ_id=agency).first()
    if row is None:
        raise NotFound("没有这一任职。", code="no-such-post")
    _other(row.person_id, agency, Duty.SECADMIN, on, by)
    if row.valid_until is not None and row.valid_until <= on:
        raise WrongStep("这一任职已经终止。", code="post-over")
    end_post(post_id=post_id, last_day=max(on, row.valid_from), on=on, by=by)


@transaction.atomic
def end_duties(*, person_id: UUID, agency: str, why: str, on: date, by: UUID) -> int:
    """A person leaves: every duty at the agency ends today, and every delegation with them."""
    _other(person_id, agency, Duty.SECADMIN, on, by)
    if not why.strip():
        raise BadInput("应当写明离岗依据。", field="reason")
    posts = holding(Post.objects.filter(person_id=person_id, organ_id=agency), on)
    ended = [row for row in posts if row.valid_until is None or row.valid_until > on]
    for row in ended:
        end_post(post_id=row.id, last_day=on, on=on, by=by, why=why)
    given = Delegation.objects.filter(giver_id=person_id, organ_id=agency)
    held = Delegation.objects.filter(holder_id=person_id, organ_id=agency)
    for one in (given | held).filter(revoked_on=None, valid_until__gte=on).order_by("id"):
        revoke_delegation(delegation_id=one.id, why="离岗", on=on, by=by, closing=True)
    return len(ended)


def fresh_password() -> str:
    """A password of 78 bits, to be told to its person."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def _only(duty: Duty, agency: str, on: date, by: UUID) -> None:
    if not actor(by, on).holds_itself(duty, agency):
        raise NotPermitted(
            f"这一事项由本机关{duty.label}办理。", cites=(DBAO.whole,), code="not-administrator"
        )


def _other(person_id: UUID, agency: str, duty: Duty, on: date, by: UUID) -> Person:
    """The person of the agency whom the administrator acts on: never themselves."""
    _only(duty, agency, on, by)
    person = Person.objects.filter(id=person_id).first()
    if person is None or not belongs(person_id, agency):
        raise NotFound("本机关没有这名人员。", code="no-such-person")
    if person_id == by:
        raise NotPermitted(
            "不能办理本人的账号和职责，请由另一名管理员办理。",
            cites=(DBAO.whole,),
            code="own-account",
        )
    return person
