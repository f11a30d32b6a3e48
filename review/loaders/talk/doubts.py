"""Doubts that nobody has answered, for the release check."""

from __future__ import annotations

from uuid import UUID

from review.checks.material import OpenDoubt
from review.models import InsideThread
from review.talk.states import OPEN, ThreadKind, ThreadState


def open_doubts(case_id: UUID) -> tuple[OpenDoubt, ...]:
    """All of a case; one statement."""
    rows = InsideThread.objects.filter(case_id=case_id, kind=ThreadKind.DOUBT, state__in=OPEN)
    columns = rows.order_by("at", "id").values_list("id", "state", "ref", "anchor__text__key")
    return tuple(
        OpenDoubt(str(thread_id), state == ThreadState.SUSTAINED, ref, key or "")
        for thread_id, state, ref, key in columns
    )
