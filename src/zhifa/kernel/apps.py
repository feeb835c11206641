"""Django's name for this room, and what must hold before a process starts."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks


class KernelConfig(AppConfig):
    """内核"""

    name = "zhifa.kernel"
    label = "kernel"
    verbose_name = "内核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A process whose wiring is not bound fails its system check and does not start."""
        checks.register(wiring_is_bound)


def wiring_is_bound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.Error]:
    """Facts that nobody would read are worse than a process that does not start."""
    from zhifa.kernel import wiring

    if wiring.is_bound():
        return []
    return [checks.Error("the wiring is not bound", hint="faces.apps binds it", id="kernel.E001")]
