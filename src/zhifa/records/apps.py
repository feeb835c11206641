"""Django's name for this room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """文书案卷"""

    name = "zhifa.records"
    label = "records"
    verbose_name = "文书案卷"
    default_auto_field = "django.db.models.BigAutoField"
