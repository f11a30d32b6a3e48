"""The reading room's addresses and one more: a page that is signed in, grant-checked and audited, and empty."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from cases.models import OutwardPermission
from cases.roles import Action
from safetycase.urls.reading_room import handler404, handler500
from safetycase.urls.reading_room import urlpatterns as of_the_room

__all__ = ["handler404", "handler500", "urlpatterns"]


@require_safe
def empty(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Nothing, in the frame of every page."""
    actor = actor_of(request)
    may = {"user_id": actor.id, "case_id": case_id, "audience_key": "external_reviewer"}
    if not OutwardPermission.objects.filter(**may, permission=Action.READ_EDITION.value).exists():
        raise Http404
    record(by=actor, verb=AuditVerb.EDITION_READ, case_id=case_id, target="bench")
    return render(request, "shell.html")


urlpatterns = [*of_the_room, path("bench/<uuid:case_id>/", empty)]
