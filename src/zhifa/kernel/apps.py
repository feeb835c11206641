"""Django's name for this room."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """内核"""

    name = "zhifa.kernel"
    label = "kernel"
    verbose_name = "内核"
    default_auto_field = "django.db.models.BigAutoField"
