"""Workshops in a home of their own, as processes that can be killed, on a PostgreSQL server that can be killed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psycopg2

from safetycase import servers
from safetycase.home import secret
from safetycase.postgres import ADMIN, EmbeddedPostgres, socket_folder
from safetycase.processes import die_with_parent
from tests.live.person import Person

ROOT = Path(__file__).parents[2]
OURS = ("SAFETYCASE_", "DJANGO_", "SITE", "WORKSHOP_", "READING_ROOM_", "REDIS_URL")
PATIENCE = 60.0


class Workshop:
    """Some processes of one workshop; `made` is what `prepare` said."""

    def __init__(self, writers: int, processes: int, **environment: str) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="safetycase-live-"))
        self.home.chmod(0o711)  # the server's account goes through
        self.postgres = EmbeddedPostgres(self.home)
        self.host = "workshop.localhost"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self._environment = {
            **kept,
            "SAFETYCASE_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "safetycase.settings",
            "WORKSHOP_HOST": self.host,
            **environment,
        }
        self.postgres.up()
        self.made: dict[str, Any] = self._prepare(writers)
        self.ports = [free_port() for _ in range(processes)]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        for port in self.ports:
            self.start(port)
        for port in self.ports:
            self.wait_for(port)

    def start(self, port: int) -> None:
        """One more process of the workshop, as the product starts it."""
        with (self.home / "workshop.log").open("ab") as log:
            self._running[port] = subprocess.Popen(
                [sys.executable, *servers.workshop(port)],
                cwd=ROOT,
                env={**self._environment, "SITE": "workshop"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,  # noqa: PLW1509  # the child only asks to die with us
            )

    def kill(self, port: int) -> None:
        """As nothing can prepare for."""
        self._running[port].kill()
        self._running[port].wait()

    def end(self, port: int) -> float:
        """As `docker stop` does; how many seconds it took."""
        start = time.monotonic()
        self._running[port].send_signal(signal.SIGTERM)
        self._running[port].wait(30)
        return time.monotonic() - start

    def kill_postgres(self) -> None:
        """The whole server at once, not to be started again by itself."""
        pid = int((self.postgres.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while self.postgres.running() and time.monotonic() < deadline:
            time.sleep(0.05)

    def wait_for(self, port: int) -> None:
        """Until it answers."""
        deadline = time.monotonic() + PATIENCE
        while not self.answers(port):
            assert self._running[port].poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def answers(self, port: int) -> bool:
        """Whether it is well."""
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError, HTTPException):
            connection.request("GET", "/healthz", headers={"Host": self.host})
            return connection.getresponse().status == 200
        return False

    def log(self) -> str:
        """The end of what all of them said."""
        return (self.home / "workshop.log").read_text()[-6000:]

    def remove(self) -> None:
        """End what runs and leave nothing."""
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()
        self.postgres.down()
        shutil.rmtree(socket_folder(self.home), ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)

    def sql(self, *statements: str) -> list[Any]:
        """Done behind the product's back, in one transaction; the rows of the last statement, if it has any."""
        login = {"host": str(socket_folder(self.home)), "user": ADMIN, "password": secret(self.home, ADMIN)}
        made = psycopg2.connect(dbname="safetycase", **login)
        with contextlib.closing(made) as connection, connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def person(self, name: str, process: int = 0) -> Person:
        """Somebody signed in, at one of the processes."""
        return Person(self.host, self.ports[process], self.made["people"][name]["cookie"])

    @property
    def case(self) -> str:
        """The address of the case."""
        return f"/cases/{self.made['case']}/"

    def owner(self, *arguments: str) -> str:
        """What a command says that is run as the owner."""
        command, environment = [sys.executable, *arguments], {**self._environment, "SITE": "owner"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def _prepare(self, writers: int) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.owner("-m", "tests.live.prepare", str(writers)))
        return found


def free_port() -> int:
    """A port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_workshop(writers: int = 0, processes: int = 1, **environment: str) -> Iterator[Workshop]:
    """A workshop inside the block."""
    made = Workshop(writers, processes, **environment)
    try:
        yield made
    finally:
        made.remove()
