"""Guards: questions to the standing, each with its article, answered with a sentence or silence."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhifa.law import cite
from zhifa.law.actor import Actor
from zhifa.law.calendar import WorkCalendar
from zhifa.law.cite import Cite
from zhifa.law.standing import Standing

if TYPE_CHECKING:
    from zhifa.law.power import PowerRule


@dataclass(frozen=True, slots=True)
class No:
    """Why not, what to do, and by which step."""

    reason: str
    remedy: str = ""
    then: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the registers say on the day, as the law needs it; never what a caller wishes."""

    calendar: WorkCalendar
    agency: str
    field: str = "market"
    powers: Mapping[str, PowerRule] = dataclasses.field(default_factory=dict)
    then: Mapping[str, PowerRule] = dataclasses.field(default_factory=dict)
    """The same powers as they stood on the last day of the act, where that matters."""
    people: Mapping[str, Actor] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step that somebody means to take. `facts` is None when only its openness is asked."""

    step: str
    on: date
    actor: Actor
    setting: Setting
    facts: Any = None


Test = Callable[[Standing, Attempt], No | None]


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of a step. `title` is the condition as met (已事先告知)."""

    code: str
    title: str
    cites: tuple[Cite, ...]
    test: Test

    def __post_init__(self) -> None:
        if not self.cites:
            raise TypeError(f"guard {self.code} cites nothing")
        cite.register("guard", self.code, self.cites)


def guard(code: str, title: str, *cites: Cite) -> Callable[[Test], Guard]:
    """Declare a guard. Refuses one that rests on no article."""

    def declare(test: Test) -> Guard:
        return Guard(code, title, cites, test)

    return declare


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as told: the sentence, its articles and what to do."""

    kind: str
    """person, step, law or field."""
    code: str
    message: str
    cites: tuple[Cite, ...]
    remedy: str = ""
    then: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist of a step: met, or not with the reason."""

    guard: Guard
    no: No | None

    @property
    def met(self) -> bool:
        """Whether the condition is met."""
        return self.no is None
