#!/usr/bin/env python
"""Runs a command as the owner of the database, with the embedded server up while it runs."""

import os
import sys
from contextlib import nullcontext

OFFLINE = {"check", "collectstatic", "demo", "help", "--help", "--version", "version"}


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycase.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415
    except ImportError:
        raise SystemExit("error: Django is not installed here; run make install and use .venv/bin/python") from None
    from safetycase.home import home_folder  # noqa: PLC0415
    from safetycase.postgres import EmbeddedPostgres  # noqa: PLC0415
    from safetycase.settings.databases import is_embedded  # noqa: PLC0415

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    needs_server = is_embedded() and command not in OFFLINE
    with EmbeddedPostgres(home_folder()).held() if needs_server else nullcontext():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
