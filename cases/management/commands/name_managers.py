"""`manage.py name_managers CASE ADDRESS ADDRESS …`: who runs a case."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.actions.installation import CannotSetUp, name_managers


class Command(BaseCommand):
    """Names managers."""

    help = "Make two or more inside people managers of a case, for a year."

    def add_arguments(self, parser: CommandParser) -> None:
        """The case's reference, and addresses."""
        parser.add_argument("reference")
        parser.add_argument("addresses", nargs="+")

    def handle(self, *args: object, **options: object) -> None:
        """Name them."""
        try:
            name_managers(reference=str(options["reference"]), addresses=_words(options["addresses"]))
        except CannotSetUp as error:
            raise CommandError(f"{error}.") from error
        self.stdout.write("done: they open the case at the workshop and give others access under People")


def _words(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
