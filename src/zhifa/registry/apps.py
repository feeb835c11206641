"""Django's name for this room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """资源库"""

    name = "zhifa.registry"
    label = "registry"
    verbose_name = "资源库"
    default_auto_field = "django.db.models.BigAutoField"
