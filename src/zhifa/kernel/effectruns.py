"""Effects that are owed: one row and one queued job for each (event, effect), done once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from zhifa.kernel import clock, wiring
from zhifa.kernel.errors import BadInput, NotFound
from zhifa.kernel.ledger import store
from zhifa.kernel.ledger.store import StoredEvent
from zhifa.kernel.models import EffectRun

QUEUE: Final = "effects"
TASK: Final = "zhifa.kernel.run_effect"
PATIENCE: Final = timedelta(minutes=5)
_ERROR_LENGTH: Final = 2000
_OPEN: Final = (EffectRun.State.OWED, EffectRun.State.FAILED)


def owe(event: StoredEvent) -> None:
    """Write down which effects an event has, and queue a job for each. A repeat adds nothing."""
    for effect in wiring.current().effects_of(event.kind):
        _, is_new = EffectRun.objects.get_or_create(
            event_id=event.id, effect=effect.name, defaults={"moved_at": clock.now()}
        )
        if is_new:
            _queue(event.id, effect.name)


def run(event_id: UUID, effect_name: str) -> bool:
    """Do an effect that is owed; False if it was done before.

    What the effect writes and that it is done are one transaction. If it fails, the reason is kept
    and the error goes on to the queue, which tries again.
    """
    effect = wiring.current().effects().get(effect_name)
    try:
        with transaction.atomic():
            owed = (
                EffectRun.objects.select_for_update()
                .filter(event_id=event_id, effect=effect_name)
                .first()
            )
            if owed is None or owed.state not in _OPEN:
                return False
            if effect is None:
                raise NotFound(f"没有名为“{effect_name}”的事务。", code="no-such-effect")
            effect.run(store.event(event_id))
            owed.state, owed.error, owed.moved_at = EffectRun.State.DONE, "", clock.now()
            owed.attempts += 1
            owed.save(update_fields=["state", "error", "moved_at", "attempts"])
    except Exception as error:
        _note_failure(event_id, effect_name, error)
        raise
    return True


def run_owed(limit: int = 1000) -> int:
    """Do what is owed here and now, oldest first, without a worker; how many were done.

    The demonstration and the journeys use this. Stops at the first that fails.
    """
    done = 0
    while done < limit:
        with transaction.atomic():
            owed = (
                EffectRun.objects.select_for_update(skip_locked=True)
                .filter(state__in=_OPEN)
                .order_by("id")
                .first()
            )
            if owed is None:
                break
            run(owed.event_id, owed.effect)
        done += 1
    return done


def queue_again() -> int:
    """Queue anew what has been owed for longer than a worker needs: one may have died over it."""
    waiting = EffectRun.objects.filter(state__in=_OPEN, moved_at__lt=clock.now() - PATIENCE)
    for owed in waiting.order_by("id")[:500]:
        _queue(owed.event_id, owed.effect)
    return len(waiting)


def settle(event_id: UUID, effect_name: str, *, reason: str) -> None:
    """A person decides that an effect is not done any more; the reason stays in its row."""
    if not reason.strip():
        raise BadInput("请写明不再办理的理由。", field="reason")
    with transaction.atomic():
        settled = EffectRun.objects.filter(
            event_id=event_id, effect=effect_name, state__in=_OPEN
        ).update(state=EffectRun.State.SETTLED, error=reason.strip(), moved_at=clock.now())
    if not settled:
        raise NotFound("没有待办的这一事务。", code="no-such-effect")


def _queue(event_id: UUID, effect_name: str) -> None:
    app.configure_task(TASK, queue=QUEUE).defer(event_id=str(event_id), effect=effect_name)


def _note_failure(event_id: UUID, effect_name: str, error: Exception) -> None:
    if transaction.get_connection().in_atomic_block:
        return  # the caller's transaction decides; it cannot outlive this one
    failed = EffectRun.objects.filter(event_id=event_id, effect=effect_name, state__in=_OPEN)
    for owed in failed:
        owed.state, owed.moved_at = EffectRun.State.FAILED, clock.now()
        owed.error = f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
        owed.attempts += 1
        owed.save(update_fields=["state", "error", "moved_at", "attempts"])
