"""`python -m safetycase.healthcheck WHAT`: whether the process beside it does its work. Only the standard library.

A site's port: it answers, and its database answers it. `worker`: it has been in touch with the broker just now.
`beat`: the broker has just taken a message of its.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import sys
import time
from pathlib import Path

from safetycase.home import home_folder

FRESH = {"worker": 20.0, "beat": 90.0}  # seconds: ten heartbeats of Celery's; three sweeps
HOSTS = {"workshop": "WORKSHOP_HOST", "reading_room": "READING_ROOM_HOST"}


def show_life(name: str) -> None:
    """What the worker and the beat do while all is well."""
    _sign(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sign(name).touch()


def has_shown_life(name: str) -> bool:
    """Whether that was a short while ago."""
    with contextlib.suppress(FileNotFoundError):
        return time.time() - _sign(name).stat().st_mtime < FRESH[name]
    return False


def answers(port: int, host: str) -> bool:
    """Whether a site of this machine, asked as its proxy would ask, is well."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == http.HTTPStatus.OK
    return False


def main(what: str) -> int:
    """The exit status: 0 is well."""
    if what in FRESH:
        return int(not has_shown_life(what))
    return int(not answers(int(what), os.environ[HOSTS[os.environ["SITE"]]]))


def _sign(name: str) -> Path:
    return home_folder() / "alive" / name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
