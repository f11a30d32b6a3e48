"""Finding words in an edition: the same view in the reading room and, over another door, on the workshop."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.loaders.editions import INSIDE, READING_ROOM
from review.loaders.finding import find_in_edition


@require_safe
def find(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """What holds the words, or straight to the object whose reference was typed. The words are kept nowhere."""
    actor = actor_of(request)
    door = READING_ROOM if settings.SITE == "reading_room" else INSIDE
    answer = find_in_edition(door, actor, edition_id, request.GET.get("q", ""))
    record(by=actor, verb=AuditVerb.EDITION_READ, case_id=answer.edition.case_id, target=f"{edition_id} find")
    base = reverse("edition", kwargs={"edition_id": edition_id})
    if answer.found.lookup is not None:
        return HttpResponseRedirect(base + answer.found.lookup)
    context = {"edition": answer.edition, "found": answer.found, "base": base, "actor": actor}
    return render(request, "review/edition_find.html", context)
