"""What is asked of every attempt before the law is: a lawful day, and facts that can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from zhifa.kernel import clock
from zhifa.kernel.errors import BadInput
from zhifa.law import facts as fact_codec
from zhifa.law.cite import Cite
from zhifa.law.facts import Facts, Kind
from zhifa.law.procedure import Step


def check_day(on: date, reason: str) -> None:
    """Refuse a day to come, and an earlier one without a reason."""
    today = clock.today()
    if on > today:
        raise BadInput("办理日期不能晚于今天。", field="on")
    if on < today and not reason.strip():
        raise BadInput("补录以前的办理日期应当写明理由。", field="reason")


def check_facts(step: Step, facts: Facts) -> None:
    """Refuse facts of another class, beyond their fields' bounds, or naming what is no name."""
    if not isinstance(facts, step.facts):
        raise BadInput(f"“{step.title}”的内容类型不符。", field="facts")
    try:
        fact_codec.check(facts)
    except fact_codec.BadFacts as bad:
        raise BadInput(f"{bad}。", field=bad.field) from None
    for one in fact_codec.fields(type(facts)):
        if (names := _NAMES.get(one.kind)) is None:
            continue
        value = getattr(facts, one.name) or ()
        for said in (value,) if isinstance(value, str) else value:
            try:
                names(said)
            except (ValueError, LookupError):
                raise BadInput(f"{one.label}：没有找到“{said}”。", field=one.name) from None


_NAMES: Mapping[Kind, Callable[[str], object]] = {
    **dict.fromkeys((Kind.PERSON, Kind.PERSONS, Kind.PARTY, Kind.DOCUMENT), UUID),
    Kind.CITES: Cite.parse,
}
"""How a field that names something else is read; what cannot be read names nothing."""
