"""What is said outside: who reads it, what may be commented on, and what the server copies by itself."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cases.models import AuditEvent, CaseAudience, Grant, User
from cases.roles import Role
from review.models import EditionPart, OutsideComment, OutsideThread
from review.page_texts import texts_on
from tests.site_client import SiteClient
from tests.world import World, answer, comment_as, make_world

pytestmark = pytest.mark.django_db
ASKED, WENT_ON, ANSWERED = "Rhea asks about this.", "Rhea goes on.", "Ada answers."
PAGE = "sections/S-AAAA"


@pytest.fixture
def world() -> World:
    """Rhea's thread with a reply on the External reviewer edition; Uma shares her organisation and audience."""
    world = make_world()
    world.users["Uma"] = colleague(world, "uma", "external_reviewer")
    world.users["Otto"] = colleague(world, "otto", "external_reviewer", organisation=False)
    world.thread_id = comment_as(world, "Rhea", "external_reviewer", ASKED)
    answer(world, world.thread_id, ANSWERED)
    return world


def colleague(world: World, name: str, key: str, organisation: bool = True) -> User:
    house = world.users["Rhea"].organisation if organisation else None
    user = User.objects.create_user(
        email=f"{name}@outside.example", name=name.title(), side="outside", organisation=house
    )
    audience = CaseAudience.objects.get(case_id=world.case_id, key=key)
    until = timezone.now() + timedelta(days=9)
    Grant.objects.create(
        user=user, case_id=world.case_id, role=Role.EXTERNAL_REVIEWER, audience=audience, why="w", expires_at=until
    )
    return user


def at(world: World, name: str, site: str = "reading_room") -> SiteClient:
    return SiteClient(site, world.users[name])


def edition(world: World, name: str) -> UUID:
    grant = Grant.objects.get(user=world.users[name])
    return world.editions[grant.audience.key]


@pytest.mark.parametrize(
    ("name", "reads"),
    [("Rhea", True), ("Uma", True), ("Omar", False), ("Vik", False), ("Otto", False)],
)
def test_thread_is_read_and_continued_by_the_same_organisation_and_audience_alone(world, name, reads):
    client = at(world, name)
    body = client.get(f"/editions/{edition(world, name)}/{PAGE}/").content.decode()
    assert "Plain words" in body
    assert (ASKED in body, ANSWERED in body, f"thread-{world.thread_id}" in body) == (reads,) * 3
    absent = client.post(f"/comments/{uuid.uuid4()}/", {"body": WENT_ON})
    response = client.post(f"/comments/{world.thread_id}/", {"body": WENT_ON})
    same = (response.status_code, response.headers, response.content) == (404, absent.headers, absent.content)
    assert same is not reads
    assert OutsideComment.objects.filter(body=WENT_ON).exists() is reads


@pytest.mark.parametrize(
    ("name", "reads"), [("Ada", True), ("Sten", True), ("Sofia", False), ("Noor", False), ("Aud", False)]
)
def test_thread_is_read_inside_by_the_cleared_alone(world, name, reads):
    client = at(world, name, "workshop")
    paths = [
        f"/cases/{world.case_id}/{PAGE}/",
        f"/cases/{world.case_id}/comments/",
        f"/editions/{world.editions['all_staff']}/{PAGE}/",
    ]
    bodies = "".join(client.get(path).content.decode() for path in paths)
    assert (ASKED in bodies) is reads


def test_two_organisations_comment_on_the_same_words_and_do_not_meet(world):
    vik = comment_as(world, "Vik", "external_reviewer", "Vik asks.")
    omar = comment_as(world, "Omar", "public", "Omar asks.")
    pages = {
        name: at(world, name).get(f"/editions/{edition(world, name)}/{PAGE}/").content.decode()
        for name in ("Rhea", "Vik", "Omar")
    }
    threads = {"Rhea": world.thread_id, "Vik": vik, "Omar": omar}
    seen = {name: [other for other, thread in threads.items() if str(thread) in page] for name, page in pages.items()}
    assert seen == {"Rhea": ["Rhea"], "Vik": ["Vik"], "Omar": ["Omar"]}
    inside = at(world, "Jun", "workshop").get(f"/cases/{world.case_id}/comments/").content.decode()
    assert all(words in inside for words in (ASKED, "Vik asks.", "Omar asks.", "Public, edition 1"))


def test_same_person_with_two_audiences_reads_each_in_its_own_edition(world):
    audience = CaseAudience.objects.get(case_id=world.case_id, key="public")
    grant = Grant.objects.get(user=world.users["Rhea"])
    Grant.objects.create(
        user=grant.user, case_id=grant.case_id, role=grant.role, audience=audience, why="w", expires_at=grant.expires_at
    )
    public = at(world, "Rhea").get(f"/editions/{world.editions['public']}/{PAGE}/")
    assert (public.status_code, ASKED in public.content.decode()) == (200, False)


def test_thread_of_somebody_in_no_organisation_is_theirs_alone(world):
    other = colleague(world, "olga", "external_reviewer", organisation=False)
    comment_as(world, "Otto", "external_reviewer", "Otto asks.")
    path = f"/editions/{world.editions['external_reviewer']}/{PAGE}/"
    assert "Otto asks." in at(world, "Otto").get(path).content.decode()
    assert "Otto asks." not in SiteClient("reading_room", other).get(path).content.decode()
    assert "Otto asks." not in at(world, "Rhea").get(path).content.decode()


def text_of(world: World, audience: str, page: str, words: str) -> tuple[str, Any]:
    """Key and shown document of the text on that page that holds those words."""
    part = EditionPart.objects.get(edition_id=world.editions[audience], page=page)
    return next((key, doc) for key, doc in texts_on(json.loads(part.content)) if words in str(doc))


def say(world: World, name: str = "Rhea", audience: str = "external_reviewer", **changes: Any) -> Any:
    key, _ = text_of(world, "external_reviewer", PAGE, "Plain words")
    form = {"page": PAGE, "text": key, "from": 1, "to": 6, "body": "Why?", **changes}
    return at(world, name).post(f"/editions/{world.editions[audience]}/comments/", form)


def test_quote_is_copied_by_the_server(world):
    response = say(world, quote="invented by the client", **{"data-quote": "invented"})
    thread = OutsideThread.objects.exclude(pk=world.thread_id).get()
    assert response.headers["Location"] == f"/editions/{thread.edition_id}/{PAGE}/#thread-{thread.id}"
    assert (thread.quote, thread.start, thread.end) == ("Plain", 1, 6)
    assert (thread.author_id, thread.organisation_id) == (world.users["Rhea"].pk, world.users["Rhea"].organisation_id)
    assert OutsideComment.objects.get(thread=thread).author_name == "Rhea"


def test_quote_over_a_bar_and_blocks_says_withheld_and_no_hidden_word(world):
    _, document = text_of(world, "external_reviewer", PAGE, "Plain words")
    say(world, **{"from": 0, "to": document.content_size})
    quote = OutsideThread.objects.exclude(pk=world.thread_id).get().quote
    assert quote == "Plain words. [withheld] and after. More C-AAAA. A picture A picture [withheld]"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"from": 6, "to": 6}, 422),
        ({"from": 6, "to": 5}, 422),
        ({"from": 1, "to": 999}, 422),
        ({"from": 10**30, "to": 10**31}, 422),
        ({"from": -1, "to": 5}, 422),
        ({"from": 0, "to": 1}, 422),  # the opening of a paragraph: no words
        ({"from": "x", "to": "y"}, 422),
        ({"from": "", "to": ""}, 422),
        ({"body": ""}, 422),
        ({"body": "x" * 10_001}, 422),
        ({"body": "nul \x00"}, 422),
        ({"text": "t-zzzzzzzzzzzzzzzz"}, 404),
        ({"text": "x" * 19}, 422),
        ({"page": "front"}, 404),
        ({"page": "claims/C-AAAA"}, 404),
        ({"page": "claims/C-ZZZZ"}, 404),
        ({"page": "../../admin"}, 404),
    ],
)
def test_comment_that_stands_on_no_words_is_refused(world, changes, status):
    assert say(world, **changes).status_code == status
    assert list(OutsideThread.objects.values_list("id", flat=True)) == [world.thread_id]
    assert OutsideComment.objects.count() == 1


def test_refused_comment_keeps_what_was_typed(world):
    body = say(world, body="A long thought.", **{"from": 6, "to": 6}).content.decode()
    assert "Select the words that you want to comment on." in body
    assert "A long thought." in body


def test_text_that_only_another_edition_shows_can_not_be_commented_on(world):
    key, _ = text_of(world, "full", "claims/C-MASK", "masked claim")
    for page in ("claims/C-MASK", "register", PAGE):
        assert say(world, page=page, text=key, to=3).status_code == 404
    assert OutsideThread.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "audience"), [("Omar", "external_reviewer"), ("Rhea", "public"), ("Rhea", "full"), ("Nadia", "public")]
)
def test_edition_of_another_audience_takes_no_comment(world, name, audience):
    assert say(world, name, audience).status_code == 404
    assert OutsideThread.objects.count() == 1


def test_trail_tells_of_threads_and_comments_in_the_case_without_words(world):
    at(world, "Rhea").post(f"/comments/{world.thread_id}/", {"body": WENT_ON})
    events = AuditEvent.objects.filter(verb__in=["thread_opened", "commented", "replied"]).order_by("at")
    rhea, ada, thread = world.users["Rhea"].pk, world.users["Ada"].pk, str(world.thread_id)
    assert list(events.values_list("verb", "actor_id", "case_id", "target")) == [
        ("thread_opened", rhea, world.case_id, thread),
        ("replied", ada, world.case_id, thread),
        ("commented", rhea, world.case_id, thread),
    ]
    trail = at(world, "Aud", "workshop").get(f"/cases/{world.case_id}/trail/").content.decode()
    assert "commented" in trail
    assert WENT_ON not in trail
