"""Who has access to a case, for its managers; the trail, for its auditors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from cases.access import Actor, full_clearance, require
from cases.models import AuditEvent, CaseAudience, Grant, User
from cases.redaction.facts import Ground
from cases.roles import Action, Role
from review.loaders.home import title_of

USUAL = timedelta(days=90)
TRAIL_LENGTH = 500


@dataclass(frozen=True, slots=True)
class GrantRow:
    """Somebody's access, live or over."""

    id: UUID
    name: str
    email: str
    organisation: str
    role: str
    audience: str
    grounds: str
    until: datetime
    why: str
    given_by: str
    is_live: bool
    ended: str


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """The People page."""

    live: tuple[GrantRow, ...]
    past: tuple[GrantRow, ...]
    audiences: list[tuple[str, str]]
    usual_end: date
    title: str
    actions: frozenset[Action]


def people_of(actor: Actor, case_id: UUID) -> PeopleDesk:
    """Everybody who has or had access. Raises Http404 for who is not a manager."""
    clearance, actions = full_clearance(actor, case_id)
    if Action.GIVE_ACCESS not in actions:
        raise Http404
    now = timezone.now()
    grants = Grant.objects.filter(case_id=case_id).select_related("user__organisation", "audience", "given_by")
    rows = [_row(grant, now) for grant in grants.order_by("role", "user__name", "given_at")]
    audiences = CaseAudience.objects.filter(case_id=case_id).order_by("order").values_list("key", "name", "outward")
    return PeopleDesk(
        live=tuple(row for row in rows if row.is_live),
        past=tuple(row for row in rows if not row.is_live),
        audiences=[(key, f"{name} ({'outward' if outward else 'inward'})") for key, name, outward in audiences],
        usual_end=(now + USUAL).date(),
        title=title_of(case_id, clearance),
        actions=actions,
    )


def _row(grant: Grant, now: datetime) -> GrantRow:
    user: User = grant.user
    ended = "revoked" if grant.revoked_at else "expired"
    return GrantRow(
        id=grant.id,
        name=user.name,
        email=user.email,
        organisation=user.organisation.name if user.organisation else "",
        role=Role(grant.role).label,
        audience=grant.audience.name if grant.audience else "",
        grounds=", ".join(Ground(ground).label for ground in grant.grounds if ground in set(Ground)),
        until=grant.revoked_at or grant.expires_at,
        why=grant.why,
        given_by=grant.given_by.name if grant.given_by else "installation",
        is_live=grant.revoked_at is None and grant.expires_at > now,
        ended=ended,
    )


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One event, as ids and verbs."""

    at: datetime
    actor: str
    verb: str
    target: str


def trail_of(actor: Actor, case_id: UUID) -> tuple[TrailRow, ...]:
    """The newest events of the case. Raises Http404 for who is not its auditor."""
    require(actor, Action.READ_TRAIL, case_id)
    events = list(AuditEvent.objects.filter(case_id=case_id).order_by("-at", "id")[:TRAIL_LENGTH])
    actors = {event.actor_id for event in events if event.actor_id}
    names: dict[UUID | None, str] = dict(User.objects.filter(pk__in=actors).values_list("pk", "name"))
    return tuple(
        TrailRow(event.at, names.get(event.actor_id, "nobody"), event.verb.replace("_", " "), event.target)
        for event in events
    )
