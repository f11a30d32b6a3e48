"""Twenty people write in one case through a network, servers and a database that break: nothing acknowledged is lost or doubled.

Each word is a step that is looked for afterwards, by itself. In the first test nearly each is sent by itself too, so that ten
thousand operations are accepted; in the second a few at a time. `SAFETYCASE_NIGHTLY=1` makes both ten times as long.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from prosemirror.transform import ReplaceStep

from tests.live.faults import Faults
from tests.live.history import History, Logged
from tests.live.party import write_together
from tests.live.person import play
from tests.live.workshop import Workshop, running_workshop
from tests.live.writer import Pace, Party, Writer

pytestmark = [pytest.mark.real_server, pytest.mark.xdist_group("live")]
NIGHTLY = os.environ.get("SAFETYCASE_NIGHTLY") == "1"
WRITERS, EDITS = 20, 100_000 if NIGHTLY else 10_000
WORDS = EDITS * 13 // 10 // WRITERS  # more than are asked for: some are given up, and some travel together
KILLED_WORDS = EDITS * 26 // 25 // WRITERS  # nobody gives up there
EVERY = 5.0  # seconds between two kills of a web process


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    with running_workshop(writers=WRITERS, processes=2) as made:
        yield made


def broken_network() -> Faults:
    return Faults(cut_before=20, cut_after=20, twice=20, late=20, stalls=50)


def test_ten_thousand_edits_through_a_broken_network(workshop):
    pace = Pace(words=WORDS, burst=(1, 1), pause=(0.0, 0.1), offline=3, offline_seconds=2.0, gives_up=50)
    party = Party(pace=pace, faults=broken_network())
    outcome = play(write_together(workshop, party, WRITERS))
    assert outcome.faults == []
    assert outcome.edits >= outcome.batches >= EDITS
    assert outcome.convergence <= 20
    assert min(party.faults.seen[kind] for kind in ("cut_before", "cut_after", "twice", "late", "stalls")) > 0
    assert party.times.statuses[409] > 0
    assert set(party.times.statuses) == {200, 409}
    assert "Internal Server Error" not in workshop.log()


def test_web_processes_and_the_database_are_killed_meanwhile(workshop):
    pace = Pace(words=KILLED_WORDS, burst=(1, 6), pause=(0.1, 0.4), offline=10)
    party, killed = Party(pace=pace, faults=broken_network()), Counter[str]()
    outcome = play(write_together(workshop, party, WRITERS, kill_things(workshop, killed)))
    assert outcome.faults == []
    assert outcome.edits == WRITERS * KILLED_WORDS > EDITS
    assert killed["web"] >= 3
    assert killed["database"] == 2
    assert set(party.times.statuses) == {200, 409, 503}, "no page says that something broke"
    assert "Internal Server Error" not in workshop.log()


async def kill_things(workshop: Workshop, killed: Counter[str]) -> None:
    """A web process every few seconds, in turn, started again at once; the database on the way, twice."""
    while True:
        await asyncio.sleep(EVERY)
        port = workshop.ports[killed["web"] % len(workshop.ports)]
        await asyncio.to_thread(workshop.kill, port)
        killed["web"] += 1
        await asyncio.to_thread(workshop.start, port)
        if killed["database"] < 2:
            await asyncio.sleep(EVERY / 3)
            await asyncio.to_thread(workshop.kill_postgres)
            killed["database"] += 1
            await asyncio.sleep(0.5)
            await asyncio.to_thread(workshop.postgres.up)


# That these tests can fail


class Forgetful(Writer):
    """Gives what it sends again another id, as a client would that has none."""

    async def _lost(self, operation: Any) -> None:
        import uuid

        operation.id = str(uuid.uuid4())
        self.times.sent[operation.id] = 0.0


def test_comparison_finds_what_a_client_without_operation_ids_writes_twice(workshop, monkeypatch):
    monkeypatch.setattr("tests.live.party.Writer", Forgetful)
    party = Party(pace=Pace(words=60, pause=(0.1, 0.2)), faults=Faults(cut_after=300))
    outcome = play(write_together(workshop, party, 3))
    assert any("stands 2 times in the text" in fault for fault in outcome.faults)


def logged(*words: str, versions: tuple[int, ...] | None = None) -> Logged:
    """A text of one paragraph into which each of these words was put at the front, one a batch."""
    from prosemirror.model import Fragment, Slice

    from prose.schema import TextSchema, schema_for

    schema = schema_for(TextSchema.LINE)
    document = schema.node("doc", {}, [schema.text("begun ")])
    first, batches = {"key": "t", "kind": "line", "version": 0, "content": document.to_json()}, []
    for number, word in enumerate(words):
        step = ReplaceStep(0, 0, Slice(Fragment.from_(schema.text(f"{word} ")), 0, 0))
        document = step.apply(document).doc
        version = versions[number] if versions else number + 1
        batches.append({"version": version, "operation": str(number), "steps": [step.to_json()]})
    return Logged(first, {**first, "version": len(words), "content": document.to_json()}, batches)


@pytest.mark.parametrize(
    ("history", "text", "found"),
    [
        (History({"w1x1"}, {"w1x1"}), logged("w1x1"), ""),
        (History({"w1x1"}, set(), {"w1x1"}), logged("w1x1"), ""),
        (History({"w1x1"}, set(), {"w1x1"}), logged(), ""),
        (History({"w1x1"}, {"w1x1"}), logged(), "acknowledged and is not in the text"),
        (History({"w1x1"}, {"w1x1"}), logged("w1x1", "w1x1"), "2 times in the log"),
        (History(set(), set()), logged("w1x1"), "nobody typed it"),
        (History({"w1x1"}, set()), logged("w1x1"), "neither acknowledged nor given up"),
        (History({"w1x1"}, {"w1x1"}), logged("w1x1", versions=(2,)), "versions are not"),
    ],
)
def test_comparison_finds(history, text, found):
    faults = history.faults([text])
    assert any(found in fault for fault in faults) if found else faults == []


def test_comparison_finds_a_log_that_does_not_lead_to_the_text():
    text = logged("w1x1", "w1x2")
    text.now["content"] = logged("w1x2", "w1x1").now["content"]
    assert History({"w1x1", "w1x2"}, {"w1x1", "w1x2"}).faults([text]) == ["t: the log does not lead to the text"]
