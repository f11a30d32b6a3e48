"""The room's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Looks at every projection once all rooms are loaded."""

    name = "cases"

    def ready(self) -> None:
        """Refuse to start with a projection that could carry bare words."""
        import importlib  # noqa: PLC0415

        from cases.projection import check_projections  # noqa: PLC0415

        for room in ("pathways", "evidence", "review"):
            importlib.import_module(f"{room}.projection")
        check_projections()
