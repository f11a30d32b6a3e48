"""`manage.py create_case TITLE ADDRESS ADDRESS …`: a case to be written here, or begun with a document."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.actions.installation import CannotSetUp
from review.actions.starting import start_case


class Command(BaseCommand):
    """Makes a case."""

    help = "Make an empty case and name its managers, two or more inside people. They give others access, and import documents."

    def add_arguments(self, parser: CommandParser) -> None:
        """Its title, and the managers' addresses."""
        parser.add_argument("title")
        parser.add_argument("addresses", nargs="+")

    def handle(self, *args: object, title: str, addresses: list[str], **options: object) -> None:
        """Make it, and say its reference."""
        try:
            reference = start_case(title=title, addresses=addresses)
        except CannotSetUp as error:
            raise CommandError(f"{error}.") from error
        self.stdout.write(reference)
