"""Giving, extending and revoking access to a case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower
from django.http import Http404
from django.utils import timezone

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.models import Case, CaseAudience, Grant, Organisation, Redaction, Side, User
from cases.redaction.facts import Ground
from cases.roles import Action, Role
from prose.announcing import announce

LONGEST = timedelta(days=366)
MANAGERS_NEEDED = 2


class CannotGive(ValueError):
    """This access can't be given, extended or revoked; `field` names what to change."""

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why)
        self.why, self.field = why, field


@transaction.atomic
def give_access(  # a grant is these things
    *,
    by: Actor,
    case_id: UUID,
    address: str,
    role: Role,
    audience_key: str,
    until: datetime,
    why: str,
    grounds: Collection[Ground] = (),
) -> None:
    """Let somebody in; `grounds`: those on which a decider decides. Raises Http404, CannotGive."""
    require(by, Action.GIVE_ACCESS, case_id)
    audience = _audience_for(case_id, role, audience_key)
    user = _person_for(address, role)
    _require_ceiling(case_id, user, audience)
    _require_end(until)
    Grant.objects.create(
        user=user,
        case_id=case_id,
        role=role,
        audience=audience,
        grounds=_grounds_for(role, grounds),
        why=why,
        given_by_id=by.id,
        expires_at=until,
    )
    record(by=by, verb=AuditVerb.ACCESS_GIVEN, case_id=case_id, target=str(user.id))


@transaction.atomic
def extend_access(*, by: Actor, case_id: UUID, grant_id: UUID, until: datetime) -> None:
    """Move the end of a live grant. Raises Http404, CannotGive."""
    grant = _live_grant(by, case_id, grant_id)
    _require_end(until)
    if until > grant.expires_at:  # a ceiling may have been lowered since
        _require_ceiling(case_id, grant.user, grant.audience)
    if until < grant.expires_at and grant.role == Role.MANAGER:
        _require_managers(case_id, without=grant.id)
    grant.expires_at = until
    grant.save(update_fields=["expires_at"])
    announce(case_id, "access")
    record(by=by, verb=AuditVerb.ACCESS_EXTENDED, case_id=case_id, target=str(grant.user_id))


@transaction.atomic
def revoke_access(*, by: Actor, case_id: UUID, grant_id: UUID) -> None:
    """End a live grant at once. Raises Http404, CannotGive."""
    grant = _live_grant(by, case_id, grant_id)
    if grant.role == Role.MANAGER:
        _require_managers(case_id, without=grant.id)
    grant.revoked_at = timezone.now()
    grant.save(update_fields=["revoked_at"])
    announce(case_id, "access")
    record(by=by, verb=AuditVerb.ACCESS_REVOKED, case_id=case_id, target=str(grant.user_id))


def _live_grant(by: Actor, case_id: UUID, grant_id: UUID) -> Grant:
    require(by, Action.GIVE_ACCESS, case_id)
    Case.objects.select_for_update().get(pk=case_id)  # two managers can't revoke each other at once
    grant = Grant.live().filter(case_id=case_id, pk=grant_id).first()
    if grant is None:
        raise Http404
    return grant


def _require_managers(case_id: UUID, *, without: UUID) -> None:
    live = Grant.live().filter(case_id=case_id, role=Role.MANAGER, user__is_active=True)
    if live.exclude(pk=without).values("user_id").distinct().count() < MANAGERS_NEEDED:
        raise CannotGive("a case needs two managers; make somebody else a manager first")


def _require_end(until: datetime) -> None:
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise CannotGive("choose today or a later day, at most a year ahead", "until")


def _person_for(address: str, role: Role) -> User:
    side = Side.OUTSIDE if role.is_outside else Side.INSIDE
    found = User.objects.annotate(lower=Lower("email")).filter(lower=address.strip().lower(), is_active=True)
    user = found.filter(side=side).first()
    if user is None:
        where = "reading room" if role.is_outside else "workshop"
        raise CannotGive(f"nobody with this address can sign in at the {where} as {role.label}", "address")
    return user


def _audience_for(case_id: UUID, role: Role, key: str) -> CaseAudience | None:
    if not role.reads_an_edition:
        return None
    audience = CaseAudience.objects.filter(case_id=case_id, key=key).first()
    if audience is None:
        raise CannotGive(f"choose the edition that this {role.label} is to read", "audience")
    if audience.outward is not role.is_outside:
        raise CannotGive(f"{audience.name} is no edition for this {role.label}", "audience")
    return audience


def _grounds_for(role: Role, grounds: Collection[Ground]) -> list[str]:
    if role is not Role.DECIDER:
        return []
    if not grounds:
        raise CannotGive("choose the grounds on which this decider decides", "grounds")
    return [ground.value for ground in Ground if ground in grounds]


def _require_ceiling(case_id: UUID, user: User, audience: CaseAudience | None) -> None:
    """Somebody outside gets what their organisation may get in this case, or less."""
    if audience is None or user.organisation_id is None:
        return
    ceiling = Organisation.objects.get(pk=user.organisation_id).ceilings.filter(case_id=case_id).first()
    if ceiling and not _is_at_most(audience, ceiling.audience):
        raise CannotGive(f"their organisation may read {ceiling.audience.name} or less in this case", "audience")


def _is_at_most(audience: CaseAudience, other: CaseAudience) -> bool:
    """Cleared for no other ground, and nothing revealed to it that is not revealed to the other."""
    revealed = Redaction.objects.filter(case_id=audience.case_id, revealed_to__contains=[audience.key])
    more = revealed.exclude(revealed_to__contains=[other.key]).exclude(ground__in=other.cleared)
    return set(audience.cleared) <= set(other.cleared) and not more.exists()
