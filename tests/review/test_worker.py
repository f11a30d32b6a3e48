"""A real worker process, with its own login, on the folder broker: it makes a release, and its death is noticed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, transaction

from cases.role_permissions import write_role_permissions
from review.models import Edition, Release
from review.tasks import STOPPED
from safetycase import servers
from safetycase.logins import Login
from safetycase.processes import die_with_parent
from safetycase.settings.databases import password_of
from tests.review.test_releases import NEW, approve, asked
from tests.site_client import SiteClient
from tests.world import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_worker]
PATIENCE = 60.0


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience, committed."""
    write_role_permissions()
    return make_world()


@contextmanager
def worker(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The worker as `make demo` starts it, on the test's database and on a broker of its own."""
    database = connection.settings_dict
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAFETYCASE_", "DJANGO_", "SITE"))
    }
    environment |= {
        "SITE": "worker",
        "DJANGO_SETTINGS_MODULE": "safetycase.settings",
        "SAFETYCASE_HOME": str(home),
        "SAFETYCASE_DB_HOST": str(database["HOST"]),
        "SAFETYCASE_DB_PORT": str(database["PORT"]),
        "SAFETYCASE_DB_NAME": str(database["NAME"]),
        "SAFETYCASE_DB_PASSWORD_WORKSHOP": password_of(Login.WORKSHOP, settings.HOME),
        "SAFETYCASE_DB_PASSWORD_INSIDE": password_of(Login.INSIDE, settings.HOME),
    }
    with (home / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *servers.worker()],
            env=environment,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # no threads have been started
        )
        try:
            yield process
        finally:
            end(process, signal.SIGTERM)


def end(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    for each in (number, signal.SIGKILL):
        try:
            os.killpg(process.pid, each)
            process.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def wait_until(holds: Callable[[], bool], home: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, (home / "worker.log").read_text()[-3000:]
        time.sleep(0.1)


def state(found: Release) -> str:
    found.refresh_from_db()
    return found.state


def send(home: Path, release_id: UUID) -> None:
    """The message that the workshop sends, on that broker."""
    folder = str(home / "broker" / "queue")
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": str(home / "broker" / "control")}
    app = Celery("test", broker="filesystem://", broker_transport_options=options, set_as_current=False)
    with app.connection_for_write() as broker:
        app.send_task("review.tasks.make_release", [str(release_id)], ignore_result=True, connection=broker)


def test_worker_makes_what_waits_and_what_it_is_told_of(world, tmp_path):
    waiting = asked(world, {"external_reviewer": NEW["external_reviewer"]})
    with worker(tmp_path) as process:
        wait_until(lambda: state(waiting) == "ready", tmp_path)  # the sweep at its start
        approve(world, waiting)
        told = asked(world, {"external_reviewer": f"{NEW['external_reviewer']} Told."})
        send(tmp_path, told.id)
        wait_until(lambda: state(told) == "ready", tmp_path)
        assert process.poll() is None
    approve(world, told)
    assert list(
        Edition.objects.filter(audience_key="external_reviewer").values_list("number", flat=True).order_by("number")
    ) == [1, 2, 3]
    newest = Edition.objects.get(audience_key="external_reviewer", number=3)
    rhea = SiteClient("reading_room", world.users["Rhea"])
    assert "Told." in rhea.get(f"/editions/{newest.id}/").content.decode()


def test_death_of_a_worker_at_work_is_noticed_by_the_next(world, tmp_path):
    found = asked(world)
    with worker(tmp_path) as process, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("lock table prose_text in access exclusive mode")  # it can't get on with its snapshot
        wait_until(lambda: state_seen_by_others(found) == "running", tmp_path)
        end(process, signal.SIGKILL)
    wait_until(lambda: not at_work(), tmp_path)
    assert state(found) == "running"
    with worker(tmp_path):
        wait_until(lambda: state(found) == "failed", tmp_path)
    assert found.failure == STOPPED
    assert not found.editions.exclude(digest="").exists()
    assert {edition.parts.count() for edition in found.editions.all()} == {0}


def state_seen_by_others(found: Release) -> str:
    return Release.objects.values_list("state", flat=True).get(pk=found.pk)


def at_work() -> bool:
    """Whether somebody still holds the lock of a release; the server sees a dead client when it next turns to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks l join pg_database d on d.oid = l.database"
            " where l.locktype = 'advisory' and d.datname = current_database())"
        )
        return bool(cursor.fetchone()[0])
