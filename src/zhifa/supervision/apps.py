"""Django's name for this room."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """行政执法监督"""

    name = "zhifa.supervision"
    label = "supervision"
    verbose_name = "行政执法监督"
    default_auto_field = "django.db.models.BigAutoField"
