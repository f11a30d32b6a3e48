"""How the workshop's server runs requests: in a few threads that keep their database connections; streams in the loop.

Django's own ASGI handler gives every request a new thread, so a new connection to the database, and takes it from thread to
loop and back for each middleware. docs/decisions/0009 has what that costs.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponseBase

THREADS = 12

Message = Mapping[str, Any]


class ThreadsHandler(ASGIHandler):
    """Middleware and views are synchronous, all of them: one thread takes a request through everything."""

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """One request. Without Django's thread for each: what little it still runs for itself needs no connection."""
        if scope["type"] != "http":
            raise ValueError(f"This site speaks HTTP, not {scope['type']}.")
        await self.handle(scope, receive, send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, made in one of the threads. Whoever hangs up meanwhile does not stop it half-way."""
        loop, context = asyncio.get_running_loop(), contextvars.copy_context()
        answer = loop.run_in_executor(self._threads, context.run, self._answer, request)
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            await asyncio.wait([answer])  # else the request's body would be closed under the view
            raise

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        close_old_connections()  # one that broke, say because the server was restarted
        try:
            return self.get_response(request)
        finally:
            close_old_connections()


def made_ready() -> ThreadsHandler:
    """The site, with everything loaded."""
    django.setup(set_prefix=False)
    return ThreadsHandler()
