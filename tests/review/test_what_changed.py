"""The page that tells what changed between two editions of one audience, for who may read both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Grant
from review.actions.releases import withdraw_edition
from review.comparing import compare
from tests.review.publishing_world import for_publication, parts_of
from tests.site_client import SiteClient
from tests.world import CANARY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def changes(world: World, name: str | None, edition: object, query: str = "", site: str = "reading_room") -> object:
    user = world.users[name] if name else None
    return SiteClient(site, user).get(f"/editions/{edition}/changes/{query}")


def later(world: World, audience: str = "external_reviewer", new: str = "Egress is measured"):
    return for_publication(world, audience, words={"Egress is capped": new})


def test_reviewer_reads_what_changed_since_the_edition_before(world):
    body = changes(world, "Rhea", later(world)).content.decode()
    assert "<del>capped</del> <ins>measured</ins>" in body
    assert "Since edition 1" in body
    assert body.count("<ins>") == 1


def test_first_edition_has_nothing_to_compare_with_and_equal_ones_say_so(world):
    assert "nothing to compare with" in changes(world, "Rhea", world.editions["external_reviewer"]).content.decode()
    same = for_publication(world, "external_reviewer")
    assert "Nothing changed" in changes(world, "Rhea", same).content.decode()


def test_earlier_edition_can_be_chosen_by_its_number(world):
    later(world, new="Egress is seen")
    third = later(world, new="Egress is measured")
    assert "<del>seen</del> <ins>measured</ins>" in changes(world, "Rhea", third).content.decode()
    assert "<del>capped</del> <ins>measured</ins>" in changes(world, "Rhea", third, "?since=1").content.decode()


def test_withdrawn_edition_is_passed_over(world):
    second = later(world, new="Egress is seen")
    third = later(world, new="Egress is measured")
    withdraw_edition(by=world.actor("Ada"), edition_id=second)
    assert "<del>capped</del> <ins>measured</ins>" in changes(world, "Rhea", third).content.decode()
    assert changes(world, "Rhea", third, "?since=2").status_code == 404
    assert changes(world, "Rhea", second).status_code == 404


@pytest.mark.parametrize("query", ["?since=9", "?since=x", "?since=-1", "?since=²", f"?since={'9' * 40}", "?since=2"])
def test_number_that_is_not_there_is_the_404_of_everything(world, query):
    second = later(world)
    response, expected = changes(world, "Rhea", second, query), changes(world, "Rhea", world.case_id)
    assert (response.status_code, response.content) == (404, expected.content)


@pytest.mark.parametrize("name", ["Omar", "Nadia", None])
def test_who_may_not_read_the_edition_may_not_read_its_changes(world, name):
    assert changes(world, name, later(world)).status_code == 404


def test_access_that_ended_ends_here_too(world):
    second = later(world)
    Grant.objects.filter(user__name="Rhea").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert changes(world, "Rhea", second).status_code == 404


def test_inside_reader_reads_them_on_the_workshop(world):
    body = changes(world, "Sofia", later(world, "all_staff"), site="workshop").content.decode()
    assert "<del>capped</del> <ins>measured</ins>" in body
    assert changes(world, "Sofia", later(world), site="workshop").status_code == 404


def test_page_costs_the_same_however_many_editions_there_are(world):
    def statements(edition: object) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert changes(world, "Rhea", edition).status_code == 200
        return len(captured)

    few = statements(later(world))
    later(world)
    assert statements(later(world)) == few


def test_what_two_audiences_of_one_release_lose_is_told_by_references_alone(world):
    less = compare(parts_of(world.editions["external_reviewer"]), parts_of(world.editions["public"]))
    assert {bar.ref for bar in less.bars_in} == {"R-PUBL"}
    assert (less.words_in, less.bars_out, less.added, less.removed) == (0, (), (), ())
    assert less.words_out >= len(["holds", "the", "keys"])
    more = compare(parts_of(world.editions["public"]), parts_of(world.editions["full"]))
    assert {bar.ref for bar in more.bars_out} == {"R-WRDS", "R-ATTR", "R-LNKS", "R-MASK", "R-PUBL"}
    assert [row.ref for row in more.added] == ["E-GNNE"]
    assert CANARY in str(more.to_json())
