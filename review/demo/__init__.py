"""The demo: one example caught mid-story, one published, one case still empty, the cast, and things to try.

Made by the actions that people use.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cases.access import Actor
from cases.models import Case, Side, User
from review.actions.starting import start_case
from review.case_file.checking import checked
from review.case_file.reading import read_file
from review.case_file.writing import import_case
from review.demo.inside import work_together
from review.demo.people import let_in, make_people
from review.demo.published import publish_facts
from review.demo.story import tell
from review.demo.things import EMPTY_CASE

BEGIN = ("ada@lab.example", "mina@lab.example")
WORK_ON_FACTS = frozenset({"Ada", "Mina", "Lex", "Sten"})


def load_demo() -> bool:
    """Set the demo up once; whether there was anything to do."""
    if Case.objects.exists():
        return False
    with transaction.atomic():
        people = make_people()
        worked, facts = _imported("worked-example"), _imported("public-facts")
        let_in(worked, people, frozenset(people))
        let_in(facts, people, WORK_ON_FACTS)
        start_case(title=EMPTY_CASE, addresses=BEGIN)
    actors = {name: _actor(user) for name, user in people.items()}
    tell(worked, actors)
    work_together(worked, actors)
    publish_facts(facts, actors)
    return True


def _actor(user: User) -> Actor:
    return Actor(id=user.pk, name=user.name, side=Side(user.side), organisation_id=user.organisation_id)


def _imported(example: str) -> UUID:
    path = Path(settings.BASE_DIR) / "examples" / example / "case.json"
    return import_case(case_file=checked(read_file(path)))
