"""The room's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Plain; nothing happens at start-up."""

    name = "cases"
