"""Terms of the glossary: made, changed, retired; one meaning for the same words."""

from __future__ import annotations

import pytest

from evidence.actions.any_part import bring_back, move, retire, set_attributes
from pathways.actions.acting import CannotChange, Stale
from pathways.actions.making import create_term
from pathways.models import Term
from review.snapshot import read_case
from tests.pathways.structure_world import (
    act,
    edition_of,
    events,
    plain_case,
    raw,
    read_by,
    refs,
    row,
    seen,
    stated,
    structure_world,
    words,
)
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    case = plain_case()
    case.section("S-CCCC", "Use", "Weights and quorum.")
    return structure_world(case)


def test_term_is_made_with_its_paragraphs_and_leads_from_its_first_use(world):
    ref = create_term(**act(world), name="  weights ", definition="What is  trained.\n\nAnd kept.\n", tentative=True)
    assert words(world, ref, "name") == "weights"
    assert raw(world, ref, "definition").count('"paragraph"') == 2
    assert words(world, ref, "definition").split() == ["What", "is", "trained.", "And", "kept."]
    assert stated(world, ref) == {"tentative": True}
    assert f'href="../../glossary/#{ref}">Weights</a> and <a ' in edition_of(world)


@pytest.mark.parametrize("name", ["quorum", "Quorum", " quorum  "])
def test_words_that_are_defined_already_are_refused_with_where(world, name):
    with pytest.raises(CannotChange, match="T-AAAA says already what this means") as refused:
        create_term(**act(world), name=name)
    assert refused.value.field == "name"
    assert Term.objects.count() == 1
    assert events(world) == []


def test_words_of_a_retired_term_can_be_defined_anew(world):
    retire(**act(world), ref="T-AAAA", **seen(world, "T-AAAA"), why="Vague.")
    again = create_term(**act(world), name="Quorum")
    assert refs(world, "T") == [again]


def test_name_with_capitals_of_its_own_is_another_term(world):
    assert create_term(**act(world), name="QUORUM") in refs(world, "T")


def test_empty_definition_can_be_written_later(world):
    ref = create_term(**act(world), name="weights", definition=" \n ")
    assert (words(world, ref, "definition"), row(world, ref).definition.version) == ("", 0)


def test_tentative_marker_is_set_at_the_version_that_was_seen(world):
    assert "tentative" in read_by(read_case(world.case_id), "public")
    set_attributes(**act(world), ref="T-AAAA", version=0, given={"tentative": False})
    assert stated(world, "T-AAAA") == {"tentative": False}
    with pytest.raises(Stale) as told:
        set_attributes(**act(world, "Ada"), ref="T-AAAA", version=0, given={"tentative": True})
    assert told.value.theirs == {"tentative": False}


def test_retired_term_leads_nowhere_until_it_is_back(world):
    assert '<a class="term"' in edition_of(world)
    retire(**act(world), ref="T-AAAA", **seen(world, "T-AAAA"), why="Vague.")
    gone = edition_of(world)
    assert '<a class="term"' not in gone
    assert "T-AAAA" not in gone
    bring_back(**act(world), ref="T-AAAA")
    assert '<a class="term"' in edition_of(world)


def test_terms_are_moved_among_themselves(world):
    later = create_term(**act(world), name="weights")
    move(**act(world), ref=later, after="")
    assert refs(world, "T") == [later, "T-AAAA"]
