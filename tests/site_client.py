"""Standing at either site under its restricted login, on the test's own connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, override_settings
from django.test.client import ClientHandler
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from cases.models import User
from safetycase.logins import Login
from safetycase.settings.databases import LOGIN_OF
from safetycase.settings.sites import Site, site_host, site_settings

CHAINS: dict[str, Any] = {}
BACKEND = "cases.accounts.backend.SideBackend"


def _role(raw: Any) -> str:
    with raw.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def _set_role(raw: Any, role: str) -> None:
    with raw.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')


@contextmanager
def as_login(login: Login | str) -> Iterator[None]:
    """Be that login inside the block ("reading_room" or Login.READING_ROOM). Nests; survives errors and rollbacks.

    After an SQL error outside any savepoint the transaction is lost anyway, and rolling it back takes the role away.
    Statements go to the driver directly: they are in no query count and no trace.
    """
    wanted = login if isinstance(login, Login) else Login(f"safetycase_{login}")
    connection.ensure_connection()
    before = _role(connection.connection)
    _set_role(connection.connection, wanted)
    try:
        yield
    finally:
        raw = connection.connection
        if raw is not None and not raw.closed and raw.info.transaction_status != TRANSACTION_STATUS_INERROR:
            _set_role(raw, before)


@contextmanager
def at_site(site: str) -> Iterator[None]:
    """The settings and the login of that site inside the block. Entering again costs nothing: URLs are not built anew."""
    if site == settings.SITE:
        with as_login(LOGIN_OF[Site(site)]):
            yield
        return
    with override_settings(**site_settings(site)), as_login(LOGIN_OF[Site(site)]):
        yield


class SiteClient(Client):
    """A browser at one site: every request has that site's settings and its restricted login.

    `SiteClient("reading_room", rhea).get("/")`
    """

    def __init__(self, site: str, user: User | None = None) -> None:
        super().__init__(headers={"host": site_host(Site(site))})
        self.site = site
        if user is not None:
            self.sign_in(user)

    def request(self, **request: Any) -> Any:
        """Every verb ends here."""
        with at_site(self.site):
            if self.handler._middleware_chain is None:
                self.handler._middleware_chain = self._chain()
            return super().request(**request)

    def _chain(self) -> Any:
        """The site's middleware, made once for all clients: making it looks through every static file."""
        if self.site not in CHAINS:
            maker = ClientHandler()
            maker.load_middleware()
            CHAINS[self.site] = maker._middleware_chain
        return CHAINS[self.site]

    def sign_in(self, user: User) -> SiteClient:
        """Signed in without a password, in the site's own session table. Returns itself."""
        with at_site(self.site):
            self.force_login(user, backend=BACKEND)
        return self


class InsideConnection:
    """Stands for the connection `inside` in tests: the test's own connection, under the inside login for each statement."""

    alias = "inside"

    def __init__(self, shared: BaseDatabaseWrapper) -> None:
        self.__dict__["shared"] = shared

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["shared"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.__dict__["shared"], name, value)

    def cursor(self) -> InsideCursor:
        """A cursor that reads as inside readers do."""
        return InsideCursor(self.__dict__["shared"].cursor())

    def chunked_cursor(self) -> InsideCursor:
        """The same: a test reads little."""
        return self.cursor()


class InsideCursor:
    """Takes the role for the statement alone; rows are fetched afterwards."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __enter__(self) -> InsideCursor:
        return self

    def __exit__(self, *_: object) -> None:
        self._cursor.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def execute(self, statement: Any, parameters: Any = None) -> Any:
        """As inside."""
        with as_login(Login.INSIDE):
            return self._cursor.execute(statement, parameters)
