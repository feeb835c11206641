"""Django's name for this room."""

from django.apps import AppConfig


class ProcedureConfig(AppConfig):
    """程序"""

    name = "zhifa.procedure"
    label = "procedure"
    verbose_name = "程序"
    default_auto_field = "django.db.models.BigAutoField"
