"""Splitting: a new part beside the old one, with what was chosen; what was hidden of the old one is hidden of the new."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404

from cases.models import Redaction
from evidence.actions.any_part import set_attributes
from evidence.actions.splitting import split_claim
from pathways.actions.acting import CannotChange, Stale
from pathways.actions.splitting import Split, split_pathway
from prose.models import Step
from review.snapshot import read_case
from tests.evidence.test_merging import SECRET, masked_case
from tests.pathways.structure_world import (
    act,
    edition_of,
    events,
    links,
    plain_case,
    refs,
    row,
    seen,
    sound,
    structure_world,
    words,
)
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return structure_world()


def split(world: World, ref: str, name: str = "Something else.", **more: Any) -> str:
    do = split_pathway if ref.startswith("P") else split_claim
    return do(
        **act(world),
        split=Split(ref=ref, version=seen(world, ref)["version"], name=name, why="It says two things.", **more),
    )


def test_new_claim_stands_beside_the_old_one_a_draft_of_the_same_kind(world):
    new = split(world, "C-AAAA")
    made = row(world, new)
    assert refs(world, "C") == ["C-AAAA", new, "C-BBBB", "C-CCCC"]
    assert (words(world, new, "statement"), made.kind, made.state, made.grade) == (
        "Something else.",
        "control",
        "draft",
        None,
    )
    assert events(world, new) == [("Jun", "split_off", "C-AAAA", "It says two things.")]
    assert events(world, "C-AAAA") == [("Jun", "split", new, "It says two things.")]
    assert not {pair for pair in links(world) if new in pair}


def test_chosen_links_are_moved_or_copied_and_the_rest_stay(world):
    new = split(world, "C-AAAA", move=frozenset({"B-AAAA", "A-AAAA"}), copy=frozenset({"L-AAAA", "L-CCCC"}))
    assert links(world) == {
        ("P-AAAA", "C-AAAA"),
        ("P-AAAA", new),
        ("C-AAAA", "C-CCCC"),
        (new, "C-CCCC"),
        ("E-AAAA", new),
        ("P-BBBB", "C-BBBB"),
        ("E-BBBB", "C-BBBB"),
    }
    case = read_case(world.case_id)
    assert [one.claim for one in case.assurances] == [new]
    copy = next(one.ref for one in case.supports if one.resting == new)
    assert (row(world, copy).role, words(world, copy, "reason")) == ("load_bearing", "A hidden step.")
    assert "hidden step" not in edition_of(world)
    sound(case)


def test_links_of_others_are_left_alone_whatever_is_asked(world):
    split(world, "C-AAAA", move=frozenset({"B-BBBB", "L-BBBB", "L-ZZZZ"}))
    assert ("E-BBBB", "C-BBBB") in links(world)


def test_blocks_of_an_argument_move_with_their_marks(world):
    new = split(world, "P-AAAA", blocks=frozenset({0, 2}), move=frozenset({"L-AAAA"}))
    assert words(world, "P-AAAA", "argument") == "Second block."
    assert words(world, new, "argument") == "First secret block .\nThird ."
    assert (row(world, new).rating, row(world, new).ready) == (None, False)
    assert "secret" not in edition_of(world)
    assert "secret" in edition_of(world, "full")
    assert [step.why for step in Step.objects.all()] == ["moved"]
    assert (new, "C-AAAA") in links(world)


def test_all_blocks_may_move(world):
    new = split(world, "P-AAAA", blocks=frozenset({0, 1, 2}))
    assert words(world, "P-AAAA", "argument") == ""
    assert words(world, new, "argument").startswith("First")


def test_blocks_of_an_argument_that_somebody_wrote_in_meanwhile_are_not_moved(world):
    split(world, "P-AAAA", blocks=frozenset({0}))
    with pytest.raises(Stale):
        split(world, "P-AAAA", blocks=frozenset({0}), argument=0)
    assert words(world, "P-AAAA", "argument").startswith("Second")


def test_what_changed_meanwhile_and_a_name_without_words_are_refused(world):
    set_attributes(**act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "draft"})
    with pytest.raises(Stale):
        split_claim(**act(world), split=Split(ref="C-AAAA", version=0, name="x", why="w"))
    with pytest.raises(CannotChange, match="words of its own"):
        split(world, "C-AAAA", name="  ")
    assert refs(world, "C") == ["C-AAAA", "C-BBBB", "C-CCCC"]


@pytest.mark.parametrize("name", ["Sten", "Lex", "Noor"])
def test_nobody_else_splits(world, name):
    for do, ref in ((split_claim, "C-AAAA"), (split_pathway, "P-AAAA")):
        with pytest.raises(Http404):
            do(**act(world, name), split=Split(ref=ref, version=0, name="x", why="w"))


def test_what_is_split_off_something_masked_is_masked_on_the_same_ground():
    world = structure_world(masked_case(note="By law.", revealed_to=["external_reviewer"]))
    new = split(world, "C-MASK", f"{SECRET} new", move=frozenset({"L-AAAA", "B-AAAA"}), copy=frozenset({"L-BBBB"}))
    over = Redaction.objects.get(target=new)
    assert (over.ground, over.note, over.state, over.cover, over.revealed_to) == (
        "legal_duty", "By law.", "proposed", "object", [],
    )  # fmt: skip
    assert over.reason.startswith("As R-MASK")
    for audience in ("public", "all_staff"):
        assert SECRET not in edition_of(world, audience)
    sound(read_case(world.case_id))


def test_what_is_split_off_something_left_out_is_refused():
    case = masked_case()
    case.file["redactions"][0]["target"]["how"] = "omitted"
    world = structure_world(case)
    with pytest.raises(CannotChange, match="R-MASK leaves C-MASK out of editions"):
        split(world, "C-MASK")
    assert refs(world, "C") == ["C-AAAA", "C-MASK", "C-CCCC"]


def test_hidden_kind_of_a_claim_is_hidden_of_the_new_one_and_a_copied_link_as_its_first():
    case = plain_case()
    case.redaction("R-KXND", target={"kind": "attribute", "ref": "C-AAAA", "name": "kind"})
    case.redaction("R-LXNK", target={"kind": "link", "ref": "L-AAAA"})
    case.redaction("R-RXLE", target={"kind": "attribute", "ref": "L-CCCC", "name": "role"})
    world = structure_world(case)
    new = split(world, "C-AAAA", copy=frozenset({"L-AAAA", "L-CCCC"}))
    made = Redaction.objects.filter(state="proposed").values_list("cover", "target", "attribute")
    supports = {(one.resting, one.claim): one.ref for one in read_case(world.case_id).supports}
    assert set(made) == {
        ("attribute", new, "kind"),
        ("link", supports["P-AAAA", new], ""),
        ("attribute", supports[new, "C-CCCC"], "role"),
    }
