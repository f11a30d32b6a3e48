"""What the check of a release found: settled with a reason, or hidden there too."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases.actions.redactions import redact_there_too
from cases.doors import actor_of
from prose.anchors import Span
from prose.marking import CannotMark
from review.actions.releases import settle_check
from review.forms.releases import SettleForm
from review.loaders.releases import finding_of, release_for


@require_POST
def settle(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """Not the same, because …, or stands, because …; then look again at a new snapshot."""
    actor = actor_of(request)
    form = SettleForm(request.POST)
    if not form.is_valid():
        release_for(actor, case_id, release_id)  # the 404 for who may not see the release
        messages.error(request, "Say why: a reason is what settles it.")
        return redirect("release", case_id=case_id, release_id=release_id)
    settle_check(by=actor, release_id=release_id, **form.cleaned_data)
    messages.success(request, "Noted. Check again to go on.")
    return redirect("release", case_id=case_id, release_id=release_id)


@require_POST
def redact_there(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """Lay the same redaction over the words that the check found."""
    actor = actor_of(request)
    found = finding_of(actor, case_id, release_id, request.POST.get("fingerprint", ""))
    try:
        redact_there_too(
            by=actor,
            case_id=case_id,
            ref=found.redaction_ref,
            text_key=found.text_key,
            version=found.version,
            span=Span(found.start, found.end),
        )
    except CannotMark as error:
        messages.error(request, f"Not hidden: {error}.")
    else:
        messages.success(request, f"Hidden there too, by {found.redaction_ref}. Check again to go on.")
    return redirect("release", case_id=case_id, release_id=release_id)
