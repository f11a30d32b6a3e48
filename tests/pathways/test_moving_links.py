"""A claim moves from one pathway to another: the same link, with its role, its words and its history."""

from __future__ import annotations

import pytest
from django.http import Http404

from evidence.actions.any_part import retire, set_attributes
from pathways.actions.acting import CannotChange
from pathways.actions.linking import create_support
from pathways.models import PartEvent
from pathways.values import SupportRole
from review.snapshot import read_case
from tests.pathways.structure_world import (
    act,
    edition_of,
    links,
    plain_case,
    raw,
    seen,
    sound,
    stated,
    structure_world,
)
from tests.world import World, import_raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return structure_world()


def move(world: World, ref: str, resting: str, version: int = 0) -> int:
    return set_attributes(**act(world), ref=ref, version=version, given={"resting": resting})


def test_claim_moves_to_another_pathway_with_the_words_of_its_link(world):
    words = raw(world, "L-CCCC", "reason")
    move(world, "L-AAAA", "P-BBBB")
    move(world, "L-CCCC", "P-BBBB")
    assert {("P-BBBB", "C-AAAA"), ("P-BBBB", "C-CCCC")} <= links(world)
    assert not {("P-AAAA", "C-AAAA"), ("C-AAAA", "C-CCCC")} & links(world)
    assert raw(world, "L-CCCC", "reason") == words
    said = PartEvent.objects.filter(ref="L-AAAA").values_list("verb", "attribute", "before", "after")
    assert list(said) == [("changed", "resting", "P-AAAA", "P-BBBB")]
    sound(read_case(world.case_id))


def test_claim_moves_under_a_claim_and_back(world):
    move(world, "L-AAAA", "C-BBBB")
    assert stated(world, "L-AAAA")["resting"] == "C-BBBB"
    move(world, "L-AAAA", "P-AAAA", version=1)
    assert ("P-AAAA", "C-AAAA") in links(world)


def test_it_moves_to_nothing_that_has_it_already_or_would_rest_on_itself(world):
    twin = create_support(**act(world), resting="P-BBBB", claim="C-AAAA", role=SupportRole.CONTEXT)
    with pytest.raises(CannotChange, match=f"P-BBBB rests on C-AAAA already, by {twin}") as refused:
        move(world, "L-AAAA", "P-BBBB")
    assert refused.value.field == "resting"
    for ring in ("C-CCCC", "C-AAAA"):
        with pytest.raises(CannotChange, match="rest on itself"):
            move(world, "L-AAAA", ring)
    assert stated(world, "L-AAAA")["resting"] == "P-AAAA"


def test_it_moves_to_nothing_that_is_retired_absent_or_of_another_case(world):
    import_raw(plain_case().file, as_new=True)
    retire(**act(world), ref="P-BBBB", **seen(world, "P-BBBB"), why="w")
    with pytest.raises(CannotChange, match="P-BBBB is retired"):
        move(world, "L-AAAA", "P-BBBB")
    for absent in ("P-ZZZZ", "E-AAAA", ""):
        with pytest.raises(Http404):
            move(world, "L-AAAA", absent)
    assert stated(world, "L-AAAA")["resting"] == "P-AAAA"


def test_link_of_a_hidden_pathway_moves_to_nothing_that_shows_it():
    case = plain_case()
    case.redaction("R-BBBB", target={"kind": "object", "ref": "P-AAAA", "how": "masked"})
    world = structure_world(case)
    with pytest.raises(CannotChange, match="P-AAAA is hidden by R-BBBB, and P-BBBB is not hidden as much"):
        move(world, "L-AAAA", "P-BBBB")
    assert "L-AAAA" not in edition_of(world)
