"""Django's name for this room."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """法制审核"""

    name = "zhifa.review"
    label = "review"
    verbose_name = "法制审核"
    default_auto_field = "django.db.models.BigAutoField"
