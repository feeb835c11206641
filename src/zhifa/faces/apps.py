"""Django's name for this room."""

from django.apps import AppConfig


class FacesConfig(AppConfig):
    """门面"""

    name = "zhifa.faces"
    label = "faces"
    verbose_name = "门面"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bind who listens to what, the same for web, worker, command line and tests."""
        from zhifa.faces.wiring import bind_all

        bind_all()
