"""An open stream, and what it has said so far."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.live.person import Person, Refused

PATIENCE = 10.0


class Listening:
    """Reads in the background."""

    def __init__(self, person: Person, base: str, tab: str = "") -> None:
        self.tab = tab or str(uuid.uuid4())
        self.said: list[tuple[str, str]] = []
        self.ended = False
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._read(person, f"{base}events/?tab={self.tab}&page=front"))

    async def _read(self, person: Person, path: str) -> None:
        try:
            async for one in person.events(path):
                self.said.append(one)
                self._news.set()
        finally:
            self.ended = True
            self._news.set()

    async def until(self, name: str, data: str | None = None, after: int = 0, patience: float = PATIENCE) -> str:
        """The data of the first such event behind the first `after`; the test fails when none comes."""
        deadline = time.monotonic() + patience
        while True:
            for event, said in self.said[after:]:
                if event == name and data in (None, said):
                    return said
            assert time.monotonic() < deadline, (name, data, self.said)
            assert not self.ended, (name, data, self.said)
            await self._wait(deadline)

    async def until_here(self, names: list[str], patience: float = PATIENCE) -> Any:
        """Until the newest list has these names."""
        deadline = time.monotonic() + patience
        while True:
            lists = [json.loads(data) for event, data in self.said if event == "here"]
            if lists and sorted(row["name"] for row in lists[-1]) == sorted(names):
                return lists[-1]
            assert time.monotonic() < deadline, (names, self.said[-3:])
            await self._wait(deadline)

    async def until_end(self, patience: float = PATIENCE) -> list[str]:
        """The names of all that was said, comments apart, once the stream has ended."""
        deadline = time.monotonic() + patience
        while not self.ended:
            assert time.monotonic() < deadline, self.said
            await self._wait(deadline)
        return [event for event, _ in self.said if event]

    async def close(self) -> None:
        """As a browser that leaves the page."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _wait(self, deadline: float) -> None:
        self._news.clear()
        try:
            async with asyncio.timeout(max(deadline - time.monotonic(), 0.01)):
                await self._news.wait()
        except TimeoutError:
            pass


@asynccontextmanager
async def listening(person: Person, base: str, tab: str = "") -> AsyncIterator[Listening]:
    """A stream that was greeted; closed at the end of the block."""
    made = Listening(person, base, tab)
    try:
        await made.until("hello")
        yield made
    finally:
        await made.close()


async def refusal(person: Person, base: str) -> Refused:
    """What is answered instead of a stream."""
    try:
        async for one in person.events(f"{base}events/?tab={uuid.uuid4()}"):
            raise AssertionError(f"listening: {one}")
    except Refused as refused:
        return refused
    raise AssertionError("a stream that ended at once")
