"""A network that breaks: requests cut before and after they were sent, sent twice, and delivered late."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.live.person import Answer, Lost, Person, answer_from


@dataclass
class Faults:
    """How often each happens, of a thousand requests."""

    cut_before: int = 0
    cut_after: int = 0
    twice: int = 0
    late: int = 0
    stalls: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    async def deliver(self, person: Person, request: bytes, chance: Random) -> Answer:
        """Send it through the network. Raises Lost when no answer came, whether it was heard or not."""
        kind = self._kind(chance)
        self.seen[kind] += 1
        if kind == "stalls":
            await asyncio.sleep(chance.random() ** 3 * 2)
        if kind == "cut_before":
            await _cut(person, request[: chance.randrange(1, len(request))])
        if kind == "cut_after":
            await _cut(person, request, hold=chance.random() * 0.02)
        if kind == "twice":
            return await _twice(person, request)
        if kind == "late":
            return await _late(person, request, chance.random())
        return await person.send(request)

    def _kind(self, chance: Random) -> str:
        drawn = chance.randrange(1000)
        for kind in ("cut_before", "cut_after", "twice", "late", "stalls"):
            drawn -= getattr(self, kind)
            if drawn < 0:
                return kind
        return "well"


async def _cut(person: Person, request: bytes, hold: float = 0) -> None:
    try:
        _, writer = await person.connect()
    except OSError as error:
        raise Lost from error
    with contextlib.suppress(OSError):
        writer.write(request)
        await writer.drain()
        await asyncio.sleep(hold)
    writer.close()
    raise Lost


async def _twice(person: Person, request: bytes) -> Answer:
    """Both at once, on two connections; the answer to ours counts."""
    other = asyncio.create_task(_apart(person, request))
    try:
        return await person.send(request)
    finally:
        await other


async def _late(person: Person, request: bytes, seconds: float) -> Answer:
    """A copy was held up on the way: it arrives when its sender has gone on."""
    copy = asyncio.create_task(_apart(person, request, after=seconds))
    LATE.add(copy)
    copy.add_done_callback(LATE.discard)
    return await person.send(request)


LATE: set[asyncio.Task[None]] = set()


async def _apart(person: Person, request: bytes, after: float = 0) -> None:
    """On a connection of its own; nobody minds what becomes of it."""
    with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
        reader, writer = await person.connect()
        try:
            writer.write(request[:-1])
            await asyncio.sleep(after)
            writer.write(request[-1:])
            await answer_from(reader)
        finally:
            writer.close()
