"""Procedures of fourteen steps in a row, for measuring: bare, and with a term and a paper each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from zhifa.law.actor import Duty
from zhifa.law.cite import Cite
from zhifa.law.facts import Facts, fact
from zhifa.law.guards import Attempt, Guard, No
from zhifa.law.procedure import Owed, Phase, Procedure, Starts, Step, Stops, Who, never
from zhifa.law.standing import Standing

STEPS = 14
FOUNDED = (Cite("CF", 42),)
OFFICERS = Who((Duty.OFFICER,), certified=True)


@dataclass(frozen=True)
class Said(Facts):
    """What each step asserts: one open line, and one that only a commitment stands for."""

    word: str = fact("说明")
    name: str = fact("姓名", private=True)


def code(n: int) -> str:
    """The code of the n-th step."""
    return f"step{n:02d}.take"


def _turn(n: int) -> Callable[[Standing], bool]:
    """Whether it is the n-th step's turn."""
    before, own = code(n - 1), code(n)
    return lambda s: s.has(before) and not s.has(own)


def _after(n: int) -> Guard:
    turn = _turn(n)

    def test(s: Standing, _a: Attempt) -> No | None:
        return None if turn(s) else No("还没有轮到这一步")

    return Guard(f"bench-after-{n}", "前一步已经办理", FOUNDED, test)


def _steps(prefix: str, **more: Any) -> tuple[Step, ...]:
    return tuple(
        Step(
            code(n),
            f"{prefix}第{n}步",
            Said,
            OFFICERS,
            FOUNDED,
            Phase.INVESTIGATION,
            needs=(_after(n),) if n > 1 else (),
            main=_turn(n) if n > 1 else never,
            **more,
        )
        for n in range(1, STEPS + 1)
    )


@cache
def bare() -> Procedure:
    """Steps that owe nothing: what the door itself costs."""
    return Procedure.of(
        "bench_bare", "测量用程序", *_steps("测量"), version=1, cites=FOUNDED, first=code(1)
    )


@cache
def full() -> Procedure:
    """Each step ends the term of the one before, starts its own, and issues a numbered paper."""
    more = {
        "owes": (Owed("filing_approval"),),
        "starts": (Starts("recusal.decision"),),
        "stops": (Stops("recusal.decision"),),
    }
    return Procedure.of(
        "bench_full", "测量用程序", *_steps("测量", **more), version=1, cites=FOUNDED, first=code(1)
    )


def endless() -> Procedure:
    """One step that may be taken any number of times: for long histories."""
    again = Step(code(2), "再次办理", Said, OFFICERS, FOUNDED, Phase.INVESTIGATION)
    first = Step(code(1), "办理", Said, OFFICERS, FOUNDED, Phase.INVESTIGATION)
    return Procedure.of(
        "bench_endless", "测量用程序", first, again, version=1, cites=FOUNDED, first=code(1)
    )
