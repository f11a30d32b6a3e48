"""The description of the API of one site: as OpenAPI for programs, as a page for people. Both are made from the views themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from cases.doors import actor_of

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of what is sent or answered."""

    name: str
    kind: str
    help: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can ask."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    sends: tuple[Field, ...]
    many: bool
    answers: tuple[Field, ...]


@cache
def schema_of(site: str) -> Schema:
    """OpenAPI of one site. It says nothing of any case, and is made once."""
    patterns = [path("api/", include(f"review.api.urls_{site}"))]
    generator = SchemaGenerator(patterns=patterns)  # type: ignore[no-untyped-call]  # of spectacular
    return cast("Schema", generator.get_schema(request=None, public=True))  # type: ignore[no-untyped-call]


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    actor_of(request)
    return JsonResponse(schema_of(_site()), json_dumps_params={"indent": 1})


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    context = {"actor": actor_of(request), "operations": list(operations(schema_of(_site())))}
    return render(request, "review/api.html", context)


def _site() -> str:
    return "reading_room" if settings.SITE == "reading_room" else "workshop"


def operations(whole: Schema) -> Iterator[Operation]:
    """Every operation of the schema, in its order."""
    for address, methods in whole["paths"].items():
        for method, told in methods.items():
            answer = next(found for status, found in told["responses"].items() if status.startswith("2"))
            shape = _content(whole, answer)
            many = shape.get("type") == "array"
            yield Operation(
                name=told["operationId"],
                method=method.upper(),
                path=address,
                summary=told["summary"],
                description=told.get("description", ""),
                sends=_fields(whole, _content(whole, told.get("requestBody", {}))),
                many=many,
                answers=_fields(whole, _found(whole, shape["items"]) if many else shape),
            )


def _content(whole: Schema, told: Schema) -> Schema:
    media = told.get("content", {}).get("application/json", {})
    return _found(whole, media.get("schema", {}))


def _found(whole: Schema, shape: Schema) -> Schema:
    """The shape itself, where a reference to it or a lone part stands for it."""
    if "$ref" in shape:
        return cast("Schema", whole["components"]["schemas"][shape["$ref"].rpartition("/")[2]])
    return _found(whole, shape["allOf"][0]) if "allOf" in shape else shape


def _fields(whole: Schema, shape: Schema) -> tuple[Field, ...]:
    return tuple(
        Field(name, _kind(whole, inner), inner.get("description", ""))
        for name, inner in shape.get("properties", {}).items()
    )


def _kind(whole: Schema, shape: Schema) -> str:
    """What a value is, in words."""
    found = _found(whole, shape)
    if found.get("type") == "array":
        return f"list of {_kind(whole, found['items'])}"
    if "properties" in found:
        return (
            "{" + ", ".join(found["properties"]) + "}"
            if "hidden_from" not in found["properties"]
            else _attribute(whole, found)
        )
    if "enum" in found:
        return " · ".join("null" if value is None else str(value) for value in found["enum"])
    words = str(found.get("format") or found.get("type") or "any")
    return f"{words} or null" if found.get("nullable") else words


def _attribute(whole: Schema, found: Schema) -> str:
    return f"{{value: {_kind(whole, found['properties']['value'])}, hidden_from}}"
