"""What differs between the processes: one function, so that tests can stand at either site."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from typing import TypedDict


class Site(StrEnum):
    """What a process is."""

    WORKSHOP = "workshop"
    READING_ROOM = "reading_room"
    WORKER = "worker"
    BEAT = "beat"
    OWNER = "owner"


class SiteSettings(TypedDict):
    """The settings that differ."""

    SITE: str
    SIDE: str
    ROOT_URLCONF: str
    SESSION_ENGINE: str
    SESSION_COOKIE_NAME: str
    CSRF_COOKIE_NAME: str
    ALLOWED_HOSTS: list[str]
    OTHER_SITE_HOST: str
    CACHES: dict[str, dict[str, str]]


def site_host(site: Site, environment: Mapping[str, str] = os.environ) -> str:
    """The host, with its port where there is one, at which people reach the site."""
    if site is Site.READING_ROOM:
        return environment.get("READING_ROOM_HOST") or f"localhost:{environment.get('READING_ROOM_PORT') or 8001}"
    return environment.get("WORKSHOP_HOST") or f"localhost:{environment.get('WORKSHOP_PORT') or 8000}"


def site_settings(site: str, environment: Mapping[str, str] = os.environ) -> SiteSettings:
    """The settings of that site. The others stand in the workshop."""
    place = Site.READING_ROOM if Site(site) is Site.READING_ROOM else Site.WORKSHOP
    other = Site.WORKSHOP if place is Site.READING_ROOM else Site.READING_ROOM
    return {
        "SITE": Site(site).value,
        "SIDE": "outside" if place is Site.READING_ROOM else "inside",
        "ROOT_URLCONF": f"safetycase.urls.{place}",
        "SESSION_ENGINE": f"cases.accounts.{place}_sessions",
        "SESSION_COOKIE_NAME": f"{place}_session",
        "CSRF_COOKIE_NAME": f"{place}_csrf",
        "ALLOWED_HOSTS": [site_host(place, environment).rsplit(":", 1)[0]],
        "OTHER_SITE_HOST": site_host(other, environment),
        "CACHES": {
            "default": {
                "BACKEND": "cases.accounts.cache.TableCache",
                "LOCATION": f"cases_{place.replace('_', '')}cache",
            }
        },
    }
