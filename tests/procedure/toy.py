"""A procedure of three steps and a note, small enough to see `perform` alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.faces.demo import cast
from zhifa.kernel import ids
from zhifa.law.actor import Duty
from zhifa.law.facts import Facts, Kind, fact
from zhifa.law.guards import Attempt, No, guard
from zhifa.law.procedure import Closes, Opens, Owed, Phase, Procedure, Starts, Step, Stops, Who
from zhifa.law.sources import CF
from zhifa.law.standing import ObligationKind, Standing
from zhifa.procedure import definitions
from zhifa.procedure.services import Act, Taken, once, open_matter, perform

DAY = date(2026, 3, 3)
PAPER = "clue_registration"
UNCHECKED = ObligationKind("toy.unchecked", "尚未核对", (CF(54),), "check")


@dataclass(frozen=True)
class Begun(Facts):
    """What begins a toy."""

    name: str = fact("名称")
    secret: str = fact("内情", Kind.TEXT, private=True)


@dataclass(frozen=True)
class Checked(Facts):
    """A check."""

    found: str = fact("情况", Kind.TEXT, private=True, optional=True, default="")


@guard("toy.unchecked", "尚未核对", CF(54))
def unchecked(s: Standing, _a: Attempt) -> No | None:
    """It is checked once."""
    return No("已经核对") if s.has("check") else None


@guard("toy.checked", "已经核对", CF(57))
def checked(s: Standing, _a: Attempt) -> No | None:
    """No finish before the check."""
    return None if s.has("check") else No("尚未核对", then="check")


@guard("toy.open", "尚未办结", CF(57))
def unfinished(s: Standing, _a: Attempt) -> No | None:
    """Nothing comes after the end."""
    return No("已经办结") if s.has("finish") else None


TOY = Procedure.of(
    "toy",
    "示例程序",
    Step(
        "begin",
        "开始",
        Begun,
        Who((Duty.OFFICER,), cites=(CF(54),)),
        (CF(54),),
        Phase.CLUE,
        owes=(Owed(PAPER),),
        starts=(Starts("clue.verification"),),
        opens=(Opens(UNCHECKED),),
    ),
    Step(
        "note",
        "记录",
        Checked,
        Who((Duty.OFFICER,), cites=(CF(54),)),
        (CF(54),),
        Phase.CLUE,
        needs=(unfinished,),
    ),
    Step(
        "check",
        "核对",
        Checked,
        Who((Duty.OFFICER,), cites=(CF(54),)),
        (CF(54),),
        Phase.CLUE,
        needs=(unchecked,),
        links=("evidence",),
        stops=(Stops("clue.verification"),),
        closes=(Closes(UNCHECKED),),
        main=lambda s: not s.has("check"),
    ),
    Step(
        "finish",
        "办结",
        Checked,
        Who((Duty.AGENCY_HEAD,), cites=(CF(57),)),
        (CF(57),),
        Phase.CLOSING,
        needs=(checked, unfinished),
        main=lambda s: s.has("check") and not s.has("finish"),
    ),
    version=1,
    cites=(CF(54),),
    first="begin",
)


@contextmanager
def lent() -> Iterator[None]:
    with definitions.lent(TOY):
        yield


@once
def begin(
    *,
    name: str = "甲",
    secret: str = "内情一",
    part: str = "handler",
    papers: tuple[str, ...] = (PAPER,),
    act_id: UUID | None = None,
    on: date = DAY,
    reason: str = "",
    **more: Any,
) -> Taken:
    with open_matter(
        "toy",
        agency=cast.AGENCY,
        region="511802",
        unit=cast.UNIT,
        title=name,
        by=cast.who(part),
        on=on,
        facts=Begun(name=name, secret=secret),
        act_id=act_id,
        reason=reason,
        **more,
    ) as act:
        issue(act, *papers)
    return taken(act)


@once
def take(matter_id: UUID, step: str, part: str = "handler", **changed: Any) -> Taken:
    """A step, with the rows that it owes unless told otherwise."""
    links = changed.pop("links", TOY.steps[step].links)
    papers = changed.pop("papers", ())
    facts = Checked(found=changed.pop("found", ""))
    with perform(
        matter_id, step, by=cast.who(part), on=changed.pop("on", DAY), facts=facts, **changed
    ) as act:
        issue(act, *papers)
        for kind in links:
            act.link(kind, ids.uuid7())
    return taken(act)


def issue(act: Act, *papers: str) -> None:
    for kind in papers:
        act.output(kind, id=ids.uuid7(), number="", digest="0" * 64)


def taken(act: Act) -> Taken:
    assert act.taken is not None
    return act.taken
