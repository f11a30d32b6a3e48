"""Publishing at the same moment as withdrawing, or twice: on connections of their own."""

from __future__ import annotations

import threading

import pytest
from django.db import transaction

from cases.actions.redactions import Because
from cases.redaction.facts import Extent, Ground
from cases.role_permissions import write_role_permissions
from review.actions.hiding import hide_attribute
from review.actions.publishing import CannotPublish, correct, publish, withdraw_publication
from review.actions.releases import withdraw_edition
from review.models import Correction, Edition, Publication
from tests.review.publishing_world import for_publication, published
from tests.review.test_releases_at_once import at_once
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    write_role_permissions()  # emptying the database after a test of this kind empties the table of who may
    return make_world()


def publishing(world: World, edition: object, address: str = "report", name: str = "Ada"):
    return lambda: publish(
        by=world.actor(name), case_id=world.case_id, edition_id=edition, address=address, checked_by=""
    )


@pytest.mark.parametrize("time", range(3))
def test_publishing_and_withdrawing_at_once_leaves_nothing_half_public(world, time):
    edition = for_publication(world)
    results = at_once(publishing(world, edition), lambda: withdraw_edition(by=world.actor("Mina"), edition_id=edition))
    assert results[1] is None
    assert Edition.objects.get(pk=edition).withdrawn
    if isinstance(results[0], CannotPublish):
        assert not Publication.objects.exists()
    else:
        assert Publication.objects.get(pk=results[0]).withdrawn_on is not None


@pytest.mark.parametrize("time", range(3))
def test_edition_published_by_two_managers_at_once_is_published_once(world, time):
    edition = for_publication(world)
    results = at_once(publishing(world, edition), publishing(world, edition, "other", "Mina"))
    assert sorted(isinstance(result, CannotPublish) for result in results) == [False, True]
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("time", range(3))
def test_address_asked_for_twice_at_once_is_given_once(world, time):
    first, second = for_publication(world), for_publication(world)
    results = at_once(publishing(world, first), publishing(world, second, name="Mina"))
    assert sorted(isinstance(result, CannotPublish) for result in results) == [False, True]
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("time", range(3))
def test_correcting_and_withdrawing_at_once_corrects_nothing_that_is_gone(world, time):
    key = published(world)
    results = at_once(
        lambda: correct(
            by=world.actor("Ada"), case_id=world.case_id, publication_id=key, notice="A.", successor_id=None
        ),
        lambda: withdraw_publication(by=world.actor("Mina"), case_id=world.case_id, publication_id=key),
    )
    assert results[1] is None
    assert Publication.objects.get().withdrawn_on is not None
    assert Correction.objects.count() == (0 if isinstance(results[0], CannotPublish) else 1)


def test_edition_is_not_published_while_somebody_hides_what_it_shows(world):
    """Who hides holds the case until it is done: publishing waits, and then sees it."""
    edition, hidden = for_publication(world), threading.Event()

    @transaction.atomic
    def hiding():
        because = Because(Ground.LEGAL_DUTY, "By duty.", "r", Extent.NAME)
        ref = hide_attribute(by=world.actor("Jun"), case_id=world.case_id, ref="P-AAAA", name="rating", because=because)
        hidden.set()
        time_to_publish.wait(0.5)
        return ref

    def publishing_then():
        hidden.wait()
        try:
            return publishing(world, edition)()
        finally:
            time_to_publish.set()

    time_to_publish = threading.Event()
    ref, result = at_once(hiding, publishing_then)
    assert isinstance(result, CannotPublish)
    assert str(ref) in str(result)
