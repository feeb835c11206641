"""Numbers given outside the house: where it goes on counting, and which are void."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from zhifa.kernel import clock, ids
from zhifa.kernel.errors import BadInput, NotPermitted, WrongStep
from zhifa.law.actor import Duty
from zhifa.records import inputs
from zhifa.records.events import NumberingStarted, NumberVoided
from zhifa.records.models import Counter, Document, VoidNumber
from zhifa.records.numbers import FILES
from zhifa.registry import selectors as registry
from zhifa.registry.register import changing

REGISTER = "document-numbers"
WORDS = frozenset({FILES, *(k.serial_word for k in inputs.KINDS.values() if k.serial_word)})


def start_numbers(
    *, agency: str, word: str, year: int, last: int, reason: str, by: UUID, on: date
) -> None:
    """Go on after `last`, the last number given on paper that year, before the house gave any.

    Raises `WrongStep` once the house has given a number of that word and year.
    """
    _check(agency, word, reason, by, on)
    if last < 1:
        raise BadInput("末号应当是正整数。", field="last")
    with transaction.atomic(), changing(REGISTER, agency=agency, by=by) as change:
        _, is_new = Counter.objects.get_or_create(
            agency_code=agency, word=word, year=year, defaults={"value": last}
        )
        if not is_new:
            raise WrongStep(f"{year}年“{word}”字文号已经启用，不能再设起始号。", code="numbered")
        change.append(NumberingStarted(agency, word, year, last, reason.strip()), on=on)


def void_number(
    *, agency: str, word: str, year: int, serial: int, reason: str, by: UUID, on: date
) -> None:
    """Strike off a number that was given and that no document bears.

    A document that bears its number is never struck off with it: it is corrected or revoked by an
    act of its own. Raises `BadInput`, `WrongStep` or `NotPermitted`.
    """
    _check(agency, word, reason, by, on)
    with transaction.atomic(), changing(REGISTER, agency=agency, by=by) as change:
        counter = Counter.objects.filter(agency_code=agency, word=word, year=year).first()
        if counter is None or not 1 <= serial <= counter.value:
            raise BadInput("这个文号还没有编到，不能作废。", field="serial")
        number = {"agency_code": agency, "word": word, "year": year, "serial": serial}
        if Document.objects.filter(**number).exists():
            raise WrongStep(
                "这个文号已经有文书，不能作废。",
                remedy="文书有误的，依法更正或者撤销后另行作出。",
                code="number-in-use",
            )
        if VoidNumber.objects.filter(**number).exists():
            raise WrongStep("这个文号已经作废。", code="number-void")
        VoidNumber.objects.create(
            id=ids.uuid7(), reason=reason.strip(), voided_on=on, voided_by=by, **number
        )
        change.append(NumberVoided(agency, word, year, serial, reason.strip()), on=on)


def _check(agency: str, word: str, reason: str, by: UUID, on: date) -> None:
    if on > clock.today():
        raise BadInput("办理日期不能晚于今天。", field="on")
    if word not in WORDS:
        raise BadInput(f"没有“{word}”这个文种字。", field="word")
    if not reason.strip() or len(reason.strip()) > 200:
        raise BadInput("请写明理由，不超过二百字。", field="reason")
    if not registry.actor(by, on).holds(Duty.ARCHIVIST, agency):
        raise NotPermitted("文号由本机关档案员管理。", code="not-archivist")
