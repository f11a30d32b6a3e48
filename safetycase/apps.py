"""The roof's entry in INSTALLED_APPS: its commands, and the Celery app that tasks are sent through."""

from django.apps import AppConfig


class SafetycaseConfig(AppConfig):
    """Loads the Celery app in every process."""

    name = "safetycase"

    def ready(self) -> None:
        """A process that only sends tasks needs the app too."""
        import safetycase.celery  # noqa: F401, PLC0415
