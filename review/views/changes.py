"""What changed between two editions that a reader may read, at both sites."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.loaders.changes import edition_changes
from review.loaders.editions import INSIDE, READING_ROOM
from review.rendering import base_of

LONGEST = 9  # digits of an edition's number


@require_safe
def changes(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """This edition against the one before it, or against `?since=<number>`."""
    actor = actor_of(request)
    door = READING_ROOM if settings.SITE == "reading_room" else INSIDE
    found = edition_changes(door, actor, edition_id, _number(request.GET.get("since", "")))
    record(by=actor, verb=AuditVerb.EDITION_READ, case_id=found.edition.case_id, target=f"{edition_id} changes")
    context = {"found": found, "page": "changes", "base": base_of("changes"), "actor": actor}
    return render(request, "review/edition_changes.html", context)


def _number(asked: str) -> int | None:
    """The number asked for, none for the edition before. What is no number is an edition that is not there."""
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST):
        raise Http404
    return int(asked)
