"""`manage.py export_case REF`: a live case as a case file on standard output (docs/case-file.md)."""

from __future__ import annotations

from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from review.case_file.export import CannotExport, cases_named, export_case


class Command(BaseCommand):
    """Exports a case."""

    help = "Write the whole live case, hidden words and private reasons included, to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        """The case, by reference; by id as well where several share it."""
        parser.add_argument("reference", metavar="CASE-REFERENCE")
        parser.add_argument("--case", metavar="UUID", type=UUID, help="which one, if several cases share the reference")

    def handle(self, *args: object, reference: str, case: UUID | None, **options: object) -> None:
        """The bytes and nothing else."""
        case_id = _which(reference, case)
        try:
            found = export_case(case_id=case_id)
        except CannotExport as cannot:
            raise CommandError(f"{reference} can't be exported: {cannot}") from cannot
        # Bytes where there is a byte stream: the terminal's encoding and line ends are not the file's.
        stream = getattr(self.stdout, "buffer", None)
        if stream is None:
            self.stdout.write(found.decode(), ending="")
        else:
            stream.write(found)
            stream.flush()


def _which(reference: str, wanted: UUID | None) -> UUID:
    there = cases_named(reference)
    if not there:
        raise CommandError(f"there is no case {reference} here")
    if wanted is not None:
        if wanted not in there:
            raise CommandError(f"the case {wanted} does not have the reference {reference}")
        return wanted
    if len(there) > 1:
        ids = ", ".join(str(one) for one in there)
        raise CommandError(f"{len(there)} cases share the reference {reference}; say --case and one of {ids}")
    return there[0]
