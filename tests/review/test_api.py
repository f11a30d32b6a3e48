"""The API: the doors of the pages, as JSON. One answer for absent and not yours; refusals that say what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import AuditEvent
from prose.shown import Forged
from review.api.live_serializers import SectionSerializer
from review.loaders.live_structure import Listing, live_listing
from review.models import EditionPart, OutsideComment, OutsideThread
from tests.review.api_routes import PARTS, api_samples
from tests.review.samples import ABSENT
from tests.site_client import SiteClient, at_site
from tests.world import CANARY, World, answer, comment_as, make_world

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
RIGHT = {"page": "sections/S-AAAA", "start": 1, "end": 12, "body": "Which ones?"}


@pytest.fixture
def world() -> World:
    return make_world()


def at(site: str, world: World, name: str | None) -> SiteClient:
    return SiteClient(site, world.users[name] if name else None)


def text_key(world: World) -> str:
    part = EditionPart.objects.get(edition_id=world.editions["external_reviewer"], page="sections/S-AAAA")
    return str(json.loads(part.content)["section"]["body"]["text"])


def answer_of(response: Any) -> tuple[int, bytes, list[tuple[str, str]]]:
    return response.status_code, response.content, sorted(response.headers.items())


@pytest.mark.parametrize(
    ("site", "name", "audiences"),
    [
        ("reading_room", "Rhea", ["External reviewer"]),
        ("reading_room", "Omar", ["Public"]),
        ("reading_room", "Nadia", []),
        ("workshop", "Sofia", ["All staff"]),
        ("workshop", "Ada", []),
    ],
)
def test_one_reads_the_editions_that_are_ones_own(world, site, name, audiences):
    listed = at(site, world, name).get("/api/editions/").json()
    assert [one["audience"] for one in listed] == audiences
    assert all(set(one) == {"id", "title", "audience", "number", "released_on"} for one in listed)


def test_edition_says_what_it_is_made_of(world):
    edition = world.editions["external_reviewer"]
    told = at("reading_room", world, "Rhea").get(f"/api/editions/{edition}/").json()
    assert (told["number"], told["purpose"]) == (1, "draft_for_review")
    assert told["statement"] == "Some passages are withheld under a legal duty."
    assert told["pages"][0] == "front"
    assert {"sections/S-AAAA", "claims/C-MASK", "register"} < set(told["pages"])
    assert "evidence/E-GNNE" not in told["pages"]
    for page in told["pages"]:
        assert at("reading_room", world, "Rhea").get(f"/api/editions/{edition}/parts/{page}/").status_code == 200


@pytest.mark.parametrize(
    ("site", "name", "audience"), [("reading_room", "Rhea", "external_reviewer"), ("workshop", "Sofia", "all_staff")]
)
def test_part_is_byte_for_byte_what_is_stored(world, site, name, audience):
    client = at(site, world, name)
    for part in EditionPart.objects.filter(edition_id=world.editions[audience], page__in=PARTS):
        served = client.get(f"/api/editions/{part.edition_id}/parts/{part.page}/")
        assert (served.content.decode(), served["Content-Type"]) == (part.content, "application/json")


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("workshop", None),
        ("workshop", "Noor"),
        ("workshop", "Aud"),
        ("reading_room", None),
        ("reading_room", "Nadia"),
        ("reading_room", "Vik"),
    ],
)
def test_what_is_not_yours_is_the_page_that_is_not_there(world, site, name):
    client = at(site, world, name)
    absent = answer_of(client.get(f"/editions/{ABSENT}/"))
    assert absent[0] == 404
    foreign = world.editions["public"]
    for below in ("", "parts/front/", "parts/sections/S-AAAA/"):
        assert answer_of(client.get(f"/api/editions/{foreign}/{below}")) == absent
    if site == "workshop":
        for listing in Listing:
            assert answer_of(client.get(f"/api/cases/{world.case_id}/{listing}/")) == absent
    else:
        assert answer_of(client.get(f"/api/editions/{foreign}/threads/")) == absent
        assert answer_of(client.post(f"/api/editions/{foreign}/threads/", RIGHT, **JSON)) == absent
        assert answer_of(client.post(f"/api/editions/{foreign}/threads/", {}, **JSON)) == absent


def test_nobody_signed_in_finds_nothing_but_that_page(world):
    for site in ("workshop", "reading_room"):
        client = at(site, world, None)
        absent = answer_of(client.get(f"/editions/{ABSENT}/"))
        for maker in api_samples(site).values():
            for sample in maker(world):
                assert answer_of(getattr(client, sample.method)(sample.path, sample.data, **sample.more)) == absent


def test_threads_of_ones_organisation_with_what_was_said(world):
    thread = comment_as(world, "Rhea", "external_reviewer", "Why?")
    answer(world, thread, "Because.")
    edition = world.editions["external_reviewer"]
    (told,) = at("reading_room", world, "Rhea").get(f"/api/editions/{edition}/threads/").json()
    assert (told["id"], told["page"], told["quote"]) == (str(thread), "sections/S-AAAA", "Plain words")
    assert [(said["who"], said["body"], said["is_reply"]) for said in told["said"]] == [
        ("Rhea", "Why?", False),
        ("Authors", "Because.", True),
    ]
    assert at("reading_room", world, "Vik").get(f"/api/editions/{edition}/threads/").json() == []


def test_comment_and_go_on(world):
    client = at("reading_room", world, "Rhea")
    edition = world.editions["external_reviewer"]
    made = client.post(f"/api/editions/{edition}/threads/", {**RIGHT, "text": text_key(world)}, **JSON)
    assert made.status_code == 201
    thread = OutsideThread.objects.get(pk=made.json()["thread"])
    assert thread.quote == "Plain words"
    more = client.post(f"/api/threads/{thread.pk}/comments/", {"body": "And when?"}, **JSON)
    assert (more.status_code, more.json()) == (201, {"thread": str(thread.pk)})
    assert [one.body for one in thread.comments.order_by("at")] == ["Which ones?", "And when?"]


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"body": ""}, {"body"}),
        ({"body": "x" * 10_001}, {"body"}),
        ({"body": None, "start": -1}, {"body", "start"}),
        ({"end": "far"}, {"end"}),
        ({"body": "a\x00b"}, {"body"}),
        ({"start": 5, "end": 5}, set()),
        ({"start": 0, "end": 10**30}, set()),
    ],
)
def test_refusal_says_where_the_fault_is_and_writes_nothing(world, change, fields):
    edition = world.editions["external_reviewer"]
    data = {**RIGHT, "text": text_key(world), **change}
    refused = at("reading_room", world, "Rhea").post(f"/api/editions/{edition}/threads/", data, **JSON)
    assert refused.status_code == 422
    assert set(refused.json()) == {"detail", "fields"}
    assert set(refused.json()["fields"]) == fields
    assert refused.json()["detail"].endswith(".")
    assert not OutsideThread.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"), [("{", "application/json"), ("a=b", "application/x-www-form-urlencoded"), ("<x/>", "text/xml")]
)
def test_what_is_not_json_is_refused(world, body, kind):
    edition = world.editions["external_reviewer"]
    refused = at("reading_room", world, "Rhea").generic("POST", f"/api/editions/{edition}/threads/", body, kind)
    assert refused.status_code == 422
    assert "JSON" in refused.json()["detail"]


def test_a_list_instead_of_an_object_is_refused(world):
    edition = world.editions["external_reviewer"]
    refused = at("reading_room", world, "Rhea").post(f"/api/editions/{edition}/threads/", [1], **JSON)
    assert refused.status_code == 422


def test_writing_needs_the_csrf_token(world):
    client = at("reading_room", world, "Rhea")
    client.handler.enforce_csrf_checks = True
    thread = comment_as(world, "Rhea", "external_reviewer", "Why?")
    refused = client.post(f"/api/threads/{thread}/comments/", {"body": "Probe"}, **JSON)
    assert (refused.status_code, OutsideComment.objects.count()) == (403, 1)
    client.get("/accounts/password/change/")
    token = client.cookies["reading_room_csrf"].value
    made = client.post(f"/api/threads/{thread}/comments/", {"body": "Probe"}, headers={"X-CSRFToken": token}, **JSON)
    assert made.status_code == 201


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_nothing_else_can_be_done(world, method):
    refused = getattr(at("workshop", world, "Ada"), method)(f"/api/cases/{world.case_id}/claims/")
    assert refused.status_code == 405
    assert set(refused.json()) == {"detail", "fields"}


def test_the_cleared_read_the_structure(world):
    client = at("workshop", world, "Sten")
    below = f"/api/cases/{world.case_id}/"
    assert client.get("/api/cases/").json() == [
        {"id": str(world.case_id), "reference": "K-TEST", "title": "Test report", "may_read": True}
    ]
    assert client.get(below).json()["rating"] == {"value": "low", "hidden_from": []}
    supports = {row["ref"]: row for row in client.get(f"{below}supports/").json()}
    assert (supports["L-BBBB"]["resting"], supports["L-BBBB"]["claim"]) == ("P-AAAA", "C-BBBB")
    assert CANARY in supports["L-BBBB"]["reason"]["words"]
    claims = {row["ref"]: row for row in client.get(f"{below}claims/").json()}
    assert claims["C-AAAA"]["grade"] == {
        "value": "moderate",
        "hidden_from": [
            "All staff · legal duty · R-ATTR",
            "External reviewer · legal duty · R-ATTR",
            "Public · legal duty · R-ATTR",
        ],
    }
    assert set(claims["C-AAAA"]["basis"]) == {"key", "version"}
    redactions = {row["ref"]: row for row in client.get(f"{below}redactions/").json()}
    assert redactions["R-GGNE"]["omitted"] is True
    assert redactions["R-PUBL"]["hidden_from"] == ["public"]
    assert not any("reason" in row for row in redactions.values())


def test_who_may_read_the_trail_alone_gets_no_words(world):
    (row,) = at("workshop", world, "Aud").get("/api/cases/").json()
    assert (row["title"], row["may_read"]) == ("", False)


def test_live_words_leave_against_a_clearance_only(world):
    found = live_listing(world.actor("Ada"), world.case_id, Listing.SECTIONS)
    with pytest.raises(Forged):
        SectionSerializer(found.rows, many=True).data  # noqa: B018  # reading it is the act
    with pytest.raises(Forged):
        SectionSerializer(found.rows, many=True, context={"clearance": "yes"}).data  # noqa: B018


def test_every_reading_is_in_the_trail(world):
    at("workshop", world, "Ada").get(f"/api/cases/{world.case_id}/claims/")
    at("reading_room", world, "Rhea").get(f"/api/editions/{world.editions['external_reviewer']}/parts/front/")
    live, edition = AuditEvent.objects.order_by("at", "id").filter(verb__in=["live_read", "edition_read"])
    assert (live.verb, live.target) == ("live_read", "claims")
    assert (edition.verb, edition.target) == ("edition_read", f"{world.editions['external_reviewer']} front")


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("below", ["", *(f"{one}/" for one in Listing)])
def test_live_lists_cost_the_same_however_long(world, below):
    client = at("workshop", world, "Ada")
    assert statements(client, f"/api/cases/{world.case_id}/{below}") <= 20


def test_threads_cost_the_same_however_many(world):
    client, path = at("reading_room", world, "Rhea"), f"/api/editions/{world.editions['external_reviewer']}/threads/"
    comment_as(world, "Rhea", "external_reviewer", "One")
    one = statements(client, path)
    for word in ("Two", "Three"):
        answer(world, comment_as(world, "Rhea", "external_reviewer", word))
    assert statements(client, path) == one


def test_documentation_names_every_operation(world):
    for site, name in (("workshop", "Ada"), ("reading_room", "Rhea")):
        client = at(site, world, name)
        with at_site(site):
            page = client.get("/api/").content.decode()
            told = client.get("/api/schema/").json()
        for path, methods in told["paths"].items():
            for method in methods:
                assert f"{method.upper()} {path}" in page
