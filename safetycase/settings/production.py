"""What production demands: a process that lacks some of it refuses to start, with one sentence for each thing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from safetycase.settings.databases import logins_of
from safetycase.settings.given import given
from safetycase.settings.sites import Site

HOST = re.compile(r"(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?")
KEY_LENGTH = 50  # Django's own check asks for as much


def is_production(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether people reach the sites over HTTPS, through a proxy."""
    return environment.get("SAFETYCASE_PRODUCTION") == "1"


def refuse_unless_complete(site: Site, environment: Mapping[str, str] = os.environ) -> None:
    """End the process in production when something is missing. Raises SystemExit."""
    missing = list(faults(site, environment)) if is_production(environment) else []
    if missing:
        raise SystemExit("\n".join(f"error: {sentence}" for sentence in missing))


def faults(site: Site, environment: Mapping[str, str]) -> Iterator[str]:
    """What this process lacks."""
    if environment.get("SAFETYCASE_DEMO") == "1":
        yield "SAFETYCASE_DEMO and SAFETYCASE_PRODUCTION exclude each other"
    yield from _host_faults(environment)
    if site is not Site.BEAT:
        yield from _secret_faults(site, environment)
    if site in {Site.WORKSHOP, Site.WORKER, Site.BEAT} and not given("REDIS_URL", environment):
        yield "REDIS_URL is not set; it is the way from the sites to the worker, as in redis://redis:6379/0"
    if site in {Site.WORKSHOP, Site.READING_ROOM, Site.WORKER} and not _has_mail(environment):
        yield "SAFETYCASE_EMAIL_HOST is not set; without it mail, with its links to new passwords, would go to the log"


def _host_faults(environment: Mapping[str, str]) -> Iterator[str]:
    hosts = {name: environment.get(name, "").lower() for name in ("WORKSHOP_HOST", "READING_ROOM_HOST")}
    for name, host in hosts.items():
        if not HOST.fullmatch(host):
            yield f"{name} must be a full host name, as in workshop.example.org without https://, not {host!r}"
    if hosts["WORKSHOP_HOST"].split(":")[0] == hosts["READING_ROOM_HOST"].split(":")[0]:
        yield "WORKSHOP_HOST and READING_ROOM_HOST must be two names: a browser sends cookies to every port of one"


def _secret_faults(site: Site, environment: Mapping[str, str]) -> Iterator[str]:
    if len(given("SAFETYCASE_SECRET_KEY", environment)) < KEY_LENGTH:
        yield f"SAFETYCASE_SECRET_KEY must have {KEY_LENGTH} characters or more"
    if not environment.get("SAFETYCASE_DB_HOST"):
        yield "SAFETYCASE_DB_HOST is not set; the embedded database is for one machine without a proxy"
    for login in logins_of(site):
        name = f"SAFETYCASE_DB_PASSWORD_{login.removeprefix('safetycase_').upper()}"
        if not given(name, environment):
            yield f"{name} is not set; this process signs in to the database as {login}"


def _has_mail(environment: Mapping[str, str]) -> bool:
    return bool(environment.get("SAFETYCASE_EMAIL_HOST") or environment.get("SAFETYCASE_EMAIL_BACKEND"))
