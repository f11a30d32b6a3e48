"""What is said about an edition, for programs: the reading room only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from cases.access import Actor
from cases.audit import AuditVerb, record
from cases.doors import actor_of
from prose.anchors import Span
from review.actions.threads import CannotSay, comment, open_thread
from review.api.answers import FORBIDDEN, NOT_THERE, REFUSED, refused
from review.api.edition_serializers import (
    NewCommentSerializer,
    NewThreadSerializer,
    ThreadMadeSerializer,
    ThreadSerializer,
)
from review.loaders.edition_contents import threads_in
from review.loaders.editions import READING_ROOM, thread_for_comment

SAID = {201: ThreadMadeSerializer, 403: FORBIDDEN, (404, "text/html"): NOT_THERE, 422: REFUSED}


@extend_schema(
    methods=["GET"],
    operation_id="threads",
    summary="What was said about an edition",
    responses={200: ThreadSerializer(many=True), (404, "text/html"): NOT_THERE},
)
@extend_schema(
    methods=["POST"],
    operation_id="open_thread",
    summary="Comment on words",
    request=NewThreadSerializer,
    responses=SAID,
)
@api_view(["GET", "POST"])
def threads(request: Request, edition_id: UUID) -> Response:
    """Threads of your organisation on the edition, in order; or one more."""
    actor = actor_of(request)
    if request.method == "POST":
        return _open(request, actor, edition_id)
    case_id, found = threads_in(READING_ROOM, actor, edition_id)
    record(by=actor, verb=AuditVerb.EDITION_READ, case_id=case_id, target=f"{edition_id} threads")
    return Response(ThreadSerializer(found, many=True).data)


def _open(request: Request, actor: Actor, edition_id: UUID) -> Response:
    given = NewThreadSerializer(data=request.data)
    if not given.is_valid():
        threads_in(READING_ROOM, actor, edition_id)  # the 404 for whose edition it is not, whatever was sent
    data = _checked(given)
    span = Span(data["start"], data["end"])
    try:
        thread_id = open_thread(
            by=actor,
            edition_id=edition_id,
            page=data["page"],
            text_key=data["text"],
            span=span,
            body=data["body"],
        )
    except CannotSay as error:
        return refused(f"{str(error).capitalize()}.")
    return Response(ThreadMadeSerializer({"thread": thread_id}).data, status=201)


@extend_schema(operation_id="comment", summary="Go on in a thread", request=NewCommentSerializer, responses=SAID)
@api_view(["POST"])
def comments(request: Request, thread_id: UUID) -> Response:
    """Something more in a thread of your organisation."""
    actor = actor_of(request)
    given = NewCommentSerializer(data=request.data)
    if not given.is_valid():
        thread_for_comment(actor, thread_id)  # the 404 for whose thread it is not, whatever was sent
    data = _checked(given)
    comment(by=actor, thread_id=thread_id, body=data["body"])
    return Response(ThreadMadeSerializer({"thread": thread_id}).data, status=201)


def _checked(given: Serializer[Any]) -> dict[str, Any]:
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
