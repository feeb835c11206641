"""Django's name for this room."""

from django.apps import AppConfig


class NotifierConfig(AppConfig):
    """提醒"""

    name = "zhifa.notifier"
    label = "notifier"
    verbose_name = "提醒"
    default_auto_field = "django.db.models.BigAutoField"
