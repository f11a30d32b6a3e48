"""The room's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Plain; nothing happens at start-up."""

    name = "evidence"
