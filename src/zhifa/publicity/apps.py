"""Django's name for this room."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    """公示"""

    name = "zhifa.publicity"
    label = "publicity"
    verbose_name = "公示"
    default_auto_field = "django.db.models.BigAutoField"
