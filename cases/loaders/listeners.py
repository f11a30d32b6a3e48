"""Which of the open streams may go on: asked before every event, in two queries for any number of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Now

from cases.models import LiveCasePermission, User, WorkshopSession
from cases.roles import Action


@dataclass(frozen=True, slots=True)
class Listener:
    """Whose stream it is, of which case, and by which session. `session_hash`: what the session keeps of the password."""

    user_id: UUID
    session_key: str
    session_hash: str
    case_id: UUID
    tab: UUID


def still_allowed(listeners: Collection[Listener]) -> frozenset[Listener]:
    """Those who may read the case live at this moment, and whose session has neither ended nor an older password."""
    allowed, sessions = _readers(listeners), _sessions(listeners)
    return frozenset(
        one
        for one in listeners
        if allowed.get((one.user_id, one.case_id)) == one.session_hash and one.session_key in sessions
    )


def _readers(listeners: Collection[Listener]) -> dict[tuple[UUID, UUID], str]:
    """(user, case) → the hash that a session of that user must have."""
    rows = LiveCasePermission.objects.filter(
        permission__codename=Action.READ_LIVE.value,
        user_id__in={one.user_id for one in listeners},
        content_object_id__in={one.case_id for one in listeners},
    ).values_list("user_id", "content_object_id", "user__password")
    return {(user, case): User(password=password).get_session_auth_hash() for user, case, password in rows}


def _sessions(listeners: Collection[Listener]) -> frozenset[str]:
    keys = {one.session_key for one in listeners}
    live = WorkshopSession.objects.filter(session_key__in=keys, expire_date__gt=Now())
    return frozenset(live.values_list("session_key", flat=True))
