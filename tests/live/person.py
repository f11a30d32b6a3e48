"""Somebody signed in at the workshop, over bare sockets: so that a request can be cut anywhere, and a stream be read as it comes."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode
from weakref import WeakSet

SECRET = "a" * 32
T = TypeVar("T")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """As JSON."""
        return json.loads(self.body)


class Lost(Exception):
    """The connection broke: nobody knows whether the request was heard."""


class Person:
    """One browser with one connection for requests; streams have their own."""

    def __init__(self, host: str, port: int, cookie: str) -> None:
        self.host, self.port, self._cookie = host, port, cookie
        self._pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._opened: WeakSet[asyncio.StreamWriter] = WeakSet()
        PEOPLE.append(self)

    async def get(self, path: str) -> Answer:
        """Read something; once more on a new connection if the old one had been closed."""
        try:
            return await self.send(self.raw("GET", path))
        except Lost:
            return await self.send(self.raw("GET", path))

    async def post(self, path: str, data: dict[str, Any]) -> Answer:
        """Send a form."""
        return await self.send(self.raw("POST", path, urlencode(data, doseq=True).encode(), FORM))

    async def post_json(self, path: str, data: Any) -> Answer:
        """Send JSON, as the editor does."""
        return await self.send(self.raw("POST", path, json.dumps(data).encode(), "application/json"))

    def raw(self, method: str, path: str, body: bytes = b"", kind: str = "") -> bytes:
        """The bytes of a request."""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}",
            f"Cookie: {self._cookie}; workshop_csrf={SECRET}",
            "X-Editor: 1",
            f"X-CSRFToken: {SECRET}",
        ]
        if body:
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def send(self, request: bytes) -> Answer:
        """Send the bytes and wait for the answer. Raises Lost."""
        try:
            reader, writer = self._pipe or await self.connect()
            self._pipe = reader, writer
            writer.write(request)
            await writer.drain()
            return await answer_from(reader)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            self.hang_up()
            raise Lost from error
        except asyncio.CancelledError:
            self.hang_up()
            raise

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A new connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._opened.add(writer)
        return reader, writer

    def hang_up(self) -> None:
        """Close the connection, whatever was under way."""
        if self._pipe is not None:
            self._pipe[1].close()
        self._pipe = None

    def go(self) -> None:
        """Close everything that is open."""
        for writer in list(self._opened):
            writer.close()

    async def events(self, path: str) -> AsyncIterator[tuple[str, str]]:
        """What a stream says: (event, data); ("", comment) for a comment. Ends when the stream does. Raises Refused."""
        reader, writer = await self.connect()
        try:
            writer.write(self.raw("GET", path))
            status, headers = await head_from(reader)
            if status != 200:
                raise Refused(status, await body_from(reader, headers))
            name = ""
            async for line in lines_from(reader):
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    yield name, line[6:]
                elif line.startswith(": "):
                    yield "", line[2:]
        except (OSError, asyncio.IncompleteReadError, ValueError):
            return
        finally:
            writer.close()


PEOPLE: list[Person] = []  # of the story that is being played


class Refused(Exception):
    """No stream for this person."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status, self.body = status, body


def play(story: Coroutine[Any, Any, T]) -> T:
    """Run a story to its end; nobody's connection outlives it."""

    async def whole() -> T:
        try:
            return await story
        finally:
            for person in PEOPLE:
                person.go()
            PEOPLE.clear()
            await asyncio.sleep(0.01)  # for the transports to close

    return in_a_loop(whole())


def in_a_loop(story: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` in a thread of its own: a browser test that ran before leaves playwright's loop running in this one."""
    with ThreadPoolExecutor(1, thread_name_prefix="story") as apart:
        return apart.submit(asyncio.run, story).result()


async def answer_from(reader: asyncio.StreamReader) -> Answer:
    """One whole answer."""
    status, headers = await head_from(reader)
    return Answer(status, headers, b"" if status in (204, 304) else await body_from(reader, headers))


async def head_from(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """Status and headers."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    return int(head[0].split()[1]), headers


async def body_from(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    """The body, in chunks or by its length."""
    if headers.get("transfer-encoding") == "chunked":
        return b"".join([chunk async for chunk in chunks_from(reader)])
    return await reader.readexactly(int(headers.get("content-length", 0)))


async def chunks_from(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The chunks of a chunked body."""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)


async def lines_from(reader: asyncio.StreamReader) -> AsyncIterator[str]:
    """The lines of a chunked body, as they come."""
    rest = b""
    async for chunk in chunks_from(reader):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.decode()


async def within(seconds: float, waiting: Any) -> Any:
    """What is waited for; a test fails with a sentence and not with a hang."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await waiting
    raise AssertionError(f"nothing within {seconds} seconds")
