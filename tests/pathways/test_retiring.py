"""Retiring and bringing back: nothing is erased, nothing that stands leads to what does not."""

from __future__ import annotations

import pytest
from django.http import Http404

from evidence.actions.any_part import bring_back, retire, set_attributes
from evidence.actions.making import create_bearing
from evidence.values import Direction
from pathways.actions.acting import CannotChange, Stale
from pathways.actions.linking import create_support
from pathways.values import Grade, SupportRole
from prose.actions import edit_text
from prose.models import Why
from prose.moving import appending
from review.snapshot import read_case
from tests.case_builder import paragraphs
from tests.pathways.structure_world import act, events, links, row, seen, sound, structure_world, words
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return structure_world()


def gone(world: World, ref: str, why: str = "It is wrong.") -> None:
    retire(**act(world), ref=ref, **seen(world, ref), why=why)


@pytest.mark.parametrize(
    "ref", ["S-AAAA", "P-AAAA", "C-AAAA", "L-AAAA", "E-AAAA", "B-AAAA", "A-AAAA", "N-AAAA", "G-AAAA"]
)
def test_what_is_retired_stands_nowhere_and_comes_back_as_it_was(world, ref):
    before = read_case(world.case_id)
    gone(world, ref)
    found = read_case(world.case_id)
    groups = (found.sections, found.pathways, found.claims, found.supports, found.evidence, found.bearings,
              found.assurances, found.limitations, found.tags)  # fmt: skip
    assert ref not in {one.ref for group in groups for one in group}
    sound(found)
    assert row(world, ref).retired
    bring_back(**act(world, "Ada"), ref=ref, why="It was right.")
    assert [one.ref for one in read_case(world.case_id).supports] == [one.ref for one in before.supports]
    assert links(world) == {(one.resting, one.claim) for one in before.supports} | {
        (one.evidence, one.claim) for one in before.bearings
    }
    assert events(world, ref) == [("Jun", "retired", "", "It is wrong."), ("Ada", "brought_back", "", "It was right.")]


def test_retired_claim_takes_its_links_and_the_end_of_its_assurance_along(world):
    gone(world, "C-AAAA")
    assert links(world) == {("P-BBBB", "C-BBBB"), ("E-BBBB", "C-BBBB")}
    assert [one.claim for one in read_case(world.case_id).assurances] == [None]


def test_who_retires_what_somebody_changed_meanwhile_is_told(world):
    looked = seen(world, "C-AAAA")
    set_attributes(**act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "in_doubt"})
    with pytest.raises(Stale):
        retire(**act(world), ref="C-AAAA", **looked, why="w")
    assert not row(world, "C-AAAA").retired


def test_who_retires_what_somebody_wrote_in_meanwhile_is_told(world):
    looked = seen(world, "C-AAAA")
    key = row(world, "C-AAAA").basis.key
    known = frozenset({"R-AAAA"})
    more = appending(paragraphs("A new reason."))
    edit_text(scope_id=world.case_id, key=key, by_id=world.users["Ada"].pk, why=Why.WRITTEN, known=known, make=more)
    with pytest.raises(Stale):
        retire(**act(world), ref="C-AAAA", **looked, why="w")
    gone(world, "C-AAAA")
    assert words(world, "C-AAAA", "basis").endswith("A new reason.")


def test_twice_is_refused_both_ways(world):
    with pytest.raises(CannotChange, match="C-AAAA stands already"):
        bring_back(**act(world), ref="C-AAAA")
    gone(world, "C-AAAA")
    with pytest.raises(CannotChange, match="C-AAAA is retired already"):
        gone(world, "C-AAAA")


@pytest.mark.parametrize(
    ("link", "end"),
    [("L-CCCC", "C-CCCC"), ("L-CCCC", "C-AAAA"), ("L-AAAA", "P-AAAA"), ("B-AAAA", "E-AAAA"), ("B-AAAA", "C-AAAA")],
)
def test_link_comes_back_only_with_both_its_ends(world, link, end):
    gone(world, link)
    gone(world, end)
    with pytest.raises(CannotChange, match=f"{end} is retired: bring it back first"):
        bring_back(**act(world), ref=link)
    bring_back(**act(world), ref=end)
    bring_back(**act(world), ref=link)
    sound(read_case(world.case_id))


def test_link_does_not_come_back_beside_another_of_the_same_two(world):
    gone(world, "L-AAAA")
    gone(world, "B-AAAA")
    new = create_support(**act(world), resting="P-AAAA", claim="C-AAAA", role=SupportRole.CONTEXT)
    other = create_bearing(
        **act(world), evidence="E-AAAA", claim="C-AAAA", direction=Direction.FOR, strength=Grade.WEAK
    )
    for ref, same in (("L-AAAA", new), ("B-AAAA", other)):
        with pytest.raises(CannotChange, match=f"{same} links the same two already"):
            bring_back(**act(world), ref=ref)


def test_claim_does_not_come_back_into_a_ring(world):
    """C-AAAA rests on C-CCCC; while C-CCCC is away nothing can be linked to it, but round an absent middle one can be closed."""
    create_support(**act(world), resting="C-CCCC", claim="C-BBBB", role=SupportRole.CONTEXT)
    gone(world, "C-CCCC")
    create_support(**act(world), resting="C-BBBB", claim="C-AAAA", role=SupportRole.CONTEXT)
    with pytest.raises(CannotChange, match="rest on itself"):
        bring_back(**act(world), ref="C-CCCC")
    assert row(world, "C-CCCC").retired


def test_retired_part_of_nobodys_case_is_absent(world):
    with pytest.raises(Http404):
        retire(**act(world), ref="C-ZZZZ", version=0, written=0, why="w")
    with pytest.raises(Http404):
        bring_back(**act(world), ref="X-AAAA")
