"""Editions for programs: the same in the reading room and, over another door, on the workshop."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.api.answers import reads
from review.api.edition_serializers import EditionContentsSerializer, EditionSerializer
from review.loaders.edition_contents import edition_contents, edition_part
from review.loaders.editions import INSIDE, READING_ROOM, Door, editions_for


def door() -> Door:
    """By which login this site reads editions."""
    return READING_ROOM if settings.SITE == "reading_room" else INSIDE


@reads("editions", EditionSerializer(many=True), summary="Your editions, newest first")
def editions(request: Request) -> Response:
    """All editions that you may read now."""
    return Response(EditionSerializer(editions_for(door(), actor_of(request)), many=True).data)


@reads("edition", EditionContentsSerializer, summary="One edition, and what it is made of")
def edition(request: Request, edition_id: UUID) -> Response:
    """One edition with its redaction statement and the names of its pages."""
    actor = actor_of(request)
    found = edition_contents(door(), actor, edition_id)
    record(by=actor, verb=AuditVerb.EDITION_READ, case_id=found.case_id, target=f"{edition_id} contents")
    return Response(EditionContentsSerializer(found).data)


PART = OpenApiResponse(
    OpenApiTypes.OBJECT,
    description="The page as it is stored, byte for byte: canonical JSON. `part` names what it holds; a text is "
    "`{text, content}` with a ProseMirror document; what is withheld is a node or an object `withheld`.",
)


@reads("part", PART, summary="One page of an edition")
def part(request: Request, edition_id: UUID, page: str) -> HttpResponse:
    """One page of an edition, exactly as it is stored."""
    actor = actor_of(request)
    found = edition_part(door(), actor, edition_id, page)
    record(by=actor, verb=AuditVerb.EDITION_READ, case_id=found.case_id, target=f"{edition_id} {page}")
    return HttpResponse(found.content, content_type="application/json")
