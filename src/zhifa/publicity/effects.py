"""What happens by itself: a decision opens its publication, an outcome its withdrawal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhifa.kernel import clock
from zhifa.kernel.ledger import StoredEvent
from zhifa.kernel.wiring import Effect
from zhifa.law.procedures import publication as law
from zhifa.law.procedures.penalty.later import OutcomeKind
from zhifa.procedure import selectors as matters
from zhifa.publicity import services
from zhifa.publicity.models import Publication

LATE = "由处罚案件的进展自动登记"


def open_for_decision(event: StoredEvent) -> None:
    """A penalty decision was made: its publication begins. A repeat does nothing."""
    letters = [o for o in event.data.get("outputs", ()) if o["kind"] == "penalty_decision"]
    if not letters or event.actor_id is None:
        return
    decision_id = UUID(letters[0]["id"])
    if Publication.objects.filter(decision_id=decision_id).exists():
        return
    services.open_publication(
        case_id=event.stream_id,
        decision_id=decision_id,
        number=letters[0]["number"],
        by=event.actor_id,
        on=event.occurred_on,
        reason=_reason(event.occurred_on),
    )


def note_for_outcome(event: StoredEvent) -> None:
    """The case learnt of an annulment or the like: its published notice is due to come down."""
    facts = event.data["facts"]
    ground = law.GROUND_OF.get(OutcomeKind(facts["kind"]))
    row = (
        Publication.objects.select_related("matter")
        .filter(case_matter_id=event.stream_id, state=Publication.State.PUBLIC)
        .first()
    )
    if ground is None or row is None or event.actor_id is None:
        return
    on = max(event.occurred_on, row.matter.last_on)
    if matters.standing(row.matter, on).open(law.TAKE_DOWN.code):
        return
    services.note_outcome(
        publication_id=row.matter_id,
        facts=law.OutcomeNoted(
            ground=ground,
            instrument=facts["instrument"],
            effective_on=date.fromisoformat(facts["effective_on"]),
        ),
        by=event.actor_id,
        on=on,
        reason=_reason(on),
    )


def _reason(on: date) -> str:
    return LATE if on < clock.today() else ""


OPEN_FOR_DECISION = Effect("publicity.open", open_for_decision)
NOTE_OUTCOME = Effect("publicity.note-outcome", note_for_outcome)
EFFECTS = {
    "penalty_ordinary/decision.approve": (OPEN_FOR_DECISION,),
    "penalty_ordinary/outcome.record": (NOTE_OUTCOME,),
}
"""By the kind of event; the wiring table takes them from here."""
