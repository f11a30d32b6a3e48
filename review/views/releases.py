"""Releases: for whom, check, read, approve; and taking an edition back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.access import Actor
from cases.doors import actor_of
from cases.roles import Action
from review.actions.releases import (
    CannotRelease,
    approve_release,
    drop_release,
    start_again,
    start_release,
    withdraw_edition,
)
from review.forms.releases import ReleaseForm
from review.loaders.releases import ReleaseChoices, choices_for, release_for, releases_for
from review.states import Purpose
from review.views.wake import wake_worker


def frame(actor: Actor, case_id: UUID, title: str, actions: frozenset[Action], **parts: object) -> dict[str, object]:
    """What stands around every page of releases."""
    return {"case_id": case_id, "case_title": title, "actor": actor, "actions": actions, "place": "releases", **parts}


@require_safe
def releases(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What waits, editions, and releases of the case."""
    actor = actor_of(request)
    desk = releases_for(actor, case_id)
    return render(request, "review/releases.html", frame(actor, case_id, desk.title, desk.actions, desk=desk))


@require_safe
def for_whom(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The first step; `like` names a release to be done anew with other choices."""
    choices = choices_for(actor_of(request), case_id, _uuid(request.GET.get("like", "")))
    return _for_whom(request, choices, _form(choices, None))


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _form(choices: ReleaseChoices, data: QueryDict | None) -> ReleaseForm:
    like = choices.like
    first: dict[str, object] = {"purpose": like.purpose if like else Purpose.DRAFT_FOR_REVIEW.value}
    if like:
        first |= {"audiences": choices.like_audiences, "cold_reader": str(like.cold_reader_id or "")}
    return ReleaseForm(
        data,
        audiences=[(one.key, one.name) for one in choices.audiences],
        outward=[(one.key, one.name) for one in choices.audiences if one.outward],
        suggested=choices.statements,
        unready=choices.unready,
        people=choices.cold_readers,
        initial=first,
    )


def _for_whom(request: HttpRequest, choices: ReleaseChoices, form: ReleaseForm, status: int = 200) -> HttpResponse:
    actor, case_id = actor_of(request), choices.case_id
    parts = {"choices": choices, "form": form, "rows": form.rows(choices.audiences)}
    context = frame(actor, case_id, choices.title, choices.actions, **parts)
    return render(request, "review/release_new.html", context, status=status)


@require_POST
def start(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Start a release."""
    actor = actor_of(request)
    choices = choices_for(actor, case_id)
    form = _form(choices, request.POST)
    if form.is_valid():
        try:
            release_id = start_release(
                by=actor,
                case_id=case_id,
                purpose=Purpose(form.cleaned_data["purpose"]),
                statements=form.statements(),
                left_out=form.left_out_parts(),
                cold_reader_id=form.cold_reader_id(),
            )
        except CannotRelease as error:
            form.add_error(None, f"Not started: {error}.")
        else:
            wake_worker(release_id)
            return redirect("release", case_id=case_id, release_id=release_id)
    return _for_whom(request, choices, form, status=422)


@require_safe
def release(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """One release at the step where it stands, or at the one asked for. htmx asks for the body alone."""
    actor = actor_of(request)
    page = release_for(actor, case_id, release_id, request.GET.get("step", ""))
    template = "review/parts/release_body.html" if request.headers.get("HX-Request") else "review/release.html"
    return render(request, template, frame(actor, case_id, page.title, page.actions, release=page))


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
    else:
        messages.success(request, "Dropped. Nothing of it was given to anybody.")
    return redirect("releases", case_id=case_id)


@require_POST
def again(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """The same release from a new snapshot."""
    try:
        made = start_again(by=actor_of(request), release_id=release_id)
    except CannotRelease as error:
        messages.error(request, f"Not started again: {error}.")
        return redirect("release", case_id=case_id, release_id=release_id)
    wake_worker(made)
    return redirect("release", case_id=case_id, release_id=made)


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, edition_id: UUID) -> HttpResponse:
    """Take an edition back at once."""
    withdraw_edition(by=actor_of(request), edition_id=edition_id)
    messages.success(request, "Withdrawn. Its readers now get the page for what is not there.")
    return redirect("releases", case_id=case_id)
