"""What the trail learns of signing in."""

from __future__ import annotations

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.models import Side, User


def signed_in(user: User) -> None:
    """Somebody signed in."""
    actor = Actor(id=user.pk, name=user.name, side=Side(user.side), organisation_id=user.organisation_id)
    record(by=actor, verb=AuditVerb.SIGNED_IN)


def sign_in_refused() -> None:
    """Somebody was refused."""
    record(by=None, verb=AuditVerb.SIGN_IN_REFUSED)
