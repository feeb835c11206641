"""The kernel's jobs: follow the ledger, do an effect, sign the day's root."""

from __future__ import annotations

from uuid import UUID

import procrastinate
from procrastinate.contrib.django import app

from zhifa.kernel import clock, effectruns, readers
from zhifa.kernel.ledger import roots


@app.task(
    name=effectruns.TASK,
    queue=effectruns.QUEUE,
    retry=procrastinate.RetryStrategy(max_attempts=6, exponential_wait=4),
)
def run_effect(*, event_id: str, effect: str) -> None:
    """Do one effect of one event; after a failure again, six times in about half an hour."""
    effectruns.run(UUID(event_id), effect)


@app.periodic(cron="* * * * *")
@app.task(name="zhifa.kernel.catch_up", queue="readers", queueing_lock="readers", lock="readers")
def catch_up(timestamp: int) -> None:
    """Each minute: whatever an act's own catch-up left, and effects whose worker died."""
    while readers.catch_up(wait=False):
        pass
    effectruns.queue_again()


@app.periodic(cron="5 * * * *")
@app.task(name="zhifa.kernel.daily_root", queue="readers", queueing_lock="root", lock="root")
def daily_root(timestamp: int) -> None:
    """Soon after each day begins its root is made; the other hours find it there."""
    roots.daily(clock.today())
