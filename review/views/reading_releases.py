"""Reading what waits for approval: whole, as its audience will; what changed; and the cold reader's signature."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.actions.releases import CannotRelease, sign_cold_read
from review.loaders.releases import changes_for, prepared_page
from review.views.releases import frame


@require_safe
def read(request: HttpRequest, case_id: UUID, release_id: UUID, audience: str, page: str = "front") -> HttpResponse:
    """A page of what waits for approval, exactly as its audience will get it."""
    actor = actor_of(request)
    prepared = prepared_page(actor, case_id, release_id, audience, page.rstrip("/"))
    record(by=actor, verb=AuditVerb.PREVIEWED, case_id=case_id, target=f"{audience} {page}"[:60])
    return render(
        request, "review/prepared.html", frame(actor, case_id, prepared.title, prepared.actions, prepared=prepared)
    )


@require_safe
def changes(request: HttpRequest, case_id: UUID, release_id: UUID, audience: str) -> HttpResponse:
    """What changes for one audience."""
    actor = actor_of(request)
    found = changes_for(actor, case_id, release_id, audience)
    record(by=actor, verb=AuditVerb.PREVIEWED, case_id=case_id, target=f"{audience} changes"[:60])
    return render(
        request, "review/release_changes.html", frame(actor, case_id, found.title, found.actions, found=found)
    )


@require_POST
def sign(request: HttpRequest, case_id: UUID, release_id: UUID, audience: str) -> HttpResponse:
    """The cold reader signs exactly the bytes whose digest the form carries."""
    digest = request.POST.get("digest", "")
    try:
        sign_cold_read(by=actor_of(request), release_id=release_id, audience_key=audience, digest=digest)
    except CannotRelease as error:
        messages.error(request, f"Not signed: {error}.")
    else:
        messages.success(request, "Signed.")
    return redirect("release", case_id=case_id, release_id=release_id)
