"""What the stream is made of, without a server: queues, notifications, questions to the database."""

from __future__ import annotations

import asyncio
import uuid
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.loaders.listeners import Listener, still_allowed
from cases.loaders.presence import Here, who_is_here
from cases.models import AuditEvent, Presence
from cases.stream.events import GONE, RESYNC, gathered, here
from cases.stream.subscriber import ROOM, Subscriber
from tests.live.person import in_a_loop
from tests.site_client import SiteClient, at_site
from tests.world import World, make_world

CASE, TAB = UUID(int=1), UUID(int=2)
NOBODY = Listener(UUID(int=3), "key", "hash", CASE, TAB)


def sent(*doings: str) -> list[bytes]:
    """What a page gets that begins to read after all that was done."""

    async def story() -> list[bytes]:
        subscriber = Subscriber(NOBODY)
        for number, doing in enumerate(doings):
            subscriber.end(GONE) if doing == "end" else subscriber.offer(b"%d" % number)
        await asyncio.sleep(0)
        return [chunk async for chunk in subscriber.chunks()]

    return in_a_loop(story())


def test_events_wait_in_order():
    assert sent("offer", "offer", "end")[-1] == GONE
    assert sent(*["offer"] * 3, "end") == [GONE], "who may not hear any more does not hear what waited either"


def test_slow_reader_is_told_to_ask_for_everything_again():
    async def story() -> list[bytes]:
        subscriber = Subscriber(NOBODY)
        for number in range(ROOM + 50):
            subscriber.offer(b"%d" % number)
        await asyncio.sleep(0)
        reading = subscriber.chunks()
        return [await anext(reading) for _ in range(51)]

    assert in_a_loop(story()) == [RESYNC, *(b"%d" % number for number in range(ROOM, ROOM + 50))]


def test_stream_of_a_closed_loop_harms_nobody():
    async def make() -> Subscriber:
        return Subscriber(NOBODY)

    in_a_loop(make()).offer(b"late")


def test_notifications_become_events_of_their_case():
    notes = ["text|t-aaaaaaaaaaaaaaaa|9", "text|t-aaaaaaaaaaaaaaaa|10", "structure|C-AAAA", "structure|C-AAAA", "here"]
    found = gathered([f"{CASE}|{note}" for note in notes] + [f"{TAB}|talk|x"])
    assert found[CASE].events() == (b"event: text\ndata: t-aaaaaaaaaaaaaaaa|10\n\nevent: structure\ndata: C-AAAA\n\n")
    assert (found[CASE].presence, found[TAB].presence) == (True, False)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "text|t-a|1",
        f"{CASE}|",
        f"{CASE}|talk|x\nevent: gone",
        f"{CASE}|text|t-a|-1",
        f"{CASE}|text|t-a|9999999999999999",
        f"{CASE}|talk|words that are no id",
        f"{CASE}|talk|{'x' * 41}",
    ],
)
def test_notification_that_is_not_of_ours_is_nothing(payload):
    """Any login of the database may send one."""
    assert gathered([payload]) == {}


def test_list_holds_others_of_the_same_case():
    rows = [
        Here(CASE, UUID(int=number), name, "front", "", 0, 0, 0)
        for number, name in ((2, "Ada"), (4, "Jun van der Berg"))
    ]
    rows.append(Here(UUID(int=9), UUID(int=5), "Lex", "front", "", 0, 0, 0))
    assert here(rows, CASE, TAB) == (
        b'event: here\ndata: [{"tab": "00000000-0000-0000-0000-000000000004", "name": "Jun van der Berg", "initials": "JB", '
        b'"page": "front", "text": "", "version": 0, "anchor": 0, "head": 0}]\n\n'
    )


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def listeners(world: World, *names: str) -> list[Listener]:
    made = []
    for name in names:
        session = SiteClient("workshop", world.users[name]).session
        made.append(
            Listener(world.users[name].pk, session.session_key, session["_auth_user_hash"], world.case_id, uuid.uuid4())
        )
    return made


def test_right_to_listen_is_asked_in_two_queries_for_any_number(world):
    some = listeners(world, "Ada", "Sten", "Noor", "Sofia")
    with at_site("workshop"):
        for asked in (some[:1], some):
            with CaptureQueriesContext(connection) as queries:
                found = still_allowed(asked)
            assert len(queries) == 2
    assert found == frozenset(some[:2])


def test_people_here_are_asked_for_in_one_query(world):
    with at_site("workshop"):
        for name in ("Ada", "Jun", "Sten"):
            Presence.objects.create(case_id=world.case_id, by_id=world.users[name].pk, page="front")
            with CaptureQueriesContext(connection) as queries:
                found = who_is_here([world.case_id])
            assert len(queries) == 1
    assert [row.name for row in found] == ["Ada", "Jun", "Sten"]


def test_server_that_cannot_stream_answers_once_and_the_opening_is_in_the_trail(world):
    path = f"/cases/{world.case_id}/events/"
    answer = SiteClient("workshop", world.users["Sten"]).get(path, {"tab": str(TAB)})
    assert (answer.status_code, answer.content) == (200, b"retry: 5000\n\nevent: hello\ndata: -\n\n")
    assert AuditEvent.objects.filter(verb="live_read", target="events", actor_id=world.users["Sten"].pk).count() == 1
    assert SiteClient("workshop", world.users["Sten"]).get(path).status_code == 422
    assert SiteClient("workshop", world.users["Noor"]).get(path).status_code == 404
