"""`manage.py create_account ADDRESS NAME [--organisation NAME]`: somebody who can sign in."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.actions.installation import CannotSetUp, create_account


class Command(BaseCommand):
    """Makes an account."""

    help = "Make an account at the workshop, or with --organisation one in the reading room; prints its first password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Address and name."""
        parser.add_argument("address")
        parser.add_argument("name")
        parser.add_argument("--organisation", default="")

    def handle(self, *args: object, **options: str) -> None:
        """Make it, and say the password once."""
        try:
            password = create_account(
                address=options["address"], name=options["name"], organisation=options["organisation"]
            )
        except CannotSetUp as error:
            raise CommandError(f"{error}.") from error
        self.stdout.write(password)
