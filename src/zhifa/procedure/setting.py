"""What the registers say about an attempt: people, powers, calendar; gathered, never supplied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.kernel.errors import NotFound
from zhifa.law.actor import Actor
from zhifa.law.facts import Kind, fields
from zhifa.law.guards import Setting
from zhifa.law.procedures.penalty.facts import LawSettled
from zhifa.law.standing import Standing
from zhifa.procedure.models import Matter
from zhifa.registry import selectors as registry


def named(facts: Any, *kinds: Kind) -> Iterator[str]:
    """Every value of the given kinds in facts, items included."""
    if facts is None:
        return
    for field in fields(type(facts)):
        value = getattr(facts, field.name)
        if field.kind in kinds and value:
            yield from value if isinstance(value, tuple) else (value,)
        elif field.kind in (Kind.ITEMS, Kind.ITEM) and value:
            for item in value if isinstance(value, tuple) else (value,):
                yield from named(item, *kinds)


def gather(
    matter: Matter, standing: Standing, *, by: UUID, on: date, facts: Any = None
) -> tuple[Actor, Setting]:
    """The actor and the setting of an attempt on a matter. Raises `NotFound` for no such person."""
    people = set(named(facts, Kind.PERSON, Kind.PERSONS)) | {str(by)}
    actors = registry.actors(_uuids(people), on)
    if str(by) not in actors:
        raise NotFound("没有找到办理人。", code="no-such-person")
    codes = set(named(facts, Kind.POWER))
    if any(_names_power(c) for c in standing.classes()):
        for done in standing.history:
            if hasattr(done.facts, "power"):
                codes.update(named(done.facts, Kind.POWER))
    powers = registry.powers_held(matter.agency_code, codes, matter.region_code, on)
    act = _act_day(standing, facts)
    then = {}
    if act is not None and act != on and (codes & set(named(facts, Kind.POWER)) or _settles(facts)):
        then = {c.rule.code: c.rule for c in registry.powers(on=act) if c.rule.code in codes}
    return actors[str(by)], Setting(
        calendar=registry.calendar(on),
        agency=matter.agency_code,
        field=next((p.field for p in powers.values()), "general"),
        powers=powers,
        then=then,
        people=actors,
    )


def _names_power(facts: type[Any]) -> bool:
    return "power" in getattr(facts, "__dataclass_fields__", ()) or hasattr(facts, "power")


def _settles(facts: Any) -> bool:
    return isinstance(facts, LawSettled)


def _act_day(standing: Standing, facts: Any) -> date | None:
    """The last day of the act, as the facts or the case's own finding say it."""
    settled = facts if isinstance(facts, LawSettled) else standing.latest(LawSettled)
    return settled.acted_until if settled is not None else None


def _uuids(ids: Iterable[str]) -> list[UUID]:
    found = []
    for text in ids:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
