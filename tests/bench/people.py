"""The bench's people, and who they are as actors."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from cases.access import Actor
from cases.models import CaseAudience, Grant, Organisation, OrganisationCeiling, Side, User
from cases.roles import Role
from tests.bench.state import State

GRANTS = (
    ("Ada", Role.MANAGER, ""),
    ("Ada", Role.AUTHOR, ""),
    ("Mina", Role.MANAGER, ""),
    ("Rhea", Role.EXTERNAL_REVIEWER, "external_reviewer"),
)


def make_people() -> dict[str, str]:
    """Two managers and one reviewer: name → id."""
    organisation = Organisation.objects.create(name="Meridian")
    made: dict[str, str] = {}
    for name, side in (("Ada", Side.INSIDE), ("Mina", Side.INSIDE), ("Rhea", Side.OUTSIDE)):
        home = organisation if side is Side.OUTSIDE else None
        address = f"{name.lower()}@{side.value}.example"
        made[name] = str(User.objects.create_user(email=address, name=name, side=side, organisation=home).pk)
    return made


def grant_all(case_id: UUID, people: dict[str, str]) -> None:
    """What GRANTS says."""
    audiences = {audience.key: audience for audience in CaseAudience.objects.filter(case_id=case_id)}
    organisation = Organisation.objects.get()
    ceiling = audiences["external_reviewer"]
    OrganisationCeiling.objects.create(organisation=organisation, case_id=case_id, audience=ceiling)
    until = timezone.now() + timedelta(days=1)
    for name, role, key in GRANTS:
        Grant.objects.create(
            user_id=people[name], case_id=case_id, role=role, audience=audiences.get(key), why="bench", expires_at=until
        )


def actor(state: State, name: str) -> Actor:
    """Somebody, as rules see them."""
    user = User.objects.get(pk=state.people[name])
    return Actor(user.pk, user.name, Side(user.side), user.organisation_id)
