"""The People page: who has access, and the forms, which keep what was typed when they refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.access import grounds_decided_by
from cases.models import Grant
from cases.roles import Role
from tests.site_client import SiteClient
from tests.world import World, grant_all, import_raw, people, secret_case

pytestmark = pytest.mark.django_db
TYPED = {
    "address": "nadia@outside.example",
    "role": "external_reviewer",
    "audience": "public",
    "until": (timezone.now() + timedelta(days=30)).date().isoformat(),
    "why": "Asked for by <Meridian>",
}


@pytest.fixture
def world() -> World:
    """The case and the cast with their grants; nothing released."""
    users = people()
    world = World(import_raw(secret_case()), users)
    grant_all(world.case_id, users)
    return world


def at(world: World, name: str) -> SiteClient:
    return SiteClient("workshop", world.users[name])


def page(world: World) -> str:
    return f"/cases/{world.case_id}/people/"


def give(world: World, **changes: Any) -> Any:
    return at(world, "Ada").post(f"{page(world)}give/", {**TYPED, **changes})


def test_access_is_given_and_stands_in_the_list(world):
    client = at(world, "Ada")
    response = client.post(f"{page(world)}give/", TYPED, follow=True)
    body = response.content.decode()
    assert (response.status_code, response.redirect_chain) == (200, [(page(world), 302)])
    assert "nadia@outside.example has access now." in body
    assert "nadia@outside.example, Northlight" in body
    assert "Asked for by &lt;Meridian&gt;" in body
    grant = Grant.objects.get(user=world.users["Nadia"])
    assert (grant.expires_at.date().isoformat(), grant.expires_at.hour) == (TYPED["until"], 23)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"address": "nobody@outside.example"}, "Nobody with this address can sign in at the reading room"),
        ({"address": "not an address"}, "Enter a valid email address."),
        ({"audience": ""}, "Choose the edition that this external reviewer is to read."),
        ({"audience": "all_staff"}, "All staff is no edition for this external reviewer."),
        ({"audience": "invented"}, "Select a valid choice."),
        ({"role": "emperor"}, "Select a valid choice."),
        ({"until": "2020-01-01"}, "Choose today or a later day, at most a year ahead."),
        ({"until": "2099-01-01"}, "Choose today or a later day, at most a year ahead."),
        ({"until": "soon"}, "Enter a valid date."),
        ({"until": ""}, "This field is required."),
        ({"why": ""}, "This field is required."),
        ({"why": "nul \x00 byte"}, "Null characters are not allowed."),
    ],
)
def test_refused_form_keeps_what_was_typed_and_says_what_to_do(world, changes, message):
    response = give(world, **changes)
    body = response.content.decode()
    assert (response.status_code, Grant.objects.filter(user=world.users["Nadia"]).exists()) == (422, False)
    assert message in body
    for name, value in {**TYPED, **changes}.items():
        if name == "why":
            assert value.replace("<", "&lt;").replace(">", "&gt;") in body
        elif name in ("role", "audience"):
            assert (f'value="{value}" selected' in body) is (value not in ("emperor", "invented"))
        else:
            assert f'value="{value}"' in body


DECIDER = {"address": "noor@inside.example", "role": "decider", "audience": "", "grounds": ["privacy", "security"]}


def test_decider_gets_the_grounds_that_were_chosen(world):
    assert give(world, **DECIDER).status_code == 302
    body = at(world, "Ada").get(page(world)).content.decode()
    assert "decides on security, privacy" in body
    assert "decides on legal duty, security" in body  # Lex
    noor = world.actor("Noor")
    assert grounds_decided_by(noor, world.case_id) == {"privacy", "security"}
    Grant.objects.filter(user=world.users["Noor"]).update(revoked_at=timezone.now())
    assert grounds_decided_by(noor, world.case_id) == frozenset()


def test_decider_without_a_ground_is_refused_and_nobody_else_needs_one(world):
    response = give(world, **{**DECIDER, "grounds": []})
    assert response.status_code == 422
    assert "Choose the grounds on which this decider decides." in response.content.decode()
    assert not Grant.objects.filter(user=world.users["Noor"]).exists()
    assert give(world, **{**DECIDER, "grounds": ["whim"]}).status_code == 422
    give(world, **{**DECIDER, "role": "author"})
    assert Grant.objects.get(user=world.users["Noor"]).grounds == []


def test_no_role_is_chosen_for_anybody_and_fields_say_for_which_they_are(world):
    body = at(world, "Ada").get(page(world)).content.decode()
    assert '<option value="" selected>Choose…</option>' in body
    assert 'data-only-for="inside_reader external_reviewer outside_reader"' in body
    assert 'data-only-for="decider"' in body
    assert "(optional)" not in body
    refused = give(world, role="")
    assert (refused.status_code, Grant.objects.filter(user=world.users["Nadia"]).exists()) == (422, False)
    assert '<a href="#id_role">Role</a> · This field is required.' in refused.content.decode()


def test_grant_is_extended_and_revoked_from_the_page(world):
    client = at(world, "Ada")
    grant = Grant.objects.get(user=world.users["Jun"])
    day = (timezone.now() + timedelta(days=60)).date()
    client.post(f"{page(world)}{grant.id}/extend/", {"until": day.isoformat()})
    grant.refresh_from_db()
    assert grant.expires_at.date() == day
    body = client.post(f"{page(world)}{grant.id}/revoke/", follow=True).content.decode()
    assert "Revoked. Their next click finds nothing." in body
    assert "Had access" in body
    assert f"grant-{grant.id}" not in body


@pytest.mark.parametrize("until", ["", "soon", "2020-01-01", "2099-01-01"])
def test_end_that_can_not_be_is_refused_in_words(world, until):
    grant = Grant.objects.get(user=world.users["Jun"])
    response = at(world, "Ada").post(f"{page(world)}{grant.id}/extend/", {"until": until}, follow=True)
    assert "Not extended: choose" in response.content.decode()
    assert Grant.objects.get(pk=grant.pk).expires_at == grant.expires_at


def test_last_two_managers_can_not_be_revoked_from_the_page(world):
    grant = Grant.objects.get(user=world.users["Mina"])
    body = at(world, "Ada").post(f"{page(world)}{grant.id}/revoke/", follow=True).content.decode()
    assert "Not revoked: a case needs two managers" in body
    assert Grant.objects.get(pk=grant.pk).revoked_at is None


def test_manager_whose_grant_is_revoked_leaves_the_page_for_good(world):
    Grant.objects.create(
        user=world.users["Noor"], case_id=world.case_id, role=Role.MANAGER, why="w", expires_at=in_a_day()
    )
    client, grant = at(world, "Mina"), Grant.objects.get(user=world.users["Mina"])
    assert client.get(page(world)).status_code == 200
    assert client.post(f"{page(world)}{grant.id}/revoke/").status_code == 302
    assert client.get(page(world)).status_code == 404


def in_a_day() -> Any:
    return timezone.now() + timedelta(days=1)


@pytest.mark.parametrize("name", ["Jun", "Lex", "Sten", "Sofia", "Aud", "Noor"])
def test_who_is_no_manager_finds_no_people_page(world, name):
    client, grant = at(world, name), Grant.objects.get(user=world.users["Jun"])
    absent = client.get("/nothing/").content
    for path, data in (
        ("give/", TYPED),
        (f"{grant.id}/extend/", {"until": TYPED["until"]}),
        (f"{grant.id}/revoke/", {}),
    ):
        response = client.post(f"{page(world)}{path}", data)
        assert (response.status_code, response.content) == (404, absent)
        assert client.get(f"{page(world)}{path}").status_code == 405
    assert client.get(page(world)).content == absent
    assert Grant.live().filter(user=world.users["Jun"]).count() == 1


@pytest.mark.parametrize("until", ["", "soon", "2026-99-99"])
def test_bad_form_of_somebody_who_may_not_is_the_404_too(world, until):
    client, grant = at(world, "Noor"), Grant.objects.get(user=world.users["Jun"])
    assert client.post(f"{page(world)}{grant.id}/extend/", {"until": until}).status_code == 404
    assert client.post(f"{page(world)}give/", {"until": until}).status_code == 404
