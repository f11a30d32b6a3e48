"""Makes the logins and the empty database on a server to which we have an administrator's login."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import make_dsn

from safetycase.logins import RESTRICTED, Login

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812

ONE_AT_A_TIME = 7_233_827  # any number: the advisory lock of this file
NO_POWERS = "NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT LOGIN"


def bootstrap(*, admin: Mapping[str, str], passwords: Mapping[Login, str], database: str) -> None:
    """Make what is missing and set the passwords. Several processes may call it at once; calling it again changes nothing."""
    connection = psycopg2.connect(make_dsn(dbname="postgres", **admin))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            _make_logins(cursor, passwords)
            _make_database(cursor, database)
    finally:
        connection.close()


def _make_logins(cursor: Cursor, passwords: Mapping[Login, str]) -> None:
    for login, password in passwords.items():
        name = sql.Identifier(login)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE ROLE {}").format(name))
        powers = sql.SQL(f"{NO_POWERS} CREATEDB" if login is Login.OWNER else f"{NO_POWERS} NOCREATEDB")
        cursor.execute(sql.SQL("ALTER ROLE {} {} PASSWORD {}").format(name, powers, sql.Literal(password)))
    owner = sql.Identifier(Login.OWNER)
    for login in RESTRICTED:  # so that tests may take the role on the owner's connection
        cursor.execute(sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(sql.Identifier(login), owner))
    cursor.execute("REVOKE ALL ON DATABASE postgres FROM PUBLIC")
    cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE postgres TO {}").format(owner))


def _make_database(cursor: Cursor, database: str) -> None:
    name = sql.Identifier(database)
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(Login.OWNER)))
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
