"""Starting a case, as an installation admin does by command: nothing in it but its title, its audiences and its managers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from cases.actions.installation import CannotSetUp, name_managers
from cases.models import Case
from cases.refs import new_ref
from review.case_file.checking import checked
from review.case_file.empty import empty_case_file
from review.case_file.writing import import_case


@transaction.atomic
def start_case(*, title: str, addresses: Sequence[str]) -> str:
    """Make an empty case, run by the people with these addresses; returns its reference. Raises CannotSetUp."""
    if not title.strip():
        raise CannotSetUp("a case needs a title; its readers see it first")
    reference = new_ref("K", set(Case.objects.values_list("reference", flat=True)))
    import_case(case_file=checked(empty_case_file(reference, title.strip())))
    name_managers(reference=reference, addresses=addresses)
    return reference
