"""The room's job: print on the portal what the ledger has signed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zhifa.publicity import services


@app.periodic(cron="*/10 * * * *")
@app.task(name="zhifa.publicity.roots", queue="readers", queueing_lock="roots", lock="roots")
def publish_roots(timestamp: int) -> None:
    """Every ten minutes: the daily roots that the portal does not show yet."""
    services.publish_roots()
