"""Which login a process has: the embedded server's, or any other's by the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from safetycase.home import secret
from safetycase.logins import Login
from safetycase.postgres import ADMIN, PORT, socket_folder
from safetycase.settings.given import given
from safetycase.settings.sites import Site

LOGIN_OF = {
    Site.WORKSHOP: Login.WORKSHOP,
    Site.READING_ROOM: Login.READING_ROOM,
    Site.WORKER: Login.WORKSHOP,
    Site.OWNER: Login.OWNER,
}


def logins_of(site: Site) -> tuple[Login, ...]:
    """With which a process signs in to the database: its own, then the inside readers'. The beat only sends messages."""
    if site is Site.BEAT:
        return ()
    return (LOGIN_OF[site],) if site is Site.READING_ROOM else (LOGIN_OF[site], Login.INSIDE)


def is_embedded() -> bool:
    """Whether the server is the one that we start ourselves."""
    return not os.environ.get("SAFETYCASE_DB_HOST") and not without_database()


def without_database() -> bool:
    """Whether this process is to do without, as when it only compares models with migrations."""
    return os.environ.get("SAFETYCASE_NO_DATABASE") == "1"


def databases(site: Site, home: Path) -> dict[str, dict[str, Any]]:
    """The reading room has one connection, with its own login; everybody else can also read as inside readers do."""
    # Both sites answer in a few threads that last, each with its own connection. The worker is quiet for hours.
    keep = None if site in (Site.READING_ROOM, Site.WORKSHOP) else 0
    logins = logins_of(site)
    found = {}
    if logins:
        found["default"] = _database(logins[0], home) | {"CONN_MAX_AGE": keep, "CONN_HEALTH_CHECKS": True}
    if Login.INSIDE in logins:
        found["inside"] = _database(Login.INSIDE, home) | {"TEST": {"MIRROR": "default"}}
    return found


def password_of(login: Login | str, home: Path) -> str:
    """From SAFETYCASE_DB_PASSWORD_WORKSHOP and the like; on the embedded server from the home."""
    password = given(f"SAFETYCASE_DB_PASSWORD_{login.removeprefix('safetycase_').upper()}")
    if password:
        return password
    return secret(home, str(login)) if is_embedded() else ""


def administrator(home: Path) -> dict[str, str] | None:
    """How to reach the server as its administrator, or None when somebody else looks after it."""
    if is_embedded():
        return {"host": str(socket_folder(home)), "port": str(PORT), "user": ADMIN, "password": secret(home, ADMIN)}
    user = os.environ.get("SAFETYCASE_DB_ADMIN_USER")
    if not user:
        return None
    return {
        "host": _host(home),
        "port": _port(),
        "user": user,
        "password": given("SAFETYCASE_DB_ADMIN_PASSWORD"),
    }


def _database(login: Login, home: Path) -> dict[str, Any]:
    return {
        "ENGINE": f"django.db.backends.{'dummy' if without_database() else 'postgresql'}",
        "HOST": _host(home),
        "PORT": _port(),
        "NAME": os.environ.get("SAFETYCASE_DB_NAME", "safetycase"),
        "USER": login.value,
        "PASSWORD": password_of(login, home),
        "OPTIONS": {"connect_timeout": 5},
    }


def _host(home: Path) -> str:
    return os.environ.get("SAFETYCASE_DB_HOST") or str(socket_folder(home))


def _port() -> str:
    return os.environ.get("SAFETYCASE_DB_PORT") or str(PORT)
