"""Inner approval: proposed by the handler, endorsed by the unit's head, approved by the agency's.

The approval gives effect to what was proposed; a return sends it back with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhifa.law.actor import Duty
from zhifa.law.cite import Cite
from zhifa.law.facts import Facts, Kind, fact
from zhifa.law.guards import Attempt, Guard, No
from zhifa.law.procedure import (
    Closes,
    Extends,
    Opens,
    Owed,
    Phase,
    Separation,
    Starts,
    Step,
    Stops,
    Who,
    never,
)
from zhifa.law.sources import CF
from zhifa.law.standing import Done, Standing


@dataclass(frozen=True)
class Endorsed(Facts):
    """The unit head's opinion on a proposal."""

    opinion: str = fact("审查意见", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class Approved(Facts):
    """The agency head's opinion, which gives effect to the proposal."""

    opinion: str = fact("审批意见", Kind.TEXT, private=True, maximum=2000)


@dataclass(frozen=True)
class Returned(Facts):
    """Why a proposal is sent back."""

    reason: str = fact("退回理由", Kind.TEXT, private=True, maximum=2000)


def pending(s: Standing, code: str) -> Done | None:
    """The proposal of an approval that is neither approved nor returned yet."""
    proposed = s.last(f"{code}.propose")
    if proposed is None or s.since(proposed, f"{code}.approve", f"{code}.return"):
        return None
    return proposed


def approved(s: Standing, code: str) -> Done | None:
    """The latest proposal that was approved, with its own facts."""
    approval = s.last(f"{code}.approve")
    if approval is None:
        return None
    return next(
        d for d in reversed(s.history) if d.step == f"{code}.propose" and d.seq < approval.seq
    )


def all_approved(s: Standing, code: str) -> tuple[Done, ...]:
    """Every proposal that was approved, oldest first."""
    found: list[Done] = []
    last: Done | None = None
    for d in s.history:
        if d.step == f"{code}.propose":
            last = d
        elif d.step == f"{code}.approve" and last is not None:
            found.append(last)
    return tuple(found)


def approval(
    code: str,
    title: str,
    facts: type[Facts],
    cites: tuple[Cite, ...],
    phase: Phase,
    *,
    propose: Who,
    approve: Who | None = None,
    endorsed: bool = True,
    needs: tuple[Guard, ...] = (),
    checks: tuple[Guard, ...] = (),
    again: tuple[Guard, ...] = (),
    owes: tuple[Owed, ...] = (),
    starts: tuple[Starts, ...] = (),
    stops: tuple[Stops, ...] = (),
    extends: tuple[Extends, ...] = (),
    opens: tuple[Opens, ...] = (),
    closes: tuple[Closes, ...] = (),
    main: Any = never,
) -> tuple[Step, ...]:
    """The steps of an inner approval. Effects and documents belong to the approval itself.

    `again` are the guards that are asked once more when the head approves, so that what changed
    since the proposal stops it.
    """
    proposer = f"{code}.propose"
    apart = Separation((proposer,), "承办人不能审批自己提出的意见", (CF(57),))

    def is_pending(s: Standing, _a: Attempt) -> No | None:
        if pending(s, code) is None:
            return No(f"还没有提出{title}", then=proposer)
        return None

    def not_pending(s: Standing, _a: Attempt) -> No | None:
        if pending(s, code) is not None:
            return No(f"{title}已经提出，正在审批", then=f"{code}.approve")
        return None

    def is_endorsed(s: Standing, _a: Attempt) -> No | None:
        last = pending(s, code)
        if endorsed and last is not None and not s.since(last, f"{code}.endorse"):
            return No("承办机构负责人尚未审查", then=f"{code}.endorse")
        return None

    def not_endorsed(s: Standing, _a: Attempt) -> No | None:
        last = pending(s, code)
        if last is not None and s.since(last, f"{code}.endorse"):
            return No("承办机构负责人已经审查", then=f"{code}.approve")
        return None

    def wait_endorse(s: Standing) -> bool:
        last = pending(s, code)
        return endorsed and last is not None and not s.since(last, f"{code}.endorse")

    def wait_approve(s: Standing) -> bool:
        last = pending(s, code)
        return last is not None and (not endorsed or bool(s.since(last, f"{code}.endorse")))

    def proposed_facts(s: Standing, f: Any) -> Any:
        last = s.last(proposer)
        return last.facts if last is not None else f

    g_pending = Guard(f"{code}.pending", f"{title}已提出", cites, is_pending)
    g_endorsed = Guard(f"{code}.endorsed", "承办机构负责人已审查", cites, is_endorsed)
    head = approve or Who((Duty.AGENCY_HEAD,), apart=(apart,), cites=cites)
    steps = [
        Step(
            proposer,
            f"提出{title}",
            facts,
            propose,
            cites,
            phase,
            needs=(*needs, Guard(f"{code}.free", "没有正在审批的同类意见", cites, not_pending)),
            checks=checks,
            main=main if main is never else lambda s: pending(s, code) is None and main(s),
            story=f"提出{title}",
        ),
    ]
    if endorsed:
        steps.append(
            Step(
                f"{code}.endorse",
                f"审查{title}",
                Endorsed,
                Who((Duty.HANDLING_HEAD,), apart=(apart,), cites=cites),
                cites,
                phase,
                needs=(
                    g_pending,
                    Guard(f"{code}.unendorsed", "尚未审查", cites, not_endorsed),
                ),
                main=wait_endorse,
                story=f"审查{title}",
            )
        )
    steps += [
        Step(
            f"{code}.approve",
            f"批准{title}",
            Approved,
            head,
            cites,
            phase,
            needs=(g_pending, g_endorsed, *again),
            owes=owes,
            starts=starts,
            stops=stops,
            extends=extends,
            opens=opens,
            closes=closes,
            main=wait_approve,
            effective=proposed_facts,
            story=f"批准{title}",
        ),
        Step(
            f"{code}.return",
            f"退回{title}",
            Returned,
            Who((Duty.HANDLING_HEAD, Duty.AGENCY_HEAD), apart=(apart,), cites=cites),
            cites,
            phase,
            needs=(g_pending,),
            story=f"退回{title}",
        ),
    ]
    return tuple(steps)
