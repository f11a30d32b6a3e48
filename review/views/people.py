"""Who has access to a case: giving, extending and revoking it; and the trail."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.actions.access import CannotGive, extend_access, give_access, revoke_access
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from cases.redaction.facts import Ground
from cases.roles import Role
from review.forms.people import AccessForm, ExtendForm
from review.loaders.people import people_of, trail_of


@require_safe
def people(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who has access, who had, and the form that gives it."""
    return _page(request, case_id, None)


def _page(request: HttpRequest, case_id: UUID, form: AccessForm | None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    desk = people_of(actor, case_id)
    form = form or AccessForm(audiences=desk.audiences, initial={"until": desk.usual_end})
    context = {
        "desk": desk,
        "form": form,
        "case_id": case_id,
        "actor": actor,
        "case_title": desk.title,
        "actions": desk.actions,
        "place": "people",
    }
    return render(request, "review/people.html", context, status=status)


@require_POST
def give(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give access."""
    actor = actor_of(request)
    form = AccessForm(request.POST, audiences=people_of(actor, case_id).audiences)
    if not form.is_valid():
        return _page(request, case_id, form, status=422)
    data = form.cleaned_data
    try:
        give_access(
            by=actor,
            case_id=case_id,
            address=data["address"],
            role=Role(data["role"]),
            audience_key=data["audience"],
            until=data["until"],
            why=data["why"],
            grounds=[Ground(ground) for ground in data["grounds"]],
        )
    except CannotGive as error:
        form.add_error(error.field, f"{error.why[0].upper()}{error.why[1:]}.")
        return _page(request, case_id, form, status=422)
    messages.success(request, f"{data['address']} has access now.")
    return redirect("people", case_id=case_id)


@require_POST
def extend(request: HttpRequest, case_id: UUID, grant_id: UUID) -> HttpResponse:
    """Move the end of a grant."""
    actor = actor_of(request)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        people_of(actor, case_id)  # the 404 for who may not see the page
        messages.error(request, "Not extended: choose a day.")
        return redirect("people", case_id=case_id)
    try:
        extend_access(by=actor, case_id=case_id, grant_id=grant_id, until=form.cleaned_data["until"])
    except CannotGive as error:
        messages.error(request, f"Not extended: {error}.")
    else:
        messages.success(request, "The end is changed.")
    return redirect("people", case_id=case_id)


@require_POST
def revoke(request: HttpRequest, case_id: UUID, grant_id: UUID) -> HttpResponse:
    """End a grant at once."""
    try:
        revoke_access(by=actor_of(request), case_id=case_id, grant_id=grant_id)
    except CannotGive as error:
        messages.error(request, f"Not revoked: {error}.")
    else:
        messages.success(request, "Revoked. Their next click finds nothing.")
    return redirect("people", case_id=case_id)


@require_safe
def trail(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was done in the case: ids and verbs, no words."""
    actor = actor_of(request)
    rows = trail_of(actor, case_id)
    record(by=actor, verb=AuditVerb.TRAIL_READ, case_id=case_id)
    return render(request, "review/trail.html", {"rows": rows, "actor": actor})
