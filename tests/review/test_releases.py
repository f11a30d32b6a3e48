"""A release from the asking to the edition: who may, in which state, and what is stored."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404
from django.utils import timezone

from cases.models import AuditEvent
from review.actions.releases import (
    CannotRelease,
    approve_release,
    change_state,
    drop_release,
    settle_check,
    sign_cold_read,
    start_again,
    start_release,
    withdraw_edition,
)
from review.checks.findings import Finding
from review.models import Edition, EditionPart, PreparedPart, Release
from review.states import CHANGES, Purpose, ReleaseState
from review.tasks import NOTHING_NEW, make_release
from tests.site_client import SiteClient
from tests.world import STATEMENTS, World, make_world, release

pytestmark = pytest.mark.django_db
REVIEWER = {"external_reviewer": STATEMENTS["external_reviewer"]}
NEW = {key: f"{statement} And more is said." for key, statement in STATEMENTS.items()}
W, R, F, H, Y, A, D = ReleaseState
ALLOWED = {(W, R), (W, D), (R, R), (R, F), (R, H), (R, Y), (R, D), (F, D), (H, D), (Y, A), (Y, D)}


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience."""
    return make_world()


def asked(world: World, statements: dict[str, str] = NEW, by: str = "Ada", **changes: Any) -> Release:
    named = {"cold_reader_id": world.users[changes["cold_reader"]].pk} if "cold_reader" in changes else {}
    release_id = start_release(
        by=world.actor(by),
        case_id=world.case_id,
        purpose=changes.get("purpose", Purpose.DRAFT_FOR_REVIEW),
        statements=statements,
        left_out=changes.get("left_out", frozenset()),
        **named,
    )
    return Release.objects.get(pk=release_id)


def made(world: World, statements: dict[str, str] = NEW, **changes: Any) -> Release:
    found = asked(world, statements, **changes)
    make_release(str(found.id))
    found.refresh_from_db()
    return found


def digests_of(found: Release) -> dict[str, str]:
    return dict(found.editions.filter(unchanged=False).values_list("audience_key", "digest"))


def approve(world: World, found: Release, by: str = "Mina") -> None:
    approve_release(by=world.actor(by), release_id=found.id, digests=digests_of(found))


def numbers(world: World) -> dict[str, int]:
    rows = Edition.objects.filter(case_id=world.case_id).order_by("number")
    return dict(rows.values_list("audience_key", "number"))


def ready_publication(world: World, statements: dict[str, str] = REVIEWER, reader: str = "Sten") -> Release:
    """A publication whose weaknesses somebody settled, read cold and signed."""
    found = made(world, statements, purpose=Purpose.PUBLICATION, cold_reader=reader)
    for raw in found.findings:
        if Finding.from_json(raw).is_argument:
            settle_check(
                by=world.actor("Ada"), release_id=found.id, fingerprint=raw["fingerprint"], reason="It stands."
            )
    again = start_again(by=world.actor("Ada"), release_id=found.id)
    make_release(str(again))
    found = Release.objects.get(pk=again)
    assert found.state == "ready", found.findings
    for key in digests_of(found):
        sign(world, found, key, reader)
    return found


def sign(world: World, found: Release, key: str, by: str = "Sten") -> None:
    digest = found.editions.get(audience_key=key).digest
    sign_cold_read(by=world.actor(by), release_id=found.id, audience_key=key, digest=digest)


@pytest.mark.parametrize(("before", "after"), list(product(ReleaseState, ReleaseState)))
def test_state_changes_as_the_table_says(before, after):
    assert (after in CHANGES[before]) is ((before, after) in ALLOWED)
    moved = Release(state=before)
    if (before, after) not in ALLOWED:
        with pytest.raises(CannotRelease, match=f"this release is {before}; it can't become {after} any more"):
            change_state(moved, after)
        assert moved.state == before


def test_manager_asks_and_another_approves(world):
    found = made(world)
    assert (found.state, found.done, found.total) == ("ready", 4, 4)
    approve(world, found)
    found.refresh_from_db()
    assert (found.state, found.approved_by_id) == ("approved", world.users["Mina"].pk)
    assert numbers(world) == dict.fromkeys(STATEMENTS, 2)
    prepared = {e.id: sorted(e.parts.values_list("page", "content", "html")) for e in found.editions.all()}
    stored = {e: sorted(EditionPart.objects.filter(edition=e).values_list("page", "content", "html")) for e in prepared}
    assert stored == prepared
    assert len(stored) == 4
    assert all(stored.values())


@pytest.mark.parametrize("name", ["Ada", "Jun", "Sten", "Lex", "Sofia", "Aud", "Noor"])
def test_nobody_but_a_second_manager_approves(world, name):
    found = made(world)
    with pytest.raises(Http404):
        approve(world, found, by=name)
    found.refresh_from_db()
    assert (found.state, set(numbers(world).values())) == ("ready", {1})


@pytest.mark.parametrize("name", ["Jun", "Sten", "Lex", "Sofia", "Aud", "Noor"])
def test_only_managers_ask_drop_and_withdraw(world, name):
    found, edition = made(world), world.editions["public"]
    by = world.actor(name)
    acts = [
        lambda: asked(world, by=name),
        lambda: start_again(by=by, release_id=found.id),
        lambda: drop_release(by=by, release_id=found.id),
        lambda: withdraw_edition(by=by, edition_id=edition),
    ]
    for act in acts:
        with pytest.raises(Http404):
            act()
    found.refresh_from_db()
    assert (found.state, Release.objects.count(), Edition.objects.filter(withdrawn=True).count()) == ("ready", 2, 0)


def test_who_checked_again_has_asked_and_the_first_may_approve(world):
    first = made(world)
    again = start_again(by=world.actor("Mina"), release_id=first.id)
    make_release(str(again))
    second = Release.objects.get(pk=again)
    with pytest.raises(Http404):
        approve(world, second, by="Mina")
    approve(world, second, by="Ada")
    first.refresh_from_db()
    assert (first.state, PreparedPart.objects.filter(edition__release=first).exists()) == ("dropped", False)


@pytest.mark.parametrize(
    "change",
    [
        lambda digests: {},
        lambda digests: {**digests, "public": "0" * 64},
        lambda digests: {**digests, "public": digests["full"]},
        lambda digests: {key: value for key, value in digests.items() if key != "public"},
        lambda digests: {**digests, "invented": "0" * 64},
    ],
)
def test_what_was_not_read_is_not_approved(world, change):
    found = made(world)
    with pytest.raises(CannotRelease, match="not what you looked at"):
        approve_release(by=world.actor("Mina"), release_id=found.id, digests=change(digests_of(found)))
    found.refresh_from_db()
    assert (found.state, set(numbers(world).values())) == ("ready", {1})
    approve(world, found)


def test_form_of_an_older_page_approves_nothing(world):
    found, mina = made(world), SiteClient("workshop", world.users["Mina"])
    path = f"/cases/{world.case_id}/releases/{found.id}/"
    form = {f"digest_{key}": value for key, value in digests_of(found).items()}
    assert all(value in mina.get(path).content.decode() for value in form.values())
    body = mina.post(f"{path}approve/", {**form, "digest_public": "0" * 64}, follow=True).content.decode()
    assert "Not approved: this is not what you looked at" in body
    assert "Approved. Its readers can open it now." in mina.post(f"{path}approve/", form, follow=True).content.decode()
    assert "Not approved: this release is approved" in mina.post(f"{path}approve/", form, follow=True).content.decode()
    assert set(numbers(world).values()) == {2}


@pytest.mark.parametrize("state", ["waiting", "running", "held", "failed", "dropped", "approved"])
def test_only_what_is_ready_is_approved(world, state):
    found = made(world)
    Release.objects.filter(pk=found.pk).update(state=state)
    with pytest.raises(CannotRelease, match=f"this release is {state}"):
        approve(world, found)
    assert set(numbers(world).values()) == {1}


def test_audience_for_which_nothing_changed_gets_no_new_edition(world):
    found = made(world, {**STATEMENTS, "public": NEW["public"]})
    unchanged = set(found.editions.filter(unchanged=True).values_list("audience_key", flat=True))
    assert (found.state, unchanged) == ("ready", {"full", "all_staff", "external_reviewer"})
    assert not PreparedPart.objects.filter(edition__release=found, edition__unchanged=True).exists()
    approve(world, found)
    assert numbers(world) == {"full": 1, "all_staff": 1, "external_reviewer": 1, "public": 2}


def test_release_of_nothing_new_fails_with_a_sentence(world):
    found = made(world, STATEMENTS)
    assert (found.state, found.failure) == ("failed", NOTHING_NEW)
    body = (
        SiteClient("workshop", world.users["Ada"]).get(f"/cases/{world.case_id}/releases/{found.id}/").content.decode()
    )
    assert "Nothing has changed for these audiences since their last editions." in body
    assert not PreparedPart.objects.filter(edition__release=found).exists()


def test_draft_is_published_even_when_no_word_changed(world):
    approve(world, ready_publication(world, REVIEWER))
    assert Edition.objects.get(audience_key="external_reviewer", number=2).purpose == "publication"
    again = made(world, REVIEWER, purpose=Purpose.PUBLICATION, cold_reader="Sten")
    assert again.failure == NOTHING_NEW


def test_withdrawn_edition_can_be_released_again(world):
    withdraw_edition(by=world.actor("Ada"), edition_id=world.editions["external_reviewer"])
    assert made(world, {"public": STATEMENTS["public"]}).failure == NOTHING_NEW
    approve(world, made(world, REVIEWER))
    rhea = SiteClient("reading_room", world.users["Rhea"])
    first, second = Edition.objects.filter(audience_key="external_reviewer").order_by("number")
    assert rhea.get(f"/editions/{first.id}/").status_code == 404
    assert (second.number, rhea.get(f"/editions/{second.id}/").status_code) == (2, 200)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_edition_is_not_followed_by_one_of_an_older_or_equal_snapshot(world, order):
    """Two releases were made side by side: what the second was compared with is no longer the last edition."""
    both = [made(world), made(world, {key: f"{words} Otherwise." for key, words in NEW.items()})]
    approve(world, both[order[0]])
    with pytest.raises(CannotRelease, match="got an edition after this snapshot was taken; check again"):
        approve(world, both[order[1]])
    assert set(numbers(world).values()) == {2}


def test_release_for_another_audience_does_not_stand_in_the_way(world):
    first, second = made(world, {"public": NEW["public"]}), made(world, {"external_reviewer": NEW["external_reviewer"]})
    approve(world, second)
    approve(world, first)
    assert numbers(world) == {"full": 1, "all_staff": 1, "external_reviewer": 2, "public": 2}


@pytest.mark.parametrize("statements", [{}, {"invented": ""}, {**REVIEWER, "invented": ""}])
def test_release_is_for_audiences_of_the_case(world, statements):
    with pytest.raises(CannotRelease, match="choose at least one audience of this case"):
        asked(world, statements)
    assert Release.objects.count() == 1


def test_release_leaves_numbers_of_other_audiences_alone(world):
    for _ in range(2):
        release(world, {"public": f"{NEW['public']} {timezone.now()}"})
    assert numbers(world) == {"full": 1, "all_staff": 1, "external_reviewer": 1, "public": 3}


def test_trail_tells_the_release_without_its_words(world):
    found = made(world)
    approve(world, found)
    withdraw_edition(by=world.actor("Ada"), edition_id=world.editions["public"])
    events = AuditEvent.objects.filter(verb__regex="release|edition_w").order_by("-at")[:3]
    ada, mina = world.users["Ada"].pk, world.users["Mina"].pk
    assert [(e.verb, e.actor_id, e.case_id, UUID(e.target)) for e in reversed(events)] == [
        ("release_started", ada, world.case_id, found.id),
        ("release_approved", mina, world.case_id, found.id),
        ("edition_withdrawn", ada, world.case_id, world.editions["public"]),
    ]
