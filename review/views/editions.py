"""Reading editions: the same views in the reading room and, over another door, on the workshop."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases.audit import AuditVerb, record
from cases.demo import demo_cast
from cases.doors import actor_of
from prose.anchors import Span
from review.actions.threads import CannotSay, comment, open_thread
from review.forms.words import BodyForm, CommentForm
from review.loaders.edition_figures import edition_figure
from review.loaders.editions import INSIDE, READING_ROOM, Door, edition_page, editions_for, thread_for_comment
from review.rendering import base_of
from review.views.pictures import STORED, picture


def _door() -> Door:
    return READING_ROOM if settings.SITE == "reading_room" else INSIDE


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The editions that somebody outside may read; for nobody, where to sign in."""
    if not request.user.is_authenticated:
        return render(request, "review/welcome.html", {"site": "Reading room", **demo_cast(inside=False)})
    actor = actor_of(request)
    context = {"editions": editions_for(READING_ROOM, actor), "actor": actor}
    return render(request, "review/reading_room_home.html", context)


@require_safe
def edition(request: HttpRequest, edition_id: UUID, page: str = "front") -> HttpResponse:
    """One page of an edition."""
    return _page(request, edition_id, page.rstrip("/"), None)


def _page(
    request: HttpRequest, edition_id: UUID, page: str, form: CommentForm | None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    found = edition_page(_door(), actor, edition_id, page)
    record(by=actor, verb=AuditVerb.EDITION_READ, case_id=found.edition.case_id, target=f"{edition_id} {page}")
    context = {
        "found": found,
        "base": base_of(page),
        "actor": actor,
        "form": form,
    }
    return render(request, "review/edition.html", context, status=status)


@require_safe
def figure(request: HttpRequest, edition_id: UUID, key: str) -> HttpResponse:
    """A figure that an edition shows."""
    actor = actor_of(request)
    found = edition_figure(_door(), actor, edition_id, key)
    record(by=actor, verb=AuditVerb.EDITION_READ, case_id=found.case_id, target=f"{edition_id} {key}")
    return picture(found.content, STORED)


@require_POST
def say(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Comment on selected words."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, edition_id, request.POST.get("page", "front"), form, status=422)
    data = form.cleaned_data
    span = Span(data["start"], data["end"])
    try:
        thread_id = open_thread(
            by=actor_of(request),
            edition_id=edition_id,
            page=data["page"],
            text_key=data["text"],
            span=span,
            body=data["body"],
        )
    except CannotSay as error:
        form.add_error(None, f"{str(error).capitalize()}.")
        return _page(request, edition_id, data["page"], form, status=422)
    messages.success(request, "Sent to the authors.")
    return _to_page(edition_id, data["page"], f"thread-{thread_id}")


@require_POST
def go_on(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """Go on in a thread."""
    form = BodyForm(request.POST)
    actor = actor_of(request)
    if form.is_valid():
        thread = comment(by=actor, thread_id=thread_id, body=form.cleaned_data["body"])
    else:
        thread = thread_for_comment(actor, thread_id)
        messages.error(request, "Write something first.")
    return _to_page(thread.edition_id, thread.page, f"thread-{thread.id}")


def _to_page(edition_id: UUID, page: str, anchor: str) -> HttpResponse:
    below = "" if page == "front" else f"{page}/"
    return HttpResponseRedirect(f"{reverse('edition', kwargs={'edition_id': edition_id})}{below}#{anchor}")
