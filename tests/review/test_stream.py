"""The live stream, from a workshop of two processes with real logins: who hears what, until when, and who is here."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from safetycase.handler import THREADS
from tests.live.listening import listening, refusal
from tests.live.person import Person, play, within
from tests.live.workshop import Workshop, running_workshop

pytestmark = [pytest.mark.real_server, pytest.mark.xdist_group("live")]
BEAT = 1.0
NOTIFY = "select pg_notify('safetycase', '{}|{}')"


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with running_workshop(writers=2, processes=2, SAFETYCASE_STREAM_HEARTBEAT=str(BEAT)) as made:
        yield made


def told(workshop: Workshop, what: str, case: str = "case") -> str:
    return NOTIFY.format(workshop.made[case], what)


def test_edit_is_heard_in_every_process_and_by_nobody_of_another_case(workshop):
    key = workshop.made["texts"]["S-2222"]
    span = {"text": key, "version": 0, "from": 1, "to": 8, "page": "front"}
    why = {"ground": "security", "note": "n", "reason": "r", "extent": "name"}

    async def story() -> None:
        sten, jun = workshop.person("Sten", 0), workshop.person("Jun", 1)
        async with listening(sten, workshop.case) as here, listening(jun, workshop.case) as there:
            workshop.sql(told(workshop, "text|t-aaaaaaaaaaaaaaaa|3", "other"))
            made = await workshop.person("Ada", 1).post(f"{workshop.case}redact/", {**span, **why})
            assert made.status in (200, 302), made.body
            for one in (here, there):
                assert await one.until("text") == f"{key}|1"
                assert "t-aaaaaaaaaaaaaaaa|3" not in [data for _, data in one.said]

    play(story())


def test_event_comes_after_the_commit_and_never_when_it_was_rolled_back(workshop):
    async def story() -> None:
        async with listening(workshop.person("Jun"), workshop.case) as jun:
            with pytest.raises(Exception, match="division by zero"):
                workshop.sql(told(workshop, "talk|rolled-back"), "select 1 / 0")
            committed = asyncio.to_thread(workshop.sql, told(workshop, "talk|late"), "select pg_sleep(0.5)")
            await asyncio.gather(committed, asyncio.sleep(0.3))
            await jun.until("talk", "late")
            assert ("talk", "rolled-back") not in jun.said

    play(story())


def test_newest_version_of_a_text_is_enough(workshop):
    notes = [told(workshop, f"text|t-{'b' * 16}|{version}") for version in range(1, 31)]

    async def story() -> None:
        async with listening(workshop.person("Jun"), workshop.case) as jun:
            workshop.sql(*notes)
            await jun.until("text", f"t-{'b' * 16}|30")
            assert [event for event, _ in jun.said].count("text") == 1

    play(story())


# The right to hear


def test_revocation_ends_the_stream_at_once_and_nothing_is_heard_after(workshop):
    async def story() -> None:
        async with listening(workshop.person("Writer 0", 1), workshop.case) as writer:
            grant = workshop.made["grants"]["Writer 0"]
            await workshop.person("Ada").post(f"{workshop.case}people/{grant}/revoke/", {})
            workshop.sql(told(workshop, "talk|secret"))
            events = await writer.until_end(patience=BEAT / 2)
            assert events[-1] == "gone"
            assert "talk" not in events
        assert (await refusal(workshop.person("Writer 0"), workshop.case)).status == 404

    play(story())


SILENT = (
    "update cases_grant set expires_at = statement_timestamp() where id = '{grant}'",
    "update cases_grant set revoked_at = now() where id = '{grant}'",
    "update cases_user set is_active = false where id = '{user}'",
    "update cases_user set password = 'another' where id = '{user}'",
    "update cases_workshopsession set expire_date = now() where session_key = '{session}'",
    "delete from cases_workshopsession where session_key = '{session}'",
)
UNDO = (
    "update cases_grant set expires_at = now() + interval '1 day', revoked_at = null where id = '{grant}'",
    "update cases_user set is_active = true, password = '{password}' where id = '{user}'",
    "insert into cases_workshopsession values ('{session}', '{data}', now() + interval '1 day') on conflict (session_key) "
    "do update set expire_date = excluded.expire_date",
)


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("change", SILENT)
def test_who_may_no_longer_hears_no_event_and_is_gone_within_a_heartbeat(workshop, change, announced):
    """Nobody tells the hub of these: it finds them when it asks, before an event and on every heartbeat."""
    person = workshop.made["people"]["Writer 1"]
    names = {
        "grant": workshop.made["grants"]["Writer 1"],
        "user": person["id"],
        "session": person["cookie"].split("=")[1],
    }
    [(names["password"],)] = workshop.sql("select password from cases_user where id = '{user}'".format(**names))
    [(names["data"],)] = workshop.sql(
        "select session_data from cases_workshopsession where session_key = '{session}'".format(**names)
    )

    async def story() -> None:
        async with listening(workshop.person("Writer 1"), workshop.case) as writer:
            workshop.sql(change.format(**names), *([told(workshop, "talk|secret")] if announced else []))
            events = await writer.until_end(patience=BEAT + 1)
            assert events[-1] == "gone"
            assert "talk" not in events

    try:
        play(story())
    finally:
        workshop.sql(*(one.format(**names) for one in UNDO))


def test_signing_out_ends_the_streams_of_that_session_at_once(workshop):
    async def story() -> None:
        lex = workshop.person("Lex")
        async with listening(workshop.person("Lex", 1), workshop.case) as stream:
            assert (await lex.post("/accounts/logout/", {})).status == 302
            assert (await stream.until_end(patience=BEAT / 2))[-1] == "gone"
        assert (await refusal(lex, workshop.case)).status == 404

    play(story())


@pytest.mark.parametrize("name", ["Noor", "Sofia", "Aud"])
def test_who_may_not_read_live_gets_the_404_that_everybody_gets(workshop, name):
    async def story() -> tuple[int, bytes, int, bytes]:
        person = workshop.person(name)
        refused = await refusal(person, workshop.case)
        absent = await refusal(person, f"/cases/{uuid.uuid4()}/")
        return refused.status, refused.body, absent.status, absent.body

    status, body, _, absent = play(story())
    assert (status, body) == (404, absent)


# What a process can bear


def test_person_has_twenty_streams_at_most_and_closed_ones_do_not_count(workshop):
    async def story() -> None:
        mina = workshop.person("Mina")
        for _ in range(2):
            async with AsyncExitStack() as stack:
                for _ in range(20):
                    await stack.enter_async_context(listening(mina, workshop.case))
                refused = await refusal(mina, workshop.case)
                assert (refused.status, refused.body.decode().split(".")[0]) == (
                    429,
                    "20 pages of yours are listening already",
                )
            await until_open(mina, workshop.case)

    play(story())


async def until_open(person: Person, base: str) -> None:
    """The server notices within a moment that a browser has gone."""
    for _ in range(50):
        try:
            async with listening(person, base):
                return
        except AssertionError:
            await asyncio.sleep(0.1)
    raise AssertionError("still refused")


def test_connections_to_the_database_are_as_many_as_threads_whatever_is_open_or_asked(workshop):
    async def story() -> int:
        async with AsyncExitStack() as stack:
            for process in (0, 1):
                for name in ("Jun", "Sten"):
                    for _ in range(10):
                        await stack.enter_async_context(listening(workshop.person(name, process), workshop.case))
            asked = [workshop.person("Ada", number % 2).get("/") for number in range(60)]
            assert {answer.status for answer in await asyncio.gather(*asked)} == {200}
            [(count,)] = workshop.sql("select count(*) from pg_stat_activity where usename = 'safetycase_workshop'")
            return int(count)

    assert play(story()) <= 2 * (THREADS + 1), "and one for the hub of each process"


def test_edit_of_somebody_who_hung_up_is_made_whole(workshop):
    key = workshop.made["texts"]["S-2223"]
    steps = [{"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": "Word "}]}}]
    path = f"{workshop.case}texts/{key}/steps/"

    async def story() -> None:
        ada = workshop.person("Ada")
        for version in range(20):
            edit = {"version": version, "operation": str(uuid.uuid4()), "steps": steps}
            _, writer = await ada.connect()
            writer.write(ada.raw("POST", path, json.dumps(edit).encode(), "application/json"))
            await writer.drain()
            await asyncio.sleep(0.002 * (version % 5))
            writer.close()
            while (await ada.get(f"{path}?since=0")).json()["version"] == version:
                await asyncio.sleep(0.05)

    play(within(60, story()))
    assert "Internal Server Error" not in workshop.log()


def test_stream_says_how_it_wants_to_be_passed_on(workshop):
    from tests.live.person import head_from

    async def story() -> tuple[int, dict[str, str]]:
        ada = workshop.person("Ada")
        reader, writer = await ada.connect()
        writer.write(ada.raw("GET", f"{workshop.case}events/?tab={uuid.uuid4()}"))
        found = await head_from(reader)
        writer.close()
        return found

    status, headers = play(story())
    wanted = {"content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no"}
    assert (status, {name: headers[name] for name in wanted}) == (200, wanted)


# Who is here


def test_list_of_people_appears_and_disappears_without_ones_own_tab(workshop):
    async def story() -> None:
        sten, ada = workshop.person("Sten", 0), workshop.person("Ada", 1)
        key = workshop.made["texts"]["S-2222"]
        async with listening(sten, workshop.case) as one:
            async with listening(ada, workshop.case) as other:
                place = {"page": "sections/S-2222", "text": key, "version": 1, "anchor": 5, "head": 9}
                for person, tab in ((ada, other.tab), (sten, one.tab)):
                    assert (await person.post(f"{workshop.case}here/", {"tab": tab, **place})).status == 204
                [row] = await one.until_here(["Ada"])
                assert row == {"tab": other.tab, "name": "Ada", "initials": "A", **place}
                [row] = await other.until_here(["Sten"])
                assert row["tab"] == one.tab
            await one.until_here([])  # Ada's tab was closed

    play(story())


def test_tab_that_went_silently_leaves_the_list(workshop):
    async def story() -> None:
        async with listening(workshop.person("Sten"), workshop.case) as one:
            said = await workshop.person("Jun").post(f"{workshop.case}here/", {"tab": uuid.uuid4(), "page": "front"})
            assert said.status == 204
            await one.until_here(["Jun"])
            workshop.sql("update cases_presence set at = at - interval '46 seconds'")
            await one.until_here([], patience=BEAT + 1)

    play(story())


def test_place_is_refused_when_it_is_none_of_ones_own(workshop):
    own, foreign = workshop.made["texts"]["S-2222"], workshop.made["foreign"]
    tab = str(uuid.uuid4())
    place = {"tab": tab, "page": "front", "text": own}

    async def story() -> list[int]:
        ada, jun, noor = (workshop.person(name) for name in ("Ada", "Jun", "Noor"))
        here = f"{workshop.case}here/"
        assert (await ada.post(here, place)).status == 204
        asked = [
            (jun, here, place),  # Ada's tab
            (ada, here, {**place, "text": foreign}),
            (noor, here, {**place, "tab": uuid.uuid4()}),
            (noor, here, {}),
            (ada, f"/cases/{workshop.made['other']}/here/", place),
            (ada, here, {**place, "tab": "x"}),
            (ada, here, {**place, "page": "front\nevent: gone"}),
            (ada, here, {**place, "text": "t-1"}),
            (ada, here, {**place, "head": 2**31}),
            (ada, here, {**place, "head": -1}),
        ]
        return [(await person.post(path, data)).status for person, path, data in asked]

    assert play(story()) == [404] * 5 + [422] * 5
    rows = workshop.sql(f"select u.name from cases_presence p join cases_user u on u.id = p.by_id where p.id = '{tab}'")
    assert rows == [("Ada",)]


def test_old_rows_of_the_case_are_taken_away(workshop):
    async def story() -> None:
        ada = workshop.person("Ada")
        for _ in range(3):
            await ada.post(f"{workshop.case}here/", {"tab": uuid.uuid4(), "page": "front"})
            workshop.sql("update cases_presence set at = at - interval '61 seconds'")
        await ada.post(f"{workshop.case}here/", {"tab": uuid.uuid4(), "page": "front"})

    play(story())
    assert workshop.sql(f"select count(*) from cases_presence where case_id = '{workshop.made['case']}'") == [(1,)]


# When something breaks


def test_database_that_was_killed_costs_a_resync_and_no_stream(workshop):
    async def story() -> None:
        ada = workshop.person("Ada")
        async with listening(workshop.person("Jun"), workshop.case) as jun:
            await asyncio.to_thread(workshop.kill_postgres)
            answer = await ada.get(workshop.case)
            assert (answer.status, answer.headers["retry-after"]) == (503, "2")
            assert answer.body.decode().startswith("The database does not answer just now.")
            before = len(jun.said)
            await jun.until("", after=before, patience=BEAT + 5)  # still alive
            await asyncio.to_thread(workshop.postgres.up)
            await jun.until("resync", after=before)
            workshop.sql(told(workshop, "talk|afterwards"))
            await jun.until("talk", "afterwards")

    play(story())


def test_workshop_ends_soon_though_streams_are_open(workshop):
    async def story() -> tuple[float, list[str]]:
        async with listening(workshop.person("Jun", 1), workshop.case) as jun:
            took = await asyncio.to_thread(workshop.end, workshop.ports[1])
            return took, await jun.until_end()

    took, events = play(story())
    assert took < 5
    assert "gone" not in events, "the browser is to come back"
