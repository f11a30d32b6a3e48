"""The services of docker-compose.yml, started outside containers: their commands, their environment, their checks."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetycase.home import secret
from safetycase.postgres import ADMIN, EmbeddedPostgres, socket_folder
from safetycase.processes import die_with_parent
from tests.safetycase.compose import REPOSITORY, Service, must_be_given, services

PROGRAMS = Path(sys.executable).parent
PATIENCE = 90.0
OURS = ("SAFETYCASE_", "DJANGO_", "SITE", "WORKSHOP_", "READING_ROOM_", "REDIS_", "PG")


def plain_environment() -> dict[str, str]:
    """Ours without what concerns Safetycase, and with the programs that the image would have on its path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", "PYTHONDONTWRITEBYTECODE": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgresOnTcp(EmbeddedPostgres):
    """Another cluster, reached as a container's would be: by address, port and password. The product's opens no port."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.port = free_port()

    def _pg_ctl_start(self) -> int:
        log = self.home / "postgres.log"
        log.touch(0o600)
        self._give(log)
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories="
        return self._run("pg_ctl", "start", "-w", "-D", self.data, "-l", log, "-o", options, ok=(0, 1))

    def running(self) -> bool:
        """Whether its main process is there."""
        return (self.data / "postmaster.pid").exists()

    def programs(self) -> Path:
        """Where the server's own are; a machine may have older ones."""
        return self._programs()


@dataclass(frozen=True)
class Account:
    """Whom a service runs as: an ordinary user, or whoever runs the tests."""

    number: int | None

    @property
    def become(self) -> dict[str, Any]:
        """For subprocess."""
        return {} if self.number is None else {"user": self.number, "group": self.number, "extra_groups": []}

    def take(self, folder: Path) -> None:
        """The folder becomes its own."""
        if self.number is not None:
            os.chown(folder, self.number, self.number)


class Installation:
    """Everything that the file describes, on free ports of this machine."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="safetycase-compose-"))
        self.postgres = PostgresOnTcp(self.home / "server")
        self.redis_port = free_port()
        self.values = self._values()
        self.services = services(self.values)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.account = _account()

    def _values(self) -> dict[str, str]:
        self.home.chmod(0o711)  # the server's account goes through
        return {name: secrets.token_urlsafe(50) for name in must_be_given()} | {
            "DB_ADMIN_PASSWORD": secret(self.postgres.home, ADMIN),
            "DB_HOST": "127.0.0.1",
            "DB_PORT": str(self.postgres.port),
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "WORKSHOP_HOST": "workshop.example.org",
            "READING_ROOM_HOST": "reading-room.example.org",
            "WORKSHOP_PORT": str(free_port()),
            "READING_ROOM_PORT": str(free_port()),
            "EMAIL_HOST": "mail.invalid",
            "FROM_EMAIL": "safetycase@example.org",
        }

    def environment(self, service: Service) -> dict[str, str]:
        """What a container of it has: the file's, the image's, and a place of its own to write to."""
        own = self.home / service.name
        if not own.exists():
            own.mkdir(mode=0o700)
            self.account.take(own)
        image = {"SAFETYCASE_HOME": str(own), "SAFETYCASE_STATIC_ROOT": str(self.home / "static-files")}
        client = {"PGPORT": str(self.postgres.port)}  # in the container it is the usual one
        programs = os.pathsep.join([str(self.postgres.programs()), plain_environment()["PATH"]])
        return plain_environment() | {"HOME": str(own), "PATH": programs} | image | client | service.environment

    def run(self, service: Service, *command: str) -> str:
        """Run something to its end in the service's environment; what it said."""
        ran = subprocess.run(
            command,
            env=self.environment(service),
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            **self.account.become,
        )
        assert ran.returncode == 0, (command, ran.stdout, ran.stderr)
        return ran.stdout

    def start(self, service: Service, *more: str) -> None:
        """Start the service's command."""
        with (self.home / f"{service.name}.log").open("ab") as log:
            self.running[service.name] = subprocess.Popen(
                [*service.command, *more],
                env=self.environment(service),
                cwd=REPOSITORY,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self.account.become,
                preexec_fn=die_with_parent,  # noqa: PLW1509  # no threads have been started
            )

    def wait_until_well(self, service: Service) -> None:
        """Until the service's own health check passes."""
        deadline = time.monotonic() + PATIENCE
        while not self.is_well(service):
            process = self.running.get(service.name)
            assert process is None or process.poll() is None, self.log(service.name)
            assert time.monotonic() < deadline, self.log(service.name)
            time.sleep(0.2)

    def is_well(self, service: Service) -> bool:
        """What its health check says now."""
        quiet = subprocess.DEVNULL
        command, environment = service.health_check, self.environment(service)
        ran = subprocess.run(
            command, env=environment, cwd=REPOSITORY, stdout=quiet, stderr=quiet, check=False, **self.account.become
        )
        return ran.returncode == 0

    def log(self, name: str) -> str:
        return (self.home / f"{name}.log").read_text()[-3000:]

    def end(self, name: str) -> int:
        """As `docker stop` does; the exit status."""
        process = self.running.pop(name)
        process.terminate()
        try:
            return process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait()

    def remove(self) -> None:
        """End what runs and leave nothing."""
        for name in reversed(list(self.running)):
            self.end(name)
        self.postgres.down()
        shutil.rmtree(socket_folder(self.postgres.home), ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)


def _account() -> Account:
    """Whom root becomes for our services, as the image does; itself where nobody else may enter the checkout or run its Python."""
    nobody = Account(pwd.getpwnam("nobody").pw_uid)
    if os.geteuid() != 0:
        return Account(None)
    tried = [PROGRAMS / "python", "-c", "import django, safetycase"]
    try:
        subprocess.run(tried, cwd=REPOSITORY, check=True, **nobody.become)
    except (PermissionError, subprocess.CalledProcessError):
        return Account(None)
    return nobody
