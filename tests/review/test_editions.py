"""What was approved never changes, and before it is approved nobody outside finds it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.utils import InternalError

from review.models import Edition, EditionPart, PreparedEdition, PreparedMap
from tests.review.test_releases import NEW, made
from tests.site_client import SiteClient
from tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Edition 1 of every audience."""
    return make_world()


@pytest.mark.parametrize(
    "change",
    [
        {"shell": {}},
        {"number": 7},
        {"audience_key": "public"},
        {"outward": False},
        {"released_on": "2020-01-01"},
        {"purpose": "x"},
    ],
)
def test_edition_is_final(world, change):
    edition = Edition.objects.filter(pk=world.editions["external_reviewer"])
    with pytest.raises(InternalError, match="Cannot update rows"), transaction.atomic():
        edition.update(**change)
    assert edition.update(withdrawn=True) == 1


@pytest.mark.parametrize("change", [{"html": "other"}, {"content": "{}"}, {"page": "other"}, {"outward": False}])
def test_page_of_an_edition_is_final(world, change):
    with pytest.raises(InternalError, match="Cannot update rows"), transaction.atomic():
        EditionPart.objects.filter(edition_id=world.editions["external_reviewer"], page="front").update(**change)


def test_what_was_prepared_is_there_for_the_approver_and_nobody_else(world):
    found = made(world, {"public": NEW["public"]})
    path = f"/cases/{world.case_id}/releases/{found.id}/as/public/sections/S-AAAA/"
    for name, status in (("Mina", 200), ("Sten", 200), ("Sofia", 404), ("Aud", 404), ("Noor", 404)):
        assert SiteClient("workshop", world.users[name]).get(path).status_code == status
    edition = PreparedEdition.objects.get(release=found)
    for name in ("Omar", "Rhea"):  # their own audience, but nobody has approved it
        assert SiteClient("reading_room", world.users[name]).get(f"/editions/{edition.id}/").status_code == 404
    assert PreparedMap.objects.filter(edition=edition).exists()
