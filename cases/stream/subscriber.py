"""One open stream: a bounded queue between the hub's thread and the loop that sends."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from cases.loaders.listeners import Listener
from cases.stream.events import RESYNC

ROOM = 100


class Subscriber:
    """Made in the loop that will send. `offer` and `end` may be called from any thread, before or after the other end went."""

    def __init__(self, who: Listener) -> None:
        self.who = who
        self.greeted = False  # the hub's
        self.shown = b""  # the hub's: which list of people was sent last
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(ROOM)

    def offer(self, chunk: bytes) -> None:
        """To be sent after what waits already. Whoever reads too slowly loses all of that, and is told so."""
        self._soon(chunk)

    def end(self, last: bytes) -> None:
        """Send this next, and nothing after it."""
        self._soon(last, None)

    async def chunks(self) -> AsyncIterator[bytes]:
        """What to send, until the end."""
        while (chunk := await self._queue.get()) is not None:
            yield chunk

    def _soon(self, *chunks: bytes | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: its process ends
            self._loop.call_soon_threadsafe(self._put, chunks)

    def _put(self, chunks: tuple[bytes | None, ...]) -> None:
        ends = None in chunks
        if ends or self._queue.qsize() + len(chunks) > ROOM:
            while not self._queue.empty():
                self._queue.get_nowait()
            self.shown = b""
            if not ends:
                self._queue.put_nowait(RESYNC)
        for chunk in chunks:
            self._queue.put_nowait(chunk)
