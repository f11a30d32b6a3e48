"""`make demo`: what it prints, what it leaves, what it refuses."""

from __future__ import annotations

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from safetycase.postgres import EmbeddedPostgres, socket_folder

pytestmark = [pytest.mark.real_server, pytest.mark.real_worker, pytest.mark.xdist_group("real_server")]
REPOSITORY = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """A home and two ports of its own, for all tests of this file: a second start finds the first one's data."""
    home = Path(tempfile.mkdtemp(prefix="safetycase-demo-"))
    ports = {"WORKSHOP_PORT": str(free_port()), "READING_ROOM_PORT": str(free_port())}
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAFETYCASE_", "DJANGO_", "SITE"))
    }
    yield {**kept, **ports, "SAFETYCASE_HOME": str(home)}
    EmbeddedPostgres(home).down()
    shutil.rmtree(socket_folder(home), ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lines_until_ready(demo: subprocess.Popen[str]) -> list[str]:
    lines = []
    for line in demo.stdout:
        lines.append(line.rstrip("\n"))
        if lines[-1] == "ready":
            return lines
    pytest.fail(f"the demo ended: {demo.stderr.read()}")


def left_behind(environment: dict[str, str]) -> list[str]:
    """The command lines of processes that belong to this home."""
    home = environment["SAFETYCASE_HOME"].encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said, command = (folder / "environ").read_bytes(), (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if command and (home in command or b"SAFETYCASE_HOME=" + home in said):
            found.append(command.replace(b"\0", b" ").decode())
    return [command for command in found if "pytest" not in command]


def gone(environment: dict[str, str], seconds: float = 15) -> list[str]:
    deadline = time.monotonic() + seconds
    while (left := left_behind(environment)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def sign_in(url: str, address: str, password: str) -> str:
    """Where signing in over HTTP leads, on the site's own database login."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    page = opener.open(f"{url}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    form = urllib.parse.urlencode({"login": address, "password": password, "csrfmiddlewaretoken": token})
    return opener.open(f"{url}/accounts/login/", form.encode()).url


def test_demo_starts_lets_people_in_stops_and_finds_its_data_again(environment):
    for time_of_it in ("first", "second"):
        with start(environment) as demo:
            lines = lines_until_ready(demo)
            urls = dict(line.split(" ", 1) for line in lines[:2])
            assert set(urls) == {"workshop", "reading-room"}
            assert urls["workshop"] == f"http://localhost:{environment['WORKSHOP_PORT']}"
            accounts = [line.split()[1] for line in lines if line.startswith("account ")]
            password = next(line for line in lines if line.startswith("password ")).split(" ", 1)[1]
            assert len(accounts) >= 11
            assert sign_in(urls["workshop"], "ada@lab.example", password) == urls["workshop"] + "/"
            assert sign_in(urls["reading-room"], "rhea@meridian.example", password) == urls["reading-room"] + "/"
            assert sign_in(urls["reading-room"], "ada@lab.example", password).endswith("/accounts/login/")
            demo.send_signal(signal.SIGINT if time_of_it == "first" else signal.SIGTERM)
            _, said = demo.communicate(timeout=30)
        assert demo.returncode == 0
        assert ("there already" in said) is (time_of_it == "second")
        assert gone(environment, 2) == []


def test_killed_demo_leaves_no_process(environment):
    with start(environment) as demo:
        lines_until_ready(demo)
        assert len(left_behind(environment)) > 4
        demo.kill()
        demo.wait()
        assert gone(environment) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SAFETYCASE_MIN_FREE_MB": "999999999"}, "make room"),
        ({"WORKSHOP_PORT": "many"}, "must be a port number"),
        ({"SAFETYCASE_HOME": "/proc/nowhere"}, "set SAFETYCASE_HOME"),
    ],
)
def test_demo_refuses_with_one_sentence(environment, change, sentence):
    ran = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=REPOSITORY,
        env={**environment, **change},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode != 0
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_demo_refuses_a_busy_port_with_one_sentence(environment):
    with socket.socket() as busy:
        busy.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        busy.bind(("127.0.0.1", int(environment["READING_ROOM_PORT"])))
        busy.listen()
        with start(environment) as demo:
            _, said = demo.communicate(timeout=30)
    assert demo.returncode != 0
    assert said.count("\n") == 1
    assert "is taken" in said
    assert "READING_ROOM_PORT" in said
