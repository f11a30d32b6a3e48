"""The demo: an example caught mid-story, the cast with their grants, and things to try. Made by the actions that people use."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cases.models import Case
from review.case_file.checking import checked
from review.case_file.reading import read_file
from review.case_file.writing import import_case
from review.demo.people import make_people
from review.demo.story import tell

EXAMPLES = Path(settings.BASE_DIR) / "examples"
WORKED_EXAMPLE = EXAMPLES / "worked-example" / "case.json"


def load_demo() -> bool:
    """Set the demo up once; whether there was anything to do."""
    if Case.objects.exists():
        return False
    with transaction.atomic():
        case_id = _imported(WORKED_EXAMPLE)
        people = make_people(case_id)
    tell(case_id, people)
    return True


def _imported(path: Path) -> UUID:
    return import_case(case_file=checked(read_file(path)))
