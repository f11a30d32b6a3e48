"""The desk for publishing, for corrections and for taking a publication back."""

from __future__ import annotations

from typing import TypedDict, Unpack
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.actions.publishing import CannotPublish, correct, publish, withdraw_publication
from review.checks.findings import Finding
from review.forms.publications import CorrectionForm, PublishForm
from review.loaders.publishing import PublishingDesk, publishing_desk
from review.outgoing import HeldBack


class Tried(TypedDict, total=False):
    """What came back with errors: the form as it was typed, which publication it was for, what the check found."""

    publish: PublishForm
    correction: CorrectionForm
    about: UUID
    findings: tuple[Finding, ...]


@require_safe
def desk(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Publications of the case, and what can be published."""
    actor = actor_of(request)
    found = publishing_desk(actor, case_id)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="publications")
    return _desk(request, found)


def _desk(request: HttpRequest, found: PublishingDesk, **tried: Unpack[Tried]) -> HttpResponse:
    address = next((one.suggested for one in found.editions if not one.why_not), "")
    form = tried.get("publish") or PublishForm(editions=found.choices, initial={"address": address})
    context = {
        "desk": found,
        "form": form,
        "corrections": [(row, _correction(found, row.id, tried)) for row in found.publications],
        "about": tried.get("about"),
        "findings": tried.get("findings", ()),
        # The site that is not this one: on the workshop, the reading room.
        "room": f"{request.scheme}://{settings.OTHER_SITE_HOST}",
        "place": "publications",
    }
    frame = {"case_id": found.case_id, "case_title": found.title, "actor": actor_of(request), "actions": found.actions}
    return render(request, "review/publishing.html", {**frame, **context}, status=422 if tried else 200)


def _correction(found: PublishingDesk, publication_id: UUID, tried: Tried) -> CorrectionForm:
    typed = tried.get("correction")
    if typed is not None and tried.get("about") == publication_id:
        return typed
    return CorrectionForm(successors=_successors(found, publication_id), auto_id=f"id_{publication_id.hex}_%s")


def _successors(found: PublishingDesk, publication_id: UUID) -> list[tuple[str, str]]:
    return next((row.successors for row in found.publications if row.id == publication_id), [])


@require_POST
def make_public(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Open an edition to everybody."""
    actor = actor_of(request)
    found = publishing_desk(actor, case_id)
    form = PublishForm(request.POST, editions=found.choices)
    if not form.is_valid():
        return _desk(request, found, publish=form)
    data = form.cleaned_data
    edition_id = UUID(data["edition"])
    try:
        publish(
            by=actor, case_id=case_id, edition_id=edition_id, address=data["address"], checked_by=data["checked_by"]
        )
    except CannotPublish as error:
        form.add_error(error.field, f"Not published: {error}.")
        return _desk(request, found, publish=form)
    except HeldBack as held:
        form.add_error("checked_by", "Not published: these words are hidden from the readers of this edition.")
        return _desk(request, found, publish=form, findings=held.findings)
    messages.success(request, "Published. Anybody can read it now.")
    return redirect("publications", case_id=case_id)


@require_POST
def say_beside(request: HttpRequest, case_id: UUID, publication_id: UUID) -> HttpResponse:
    """Put a correction beside a publication."""
    actor = actor_of(request)
    found = publishing_desk(actor, case_id)
    form = CorrectionForm(
        request.POST, successors=_successors(found, publication_id), auto_id=f"id_{publication_id.hex}_%s"
    )
    if not form.is_valid():
        return _desk(request, found, correction=form, about=publication_id)
    successor = form.cleaned_data["successor"]
    try:
        correct(
            by=actor,
            case_id=case_id,
            publication_id=publication_id,
            notice=form.cleaned_data["notice"],
            successor_id=UUID(successor) if successor else None,
        )
    except CannotPublish as error:
        form.add_error(error.field, f"Not put there: {error}.")
        return _desk(request, found, correction=form, about=publication_id)
    except HeldBack as held:
        form.add_error("notice", "Not put there: these words are hidden from the readers of this publication.")
        return _desk(request, found, correction=form, about=publication_id, findings=held.findings)
    messages.success(request, "The notice stands beside the publication now.")
    return redirect("publications", case_id=case_id)


@require_POST
def take_back(request: HttpRequest, case_id: UUID, publication_id: UUID) -> HttpResponse:
    """Withdraw a publication at once."""
    withdraw_publication(by=actor_of(request), case_id=case_id, publication_id=publication_id)
    messages.success(request, "Withdrawn. Its address now says so, and nothing else.")
    return redirect("publications", case_id=case_id)
