"""Django's name for this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """身份"""

    name = "zhifa.accounts"
    label = "accounts"
    verbose_name = "身份"
    default_auto_field = "django.db.models.BigAutoField"
