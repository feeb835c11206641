"""The room's job: every ten minutes, outside quiet hours."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zhifa.kernel import clock
from zhifa.notifier import services


@app.periodic(cron="*/10 * * * *")
@app.task(name="zhifa.notifier.tick", queue="notifications", queueing_lock="notify", lock="notify")
def tick(timestamp: int) -> None:
    """Plan and send; a run that died is made good by the next."""
    services.tick(clock.now())
