"""Lists over the whole live case: everything said outside."""

from __future__ import annotations

from uuid import UUID

from cases.access import Actor
from review.loaders.live import LivePage, live_case, page_of_case
from review.loaders.live_threads import LiveThread
from review.states import PageKind


def all_threads(actor: Actor, case_id: UUID) -> tuple[LivePage, tuple[LiveThread, ...]]:
    """All threads of a case that the actor may read live."""
    case = live_case(actor, case_id)
    return page_of_case(case, case_id, PageKind.FRONT), case.threads
