"""Twenty people write in one case, five of them in one text; afterwards everything is compared with everything."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from tests.bench.material import ref
from tests.live.faults import LATE
from tests.live.history import Logged
from tests.live.person import Person
from tests.live.workshop import Workshop
from tests.live.writer import Party, Writer

TOGETHER = 5  # of all writers, in one text


@dataclass
class Outcome:
    """What became of it. An edit is one word, a step of its own; a batch is one operation that the server accepted."""

    faults: list[str]
    edits: int
    batches: int
    seconds: float
    convergence: float


async def write_together(
    workshop: Workshop, party: Party, count: int, meanwhile: Coroutine[Any, Any, None] | None = None
) -> Outcome:
    """All write and are followed until everybody has everything; `meanwhile` goes on until the last word is sent."""
    reader = workshop.person("Sten")
    keys = [workshop.made["texts"][ref("S", 0 if number < TOGETHER else number)] for number in range(count)]
    first = {key: (await reader.get(f"{workshop.case}texts/{key}/")).json() for key in set(keys)}
    writers = [
        Writer(number, workshop.person(f"Writer {number}", number % len(workshop.ports)), workshop.case, key, party)
        for number, key in enumerate(keys)
    ]
    start = time.monotonic()
    trouble = asyncio.create_task(meanwhile) if meanwhile is not None else None
    busy = set(writers)
    await asyncio.gather(*(_until_all_wrote(writer, busy) for writer in writers))
    seconds = time.monotonic() - start
    if trouble is not None:
        trouble.cancel()
        await asyncio.gather(trouble, return_exceptions=True)
    await asyncio.gather(*LATE)
    quiet = time.monotonic()
    now = {key: (await reader.get(f"{workshop.case}texts/{key}/")).json() for key in first}
    await asyncio.gather(*(writer.follow(now[writer.key]["version"]) for writer in writers))
    convergence = time.monotonic() - quiet
    logs = {key: Logged(first[key], now[key], await _log(reader, workshop.case, key)) for key in first}
    for writer in writers:
        await writer.leave()
    found = party.history.faults(list(logs.values()))
    for writer in writers:
        assert writer.copy is not None
        if not writer.copy.document.eq(logs[writer.key].document) or writer.copy.typed:
            found.append(f"writer {writer.number} has another text than the server")
    batches = sum(len(log.batches) for log in logs.values())
    return Outcome(found, len(party.history.acknowledged), batches, seconds, convergence)


async def _until_all_wrote(writer: Writer, busy: set[Writer]) -> None:
    await writer.write()
    busy.discard(writer)
    while busy:
        await writer.rest(0.2)


async def _log(reader: Person, case: str, key: str) -> list[dict[str, Any]]:
    said = (await reader.get(f"{case}texts/{key}/steps/?since=0")).json()
    return list(said["batches"])
