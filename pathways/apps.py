"""The room's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    """Plain; nothing happens at start-up."""

    name = "pathways"
