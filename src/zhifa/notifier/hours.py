"""Quiet hours: when nobody is disturbed. What comes up then waits until they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings

from zhifa.kernel import clock


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one time of day to another, mostly over midnight; Asia/Shanghai."""

    since: time
    until: time

    @classmethod
    def read(cls, text: str) -> Quiet:
        """Read ``20:00-08:00``. Raises ``ValueError``; equal ends mean no quiet hours."""
        since, _, until = text.partition("-")
        return cls(time.fromisoformat(since.strip()), time.fromisoformat(until.strip()))

    def holds(self, instant: datetime) -> bool:
        """Whether the instant lies in them."""
        now = instant.astimezone(clock.SHANGHAI).time()
        if self.since <= self.until:
            return self.since <= now < self.until
        return now >= self.since or now < self.until


def quiet() -> Quiet:
    """The quiet hours of the settings."""
    return Quiet.read(settings.NOTIFY_QUIET)
