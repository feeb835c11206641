"""The to-do list: after each event of a matter, what it waits for and who owes it."""

from __future__ import annotations

from datetime import date

from zhifa.kernel import clock
from zhifa.kernel.ledger import StoredEvent
from zhifa.kernel.wiring import Projection
from zhifa.law.procedure import Procedure, Step
from zhifa.procedure import definitions, folding, waiting
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

    def beyond(step: Step) -> tuple[date, str] | None:
        return _beyond(matter, step)

    TodoItem.objects.bulk_create(list(waiting.items(matter, procedure, s, beyond)))


def clear() -> None:
    """Empty the list."""
    TodoItem.objects.all().delete()


def _beyond(matter: Matter, step: Step) -> tuple[date, str] | None:
    """The term of the matter that this one belongs to, within which the step must be taken."""
    running = RunningTerm.objects.filter(code=step.within, stopped_on__isnull=True)
    found = running.filter(matter__links_in__from_matter=matter).order_by("due_on").first()
    return (found.due_on, found.code) if found is not None else None


TODO = Projection("procedure.todo", apply, clear)


def kinds(procedure: Procedure) -> tuple[str, ...]:
    """Every kind of event that a procedure writes."""
    return tuple(f"{procedure.code}/{code}" for code in procedure.steps)
