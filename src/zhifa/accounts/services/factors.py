"""Use cases of the second proof: enrol, prove, recover, remove, reset.

A proof that is wrong is counted for the person, wherever it comes from; after five the second step
pauses for half an hour. No code of the minute and no recovery code is good twice.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pyotp
import webauthn
from django.db import IntegrityError, transaction
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException

from zhifa.accounts.models import Factor, Person, RecoveryCode, SecurityEvent
from zhifa.accounts.services.sessions import end_sessions
from zhifa.accounts.services.told import told
from zhifa.kernel import clock, fieldcrypt
from zhifa.kernel.errors import BadInput, NotFound, NotPermitted, WrongStep
from zhifa.kernel.ids import ALPHABET

MOST_FAILURES: Final = 5
PAUSE: Final = timedelta(minutes=30)
CODES: Final = 10
MOST_FACTORS: Final = 8
SECRET, CODE = "accounts.totp", "accounts.recovery-code"
Kind, Event = Factor.Kind, SecurityEvent.Kind


@transaction.atomic
def add_totp(*, person_id: UUID, secret: str, code: str, label: str) -> Factor:
    """Enrol a generator of codes; the code shown now proves that it holds the secret."""
    person = _held(person_id)
    step = _step(secret, code)
    if step is None:
        raise BadInput("动态口令不正确。请核对手机时间，输入当前显示的6位数字。", field="code")
    return _add(
        person, Kind.TOTP, label,
        secret_sealed=fieldcrypt.seal_text(secret, field=SECRET), last_step=step,
    )  # fmt: skip


@transaction.atomic
def add_passkey(
    *, person_id: UUID, credential: str, challenge: str, domain: str, origin: str, label: str
) -> Factor:
    """Enrol a key by what the browser answered to the challenge."""
    person = _held(person_id)
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=domain,
            expected_origin=origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise BadInput("没有得到通行密钥，请重新添加。", field="credential") from wrong
    try:
        with transaction.atomic():
            return _add(
                person, Kind.PASSKEY, label,
                credential_id=bytes_to_base64url(made.credential_id),
                public_key=made.credential_public_key, sign_count=made.sign_count,
            )  # fmt: skip
    except IntegrityError as twice:
        raise WrongStep("这把通行密钥已经添加过。", code="passkey-known") from twice


@transaction.atomic
def remove_factor(*, person_id: UUID, factor_id: UUID) -> None:
    """Take one factor away; the last one stays until another is there."""
    person = _held(person_id)
    rows = list(person.factors.all())
    row = next((r for r in rows if r.id == factor_id), None)
    if row is None:
        raise NotFound("没有这一项二次验证。", code="no-such-factor")
    if len(rows) == 1:
        raise WrongStep(
            "这是唯一的一项二次验证，不能移除。",
            remedy="请先添加另一项再移除这一项；设备丢失的，由两名管理员重置",
            code="last-factor",
        )
    told(person, Event.FACTOR_REMOVED, note=f"{row.get_kind_display()}：{row.label}")
    row.delete()


@transaction.atomic
def make_codes(*, person_id: UUID) -> list[str]:
    """New recovery codes, told this once; those made before are worth nothing any more."""
    person = _held(person_id)
    codes = [_code() for _ in range(CODES)]
    person.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, digest=_digest(person, code)) for code in codes
    )
    told(person, Event.CODES_MADE)
    return codes


@transaction.atomic
def clear_factors(*, person_id: UUID, by: UUID) -> None:
    """Take every factor and code away and end the session, by order of two administrators."""
    person = _held(person_id)
    person.factors.all().delete()
    person.recovery_codes.all().delete()
    end_sessions(person)
    _calm(person)
    person.save(update_fields=["session_key"])
    told(person, Event.FACTORS_RESET, by=by)


# --- proving -------------------------------------------------------------------------------------


def prove_by_code(*, person_id: UUID, given: str, address: str | None = None) -> str:
    """What the code proves: ``totp``, ``code`` for a recovery code, or nothing.

    Raises ``NotPermitted`` while the second step pauses.
    """
    text = "".join(given.split()).replace("-", "").lower()
    with transaction.atomic():
        person = _held(person_id)
        refuse_paused(person)
        found = _by_totp(person, text) or _by_recovery(person, text, address)
        count(person, found, address)
    return found


def prove_by_passkey(
    *,
    person_id: UUID,
    credential: str,
    challenge: str,
    domain: str,
    origin: str,
    address: str | None = None,
) -> str:
    """``passkey`` where one of the person's keys signed the challenge, or nothing."""
    with transaction.atomic():
        person = _held(person_id)
        refuse_paused(person)
        found = _by_passkey(person, credential, challenge, domain, origin)
        count(person, found, address)
    return found


def _by_totp(person: Person, code: str) -> str:
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        return ""
    for row in person.factors.filter(kind=Kind.TOTP):
        step = _step(fieldcrypt.open_text(row.secret_sealed, field=SECRET), code)
        if step is not None and step > row.last_step:
            row.last_step, row.used_at = step, clock.now()
            row.save(update_fields=["last_step", "used_at"])
            return Kind.TOTP.value
    return ""


def _by_recovery(person: Person, code: str, address: str | None) -> str:
    unused = person.recovery_codes.filter(digest=_digest(person, code), used_at=None)
    if len(code) != 12 or not unused.update(used_at=clock.now()):
        return ""
    told(person, Event.CODE_USED, address=address)
    return "code"


def _by_passkey(person: Person, credential: str, challenge: str, domain: str, origin: str) -> str:
    try:
        given = webauthn.helpers.parse_authentication_credential_json(credential)
        row = person.factors.filter(kind=Kind.PASSKEY, credential_id=given.id).first()
        if row is None:
            return ""
        proof = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=domain,
            expected_origin=origin,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return ""
    row.sign_count, row.used_at = proof.new_sign_count, clock.now()
    row.save(update_fields=["sign_count", "used_at"])
    return Kind.PASSKEY.value


def _step(secret: str, code: str) -> int | None:
    """The step of time whose code this is, one step early or late allowed."""
    generator = pyotp.TOTP(secret)
    now = int(clock.now().timestamp()) // generator.interval
    given = "".join(code.split()).encode()
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(generator.generate_otp(step).encode(), given):
            return step
    return None


def refuse_paused(person: Person) -> None:
    """Refuse every proof while they pause."""
    until = person.proofs_locked_until
    if until is not None and clock.now() < until:
        raise NotPermitted(
            f"二次验证连续{MOST_FAILURES}次错误，暂停{PAUSE.seconds // 60}分钟。",
            remedy="请稍后再试；设备丢失的，联系本单位系统管理员和安全保密管理员重置",
            code="proof-paused",
        )


def count(person: Person, right: str | bool, address: str | None) -> None:
    """Count a wrong proof of the person, who is locked; a right one forgets those before."""
    if right:
        return _calm(person)
    person.failed_proofs += 1
    told(person, Event.PROOF_WRONG, address=address)
    if person.failed_proofs >= MOST_FAILURES:
        person.failed_proofs, person.proofs_locked_until = 0, clock.now() + PAUSE
        told(person, Event.PROOF_LOCKED, address=address)
    person.save(update_fields=["failed_proofs", "proofs_locked_until"])
    return None


def _calm(person: Person) -> None:
    person.failed_proofs, person.proofs_locked_until = 0, None
    person.save(update_fields=["failed_proofs", "proofs_locked_until"])


def _add(person: Person, kind: Factor.Kind, label: str, **more: Any) -> Factor:
    if person.factors.count() >= MOST_FACTORS:
        raise WrongStep(f"二次验证最多添加{MOST_FACTORS}项。", code="too-many-factors")
    name = label.strip()[:40] or kind.label
    row = Factor.objects.create(person=person, kind=kind, label=name, added_at=clock.now(), **more)
    told(person, Event.FACTOR_ADDED, note=f"{kind.label}：{name}")
    return row


def _held(person_id: UUID) -> Person:
    """The person, locked: two proofs at once wait for each other."""
    return Person.objects.select_for_update().get(id=person_id)


def _code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def _digest(person: Person, code: str) -> str:
    plain = code.replace("-", "")
    return fieldcrypt.blind_index(f"{person.pk}/{plain}", field=CODE)
