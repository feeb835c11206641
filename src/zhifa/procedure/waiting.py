"""What a matter waits for, as the to-do list shows it: pure, for the projection and for bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from zhifa.law.procedure import Procedure, Step
from zhifa.law.standing import Standing, TermRun
from zhifa.law.team import handlers
from zhifa.procedure.models import Matter, TodoItem

Beyond = Callable[[Step], tuple[date, str] | None]
"""The day and code of the term of the matter that this one belongs to, where a step has one."""


def items(matter: Matter, procedure: Procedure, s: Standing, beyond: Beyond) -> Iterator[TodoItem]:
    """One unsaved item for each step that the matter waits for on its own page."""
    team = handlers(s)
    for step in procedure.next(s):
        if step.elsewhere:
            continue
        run = _term(s, step)
        within = beyond(step) if run is None and step.within else None
        due_on, term = (run.due.warn_on, run.code) if run is not None else within or (None, "")
        yield TodoItem(
            matter=matter,
            step=step.code,
            title=step.title,
            agency_code=step.who.agency(s, matter.agency_code),
            duties=[d.value for d in step.who.duties],
            person_ids=sorted(team) if step.who.handlers_only else [],
            due_on=due_on,
            term=term,
            since=matter.last_on,
        )


def _term(s: Standing, step: Step) -> TermRun | None:
    """The term that the step would end, or the agency's soonest that runs."""
    stops = {stop.term for stop in step.stops}
    running = [t for t in s.terms if t.running and t.due.addressee.value == "agency"]
    ended = [t for t in running if t.code in stops]
    pool = ended or running
    return min(pool, key=lambda t: t.due.warn_on) if pool else None
