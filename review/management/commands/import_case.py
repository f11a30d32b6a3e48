"""`manage.py import_case FILE`: take a case file in (docs/case-file.md)."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from review.case_file.checking import checked
from review.case_file.faults import BadCaseFile
from review.case_file.reading import read_file
from review.case_file.writing import import_case


class Command(BaseCommand):
    """Imports a case."""

    help = "Import a case file. Nobody has access to the case until somebody is given it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether a case of its reference may stand here already."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--as-new", action="store_true", help="import it even if its case is here already")

    def handle(self, *args: object, file: Path, as_new: bool, **options: object) -> None:
        """One line: what was imported, or why nothing was."""
        try:
            case_file = checked(read_file(file))
            case_id = import_case(case_file=case_file, as_new=as_new)
        except BadCaseFile as bad:
            raise CommandError(f"{file}: {bad}") from bad
        self.stdout.write(f"imported {case_file.header.reference} as {case_id}")
