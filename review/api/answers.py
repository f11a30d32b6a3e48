"""How the API answers: JSON only, one answer for everything that is not for the reader, refusals that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.exceptions import ParseError, UnsupportedMediaType, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

View = Callable[..., HttpResponseBase]
Fields = Mapping[str, list[str]]


class RefusalSerializer(serializers.Serializer[Any]):
    """What can't be done, and where the fault is."""

    detail = serializers.CharField(help_text="One sentence.")
    fields = serializers.DictField(  # type: ignore[assignment]  # DRF's own name for something else
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Field → sentences. Empty where the fault is in no single field.",
    )


def refused(detail: str, fields: Fields | None = None) -> Response:
    """422: nothing was written."""
    return Response({"detail": detail, "fields": dict(fields or {})}, status=422)


def answer_to(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal in one form. None: Django answers, for a 404 with the same bytes as for a page."""
    if isinstance(error, Http404):
        return None
    if isinstance(error, ValidationError):
        return refused("This can't be taken as it is. Each field says why.", _sentences(error))
    if isinstance(error, ParseError):
        return refused("This is not JSON. Send one JSON object.")
    if isinstance(error, UnsupportedMediaType):
        return refused("Send JSON, with Content-Type: application/json.")
    answer = exception_handler(error, context)
    if answer is not None:
        answer.data = {"detail": str(answer.data["detail"]), "fields": {}}
    return answer


def _sentences(error: ValidationError) -> Fields:
    raw = error.get_full_details()
    if not isinstance(raw, dict):
        return {}
    return {str(field): [str(one["message"]) for one in cast("list[Any]", found)] for field, found in raw.items()}


NOT_THERE = OpenApiResponse(
    OpenApiTypes.STR,
    description="The page that everybody gets for what is absent or not theirs (HTML), the same in every case.",
)
REFUSED = OpenApiResponse(RefusalSerializer, description="Refused, and why. Nothing was written.")
FORBIDDEN = OpenApiResponse(RefusalSerializer, description="Signed in, but without the CSRF token.")


def reads(
    operation: str, answer: Any, *, summary: str, **more: Any
) -> Callable[[View], View]:  # schema words of spectacular
    """A view that reads, and what it is called."""

    def made(view: View) -> View:
        told = extend_schema(
            operation_id=operation,
            summary=summary,
            responses={200: answer, (404, "text/html"): NOT_THERE},
            **more,
        )
        return cast("View", told(api_view(["GET"])(view)))

    return made
