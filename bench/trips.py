"""Round trips of one act, counted at the wire: every time the server says that it is ready."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhifa.config.settings")

import django

django.setup()

from django.db import connection  # noqa: E402

from bench import toys  # noqa: E402
from bench.ours import matter  # noqa: E402
from bench.place import OFFICER  # noqa: E402
from zhifa.accounts.models import Person  # noqa: E402
from zhifa.kernel import clock  # noqa: E402
from zhifa.procedure import definitions  # noqa: E402

MOST = 10


@dataclass
class Wire:
    """What went over one connection."""

    statements: list[str] = field(default_factory=list)
    trips: int = 0


@contextmanager
def listening() -> Iterator[Wire]:
    """Everything that the connection sends and gets, BEGIN and COMMIT and savepoints included."""
    connection.ensure_connection()
    wire, raw = Wire(), connection.connection.pgconn
    with tempfile.TemporaryFile("w+b") as log:
        raw.trace(log.fileno())
        try:
            yield wire
        finally:
            raw.untrace()
            log.seek(0)
            text = log.read().decode("utf-8", "replace")
    wire.trips = len(re.findall(r"\tReadyForQuery\t", text))
    wire.statements = re.findall(r"\t(?:Query|Parse)\t[^\"]*\"\s*([A-Z]+(?:[^\"\n]{0,60})?)", text)


def measure() -> dict[str, int]:
    """Round trips of the first act and of a later one, bare and full; the dearest of each."""
    by, found = Person.objects.get(username=OFFICER).id, {}
    for name, procedure in (("bare", toys.bare()), ("full", toys.full())):
        with definitions.lent(procedure):
            for _ in matter(procedure, by, clock.today()):
                pass
            acts = matter(procedure, by, clock.today())
            for n in range(toys.STEPS):
                with listening() as wire:
                    next(acts)
                key = f"{name}, {'first' if n == 0 else 'later'} act"
                found[key] = max(found.get(key, 0), wire.trips)
    return found
