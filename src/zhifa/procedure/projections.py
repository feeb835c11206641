"""The to-do list: after each event of a matter, what it waits for and who owes it."""

from __future__ import annotations

from datetime import date

from zhifa.kernel import clock
from zhifa.kernel.ledger import StoredEvent
from zhifa.kernel.wiring import Projection
from zhifa.law.procedure import Procedure, Step, handlers
from zhifa.law.standing import Standing, TermRun
from zhifa.procedure import definitions, folding
from zhifa.procedure.models import Matter, RunningTerm, TodoItem
from zhifa.procedure.selectors import standing


def apply(event: StoredEvent) -> None:
    """Rewrite what the event's matter waits for, from where it stands now."""
    if event.kind == folding.GENESIS:
        return
    matter = Matter.objects.filter(id=event.stream_id).first()
    if matter is None or matter.seq != event.seq:
        return  # a later event of the same stream rewrites the whole of it
    procedure = definitions.get(matter.procedure)
    s = standing(matter, clock.today())
    TodoItem.objects.filter(matter=matter).delete()
    TodoItem.objects.bulk_create(
        [_item(matter, s, step) for step in procedure.next(s) if not step.elsewhere]
    )


def clear() -> None:
    """Empty the list."""
    TodoItem.objects.all().delete()


def _item(matter: Matter, s: Standing, step: Step) -> TodoItem:
    run = _term(s, step)
    team = handlers(s)
    beyond = _beyond(matter, step) if run is None else None
    due_on: date | None = None
    term = ""
    if run is not None:
        due_on, term = run.due.warn_on, run.code
    elif beyond is not None:
        due_on, term = beyond.due_on, beyond.code
    return TodoItem(
        matter=matter,
        step=step.code,
        title=step.title,
        agency_code=matter.agency_code,
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


def _beyond(matter: Matter, step: Step) -> RunningTerm | None:
    """The term of the matter that this one belongs to, within which the step must be taken."""
    if not step.within:
        return None
    running = RunningTerm.objects.filter(code=step.within, stopped_on__isnull=True)
    return running.filter(matter__links_in__from_matter=matter).order_by("due_on").first()


TODO = Projection("procedure.todo", apply, clear)


def kinds(procedure: Procedure) -> tuple[str, ...]:
    """Every kind of event that a procedure writes."""
    return tuple(f"{procedure.code}/{code}" for code in procedure.steps)
