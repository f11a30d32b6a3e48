"""Finding: who may, only in what they read, the same work whether a word stands in another edition or nowhere; words are kept nowhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import AuditEvent, Grant
from review.models import Edition, EditionPart
from review.states import FIND
from tests.site_client import SiteClient
from tests.world import CANARY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """The case with things hidden in every way, and an edition of it for every audience."""
    return make_world()


def path(world: World, key: str, query: str) -> str:
    return f"/editions/{world.editions[key]}/find/?q={query}"


def rhea(world: World) -> SiteClient:
    return SiteClient("reading_room", world.users["Rhea"])


def test_words_of_an_edition_are_found_with_their_page(world):
    body = rhea(world).get(path(world, "external_reviewer", "plain words")).content.decode()
    assert f'<h2><a href="/editions/{world.editions["external_reviewer"]}/sections/S-AAAA/">Scope and terms</a>' in body
    assert "<mark>Plain</mark> <mark>words</mark>" in body


def test_a_claim_is_found_on_its_own_page_only(world):
    body = rhea(world).get(path(world, "external_reviewer", "egress capped")).content.decode()
    assert body.count("<mark>Egress</mark>") == 1
    assert "/claims/C-BBBB/" in body


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (CANARY, "hidden from her"),
        (f"{CANARY}one", "hidden in the same sentence"),
        (f"{CANARY}ten", "left out"),
        ("zzzyyxx", "stands nowhere"),
    ],
)
def test_hidden_and_absent_words_are_not_found_alike(world, query, why):
    body = rhea(world).get(path(world, "external_reviewer", query)).content.decode()
    assert "Nothing found" in body, why
    assert body.count(query) == 1  # what she typed, in the field


def test_less_cleared_reader_does_not_find_what_the_more_cleared_one_finds(world):
    assert "<mark>" in rhea(world).get(path(world, "external_reviewer", "holds keys")).content.decode()
    omar = SiteClient("reading_room", world.users["Omar"])
    assert "Nothing found" in omar.get(path(world, "public", "holds keys")).content.decode()


def answer(client: SiteClient, where: str) -> tuple[list[tuple[str, int]], str]:
    """Statements with the number of their rows, and the body."""
    seen: list[tuple[str, int]] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        seen.append((sql, context["cursor"].rowcount))
        return result

    with connection.execute_wrapper(watch):
        body = client.get(where).content.decode()
    return [one for one in seen if not one[0].startswith(("SAVEPOINT", "RELEASE"))], body


def test_word_of_another_edition_and_word_that_stands_nowhere_are_one_answer(world):
    client = rhea(world)
    client.get(path(world, "external_reviewer", "warm"))
    statements, other = answer(client, path(world, "external_reviewer", f"{CANARY}one"))
    same_statements, nowhere = answer(client, path(world, "external_reviewer", "QXNOWHEREone"))
    assert statements == same_statements
    tokens = [client.cookies["reading_room_csrf"].value] if "reading_room_csrf" in client.cookies else []
    assert len(other) - other.count(f"{CANARY}one") * len(f"{CANARY}one") == len(nowhere) - len("QXNOWHEREone"), tokens


def test_one_hit_and_three_take_the_same_statements(world):
    client = rhea(world)
    client.get(path(world, "external_reviewer", "warm"))
    one, _ = answer(client, path(world, "external_reviewer", "egress"))
    many, body = answer(client, path(world, "external_reviewer", "withheld"))
    assert body.count("<mark>") >= 3
    assert [sql for sql, _ in one] == [sql for sql, _ in many]


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("C-AAAA", "claims/C-AAAA/"),
        ("c-aaaa", "claims/C-AAAA/"),
        ("P-BBBB", "pathways/P-BBBB/"),
        ("C-MASK", "claims/C-MASK/"),
        ("R-WRDS", "withheld/#R-WRDS"),
    ],
)
def test_reference_that_is_shown_leads_straight_to_it(world, query, there):
    response = rhea(world).get(path(world, "external_reviewer", query))
    assert response.status_code == 302
    assert response.url == f"/editions/{world.editions['external_reviewer']}/{there}"


def test_reference_that_is_left_out_answers_as_one_that_nobody_knows(world):
    omitted = rhea(world).get(path(world, "external_reviewer", "E-GNNE"))
    nobody = rhea(world).get(path(world, "external_reviewer", "E-QQQQ"))
    assert (omitted.status_code, nobody.status_code) == (200, 200)
    assert "Nothing found" in omitted.content.decode()
    assert len(omitted.content) == len(nobody.content)


def test_who_may_not_read_an_edition_may_not_look_in_it(world):
    missing = SiteClient("reading_room", world.users["Rhea"]).get(f"/editions/{world.case_id}/find/?q=plain")
    refused = [
        SiteClient("reading_room", world.users["Omar"]).get(path(world, "external_reviewer", "plain")),
        SiteClient("reading_room", world.users["Nadia"]).get(path(world, "external_reviewer", "plain")),
        SiteClient("reading_room", None).get(path(world, "external_reviewer", "plain")),
        SiteClient("reading_room", world.users["Rhea"]).get(path(world, "all_staff", "plain")),
        SiteClient("workshop", world.users["Ada"]).get(path(world, "external_reviewer", "plain")),
        SiteClient("workshop", world.users["Noor"]).get(f"/cases/{world.case_id}/find/?q=plain"),
        SiteClient("workshop", world.users["Sofia"]).get(f"/cases/{world.case_id}/find/?q=plain"),
        SiteClient("workshop", world.users["Aud"]).get(f"/cases/{world.case_id}/find/?q=plain"),
    ]
    assert {(one.status_code, one.content) for one in (missing, *refused)} == {(404, missing.content)}
    Grant.objects.filter(user__name="Rhea").delete()
    assert rhea(world).get(path(world, "external_reviewer", "plain")).status_code == 404
    Edition.objects.filter(pk=world.editions["public"]).update(withdrawn=True)
    omar = SiteClient("reading_room", world.users["Omar"])
    assert omar.get(path(world, "public", "plain")).status_code == 404


def test_inside_reader_finds_in_the_inward_edition(world):
    body = SiteClient("workshop", world.users["Sofia"]).get(path(world, "all_staff", "plain words")).content.decode()
    assert "<mark>Plain</mark>" in body


def test_cleared_reader_finds_hidden_words_in_the_live_case(world):
    ada = SiteClient("workshop", world.users["Ada"])
    body = ada.get(f"/cases/{world.case_id}/find/?q={CANARY}ten").content.decode()
    assert f"<mark>{CANARY}ten</mark>" in body
    assert ada.get(f"/cases/{world.case_id}/find/?q=E-GNNE").url == f"/cases/{world.case_id}/evidence/E-GNNE/"


@pytest.mark.parametrize("where", ["/cases/{case}/find/", "/editions/{edition}/find/"])
def test_nothing_asked_says_what_to_type(world, where):
    there = where.format(case=world.case_id, edition=world.editions["all_staff"])
    name = "Ada" if "cases" in where else "Sofia"
    body = SiteClient("workshop", world.users[name]).get(there).content.decode()
    assert "a reference such as C-4TN" in body


def test_what_was_asked_is_kept_nowhere(world):
    rhea(world).get(path(world, "external_reviewer", "egress"))
    SiteClient("workshop", world.users["Ada"]).get(f"/cases/{world.case_id}/find/?q=egress")
    targets = list(AuditEvent.objects.order_by("-at").values_list("verb", "target")[:2])
    assert sorted(verb for verb, _ in targets) == ["edition_read", "live_read"]
    assert not [target for _, target in targets if "egress" in target]


def test_query_is_escaped(world):
    body = rhea(world).get(path(world, "external_reviewer", "<script>alert(1)</script>")).content.decode()
    assert "<script>alert" not in body


def test_what_can_be_found_is_made_from_the_edition_alone(world):
    for key in ("external_reviewer", "public"):
        held = EditionPart.objects.get(edition_id=world.editions[key], page=FIND).content
        assert CANARY not in held
        assert "E-GNNE" not in held
        assert json.loads(held)["passages"]


def test_what_can_be_found_is_no_page(world):
    client = rhea(world)
    assert client.get(f"/editions/{world.editions['external_reviewer']}/pages/find/").status_code == 404
    with CaptureQueriesContext(connection) as queries:
        client.get(path(world, "external_reviewer", "plain"))
    assert len([q for q in queries if "review_editionpart" in q["sql"]]) == 1
