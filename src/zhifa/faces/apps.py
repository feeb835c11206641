"""Django's name for this room."""

from django.apps import AppConfig


class FacesConfig(AppConfig):
    """门面"""

    name = "zhifa.faces"
    label = "faces"
    verbose_name = "门面"
    default_auto_field = "django.db.models.BigAutoField"
