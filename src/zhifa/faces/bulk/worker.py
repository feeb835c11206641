"""A process that writes batches. It knows nothing of Django until it begins, for it is started by
a name that is looked up before there is any."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

_write: list[Callable[[Any], tuple[int, int]]] = []


def begin(given: bytes) -> None:
    """Make ready, with what every batch needs."""
    import django

    django.setup()
    from zhifa.faces.bulk import writing

    writer = writing.Writer(*pickle.loads(given))
    _write[:] = [writer.batch]


def batch(plans: bytes) -> tuple[int, int]:
    """Write one batch; how many cases and events."""
    return _write[0](pickle.loads(plans))
