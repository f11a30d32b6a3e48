"""Every command and health check of docker-compose.yml, with another PostgreSQL and a real Redis, outside containers."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import time
from collections.abc import Iterator
from functools import partial

import psycopg2
import pytest

from safetycase.logins import Login
from safetycase.postgres import ADMIN
from tests.safetycase.compose import REPOSITORY
from tests.safetycase.installation import PATIENCE, Installation

pytestmark = [pytest.mark.real_server, pytest.mark.real_worker, pytest.mark.xdist_group("real_server")]
WHY = "NOT RUN: docker-compose.yml's commands need redis-server (as root, `make test` installs it; Debian: apt install redis-server)"
CASE = REPOSITORY / "examples" / "public-facts" / "case.json"
RELEASE = """
from cases.access import Actor
from cases.models import Case, Side, User
from review.actions.releases import start_release
from review.states import Purpose
from review.tasks import make_release
ada = User.objects.get(email="ada@example.org", side=Side.INSIDE)
made = start_release(by=Actor(id=ada.pk, name=ada.name, side=Side.INSIDE), case_id=Case.objects.get().pk,
                     purpose=Purpose.DRAFT_FOR_REVIEW, statements={"all_staff": "Nothing that matters is missing."})
"""
SHELL = ("python", "manage.py", "shell", "--verbosity", "0", "--command")
WAKE = "make_release.delay(str(made))"


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """Database and Redis up and well, everything set up, the example imported, two managers named."""
    if shutil.which("redis-server") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(WHY)
    made = Installation()
    try:
        made.postgres.up()
        redis = made.services["redis"]
        made.start(redis, "--port", str(made.redis_port), "--bind", "127.0.0.1", "--dir", str(made.home / "redis"))
        made.wait_until_well(made.services["database"])
        made.wait_until_well(redis)
        _set_up(made)
        yield made
    finally:
        made.remove()


def _set_up(made: Installation) -> None:
    owner = made.services["set-up"]
    assert made.run(owner, *owner.command) == "database ready\n"
    for address in ("ada@example.org", "mina@example.org"):
        made.run(owner, "python", "manage.py", "create_account", address, address.split("@")[0].title())
    said = made.run(owner, "python", "manage.py", "import_case", str(CASE))
    reference = said.split()[1]
    made.run(owner, "python", "manage.py", "name_managers", reference, "ada@example.org", "mina@example.org")


@pytest.fixture(scope="module")
def all_running(installation: Installation) -> Installation:
    """Sites, worker and beat, each well by its own health check."""
    make_static_files(installation)
    for name in ("workshop", "reading-room", "worker", "beat"):
        assert not installation.is_well(installation.services[name])
        installation.start(installation.services[name])
    for name in ("workshop", "reading-room", "worker", "beat"):
        installation.wait_until_well(installation.services[name])
    return installation


def make_static_files(installation: Installation) -> None:
    """As the Dockerfile does."""
    folder = installation.home / "static-files"
    folder.mkdir()
    installation.account.take(folder)
    installation.run(installation.services["workshop"], "python", "manage.py", "collectstatic", "--noinput")


def asked(installation: Installation, site: str, path: str, **headers: str) -> http.client.HTTPResponse:
    """What the proxy would get."""
    port = installation.values["WORKSHOP_PORT" if site == "workshop" else "READING_ROOM_PORT"]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
    host = {"host": f"{site}.example.org", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7"}
    connection.request("GET", path, headers=host | {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def wait_until_made(installation: Installation, release: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while (now := state(installation, release)) not in {"ready", "held"}:
        assert now != "failed", installation.log("worker")
        assert time.monotonic() < deadline, installation.log("worker")
        time.sleep(0.2)


def state(installation: Installation, release: str) -> str:
    connection = psycopg2.connect(
        host="127.0.0.1",
        port=installation.postgres.port,
        dbname="safetycase",
        user=Login.OWNER,
        password=installation.values["DB_OWNER_PASSWORD"],
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT state FROM review_release WHERE id = %s", [release])
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


def test_sites_answer_their_proxy_and_nobody_else(all_running):
    assert asked(all_running, "workshop", "/accounts/login/").status == 200
    room = asked(all_running, "reading-room", "/accounts/login/")
    assert room.status == 200
    assert "max-age=" in room.headers["Strict-Transport-Security"]
    assert "secure" in room.headers["Set-Cookie"].lower()
    assert asked(all_running, "workshop", "/static/css/tokens.css").status == 200
    for refused in ({"x_forwarded_proto": "http"}, {"host": "reading-room.example.org"}, {"host": "localhost"}):
        assert asked(all_running, "workshop", "/accounts/login/", **refused).status == 400


def test_release_is_made_when_a_message_comes_and_when_only_the_row_is_there(all_running):
    workshop, beat = all_running.services["workshop"], all_running.services["beat"]
    told = all_running.run(workshop, *SHELL, f"{RELEASE}\n{WAKE}\nprint(made)").strip()
    wait_until_made(all_running, told)
    assert all_running.end("beat") == 0
    silent = all_running.run(workshop, *SHELL, f"{RELEASE}\nprint(made)").strip()
    assert state(all_running, silent) == "waiting"
    all_running.start(beat)  # its first message is the sweep
    wait_until_made(all_running, silent)


def test_backup_comes_back_on_an_empty_server(all_running):
    database, owner = all_running.services["database"], all_running.services["set-up"]
    admin = ["--host=127.0.0.1", "--username", ADMIN]
    run = partial(all_running.run, database, "env", f"PGPASSWORD={all_running.values['DB_ADMIN_PASSWORD']}")
    dump = str(all_running.home / "database" / "safetycase.dump")
    run("pg_dump", *admin, "--format=custom", f"--file={dump}", "safetycase")
    run("createdb", *admin, "--owner=safetycase_owner", "restored")
    run("pg_restore", *admin, "--exit-on-error", "--dbname=restored", dump)
    assert all_running.run(owner, "env", "SAFETYCASE_DB_NAME=restored", *owner.command) == "database ready\n"
    count = ["psql", *admin, "--tuples-only", "--no-align", "--command=SELECT count(*) FROM prose_text"]
    assert run(*count, "restored") == run(*count, "safetycase") != "0\n"


def test_every_service_ends_when_asked_and_leaves_nothing_in_the_checkout(all_running):
    ended = {name: all_running.end(name) for name in ("worker", "beat", "reading-room", "workshop")}
    assert ended == {"worker": 0, "beat": 0, "reading-room": 0, "workshop": -signal.SIGTERM}  # uvicorn's way, when done
    assert [path.name for path in REPOSITORY.glob("celerybeat*")] == []
    assert not all_running.is_well(all_running.services["workshop"])
