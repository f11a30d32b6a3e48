"""The structure of the live case for programs: read only, for the fully cleared. Edition views may not import this."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from cases.audit import AuditVerb, record
from cases.doors import actor_of
from review.api import live_serializers as shapes
from review.api.answers import View, reads
from review.loaders.home import cases_of
from review.loaders.live_structure import Listing, live_header, live_listing

SHAPES: dict[Listing, type[Serializer[Any]]] = {
    Listing.SECTIONS: shapes.SectionSerializer,
    Listing.PATHWAYS: shapes.PathwaySerializer,
    Listing.CLAIMS: shapes.ClaimSerializer,
    Listing.SUPPORTS: shapes.SupportSerializer,
    Listing.EVIDENCE: shapes.EvidenceSerializer,
    Listing.BEARINGS: shapes.BearingSerializer,
    Listing.ASSURANCES: shapes.AssuranceSerializer,
    Listing.LIMITATIONS: shapes.LimitationSerializer,
    Listing.TERMS: shapes.TermSerializer,
    Listing.REDACTIONS: shapes.RedactionSerializer,
}


@reads("cases", shapes.CaseSerializer(many=True), summary="Your cases")
def cases(request: Request) -> Response:
    """The cases that you may open, live or for their trail alone."""
    return Response(shapes.CaseSerializer(cases_of(actor_of(request)), many=True).data)


@reads("case", shapes.HeaderSerializer, summary="What a case is about")
def case(request: Request, case_id: UUID) -> Response:
    """The header of a live case."""
    actor = actor_of(request)
    found = live_header(actor, case_id)
    record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target="header")
    return Response(shapes.HeaderSerializer(found.header, context={"clearance": found.clearance}).data)


def _listing(listing: Listing) -> View:
    shape = SHAPES[listing]

    @reads(listing.value, shape(many=True), summary=f"The {listing} of a case")
    def view(request: Request, case_id: UUID) -> Response:
        """All of them, in the order of the report."""
        actor = actor_of(request)
        found = live_listing(actor, case_id, listing)
        record(by=actor, verb=AuditVerb.LIVE_READ, case_id=case_id, target=listing.value)
        return Response(shape(found.rows, many=True, context={"clearance": found.clearance}).data)

    return view


def live_paths() -> list[URLPattern]:
    """A list each."""
    lists = [path(f"cases/<uuid:case_id>/{one}/", _listing(one), name=f"api_{one}") for one in Listing]
    return [path("cases/", cases, name="api_cases"), path("cases/<uuid:case_id>/", case, name="api_case"), *lists]
