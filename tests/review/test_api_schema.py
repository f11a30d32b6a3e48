"""The schema of the API is whole, and its answers are what it says, whatever is sent."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import requests
import schemathesis
from django.db import transaction
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from review.api.documentation import operations, schema_of
from tests.review.api_routes import PARAMETERS, api_samples
from tests.review.routes import names
from tests.site_client import SiteClient
from tests.world import World, comment_as, make_world

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SITES = ("workshop", "reading_room")


@pytest.mark.parametrize("site", SITES)
def test_schema_is_valid_and_made_without_a_warning(site):
    GENERATOR_STATS.reset()
    schema_of.cache_clear()
    validate_schema(schema_of(site))
    assert schema_of(site)["paths"]
    assert not GENERATOR_STATS


@pytest.mark.parametrize("site", SITES)
def test_every_operation_says_what_it_is_and_what_it_answers(site):
    for one in operations(schema_of(site)):
        assert one.summary
        assert one.description
        assert one.answers or one.name == "part"  # its shape is that of the page
        assert all(field.kind for field in (*one.sends, *one.answers))


@pytest.mark.parametrize("site", SITES)
def test_every_route_of_the_api_has_samples_from_the_schema(site):
    assert {name for name in names(site) if name.startswith("api")} == set(api_samples(site))


def said(response: Any, method: str, path: str) -> schemathesis.Response:
    """A response of Django's test client as schemathesis reads it."""
    return schemathesis.Response(
        status_code=response.status_code,
        headers={name.lower(): [value] for name, value in response.headers.items()},
        content=response.content,
        request=requests.Request(method, f"http://localhost{path}").prepare(),
        elapsed=0.0,
        verify=False,
    )


def asked(client: SiteClient, case: schemathesis.Case) -> Any:
    """Send a case, and undo what it did."""
    with transaction.atomic():
        body = None if isinstance(case.body, schemathesis.core.NotSet) else json.dumps(case.body)
        path = case.formatted_path
        response = client.generic(case.method, path, body or "", "application/json")
        transaction.set_rollback(True)
    return response


@pytest.mark.django_db
@pytest.mark.parametrize(("site", "name"), [("workshop", "Ada"), ("workshop", "Sofia"), ("reading_room", "Rhea")])
def test_answers_are_what_the_schema_says_whatever_is_sent(site, name):
    world = make_world()
    world.thread_id = comment_as(world, "Rhea", "external_reviewer", "Why?")
    client = SiteClient(site, world.users[name])
    seen: Counter[int] = Counter()
    for operation in schemathesis.openapi.from_dict(schema_of(site)).get_all_operations():
        drive(client, world, operation.ok(), seen)
    assert seen[404] > 0
    assert seen[200] > (0 if name == "Sofia" else 10)
    assert site == "workshop" or seen[201] + seen[422] > 0


def drive(client: SiteClient, world: World, operation: Any, seen: Counter[int]) -> None:
    """Ask one operation with what hypothesis makes up, mostly about things that are there."""
    real = {key: st.sampled_from([str(one) for one in of(world)]) for key, of in PARAMETERS.items()}

    @settings(max_examples=30, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), made_up=st.integers(0, 3), there=st.fixed_dictionaries(real))
    def ask(case: Any, made_up: int, there: dict[str, str]) -> None:
        if made_up < 3:
            case.path_parameters = {key: there[key] for key in case.path_parameters or {}}
        response = asked(client, case)
        seen[response.status_code] += 1
        case.validate_response(said(response, case.method, case.formatted_path), checks=CHECKS)

    ask()
