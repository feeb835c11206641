"""What happens by itself: a decision opens its publication, an outcome its withdrawal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhifa.kernel import clock
from zhifa.kernel.ledger import StoredEvent
from zhifa.kernel.wiring import Effect
from zhifa.law.procedures import publication as law
from zhifa.law.procedures.penalty import force
from zhifa.law.procedures.penalty.later import OutcomeKind
from zhifa.law.procedures.penalty.obligations import UNPUBLISHED
from zhifa.procedure import selectors as matters
from zhifa.publicity import services
from zhifa.publicity.models import Publication

PENDING = (Publication.State.OPEN, Publication.State.RULED, Publication.State.DRAFTED)
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
    _note(
        event,
        OutcomeKind(facts["kind"]),
        facts["instrument"],
        date.fromisoformat(facts["effective_on"]),
    )
    _open_again(event)


def follow_service(event: StoredEvent) -> None:
    """A letter that puts a decision right was served: what is public follows it."""
    facts = event.data["facts"]
    if facts["document_kind"] not in (*force.OWN, "rectification_decision"):
        return
    case = matters.matter(event.stream_id)
    standing = matters.standing(case, max(event.occurred_on, case.last_on))
    made = force.own_motion(standing, facts["document"])
    letter = next(o for d in standing.history for o in d.outputs if o.id == facts["document"])
    if made is not None:
        _note(event, made.kind.outcome, letter.number, event.occurred_on)
    _open_again(event, letter.number if made is not None else "")


def _note(event: StoredEvent, kind: OutcomeKind, instrument: str, effective_on: date) -> None:
    ground = law.GROUND_OF.get(kind)
    rows = Publication.objects.select_related("matter").filter(case_matter_id=event.stream_id)
    if ground is None or event.actor_id is None:
        return
    told = law.OutcomeNoted(ground=ground, instrument=instrument, effective_on=effective_on)
    wanted = (*PENDING, Publication.State.PUBLIC) if kind in force.UNDONE else ("PUBLIC",)
    for row in rows.filter(state__in=wanted):
        on = max(event.occurred_on, row.matter.last_on)
        is_public = row.state == Publication.State.PUBLIC
        if is_public and matters.standing(row.matter, on).open(law.TAKE_DOWN.code):
            continue
        service = services.note_outcome if is_public else services.lapse
        service(
            publication_id=row.matter_id,
            facts=told,
            by=event.actor_id,
            on=on,
            reason=_reason(on),
        )


def _open_again(event: StoredEvent, number: str = "") -> None:
    """The decision must be published as it now reads: a publication of its own begins. A repeat
    does nothing."""
    case = matters.matter(event.stream_id)
    on = max(event.occurred_on, case.last_on)
    standing = matters.standing(case, on)
    rows = Publication.objects.filter(case_matter_id=case.id)
    if event.actor_id is None or not standing.open(UNPUBLISHED.code):
        return
    if rows.filter(state__in=PENDING).exists() or rows.filter(decision_id=event.id).exists():
        return
    services.open_publication(
        case_id=case.id,
        decision_id=event.id,
        number=number or standing.outputs("penalty_decision")[-1].number,
        by=event.actor_id,
        on=on,
        reason=_reason(on),
    )


def _reason(on: date) -> str:
    return LATE if on < clock.today() else ""


OPEN_FOR_DECISION = Effect("publicity.open", open_for_decision)
NOTE_OUTCOME = Effect("publicity.note-outcome", note_for_outcome)
FOLLOW_SERVICE = Effect("publicity.follow-service", follow_service)
EFFECTS = {
    "penalty_ordinary/decision.approve": (OPEN_FOR_DECISION,),
    "penalty_ordinary/outcome.record": (NOTE_OUTCOME,),
    "penalty_ordinary/document.serve": (FOLLOW_SERVICE,),
}
"""By the kind of event; the wiring table takes them from here."""
