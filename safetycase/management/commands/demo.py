"""`manage.py demo`: everything on this machine, in the foreground, until Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from cases.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from cases.models import Side
from safetycase import servers
from safetycase.healthcheck import answers
from safetycase.processes import Children, children
from safetycase.settings.databases import is_embedded

PATIENCE = 60.0
LAST_PORT = 65535


class Stopped(BaseException):
    """Somebody asked us to stop. Not an Exception: nothing on the way may take it for an error of its own."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


class Command(BaseCommand):
    """Starts the demo."""

    help = "Start the workshop, the reading room and a worker on loopback with the example case."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Check, set up, start, say so, wait."""
        workshop, room = _port("WORKSHOP_PORT", "8000"), _port("READING_ROOM_PORT", "8001")
        if workshop == room:
            raise CommandError(f"WORKSHOP_PORT and READING_ROOM_PORT are both {workshop}; give each its own")
        _require_free(workshop, "WORKSHOP_PORT")
        _require_free(room, "READING_ROOM_PORT")
        _require_disk(settings.HOME)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        settings.DEMO = True
        try:
            with ExitStack() as stack:
                self._run(stack.enter_context(children()), workshop, room)
        except Stopped:
            self.stderr.write("stopped")

    def _run(self, made: Children, workshop: int, room: int) -> None:
        logs = settings.HOME / "logs"
        if is_embedded():
            _hold_server(made, logs)
        call_command("set_up_database", stdout=self.stderr)
        call_command("load_demo", stdout=self.stderr)
        connections.close_all()
        common = {"DJANGO_SETTINGS_MODULE": "safetycase.settings", "SAFETYCASE_DEMO": "1"}
        common |= {"WORKSHOP_HOST": f"localhost:{workshop}", "READING_ROOM_HOST": f"localhost:{room}"}
        made.start("workshop", servers.workshop(workshop), {**common, "SITE": "workshop"}, logs)
        made.start("reading-room", servers.reading_room(room), {**common, "SITE": "reading_room"}, logs)
        made.start("worker", servers.worker(), {**common, "SITE": "worker"}, logs)
        made.start("beat", servers.beat(), {**common, "SITE": "beat"}, logs)
        _wait_for(made, workshop, room)
        _say(workshop, room)
        while True:
            _require_running(made)
            time.sleep(0.5)


def _hold_server(made: Children, logs: Path) -> None:
    """Keep the database server up in a process of its own, which stops it even when we are killed."""
    ready = made.start_and_read("database", servers.database(), {}, logs)
    if ready != "ready":
        raise CommandError((ready or "the database did not start").removeprefix("error: "))


def _say(workshop: int, room: int) -> None:
    lines = [f"workshop http://localhost:{workshop}", f"reading-room http://localhost:{room}"]
    for account in DEMO_ACCOUNTS:
        where = "reading room" if account.side == Side.OUTSIDE else "workshop"
        lines.append(f"account {account.address} {account.name}, {where}: {account.what}")
    for line in [*lines, f"password {DEMO_PASSWORD}", "ready"]:
        print(line, flush=True)


def _port(name: str, usual: str) -> int:
    value = os.environ.get(name) or usual
    if not value.isdecimal() or not 0 < int(value) <= LAST_PORT:
        raise CommandError(f"{name} must be a port number, not {value!r}")
    return int(value)


def _require_free(port: int, name: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"port {port} is taken ({error.strerror}); stop what uses it, or set {name} to another"
            ) from None


def _require_disk(home: Path) -> None:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(there).free // 2**20
    if free < settings.MIN_FREE_MB:
        raise CommandError(
            f"{home} has {free} MB free and {settings.MIN_FREE_MB} MB are needed; make room, or set SAFETYCASE_HOME elsewhere"
        )


def _require_running(made: Children) -> None:
    if name := made.ended():
        raise CommandError(f"the {name} ended by itself; {settings.HOME / 'logs' / name}.log says why")


def _wait_for(made: Children, *ports: int) -> None:
    deadline = time.monotonic() + PATIENCE
    for port in ports:
        while not answers(port, f"localhost:{port}"):
            _require_running(made)
            if time.monotonic() > deadline:
                raise CommandError(f"nothing answers at port {port} after {PATIENCE:.0f} seconds")
            time.sleep(0.1)
