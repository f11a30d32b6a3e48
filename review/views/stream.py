"""The live stream of a case, and saying that one is here. Workshop only: who reads editions has neither."""

from __future__ import annotations

from collections.abc import AsyncIterator
from random import randrange
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET, require_POST

from cases.access import require
from cases.actions.presence import Place, be_here
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from cases.loaders.listeners import Listener
from cases.roles import Action
from cases.stream.events import HELLO
from cases.stream.hub import hub
from cases.stream.subscriber import Subscriber
from review.forms.presence import HereForm, TabForm

MOST = 20  # streams of one person in one process
HEADERS = {"X-Accel-Buffering": "no"}  # nginx would keep a stream until it ends
KIND = "text/event-stream"


@require_GET
def events(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """What changes in the case from now on. A server that can't stream answers once, and browsers ask again."""
    actor = actor_of(request)
    require(actor, Action.READ_LIVE, case_id)
    form = TabForm(request.GET)
    if not form.is_valid():
        return _plain("Say which tab this is.", 422)
    if hub.streams_of(actor.id) >= MOST:
        return _plain(f"{MOST} pages of yours are listening already. Close some of them.", 429)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="events")
    if not isinstance(request, ASGIRequest):
        return HttpResponse(_again_in(5000) + HELLO, content_type=KIND, headers=HEADERS)
    listener = Listener(
        user_id=actor.id,
        session_key=request.session.session_key or "",
        session_hash=request.session.get(HASH_SESSION_KEY, ""),
        case_id=case_id,
        tab=form.cleaned_data["tab"],
    )
    return StreamingHttpResponse(_stream(listener), content_type=KIND, headers=HEADERS)


async def _stream(listener: Listener) -> AsyncIterator[bytes]:
    """Events until the browser goes or may hear no more."""
    if hub.streams_of(listener.user_id) >= MOST:  # many may have been let in at once
        return
    subscriber = Subscriber(listener)
    hub.subscribe(subscriber)
    try:
        yield _again_in(randrange(500, 2500))  # noqa: S311  # so that all do not come back in one moment
        async for chunk in subscriber.chunks():
            yield chunk
    finally:
        hub.unsubscribe(subscriber)


@require_POST
def here(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where this tab is now. The others hear of it."""
    actor = actor_of(request)
    form = HereForm(request.POST)
    if not form.is_valid():
        require(actor, Action.READ_LIVE, case_id)  # the 404 for who may not see the case
        return _plain("Not a place in this case.", 422)
    said = form.cleaned_data
    place = Place(said["page"], said["text"], said["version"] or 0, said["anchor"] or 0, said["head"] or 0)
    be_here(by=actor, case_id=case_id, tab=said["tab"], place=place)
    return HttpResponse(status=204)


def _again_in(milliseconds: int) -> bytes:
    return f"retry: {milliseconds}\n\n".encode()


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
