"""What happens at the same moment, on connections of their own: two approvals, an edit during the snapshot, two managers leaving."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.utils import timezone

from cases.actions.access import CannotGive, revoke_access
from cases.actions.redactions import redact_words
from cases.models import Grant
from cases.redaction.facts import Extent, Ground
from cases.role_permissions import write_role_permissions
from cases.roles import Role
from pathways.models import Section
from prose.anchors import Span
from prose.models import Text
from review import tasks
from review.actions.releases import CannotRelease, approve_release
from review.making import frozen_read
from review.models import Edition, EditionPart, Release
from tests.review.test_releases import NEW, asked, digests_of, made
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience, committed, with a third manager."""
    write_role_permissions()  # emptying the database after a test of this kind empties the table of who may
    return world_of_three()


def world_of_three() -> World:
    """The world with a third manager."""
    world = make_world()
    until = timezone.now() + timedelta(days=9)
    Grant.objects.create(user=world.users["Noor"], case_id=world.case_id, role=Role.MANAGER, why="w", expires_at=until)
    return world


def at_once(*acts: Callable[[], object]) -> list[object]:
    """All of them on threads and connections of their own, begun together; what each gave, or raised."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            results[index] = acts[index]()
        except Exception as error:  # handed back
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def approval(world: World, found: Release, name: str) -> Callable[[], object]:
    digests = digests_of(found)
    return lambda: approve_release(by=world.actor(name), release_id=found.id, digests=digests)


@pytest.mark.parametrize("time", range(3))
def test_two_managers_approve_at_once_and_one_edition_comes_of_it(world, time):
    found = made(world)
    results = at_once(approval(world, found, "Mina"), approval(world, found, "Noor"))
    assert sorted(map(repr, results)) == [
        repr(CannotRelease("this release is approved; it can't become approved any more")),
        "None",
    ]
    keys = Edition.objects.filter(number=2).values_list("audience_key", flat=True)
    assert (sorted(keys), Edition.objects.count()) == (sorted(NEW), 8)
    assert (
        EditionPart.objects.filter(edition__number=2).count() == EditionPart.objects.filter(edition__number=1).count()
    )


@pytest.mark.parametrize("time", range(3))
def test_two_releases_approved_at_once_give_one_audience_one_new_edition(world, time):
    first, second = made(world), made(world)
    results = at_once(approval(world, first, "Mina"), approval(world, second, "Noor"))
    refused = [result for result in results if result is not None]
    assert [type(error) for error in refused] == [CannotRelease]
    assert "got an edition after this snapshot was taken" in str(refused[0])
    assert Edition.objects.count() == 8


def test_numbers_are_given_one_at_a_time(world):
    first, second = made(world, {"public": NEW["public"]}), made(world, {"external_reviewer": NEW["external_reviewer"]})
    assert at_once(approval(world, first, "Mina"), approval(world, second, "Noor")) == [None, None]
    rows = Edition.objects.filter(outward=True).order_by("audience_key", "number")
    assert list(rows.values_list("audience_key", "number")) == [
        ("external_reviewer", 1), ("external_reviewer", 2), ("public", 1), ("public", 2),
    ]  # fmt: skip


def test_three_managers_who_leave_at_once_leave_two(world):
    def leaving(name: str) -> Callable[[], object]:
        grant = Grant.objects.get(user=world.users[name], role=Role.MANAGER)
        return lambda: revoke_access(by=world.actor(name), case_id=world.case_id, grant_id=grant.id)

    results = at_once(leaving("Ada"), leaving("Mina"), leaving("Noor"))
    assert sorted(type(result) is CannotGive for result in results) == [False, True, True]
    assert Grant.live().filter(role=Role.MANAGER).count() == 2


WORDS = "Plain words"


def hide_words(world: World) -> None:
    """Ada marks words of the section, and commits, while something else goes on."""
    key = Text.objects.get(scope_id=world.case_id, key=section_key(world)).key
    (result,) = at_once(
        lambda: redact_words(
            by=world.actor("Ada"),
            case_id=world.case_id,
            text_key=key,
            version=0,
            span=Span(1, 1 + len(WORDS)),
            ground=Ground.LEGAL_DUTY,
            note="Meanwhile.",
            reason="r",
            extent=Extent.SENTENCE,
        )
    )
    assert getattr(result, "ref", None), result


def section_key(world: World) -> str:
    return Section.objects.get(case_id=world.case_id).body.key


@contextmanager
def during(statement: str, act: Callable[[], None]) -> Iterator[list[str]]:
    """Do that just before the first statement that contains these words."""
    done: list[str] = []

    def wrapper(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if statement in sql and not done:
            done.append(sql)
            act()
        return execute(sql, *rest)

    with connection.execute_wrapper(wrapper):
        yield done


@contextmanager
def unfrozen() -> Iterator[None]:
    with transaction.atomic():
        yield


@pytest.mark.parametrize(("read", "state", "is_in_it"), [(frozen_read, "ready", False), (unfrozen, "held", True)])
def test_edit_during_the_snapshot_is_in_the_next_release(world, monkeypatch, read, state, is_in_it):
    """The second row shows that without the frozen read the same edit would be there: the test looks at something."""
    monkeypatch.setattr(tasks, "frozen_read", read)
    with during('FROM "prose_text"', lambda: hide_words(world)) as done:
        found = made(world)
    assert (len(done), found.state) == (1, state)
    html = found.editions.get(audience_key="public").parts.get(page="sections/S-AAAA").html
    assert (WORDS in html) is not is_in_it
    monkeypatch.undo()
    later = made(world)
    assert WORDS not in later.editions.get(audience_key="public").parts.get(page="sections/S-AAAA").html


def test_snapshot_is_read_only(world):
    with pytest.raises(InternalError, match="read-only transaction"), frozen_read():
        Release.objects.update(done=9)


def test_release_asked_for_while_another_is_made_waits_its_turn(world):
    first, second = asked(world), asked(world)
    results = at_once(*(lambda one=one: tasks.make_release(str(one.id)) for one in (first, first, second)))
    assert results == [None, None, None]
    assert set(Release.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)) == {"ready"}
    assert set(first.editions.values_list("unchanged", flat=True)) == {False}
