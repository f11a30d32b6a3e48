"""Figures of the live case, of its previews, and of what waits for approval."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.loaders.figures import live_figure, prepared_figure
from review.views.pictures import LIVE, picture


@require_safe
def live(request: HttpRequest, case_id: UUID, key: str, audience: str = "") -> HttpResponse:
    """A figure on a live page, or on what an audience would read of it."""
    actor = actor_of(request)
    content = live_figure(actor, case_id, key, audience)
    verb = AuditVerb.PREVIEWED if audience else AuditVerb.LIVE_READ
    record(by=actor, verb=verb, case_id=case_id, target=key)
    return picture(content, LIVE)


@require_safe
def prepared(request: HttpRequest, case_id: UUID, release_id: UUID, audience: str, key: str) -> HttpResponse:
    """A figure of what waits for approval."""
    actor = actor_of(request)
    content = prepared_figure(actor, case_id, release_id, audience, key)
    record(by=actor, verb=AuditVerb.PREVIEWED, case_id=case_id, target=f"{audience} {key}")
    return picture(content, LIVE)
