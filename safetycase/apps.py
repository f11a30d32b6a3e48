"""The roof's entry in INSTALLED_APPS: its commands, and the Celery app that tasks are sent through."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account import checks as allauth_checks
from django.apps import AppConfig
from django.core.checks import CheckMessage, register
from django.core.checks.registry import registry


def account_settings(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """allauth's check, but for one: addresses are unique per side here, by a constraint of ours and a backend of ours."""
    found: list[CheckMessage] = allauth_checks.settings_check(app_configs)
    return [message for message in found if "requires ACCOUNT_UNIQUE_EMAIL" not in message.msg]


class SafetycaseConfig(AppConfig):
    """Loads the Celery app in every process: one that only sends tasks needs it too."""

    name = "safetycase"

    def ready(self) -> None:
        """Load the app, and refuse to start with a projection that could carry bare words."""
        import safetycase.celery  # noqa: F401, PLC0415  # needs the settings
        from cases.projection import check_projections  # noqa: PLC0415  # needs the models
        from review import projection  # noqa: F401, PLC0415  # the top of all projections

        check_projections()

        registry.registered_checks.discard(allauth_checks.settings_check)
        register(account_settings)
