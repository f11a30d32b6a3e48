"""Logins, tables, privileges: what a database needs before a site may start. Calling it again changes nothing."""

from __future__ import annotations

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection

from cases.role_permissions import write_role_permissions
from safetycase.bootstrap import bootstrap
from safetycase.logins import Login, apply_privileges
from safetycase.settings.databases import administrator, password_of


def make_logins() -> None:
    """The four logins and the database, where we may make them."""
    admin = administrator(settings.HOME)
    if admin is not None:
        passwords = {login: password_of(login, settings.HOME) for login in Login}
        bootstrap(admin=admin, passwords=passwords, database=settings.DATABASES["default"]["NAME"])


class Command(BaseCommand):
    """manage.py set_up_database"""

    help = "Make the logins where an administrator's login is at hand, migrate, and set every privilege as declared."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """As the owner."""
        make_logins()
        call_command("migrate", interactive=False, verbosity=0)
        write_role_permissions()
        apply_privileges(connection)
        self.stdout.write("database ready")
