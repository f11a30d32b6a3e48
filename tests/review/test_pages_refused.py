"""Absent, foreign, expired, revoked, withdrawn, random: one answer, byte for byte, at both sites and for everybody."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import CaseAudience, Grant, User
from cases.roles import Role
from review.actions.releases import withdraw_edition
from tests.site_client import SiteClient
from tests.world import World, comment_as, import_raw, make_world, release, secret_case

pytestmark = pytest.mark.django_db
Answer = tuple[int, tuple[tuple[str, str], ...], bytes, str]


def answer(client: SiteClient, path: str, method: str = "get") -> Answer:
    """Status, headers, body and cookies."""
    response = getattr(client, method)(path)
    return response.status_code, tuple(response.headers.items()), response.content, str(response.cookies)


def revoke(world: World, name: str) -> None:
    Grant.objects.filter(user=world.users[name]).update(revoked_at=timezone.now())


def expire(world: World, name: str) -> None:
    Grant.objects.filter(user=world.users[name]).update(expires_at=timezone.now() - timedelta(seconds=1))


def deactivate(world: World, name: str) -> None:
    User.objects.filter(name=name).update(is_active=False)


def withdraw(world: World, name: str) -> None:
    audience = Grant.objects.get(user=world.users[name]).audience
    assert audience is not None
    withdraw_edition(by=world.actor("Ada"), edition_id=world.editions[audience.key])


ENDINGS = [revoke, expire, withdraw, deactivate]
SITES = [("reading_room", "Rhea", "external_reviewer"), ("workshop", "Sofia", "all_staff")]


def paths(world: World, key: str, below: tuple[str, ...] = ("", "sections/S-AAAA/", "register/")) -> list[str]:
    return [f"/editions/{world.editions[key]}/{page}" for page in below]


def absent(client: SiteClient, method: str = "get") -> Answer:
    """What an address that is nowhere answers."""
    found = answer(client, f"/editions/{uuid.uuid4()}/", method)
    assert found[0] == 404
    assert answer(client, "/nowhere/at/all/", method) == found
    return found


@pytest.mark.parametrize("end", ENDINGS)
@pytest.mark.parametrize(("site", "name", "key"), SITES)
def test_edition_whose_access_ended_is_like_one_that_never_was(site, name, key, end):
    world = make_world()
    client = SiteClient(site, world.users[name])
    for path in paths(world, key):
        assert answer(client, path)[0] == 200
    end(world, name)
    for path in paths(world, key, ("", "sections/S-AAAA/", "register/", "claims/C-ZZZZ/")):
        assert answer(client, path) == absent(client)
        assert answer(client, path, "head") == absent(client, "head")
    assert str(world.editions[key]) not in client.get("/").content.decode()


@pytest.mark.parametrize(("site", "name", "key"), SITES)
def test_edition_of_somebody_else_is_like_one_that_never_was(site, name, key):
    world = make_world()
    nobody, reader = SiteClient(site), SiteClient(site, world.users[name])
    foreign = [edition for audience, edition in world.editions.items() if audience != key]
    assert len(foreign) == 3
    for client in (nobody, reader, SiteClient(site, world.users["Nadia" if site == "reading_room" else "Noor"])):
        for path in (*(f"/editions/{edition}/" for edition in foreign), f"/cases/{uuid.uuid4()}/"):
            assert answer(client, path) == absent(client) == absent(nobody)
    assert answer(nobody, paths(world, key)[0]) == absent(nobody)
    assert answer(reader, f"/editions/{world.editions[key]}/claims/C-ZZZZ/") == absent(reader)


def test_case_of_somebody_else_is_like_one_that_never_was():
    world = make_world()
    other = World(import_raw(secret_case(), as_new=True), world.users)
    pages = (
        "",
        "register/",
        "sections/S-AAAA/",
        "as/public/",
        "redactions/",
        "comments/",
        "people/",
        "trail/",
        "releases/",
    )
    ada, nobody = SiteClient("workshop", world.users["Ada"]), SiteClient("workshop")
    open_to_ada = [page for page in pages if answer(ada, f"/cases/{world.case_id}/{page}")[0] == 200]
    assert set(pages) - set(open_to_ada) == {"trail/"}
    for page in pages:
        for client in (ada, nobody, SiteClient("workshop", world.users["Sofia"])):
            assert answer(client, f"/cases/{other.case_id}/{page}") == absent(client) == absent(nobody)
    release_page = f"releases/{world.release_id}/"
    assert answer(ada, f"/cases/{world.case_id}/{release_page}")[0] == 200
    assert answer(ada, f"/cases/{other.case_id}/{release_page}") == absent(ada)
    Grant.objects.create(user=world.users["Ada"], case_id=other.case_id, role=Role.MANAGER, why="w", expires_at=later())
    assert answer(ada, f"/cases/{other.case_id}/")[0] == 200
    for page in (release_page, f"{release_page}as/public/"):  # a release of the other case, asked for below this one
        assert answer(ada, f"/cases/{other.case_id}/{page}") == absent(ada)


def later() -> object:
    return timezone.now() + timedelta(days=1)


@pytest.mark.parametrize("end", ENDINGS)
def test_posts_are_refused_the_same_way(end):
    world = make_world()
    thread = comment_as(world, "Rhea", "external_reviewer", "Mine.")
    rhea, missing = SiteClient("reading_room", world.users["Rhea"]), uuid.uuid4()
    edition = world.editions["external_reviewer"]
    end(world, "Rhea")
    for path, gone in (
        (f"/comments/{thread}/", f"/comments/{missing}/"),
        (f"/editions/{edition}/comments/", f"/editions/{missing}/comments/"),
    ):
        for data in (
            {"body": "More."},
            {"body": ""},
            {"page": "front", "text": "t-x", "from": "1", "to": "2", "body": "B"},
        ):
            first, second = rhea.post(path, data), rhea.post(gone, data)
            assert (first.status_code, first.headers, first.content) == (
                second.status_code,
                second.headers,
                second.content,
            )
            assert first.status_code == 404


@pytest.mark.parametrize("end", [revoke, expire, deactivate])
def test_live_case_whose_access_ended_is_like_one_that_never_was(end):
    world = make_world()
    jun = SiteClient("workshop", world.users["Jun"])
    acts: list[tuple[str, Callable[..., object]]] = [(page, jun.get) for page in ("", "redactions/", "as/public/")]
    acts += [(f"comments/{uuid.uuid4()}/reply/", jun.post), ("redact/", jun.post)]
    assert jun.get(f"/cases/{world.case_id}/").status_code == 200
    end(world, "Jun")
    for page, act in acts:
        gone, never = act(f"/cases/{world.case_id}/{page}"), act(f"/cases/{uuid.uuid4()}/{page}")
        assert (gone.status_code, gone.headers, gone.content) == (404, never.headers, never.content)
    assert str(world.case_id) not in jun.get("/").content.decode()


def test_same_audience_in_another_case_opens_nothing_here():
    world = make_world()
    other = World(import_raw(secret_case(), as_new=True), world.users)
    audience = CaseAudience.objects.get(case_id=other.case_id, key="external_reviewer")
    Grant.objects.filter(user=world.users["Vik"]).update(case_id=other.case_id, audience=audience)
    Grant.objects.filter(user__name__in=["Ada", "Mina"]).update(case_id=other.case_id)
    release(other, {"external_reviewer": "Some passages are withheld under a legal duty."})
    vik = SiteClient("reading_room", world.users["Vik"])
    assert answer(vik, paths(other, "external_reviewer")[0])[0] == 200
    assert answer(vik, paths(world, "external_reviewer")[0]) == absent(vik)
    assert vik.get("/").content.decode().count("/editions/") == 1


def test_grant_to_read_is_no_grant_to_comment():
    world = make_world()
    Grant.objects.filter(user=world.users["Rhea"]).update(role=Role.OUTSIDE_READER)
    rhea = SiteClient("reading_room", world.users["Rhea"])
    path = paths(world, "external_reviewer")[0]
    assert "data-selectable" not in rhea.get(path).content.decode()
    data = {"page": "front", "text": "t-aaaaaaaaaaaaaaaa", "from": "1", "to": "2", "body": "B"}
    assert rhea.post(f"{path}comments/", data).status_code == 404
