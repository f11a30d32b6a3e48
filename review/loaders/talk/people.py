"""Who reads a case live now: the people who can be asked and mentioned in it."""

from __future__ import annotations

from uuid import UUID

from cases.models import Grant
from cases.roles import PERMITS, Action
from review.talk.mentions import Named


def people_of_case(case_id: UUID) -> tuple[Named, ...]:
    """Everybody whose live grants let them read the case live, by name. One query."""
    roles = PERMITS[Action.READ_LIVE].roles
    grants = Grant.live().filter(case_id=case_id, role__in=roles, user__is_active=True)
    return tuple(grants.order_by("user__name", "user_id").values_list("user_id", "user__name").distinct())
