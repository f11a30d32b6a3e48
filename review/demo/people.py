"""The cast of the demo: accounts, organisations, grants."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from cases.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from cases.models import CaseAudience, Grant, Organisation, OrganisationCeiling, User
from cases.redaction.facts import Ground
from cases.roles import Role

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
GROUNDS = {"Lex": sorted(Ground)}  # what a decider of the cast decides on
People = dict[str, User]


def make_people() -> People:
    """First name → account."""
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


def let_in(case_id: UUID, people: People, names: frozenset[str]) -> None:
    """Give these people their usual access to a case."""
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
            grounds=GROUNDS.get(name, []) if role is Role.DECIDER else [],
            why="Demo",
            expires_at=timezone.now() + YEAR,
        )
        for name, role, audience in GRANTS
        if name in names
    )
