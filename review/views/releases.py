"""Releases: for whom, check, read, approve; and taking an edition back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.actions.redactions import redact_there_too
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from cases.roles import Action
from prose.anchors import Span
from prose.marking import CannotMark
from review.actions.releases import (
    CannotRelease,
    approve_release,
    drop_release,
    settle_check,
    start_again,
    start_release,
    withdraw_edition,
)
from review.forms import ReleaseForm, SettleForm
from review.loaders.releases import ReleaseDesk, finding_of, prepared_page, release_for, releases_for
from review.states import Purpose
from review.views.wake import wake_worker


@require_safe
def releases(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Releases and editions of the case, and the form that starts one."""
    desk = releases_for(actor_of(request), case_id)
    return _desk(request, desk, _form(desk, None))


def _desk(request: HttpRequest, desk: ReleaseDesk, form: ReleaseForm, status: int = 200) -> HttpResponse:
    return render(
        request,
        "review/releases.html",
        _frame(request, desk.case_id, desk.title, desk.actions, desk=desk, form=form),
        status=status,
    )


def _frame(
    request: HttpRequest, case_id: UUID, title: str, actions: frozenset[Action], **parts: object
) -> dict[str, object]:
    actor = actor_of(request)
    return {"case_id": case_id, "case_title": title, "actor": actor, "actions": actions, "place": "releases", **parts}


def _form(desk: ReleaseDesk, data: QueryDict | None) -> ReleaseForm:
    first = {"purpose": Purpose.DRAFT_FOR_REVIEW.value}
    return ReleaseForm(data, audiences=desk.audiences, outward=desk.outward, suggested=desk.statements, initial=first)


@require_POST
def start(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Start a release."""
    actor = actor_of(request)
    desk = releases_for(actor, case_id)
    form = _form(desk, request.POST)
    if not form.is_valid():
        return _desk(request, desk, form, status=422)
    purpose = Purpose(form.cleaned_data["purpose"])
    release_id = start_release(by=actor, case_id=case_id, purpose=purpose, statements=form.statements())
    wake_worker(release_id)
    return redirect("release", case_id=case_id, release_id=release_id)


@require_safe
def release(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """One release: its progress, what the check found, what would be approved. htmx asks for the body alone."""
    actor = actor_of(request)
    page = release_for(actor, case_id, release_id)
    template = "review/parts/release_body.html" if request.headers.get("HX-Request") else "review/release.html"
    return render(request, template, _frame(request, case_id, page.title, page.actions, release=page))


@require_safe
def read(request: HttpRequest, case_id: UUID, release_id: UUID, audience: str, page: str = "front") -> HttpResponse:
    """A page of what waits for approval, exactly as its audience will get it."""
    actor = actor_of(request)
    prepared = prepared_page(actor, case_id, release_id, audience, page.rstrip("/"))
    record(by=actor, verb=AuditVerb.PREVIEWED, case_id=case_id, target=f"{audience} {page}"[:60])
    frame = _frame(request, case_id, prepared.title, prepared.actions, prepared=prepared)
    return render(request, "review/prepared.html", frame)


@require_POST
def approve(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """Approve exactly the bytes whose digests the form carries."""
    digests = {key.removeprefix("digest_"): value for key, value in request.POST.items() if key.startswith("digest_")}
    try:
        approve_release(by=actor_of(request), release_id=release_id, digests={k: str(v) for k, v in digests.items()})
    except CannotRelease as error:
        messages.error(request, f"Not approved: {error}.")
    else:
        messages.success(request, "Approved. Its readers can open it now.")
    return redirect("release", case_id=case_id, release_id=release_id)


@require_POST
def drop(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """Give a release up."""
    try:
        drop_release(by=actor_of(request), release_id=release_id)
    except CannotRelease as error:
        messages.error(request, f"Not dropped: {error}.")
    return redirect("releases", case_id=case_id)


@require_POST
def again(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """The same release from a new snapshot."""
    made = start_again(by=actor_of(request), release_id=release_id)
    wake_worker(made)
    return redirect("release", case_id=case_id, release_id=made)


@require_POST
def settle(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """Not the same, because …; then look again at a new snapshot."""
    actor = actor_of(request)
    form = SettleForm(request.POST)
    if not form.is_valid():
        release_for(actor, case_id, release_id)  # the 404 for who may not see the release
        messages.error(request, "Say why the two passages are not the same.")
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


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, edition_id: UUID) -> HttpResponse:
    """Take an edition back at once."""
    withdraw_edition(by=actor_of(request), edition_id=edition_id)
    messages.success(request, "Withdrawn. Its readers now get the page for what is not there.")
    return redirect("releases", case_id=case_id)
