"""What an audience reads otherwise, two audiences side by side: for the fully cleared, framed, never stored."""

from __future__ import annotations

import pytest

from cases.models import AuditEvent
from review.models import EditionPart, PreparedPart
from tests.review.test_pages import statements_for
from tests.site_client import SiteClient
from tests.world import CANARY, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """The case with things hidden in every way."""
    return make_world()


def ada(world: World) -> SiteClient:
    return SiteClient("workshop", world.users["Ada"])


def body(world: World, below: str) -> str:
    response = ada(world).get(f"/cases/{world.case_id}/{below}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_differences_show_every_hidden_thing_once_with_what_stands_in_its_place(world):
    html = body(world, "as/public/differences/")
    for hidden in ("one", "two", "three", "four", "five", "seven", "nine", "ten", "twelve"):
        assert f"{CANARY}{hidden}" in html, hidden
    for ref in ("R-WRDS", "R-ATTR", "R-LNKS", "R-MASK"):
        assert f'data-withheld="{ref}' in html, ref
    assert "Nothing stands here." in html  # of what is left out


def test_what_is_read_alike_is_not_among_the_differences(world):
    assert "Egress is capped" not in body(world, "as/public/differences/")
    assert "More" not in body(world, "as/public/differences/").split("<main")[1]


def test_more_cleared_audience_has_fewer_differences(world):
    public, reviewer = (body(world, f"as/{key}/differences/") for key in ("public", "external_reviewer"))
    assert 'data-withheld="R-PUBL"' in public
    assert 'data-withheld="R-PUBL"' not in reviewer


def test_fully_cleared_audience_reads_nothing_otherwise(world):
    assert "Nothing differs" in body(world, "as/full/differences/")


def test_differences_of_one_page_are_of_that_page_alone(world):
    html = body(world, "as/public/pathways/P-AAAA/?only=differences")
    assert f"{CANARY}two" in html
    assert f"{CANARY}one" not in html


def test_previews_say_that_nobody_sees_them(world):
    for below in ("as/public/", "as/public/differences/", "as/public/?only=differences", "compare/"):
        assert "Nobody sees this yet." in body(world, below)


def test_two_audiences_stand_side_by_side_and_differing_passages_say_so(world):
    html = body(world, "compare/?a=public&b=external_reviewer&page=pathways/P-AAAA")
    assert html.count('<span class="chip mark">differs</span>') >= 1
    assert "holds the keys" in html  # the reviewer's side
    assert 'data-withheld="R-PUBL"' in html  # the public's
    assert CANARY not in html.split('class="sides"')[1]  # both lose it


def test_comparing_without_a_choice_takes_the_two_least_cleared(world):
    html = body(world, "compare/")
    assert '<option value="public" selected>' in html
    assert '<option value="external_reviewer" selected>' in html


@pytest.mark.parametrize(
    "below",
    [
        "as/nobody/differences/",
        "compare/?a=nobody&b=public",
        "compare/?a=public&b=full&page=claims/C-QQQQ",
        "compare/?a=public&b=full&page=../../etc",
        "as/public/claims/C-QQQQ/?only=differences",
    ],
)
def test_what_is_not_there_is_not_found(world, below):
    assert ada(world).get(f"/cases/{world.case_id}/{below}").status_code == 404


@pytest.mark.parametrize("below", ["as/public/differences/", "compare/", "as/public/?only=differences"])
@pytest.mark.parametrize("name", ["Sofia", "Noor", "Aud"])
def test_only_the_fully_cleared_compare(world, below, name):
    assert SiteClient("workshop", world.users[name]).get(f"/cases/{world.case_id}/{below}").status_code == 404


def test_looking_is_in_the_trail_and_stores_nothing(world):
    before = (EditionPart.objects.count(), PreparedPart.objects.count())
    body(world, "as/public/differences/")
    body(world, "compare/?a=public&b=full&page=front")
    verbs = list(AuditEvent.objects.order_by("-at").values_list("verb", flat=True)[:2])
    assert verbs == ["previewed", "previewed"]
    assert (EditionPart.objects.count(), PreparedPart.objects.count()) == before


def test_every_page_can_be_compared(world):
    for page in (
        "front",
        "sections/S-AAAA",
        "claims/C-AAAA",
        "claims/C-MASK",
        "evidence/E-AAAA",
        "assurances",
        "limitations",
    ):
        assert "<main" in body(world, f"compare/?a=public&b=full&page={page}")


def test_one_page_and_the_whole_case_take_the_same_statements(world):
    client = ada(world)
    client.get(f"/cases/{world.case_id}/")
    one, _ = statements_for(client, f"/cases/{world.case_id}/as/public/claims/C-BBBB/?only=differences")
    everything, _ = statements_for(client, f"/cases/{world.case_id}/as/public/differences/")
    assert len(one) == len(everything) <= 24
