"""What an installation admin does, by command: makes accounts, and names the managers of a case. Reads no case text."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from cases.actions.access import MANAGERS_NEEDED
from cases.audit import AuditVerb, record
from cases.models import Case, Grant, Organisation, Side, User
from cases.roles import Role

TERM = timedelta(days=365)


class CannotSetUp(ValueError):
    """This can't be done; the message is one sentence."""


@transaction.atomic
def create_account(*, address: str, name: str, organisation: str = "") -> str:
    """An account inside, or outside in an organisation; returns its first password. Raises CannotSetUp."""
    side = Side.OUTSIDE if organisation else Side.INSIDE
    if User.objects.annotate(lower=Lower("email")).filter(lower=address.strip().lower(), side=side).exists():
        raise CannotSetUp(f"{address} has an account on that side already")
    password = secrets.token_urlsafe(15)
    place = Organisation.objects.get_or_create(name=organisation)[0] if organisation else None
    User.objects.create_user(email=address, name=name, side=side, password=password, organisation=place)
    return password


@transaction.atomic
def name_managers(*, reference: str, addresses: Sequence[str]) -> None:
    """Make these inside people managers of the case, for a year. Raises CannotSetUp."""
    cases = list(Case.objects.filter(reference=reference))
    if len(cases) != 1:
        raise CannotSetUp(f"{len(cases)} cases have the reference {reference}; there must be one")
    wanted = {address.strip().lower() for address in addresses}
    people = list(User.objects.filter(email__in=wanted, side=Side.INSIDE, is_active=True))
    if missing := sorted(wanted - {person.email for person in people}):
        raise CannotSetUp(f"{missing[0]} has no account at the workshop; make one with create_account")
    if len(people) < MANAGERS_NEEDED:
        raise CannotSetUp("a case needs two managers; name two people")
    for person in people:
        why = "named by the installation admin"
        Grant.objects.create(user=person, case=cases[0], role=Role.MANAGER, why=why, expires_at=timezone.now() + TERM)
        record(by=None, verb=AuditVerb.ACCESS_GIVEN, case_id=cases[0].pk, target=str(person.pk))
