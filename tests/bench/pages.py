"""Stage of the reading room, under its own login: one page of an edition over HTTP, counted and timed where the site answers."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from http.client import HTTPConnection
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from psycopg2.extensions import cursor as DriverCursor  # noqa: N812

from cases.models import User
from review.models import EditionPart
from review.states import FIND
from tests.bench.figures import paired, progress, say
from tests.bench.state import FACTORS, State

BACKEND = "cases.accounts.backend.SideBackend"
FIGURE = "pathways"
KINDS = ("front", "sections", "pathways", "claims", "evidence", "register")


class CountingCursor(DriverCursor):
    """Counts whatever is sent to the server, the connection's own check of its health included; BEGIN and COMMIT pass below it."""

    sent: list[str] = []

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002  # the driver's name
        """Count, then send."""
        self.sent.append(str(query))
        super().execute(query, vars)


class Site:
    """The reading room behind a small HTTP server in this process."""

    def __init__(self, cookie: str) -> None:
        settings.ROOT_URLCONF = "tests.bench.empty"
        connections.settings["default"].setdefault("OPTIONS", {})["cursor_factory"] = CountingCursor
        self._application, self._cookie, self.took = get_wsgi_application(), cookie, 0.0
        self._server = make_server("127.0.0.1", 0, self._answer, handler_class=Silent)
        Thread(target=self._server.serve_forever, daemon=True).start()

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Everything between the server and the socket: middleware, view, templates, SQL, and closing."""
        start = time.perf_counter()
        response = self._application(environ, start_response)
        body = [b"".join(response)]
        response.close()
        self.took = time.perf_counter() - start
        return body

    def get(self, path: str) -> float:
        """Seconds in the site for a page that must be there."""
        connection = HTTPConnection("127.0.0.1", self._server.server_port)
        connection.request("GET", path, headers={"Host": settings.ALLOWED_HOSTS[0], "Cookie": self._cookie})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status, body[:200])
        connection.close()
        return self.took

    def statements(self, path: str) -> int:
        """How many statements one page takes."""
        self.get(path)
        CountingCursor.sent.clear()
        self.get(path)
        return len(CountingCursor.sent)


class Silent(WSGIRequestHandler):
    """No line per request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def measure(state: State) -> None:
    """All figures of single pages; leaves the session and the pages for the load."""
    from tests.bench import finding  # it uses this module's site

    state.cookie = _session(state)
    site = Site(state.cookie)
    for factor in FACTORS:
        found = {page: site.statements(_address(state, factor, page)) for page in _pages(state, factor)}
        say(f"edition_page_queries_{factor}x", max(found.values()), "statements", len(found))
        progress(f"pages by statements, {factor}x: {dict(Counter(found.values()))}")
    state.pages = [_address(state, 1, page) for page in _pages(state, 1)]
    _over_empty(site, state)
    finding.measure(site, state)


def _session(state: State) -> str:
    """Signed in as the site does it, password apart."""
    client = Client()
    client.force_login(User.objects.get(pk=state.people["Rhea"]), backend=BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _pages(state: State, factor: int) -> list[str]:
    parts = EditionPart.objects.filter(edition_id=state.edition(factor)).exclude(page=FIND)
    return list(parts.order_by("page").values_list("page", flat=True))


def _address(state: State, factor: int, page: str) -> str:
    return f"/editions/{state.edition(factor)}/" + ("" if page == "front" else f"{page}/")


def _over_empty(site: Site, state: State) -> None:
    """The figure is that of a pathway's page with its threads; the other kinds are told as progress."""
    pages = _pages(state, 1)
    empty = partial(site.get, f"/bench/{state.case(1)}/")
    for kind in KINDS:
        page = next(page for page in pages if page.startswith(kind))
        n = 201 if kind == FIGURE else 31
        ratio = paired(partial(site.get, _address(state, 1, page)), empty, n, f"{page}, empty page")
        progress(f"{page} over empty: {ratio:.2f}")
        if kind == FIGURE:
            say("edition_page_over_empty", ratio, "ratio", n)
