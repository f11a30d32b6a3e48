"""The access check: who may do what in which case, now. The only module that calls guardian."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from guardian.shortcuts import get_objects_for_user

from cases.models import Case, Grant, LiveCasePermission, OutwardPermission, Side, User
from cases.roles import PERMITS, Action, Facts, Role
from prose import shown
from prose.shown import FullClearance


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, as far as rules may look at them."""

    id: UUID
    name: str
    side: Side
    organisation_id: UUID | None = None


def actions_of(actor: Actor, case_id: UUID) -> frozenset[Action]:
    """All that the actor's live grants allow in the case. One query; expiry and revocation hold at once.

    guardian's own question for the same rows sorts them by two more tables, which takes twice as long; it is asked before everything.
    """
    held = LiveCasePermission.objects.filter(user_id=actor.id, content_object_id=case_id)
    return frozenset(Action(name) for name in held.values_list("permission__codename", flat=True))


def require(by: Actor, action: Action, case_id: UUID, facts: Facts | None = None) -> None:
    """Raise Http404 unless the actor may. Refused and absent are the same."""
    if action not in actions_of(by, case_id) or not conditions_hold(action, facts or Facts(actor_id=by.id)):
        raise Http404


def conditions_hold(action: Action, facts: Facts) -> bool:
    """Whether the action's own conditions hold, the grant apart."""
    return action in PERMITS and all(condition(facts) for condition in PERMITS[action].conditions)


def grounds_decided_by(actor: Actor, case_id: UUID) -> frozenset[str]:
    """The grounds on which the actor's live grants let decide in the case. One query."""
    held = Grant.live().filter(user_id=actor.id, case_id=case_id, role=Role.DECIDER).values_list("grounds", flat=True)
    return frozenset(ground for grounds in held for ground in grounds)


def full_clearance(by: Actor, case_id: UUID) -> tuple[FullClearance, frozenset[Action]]:
    """The clearance to read everything live in the case, and all that the actor may do in it. Raises Http404."""
    actions = actions_of(by, case_id)
    if Action.READ_LIVE not in actions:
        raise Http404
    return FullClearance(case_id, shown._ACCESS_CHECK), actions


def live_clearances(actor: Actor) -> dict[UUID, FullClearance]:
    """A clearance for every case that the actor may read live."""
    return {case_id: FullClearance(case_id, shown._ACCESS_CHECK) for case_id in cases_open_to(actor, Action.READ_LIVE)}


def cases_open_to(actor: Actor, action: Action) -> list[UUID]:
    """The cases in which the actor may do that, in no order that tells anything."""
    cases = get_objects_for_user(
        User(pk=actor.id),
        f"cases.{action.value}",
        Case.objects.order_by("reference", "id"),
        use_groups=False,
        accept_global_perms=False,
        with_superuser=False,
    )
    return list(cases.values_list("pk", flat=True))


def outward_audiences(actor: Actor, action: Action) -> frozenset[tuple[UUID, str]]:
    """(case, audience) pairs in which somebody outside may do that. All that the reading room can ask."""
    rows = OutwardPermission.objects.filter(user_id=actor.id, permission=action.value)
    return frozenset(rows.values_list("case_id", "audience_key"))
