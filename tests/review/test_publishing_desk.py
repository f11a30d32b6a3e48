"""The desk of those who publish: what it lists, what it refuses and keeps, what each act says it will do."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from review.actions.publishing import correct, withdraw_publication
from review.loaders.publishing import suggested_address
from review.models import Correction, Publication, PublicationRead
from tests.review.publishing_world import for_publication, published
from tests.site_client import SiteClient
from tests.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def at(world: World, below: str = "") -> str:
    return f"/cases/{world.case_id}/publications/{below}"


def desk(world: World, name: str = "Ada") -> object:
    return SiteClient("workshop", world.users[name]).get(at(world))


def post(world: World, below: str, name: str = "Ada", **data: str) -> object:
    return SiteClient("workshop", world.users[name]).post(at(world, below), data)


@pytest.mark.parametrize(
    ("name", "status", "acts"),
    [
        ("Ada", 200, True),
        ("Mina", 200, True),
        ("Sten", 200, False),
        ("Lex", 200, False),
        ("Sofia", 404, False),
        ("Aud", 404, False),
    ],
)
def test_desk_is_for_those_who_read_live_and_its_acts_for_managers(world, name, status, acts):
    published(world)
    for_publication(world)
    response = desk(world, name)
    assert response.status_code == status
    for act in ("/publish/", "/correct/", "/withdraw/"):
        assert (act in response.content.decode()) is acts


def test_empty_desk_says_what_to_do_next(world):
    body = desk(world).content.decode()
    assert "Nothing is published" in body
    assert "No edition can be published now" in body
    assert "released as a draft for review; release it for publication first" in body


def test_manager_publishes_with_the_suggested_address(world):
    edition = for_publication(world)
    assert 'value="test-report-2026-05"' in desk(world).content.decode()
    response = post(world, "publish/", edition=str(edition), address="Test-Report", checked_by="Meridian.")
    assert (response.status_code, Publication.objects.get().address) == (302, "test-report")
    body = desk(world).content.decode()
    assert "http://localhost:8001/published/test-report/" in body


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"address": "no spaces here"}, "Use letters, digits and dashes only"),
        ({"address": ""}, "This field is required"),
        ({"address": "taken"}, "“taken” is taken; choose another"),
        ({"edition": ""}, "Choose an edition."),
        ({"edition": str(uuid.uuid4())}, "Select a valid choice"),
        ({"edition": "draft"}, "Select a valid choice"),
        ({"checked_by": "As E-GNNE tells."}, "hidden from the readers"),
    ],
)
def test_bad_input_is_refused_in_its_field_and_keeps_what_was_typed(world, typed, says):
    published(world, "taken")
    edition = for_publication(world)
    good = {"edition": str(edition), "address": "fine", "checked_by": "Somebody we know."}
    response = post(world, "publish/", **{**good, **typed})
    body = response.content.decode()
    assert (response.status_code, says in body) == (422, True)
    assert ("Somebody we know." in body) is ("checked_by" not in typed)
    assert Publication.objects.count() == 1


def test_correction_that_is_refused_comes_back_open_with_its_words(world):
    key = published(world)
    assert "Say what was wrong" in post(world, f"{key}/correct/", notice="").content.decode()
    hidden = "As E-GNNE tells."
    response = post(world, f"{key}/correct/", notice=hidden)
    body = response.content.decode()
    assert (response.status_code, body.count("data-open-now"), hidden in body) == (422, 1, True)
    assert Correction.objects.count() == 0


def test_correction_with_a_successor_that_is_no_later_publication_is_refused(world):
    key, earlier = published(world, "second"), published(world, "third")
    response = post(world, f"{earlier}/correct/", notice="Wrong.", successor=str(key))
    assert (response.status_code, "Select a valid choice" in response.content.decode()) == (422, True)


def test_correction_and_withdrawal_from_the_desk(world):
    key, later = published(world), published(world, "later")
    assert post(world, f"{key}/correct/", notice="Table 2 was wrong.", successor=str(later)).status_code == 302
    assert "Table 2 was wrong." in desk(world).content.decode()
    assert post(world, f"{key}/withdraw/", name="Mina").status_code == 302
    body = desk(world).content.decode()
    assert f"/{key}/withdraw/" not in body
    assert "withdrawn " in body


def test_reads_are_told_in_total_and_by_day(world):
    key = published(world)
    today = timezone.now().date()
    for back, count in ((0, 2), (3, 1), (45, 4)):
        PublicationRead.objects.bulk_create(
            PublicationRead(publication_id=key, day=today - timedelta(days=back)) for _ in range(count)
        )
    body = desk(world).content.decode()
    assert "<dt>Pages opened</dt><dd>7</dd>" in body
    assert (body.count("<rect"), f"{today.day} {today:%B}: 2" in body) == (30, True)


def statements(world: World) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert desk(world).status_code == 200
    return len(captured)


def test_desk_costs_the_same_with_one_publication_and_with_three(world):
    keys = [published(world, "one")]
    correct(by=world.actor("Ada"), case_id=world.case_id, publication_id=keys[0], notice="A.", successor_id=None)
    for_publication(world)
    before = statements(world)
    for name in ("two", "three"):
        keys.append(published(world, name))
        correct(by=world.actor("Ada"), case_id=world.case_id, publication_id=keys[-1], notice="B.", successor_id=None)
        for_publication(world)
    withdraw_publication(by=world.actor("Ada"), case_id=world.case_id, publication_id=keys[1])
    assert statements(world) == before


@pytest.mark.parametrize(
    ("title", "taken", "expected"),
    [
        ("Risk report: Corvus-2", (), "risk-report-corvus-2-2026-05"),
        ("Risk report", ("risk-report-2026-05",), "risk-report-2026-05-2"),
        ("[withheld]", (), "report-2026-05"),
        ("Leaks of [withheld] weights", (), "leaks-of-weights-2026-05"),
        ("x" * 200, (), f"{'x' * 60}-2026-05"),
        (f"{'x' * 50} and other things", (), f"{'x' * 50}-and-other-2026-05"),
        (f"{'x' * 50} and otherwise", (), f"{'x' * 50}-and-2026-05"),
    ],
)
def test_suggested_address_is_made_of_the_shown_title_and_the_month(title, taken, expected):
    day = timezone.datetime(2026, 5, 4).date()
    assert suggested_address(title, day, frozenset(taken)) == expected
