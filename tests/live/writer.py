"""An author who types unique words into one text, with a queue that survives what the network and the server do."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.live.copy import Copy, Operation
from tests.live.faults import Faults
from tests.live.history import History
from tests.live.person import Lost, Person, Refused

BATCH = 50  # words sent at once at most


@dataclass
class Pace:
    """How somebody writes."""

    words: int = 500
    burst: tuple[int, int] = (1, 18)
    pause: tuple[float, float] = (0.5, 1.0)
    offline: int = 0  # of a thousand bursts
    offline_seconds: float = 3.0
    gives_up: int = 0  # of a thousand sendings that were lost: closes the page and comes back


@dataclass
class Times:
    """Of all writers together: when operations were first sent, how long until the answer, and until another client had them."""

    sent: dict[str, float] = field(default_factory=dict)
    acknowledged: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)


@dataclass
class Party:
    """What all writers share."""

    pace: Pace = field(default_factory=Pace)
    faults: Faults = field(default_factory=Faults)
    history: History = field(default_factory=History)
    times: Times = field(default_factory=Times)


class Writer:
    """One client with one text."""

    def __init__(self, number: int, person: Person, case: str, key: str, party: Party) -> None:
        self.number, self.person, self.case, self.key = number, person, case, key
        self.history, self.pace, self.faults, self.times = party.history, party.pace, party.faults, party.times
        self.chance = Random(number)
        self.copy: Copy | None = None
        self.operation: Operation | None = None
        self.written = 0
        self._mine: set[str] = set()
        self._heard, self._asks = 0, True
        self._wake = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None

    async def write(self) -> None:
        """Type everything, send it, until all is acknowledged or given up."""
        self._listener = asyncio.create_task(self._listen())
        await self._load()
        while self.written < self.pace.words:
            await self._pause()
            self._type()
            if self.chance.randrange(1000) < self.pace.offline:
                await self._offline()
            await self._send_all()
        await self._send_all()

    async def follow(self, version: int) -> None:
        """Hear the stream until this version is here too."""
        assert self.copy is not None
        while self.copy.version < version:
            await self.rest(0.5)

    async def rest(self, seconds: float) -> None:
        """Read what others write."""
        await self._pause_until(time.monotonic() + seconds)

    async def leave(self) -> None:
        """Close the page."""
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)

    # What happens on the page

    def _type(self) -> None:
        assert self.copy is not None
        for _ in range(min(self.chance.randint(*self.pace.burst), self.pace.words - self.written)):
            word = f"w{self.number}x{self.written}"
            self.history.invoked.add(word)
            self.copy.type(word, self.chance)
            self.written += 1

    async def _pause(self) -> None:
        await self.rest(self.chance.uniform(*self.pace.pause))

    async def _pause_until(self, end: float) -> None:
        """Take in what others write meanwhile."""
        while (left := end - time.monotonic()) > 0:
            self._wake.clear()
            if self.copy is not None and (self._asks or self._heard > self.copy.version):
                await self._fetch()
                continue
            try:
                async with asyncio.timeout(left):
                    await self._wake.wait()
            except TimeoutError:
                return

    async def _offline(self) -> None:
        """Type on without a connection."""
        await self.leave()
        end = time.monotonic() + self.chance.random() * self.pace.offline_seconds
        while time.monotonic() < end and self.written < self.pace.words:
            self._type()
            await asyncio.sleep(0.2)
        self._listener = asyncio.create_task(self._listen())

    # What goes over the wire

    async def _load(self) -> None:
        self.copy = Copy(json.loads((await self._surely(f"texts/{self.key}/")).body))

    async def _fetch(self) -> None:
        assert self.copy is not None
        self._asks = False
        said = (await self._surely(f"texts/{self.key}/steps/?since={self.copy.version}")).json()
        self._take(said["batches"])

    async def _surely(self, below: str) -> Any:
        while True:
            try:
                answer = await self.person.get(self.case + below)
            except Lost:
                answer = None
            if answer is not None and self._counted(answer.status) == 200:
                return answer
            await asyncio.sleep(0.1 + 0.2 * self.chance.random())

    async def _send_all(self) -> None:
        assert self.copy is not None
        while self.copy is not None and (self.operation or self.copy.typed):
            if self.operation is None:
                self.operation = Operation([one.word for one in self.copy.typed[:BATCH]])
                self._mine.add(self.operation.id)
                self.times.sent[self.operation.id] = time.monotonic()
            await self._send(self.operation)

    async def _send(self, operation: Operation) -> None:
        """Once; whatever is not an answer leaves the operation as it is, to be sent again under its id."""
        assert self.copy is not None
        body = {"version": self.copy.version, "operation": operation.id, "steps": self.copy.steps(operation)}
        path = f"{self.case}texts/{self.key}/steps/"
        request = self.person.raw("POST", path, json.dumps(body).encode(), "application/json")
        try:
            answer = await self.faults.deliver(self.person, request, self.chance)
        except Lost:
            await self._lost(operation)
            return
        if self._counted(answer.status) in (200, 409):
            self._take(answer.json()["batches"])
        if answer.status == 200:
            self._acknowledge(operation)
        elif answer.status == 503:
            assert answer.headers["retry-after"]
            assert b"<" not in answer.body
            await asyncio.sleep(0.2 + 0.3 * self.chance.random())
        else:
            assert answer.status == 409, (answer.status, answer.body[:500])

    async def _lost(self, operation: Operation) -> None:
        await asyncio.sleep(0.05 + 0.1 * self.chance.random())
        if self.chance.randrange(1000) < self.pace.gives_up:
            assert self.copy is not None
            self.history.given_up.update(one.word for one in self.copy.typed)
            self.operation = None
            await self._load()

    def _counted(self, status: int) -> int:
        self.times.statuses[status] = self.times.statuses.get(status, 0) + 1
        return status

    def _take(self, batches: list[dict[str, Any]]) -> None:
        assert self.copy is not None
        now = time.monotonic()
        for batch in batches:
            if self.operation is not None and batch["operation"] == self.operation.id:
                self._acknowledge(self.operation)
            for operation in self.copy.take([batch]):
                if operation in self.times.sent and operation not in self._mine:
                    self.times.seen.append(now - self.times.sent[operation])

    def _acknowledge(self, operation: Operation) -> None:
        assert self.copy is not None
        if self.operation is None or self.operation.id != operation.id:
            return
        self.times.acknowledged.append(time.monotonic() - self.times.sent[operation.id])
        self.copy.confirm(operation)
        self.history.acknowledged.update(operation.words)
        self.operation = None

    async def _listen(self) -> None:
        """One stream, opened again whenever it ends."""
        while True:
            try:
                async for event, data in self.person.events(f"{self.case}events/?tab={uuid.uuid4()}&page=front"):
                    self._hear(event, data)
            except (Refused, OSError):
                pass
            await asyncio.sleep(0.2 + 0.5 * self.chance.random())

    def _hear(self, event: str, data: str) -> None:
        key, _, version = data.partition("|")
        if event == "text" and key == self.key:
            self._heard = max(self._heard, int(version))
        elif event in ("hello", "resync"):
            self._asks = True
        self._wake.set()
