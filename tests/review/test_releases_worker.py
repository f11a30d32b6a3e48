"""The worker: it stores all or nothing, says what went wrong, and picks up what was left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from review import making, tasks
from review.actions.releases import drop_release, start_again
from review.models import Edition, PreparedMap, PreparedPart, Release
from review.states import ReleaseState
from review.tasks import FAILURE, STOPPED, make_release, sweep_releases
from tests.review.test_releases import approve, asked, made
from tests.site_client import SiteClient
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience."""
    return make_world()


class Crash(Exception):
    """Something that nobody foresaw."""


def on_call(number: int, real: Callable[..., object], act: Callable[[], object]) -> Callable[..., object]:
    """The real function; its nth call does something else first."""
    calls = iter(range(1, 1000))

    def called(*args: object, **kwargs: object) -> object:
        if next(calls) == number:
            act()
        return real(*args, **kwargs)

    return called


def crash() -> None:
    raise Crash


STEPS = [
    (tasks, "read_case", 1),
    (making, "render_page", 1),
    (making, "render_page", 25),
    (making, "shell_of", 3),
    (tasks, "read_last", 1),
    (tasks, "check_release", 1),
    (tasks, "_store_edition", 1),
    (tasks, "_store_edition", 4),
    (tasks, "change_state", 2),
]


@pytest.mark.parametrize(("module", "step", "number"), STEPS)
def test_crash_in_any_step_stores_nothing_and_says_so(world, monkeypatch, module, step, number):
    found = asked(world)
    before = (PreparedPart.objects.count(), PreparedMap.objects.count(), Edition.objects.count())
    with monkeypatch.context() as patched:
        patched.setattr(module, step, on_call(number, getattr(module, step), crash))
        make_release(str(found.id))
    found.refresh_from_db()
    assert (found.state, found.failure, found.findings) == ("failed", FAILURE, [])
    assert (PreparedPart.objects.count(), PreparedMap.objects.count(), Edition.objects.count()) == before
    assert set(found.editions.values_list("digest", "unchanged")) == {("", False)}
    path = f"/cases/{world.case_id}/releases/{found.id}/"
    body = SiteClient("workshop", world.users["Ada"]).get(path).content.decode()
    assert "This release failed" in body
    assert "Nothing was stored." in body
    assert "Start it again</button>" in body
    again = Release.objects.get(pk=start_again(by=world.actor("Ada"), release_id=found.id))
    make_release(str(again.id))
    again.refresh_from_db()
    approve(world, again)
    assert Edition.objects.count() == 8


@pytest.mark.parametrize(("module", "step"), [(making, "shell_of"), (tasks, "check_release")])
def test_release_dropped_while_it_runs_stays_dropped_and_empty(world, monkeypatch, module, step):
    found = asked(world)
    drop = on_call(1, getattr(module, step), lambda: drop_release(by=world.actor("Ada"), release_id=found.id))
    monkeypatch.setattr(module, step, drop)
    make_release(str(found.id))
    found.refresh_from_db()
    assert (found.state, found.failure) == ("dropped", "")
    assert not PreparedPart.objects.filter(edition__release=found).exists()


@pytest.mark.parametrize("state", [state for state in ReleaseState if state is not ReleaseState.WAITING])
def test_late_message_changes_nothing(world, state):
    found = made(world)
    Release.objects.filter(pk=found.pk).update(state=state)
    before = list(PreparedPart.objects.filter(edition__release=found).values_list("id", flat=True))
    make_release(str(found.id))
    found.refresh_from_db()
    assert found.state == state
    assert list(PreparedPart.objects.filter(edition__release=found).values_list("id", flat=True)) == before


def test_message_for_no_release_is_ignored(world):
    before = list(Release.objects.order_by("id").values())
    make_release(str(world.case_id))
    assert list(Release.objects.order_by("id").values()) == before


def test_sweep_makes_all_that_waits_even_after_one_that_fails(world, monkeypatch):
    found = [asked(world) for _ in range(3)]
    monkeypatch.setattr(tasks, "read_case", on_call(2, tasks.read_case, crash))
    sweep_releases()
    states = dict(Release.objects.values_list("id", "state"))
    assert sorted(states[one.id] for one in found) == ["failed", "ready", "ready"]


@contextmanager
def another_worker_at(found: Release) -> Iterator[None]:
    """A second connection holds what a worker holds while it makes the release."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [found.id.int % 2**63])
            yield
            cursor.execute("select pg_advisory_unlock_all()")
    finally:
        other.close()


def test_sweep_ends_what_a_dead_worker_left_and_not_what_another_is_making(world):
    found = asked(world)
    Release.objects.filter(pk=found.pk).update(state="running", done=1)
    with another_worker_at(found):
        sweep_releases()
        found.refresh_from_db()
        assert (found.state, found.failure) == ("running", "")
    sweep_releases()
    found.refresh_from_db()
    assert (found.state, found.failure) == ("failed", STOPPED)


def test_two_workers_make_a_release_once(world):
    found = asked(world)
    with another_worker_at(found):
        make_release(str(found.id))
        found.refresh_from_db()
        assert found.state == "waiting"
    make_release(str(found.id))
    found.refresh_from_db()
    assert found.state == "ready"


def locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")
        return cursor.fetchone()[0]


def test_worker_leaves_no_lock_behind(world, monkeypatch):
    before, during = locks(), []
    with monkeypatch.context() as patched:
        patched.setattr(
            tasks, "check_release", on_call(1, tasks.check_release, lambda: during.append(locks()) or crash())
        )
        made(world)
    made(world)
    assert (during, locks()) == ([before + 1], before)


def test_progress_is_told_while_the_worker_works(world, monkeypatch):
    found, seen = asked(world), []
    real = tasks.make_edition

    def looked(*args: object, **more: object) -> object:
        row = Release.objects.get(pk=found.pk)
        seen.append((row.state, row.done, row.total))
        return real(*args, **more)

    monkeypatch.setattr(tasks, "make_edition", looked)
    make_release(str(found.id))
    assert seen == [("running", number, 4) for number in range(4)]
