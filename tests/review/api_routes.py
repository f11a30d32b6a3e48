"""A sample for every operation of the API, made from its own schema: one without a value for a parameter or field fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from itertools import product
from typing import Any
from uuid import UUID

from review.api.documentation import schema_of
from tests.review.samples import ABSENT, Maker, Sample
from tests.world import World

PARTS = ("front", "sections/S-AAAA", "claims/C-AAAA", "claims/C-MASK", "evidence/E-GNNE", "register", "claims/C-ZZZZ")
# What each parameter is tried with.
PARAMETERS: dict[str, Callable[[World], list[object]]] = {
    "case_id": lambda world: [world.case_id, ABSENT],
    "edition_id": lambda world: [*world.editions.values(), ABSENT],
    "page": lambda world: list(PARTS),
    "thread_id": lambda world: [world.thread_id or UUID(int=9), ABSENT],
}
# What each field is sent as: once well, once badly.
FIELDS: dict[str, tuple[object, object]] = {
    "page": ("sections/S-AAAA", "no such page"),
    "text": ("t-aaaaaaaaaaaaaaaa", ""),
    "start": (1, -1),
    "end": (3, "x"),
    "body": ("Probe", ""),
}
Raw = dict[str, Any]
JSON = {"content_type": "application/json"}


def api_samples(site: str) -> dict[str, Maker]:
    """Route name → samples of all its operations; and the two descriptions, which describe themselves nowhere."""
    whole = schema_of(site)
    described: dict[str, Maker] = {
        "api": lambda world: [Sample("/api/")],
        "api_schema": lambda world: [Sample("/api/schema/")],
    }
    return described | {_route(site, path): _maker(whole, path, methods) for path, methods in whole["paths"].items()}


def _route(site: str, path: str) -> str:
    """The name of the route that answers at a path of the schema."""
    for pattern in import_module(f"review.api.urls_{site}").urlpatterns:
        if path == "/api/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern)):
            return str(pattern.name)
    raise LookupError(path)


def _maker(whole: Raw, path: str, methods: dict[str, Raw]) -> Maker:
    names = [piece.partition("}")[0] for piece in path.split("{")[1:]]
    known = {name: PARAMETERS[name] for name in names}

    def make(world: World) -> list[Sample]:
        choices = [dict(zip(names, values, strict=True)) for values in product(*(of(world) for of in known.values()))]
        return [
            Sample(path.format(**chosen), method, body, JSON if "requestBody" in told else {})
            for method, told in methods.items()
            for chosen in choices
            for body in _bodies(whole, told)
        ]

    return make


def _bodies(whole: Raw, told: Raw) -> list[Raw]:
    """Everything right, then each field wrong, then nothing."""
    if "requestBody" not in told:
        return [{}]
    name = told["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    fields = whole["components"]["schemas"][name]["properties"]
    right = {field: FIELDS[field][0] for field in fields}
    return [right, *(right | {field: FIELDS[field][1]} for field in fields), {}]
