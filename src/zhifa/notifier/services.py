"""Planning the day's messages and sending them, each once, never in quiet hours."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhifa.kernel import clock, ids
from zhifa.notifier import hours, planning
from zhifa.notifier.models import Notification
from zhifa.notifier.sinks import Message, Sink, sink

MOST_ATTEMPTS = 50
_ERROR_LENGTH = 200


def tick(now: datetime) -> int:
    """Plan what the day asks for and send what waits; how many messages went out.

    Does nothing in quiet hours: what comes up then is planned when they end.
    """
    out = sink()
    if out is None or hours.quiet().holds(now):
        return 0
    plan_day(clock.legal_date(now), now)
    return send(out, now)


@transaction.atomic
def plan_day(on: date, now: datetime) -> int:
    """Write down the messages of the day that were not written before; how many were planned.

    The digests are planned with the day's first run, all or none.
    """
    digested = Notification.objects.filter(kind=Notification.Kind.DIGEST, day=on).exists()
    rows = [
        Notification(
            id=ids.uuid7(),
            person_id=p.person_id,
            username=p.username,
            kind=p.kind,
            subject=p.subject,
            day=on,
            text=p.text,
            planned_at=now,
        )
        for p in planning.plan(on, digests=not digested)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def send(out: Sink, now: datetime, limit: int = 1000) -> int:
    """Hand over what waits, oldest first; how many were sent.

    That a message was handed over and that it is known to have been are one transaction. Who dies
    between the two hands it over again, under the same id; the sink then leaves it at that.
    """
    done, tried = 0, set[UUID]()
    while len(tried) < limit:
        try:
            with transaction.atomic():
                row = (
                    Notification.objects.select_for_update(skip_locked=True)
                    .filter(sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)
                    .exclude(id__in=tried)
                    .order_by("planned_at", "id")
                    .first()
                )
                if row is None:
                    return done
                tried.add(row.id)
                out.put(Message(row.id, row.username, row.kind, row.day, row.text))
                row.sent_at, row.attempts, row.error = now, row.attempts + 1, ""
                row.save(update_fields=["sent_at", "attempts", "error"])
        except Exception as error:  # the gateway's own; the next message has its own try
            if row is None:
                raise
            Notification.objects.filter(id=row.id, sent_at__isnull=True).update(
                attempts=row.attempts + 1,
                error=f"{type(error).__name__}: {error}"[:_ERROR_LENGTH],
            )
        else:
            done += 1
    return done
