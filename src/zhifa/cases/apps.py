"""Django's name for this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """办案"""

    name = "zhifa.cases"
    label = "cases"
    verbose_name = "办案"
    default_auto_field = "django.db.models.BigAutoField"
