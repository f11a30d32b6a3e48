"""The demo's case: an example, the cast with their grants, and a first edition that two managers released."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.access import Actor
from cases.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from cases.models import Case, CaseAudience, Grant, Organisation, OrganisationCeiling, Side, User
from cases.roles import Role
from review.actions.releases import approve_release, start_release
from review.case_file.checking import checked
from review.case_file.reading import read_file
from review.case_file.writing import import_case
from review.models import Release
from review.states import Purpose
from review.tasks import make_release

EXAMPLE = Path(settings.BASE_DIR) / "examples" / "public-facts" / "case.json"
YEAR = timedelta(days=365)
GRANTS: tuple[tuple[str, Role, str], ...] = (
    ("Ada", Role.MANAGER, ""),
    ("Ada", Role.AUTHOR, ""),
    ("Mina", Role.MANAGER, ""),
    ("Jun", Role.AUTHOR, ""),
    ("Lex", Role.DECIDER, ""),
    ("Sten", Role.STRESS_TESTER, ""),
    ("Sofia", Role.INSIDE_READER, "all_staff"),
    ("Rhea", Role.EXTERNAL_REVIEWER, "external_reviewer"),
    ("Omar", Role.EXTERNAL_REVIEWER, "public"),
    ("Vik", Role.EXTERNAL_REVIEWER, "external_reviewer"),
    ("Aud", Role.AUDITOR, ""),
)
# Written by people; the release check compares them with what is hidden in each edition.
STATEMENTS = {
    "all_staff": "",
    "external_reviewer": (
        "One sentence is marked as withheld on the ground of third party confidence, to show what a bar looks like. "
        "The conclusions can be followed without it."
    ),
    "public": (
        "Seven passages are marked as withheld, to show what bars look like, on the grounds of intellectual property, "
        "test contamination, third party confidence, public safety, security and privacy. "
        "All of them stand in public sources; nothing that matters to the conclusions is missing."
    ),
}


def load_demo() -> bool:
    """Set the demo up once; whether there was anything to do."""
    if Case.objects.exists():
        return False
    with transaction.atomic():
        people = _accounts()
        case_id = import_case(case_file=checked(read_file(EXAMPLE)))
        _grants(case_id, people)
    _first_editions(case_id, people)
    return True


def _accounts() -> dict[str, User]:
    organisations = {
        name: Organisation.objects.create(name=name)
        for name in sorted({a.organisation for a in DEMO_ACCOUNTS if a.organisation})
    }
    return {
        account.name.split()[0]: User.objects.create_user(
            email=account.address,
            name=account.name,
            side=account.side,
            password=DEMO_PASSWORD,
            organisation=organisations.get(account.organisation),
        )
        for account in DEMO_ACCOUNTS
    }


def _grants(case_id: UUID, people: dict[str, User]) -> None:
    audiences = {audience.key: audience for audience in CaseAudience.objects.filter(case_id=case_id)}
    for organisation in Organisation.objects.all():
        OrganisationCeiling.objects.create(
            organisation=organisation, case_id=case_id, audience=audiences["external_reviewer"]
        )
    Grant.objects.bulk_create(
        Grant(
            user=people[name],
            case_id=case_id,
            role=role,
            audience=audiences.get(audience),
            why="Demo",
            expires_at=timezone.now() + YEAR,
        )
        for name, role, audience in GRANTS
    )


def _actor(user: User) -> Actor:
    return Actor(id=user.pk, name=user.name, side=Side(user.side))


def _first_editions(case_id: UUID, people: dict[str, User]) -> None:
    """Edition 1, asked for by Ada and approved by Mina, as people would do it."""
    ada, mina = _actor(people["Ada"]), _actor(people["Mina"])
    release_id = start_release(by=ada, case_id=case_id, purpose=Purpose.DRAFT_FOR_REVIEW, statements=STATEMENTS)
    make_release(str(release_id))
    release = Release.objects.get(pk=release_id)
    digests = dict(release.editions.filter(unchanged=False).values_list("audience_key", "digest"))
    approve_release(by=mina, release_id=release_id, digests=digests)
