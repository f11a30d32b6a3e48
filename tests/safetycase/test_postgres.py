"""The embedded server: as root and as somebody else, killed, started twice, held and let go."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from safetycase.home import secret
from safetycase.postgres import ADMIN, EmbeddedPostgres, PostgresError, socket_folder

pytestmark = [pytest.mark.real_server, pytest.mark.xdist_group("real_server")]
REPOSITORY = Path(__file__).parents[2]
HOLD = [sys.executable, "-m", "safetycase.hold_database"]


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that root's borrowed account can enter, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="safetycase-test-"))
    yield folder
    EmbeddedPostgres(folder).down()
    shutil.rmtree(socket_folder(folder), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def ask(home: Path, password: str | None = None, host: str | None = None) -> str:
    """One question to the server."""
    connection = psycopg2.connect(
        host=host or str(socket_folder(home)),
        port=5432,
        user=ADMIN,
        dbname="postgres",
        password=password or secret(home, ADMIN),
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


def hold(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        HOLD, env={**os.environ, "SAFETYCASE_HOME": str(home)}, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )


def test_server_is_up_while_held_and_down_afterwards(home):
    server = EmbeddedPostgres(home)
    with server.held():
        assert ask(home).startswith("18.")
    assert not server.running()
    with pytest.raises(psycopg2.OperationalError):
        ask(home)


def test_server_listens_on_a_private_socket_alone_and_wants_the_password(home):
    with EmbeddedPostgres(home).held():
        folder = socket_folder(home).stat()
        assert stat.S_IMODE(folder.st_mode) == 0o700
        assert stat.S_IMODE((home / "secrets" / ADMIN).stat().st_mode) == 0o600
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            ask(home, password="guessed")
        with pytest.raises(psycopg2.OperationalError, match="refused"):
            ask(home, host="127.0.0.1")


def test_two_processes_start_it_together_and_the_last_to_leave_stops_it(home):
    with hold(home) as first, hold(home) as second:
        assert [first.stdout.readline(), second.stdout.readline()] == ["ready\n", "ready\n"]
        first.terminate()
        first.wait(20)
        assert ask(home)
        second.terminate()
    assert not EmbeddedPostgres(home).running()


def test_killed_holder_counts_as_gone(home):
    with hold(home) as killed, hold(home) as other:
        assert [killed.stdout.readline(), other.stdout.readline()] == ["ready\n", "ready\n"]
        killed.kill()
        killed.wait(20)
        other.terminate()
    assert not EmbeddedPostgres(home).running()


def test_server_comes_back_after_kill_9(home):
    server = EmbeddedPostgres(home)
    server.up()
    pid = int((server.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.3)
    assert not server.running()
    server.up()
    assert ask(home).startswith("18.")


def test_folder_of_another_user_is_refused(home):
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder that belongs to somebody else")
    os.chown(home, 12345, 12345)
    with pytest.raises(PostgresError, match="belongs to another user"):
        EmbeddedPostgres(home).up()
    os.chown(home, 0, 0)


def test_link_in_place_of_the_socket_folder_is_refused(home):
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    socket_folder(home).symlink_to(elsewhere)
    with pytest.raises(PostgresError, match="belongs to another user"):
        EmbeddedPostgres(home).up()
    socket_folder(home).unlink()


def test_home_that_the_servers_account_cannot_enter_is_refused_with_a_sentence(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root borrows another account")
    tmp_path.chmod(0o700)
    with pytest.raises(PostgresError, match="cannot enter"):
        EmbeddedPostgres(tmp_path / "home").up()


def test_server_runs_as_an_ordinary_user(home):
    if os.geteuid() != 0:
        pytest.skip("the other tests have run as an ordinary user already")
    if not shutil.which("setpriv"):
        pytest.skip("setpriv is needed to become an ordinary user")
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    program = (
        "from pathlib import Path; from safetycase.postgres import *; import psycopg2, sys; home = Path(sys.argv[1])\n"
        "with EmbeddedPostgres(home).held():\n"
        "    psycopg2.connect(host=str(socket_folder(home)), user=ADMIN, dbname='postgres', password=secret(home, ADMIN)).close()\n"
        "print('stopped' if not EmbeddedPostgres(home).running() else 'running')"
    )
    become = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    if subprocess.run(
        [*become, sys.executable, "-c", "import psycopg2"], check=False, capture_output=True, cwd=REPOSITORY
    ).returncode:
        os.chown(home, 0, 0)
        pytest.skip("an ordinary user cannot enter this checkout")
    ran = subprocess.run(
        [*become, sys.executable, "-c", program, str(home)], check=False, capture_output=True, text=True, cwd=REPOSITORY
    )
    shutil.rmtree(Path("/tmp") / socket_folder(home).name.replace("-0-", f"-{nobody.pw_uid}-"), ignore_errors=True)
    os.chown(home, 0, 0)
    shutil.rmtree(home / "pg18")
    assert (ran.stdout, ran.stderr) == ("stopped\n", "")
