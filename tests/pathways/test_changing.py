"""Setting attributes: who looked at what they say now sets them; who looked at something older is told both values."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.http import Http404

from cases.models import AuditEvent, CaseHeader
from evidence.actions.any_part import retire, set_attributes
from evidence.attributes import ATTRIBUTES
from pathways.actions.acting import CannotChange, Stale
from pathways.actions.making import create_tag
from pathways.models import PartEvent, RatingChange
from prose.content import plain_text
from prose.marked import parsed
from review.case_file.export import export_case
from tests.pathways.structure_world import act, events, plain_case, row, seen, stated, structure_world
from tests.world import World, import_raw

pytestmark = pytest.mark.django_db
SAMPLES = {
    "K": ("K-TEST", {"kind": "safety_case", "rehearsal": False, "contexts": ("external",), "coverage_date": date(2026, 2, 1)}),
    "S": ("S-AAAA", {"ready": False}),
    "P": ("P-AAAA", {"context": None, "frequency": "frequent", "complexity": "low", "reversibility": "reversible", "ready": False}),
    "C": ("C-AAAA", {"kind": "usage", "state": "in_doubt", "grade": None, "owner": "owen", "tags": ("G-AAAA",)}),
    "L": ("L-AAAA", {"role": "context", "resting": "C-BBBB"}),
    "T": ("T-AAAA", {"tentative": False}),
    "E": ("E-AAAA", {"type": "survey", "as_of": None, "valid_until": date(2027, 1, 1), "relied_on": False, "owner": "ada"}),
    "B": ("B-AAAA", {"direction": "against", "strength": "weak"}),
    "A": ("A-AAAA", {"owner": "ada", "given_on": date(2026, 3, 1), "valid_until": date(2026, 4, 1), "claim": None}),
}  # fmt: skip


@pytest.fixture
def world() -> World:
    return structure_world()


@pytest.mark.parametrize("letter", SAMPLES)
def test_every_attribute_is_set_and_each_change_is_remembered(world, letter):
    ref, given = SAMPLES[letter]
    before = header(world) if letter == "K" else stated(world, ref)
    assert set(given) | {"rating", "confidence", "evidence_cutoff", "publication_date"} >= set(before)
    version = set_attributes(**act(world), ref=ref, version=0, given=given)
    assert version == 1
    assert (header(world) if letter == "K" else stated(world, ref)) == before | given
    changed = PartEvent.objects.filter(ref="" if letter == "K" else ref).values_list(
        "attribute", "verb", "before", "after"
    )
    labels = {one.name: one for one in ATTRIBUTES[letter]}
    assert set(changed) == {
        (name, "changed", labels[name].shown(before[name]), labels[name].shown(value)) for name, value in given.items()
    }
    assert list(AuditEvent.objects.filter(verb="part_changed").values_list("target", flat=True)) == [ref]


def header(world: World) -> dict[str, object]:
    from pathways.loaders import stated_of

    return stated_of(CaseHeader.objects.get(case_id=world.case_id), ATTRIBUTES["K"])


@pytest.mark.parametrize("name", ["Sten", "Lex", "Noor"])
def test_nobody_else_sets_anything(world, name):
    for ref, given in SAMPLES.values():
        with pytest.raises(Http404):
            set_attributes(**act(world, name), ref=ref, version=0, given=given)
    assert events(world) == []


def test_three_fields_changed_by_somebody_else_meanwhile_are_told_and_nothing_is_written(world):
    set_attributes(
        **act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "in_doubt", "grade": "weak", "owner": "ada"}
    )
    with pytest.raises(Stale) as told:
        set_attributes(
            **act(world), ref="C-AAAA", version=0, given={"state": "draft", "grade": "strong", "owner": "owen"}
        )
    assert told.value.version == 1
    assert told.value.retired is False
    theirs = {"kind": "control", "state": "in_doubt", "grade": "weak", "owner": "ada", "tags": ()}
    assert told.value.theirs == theirs == stated(world, "C-AAAA")
    set_attributes(**act(world), ref="C-AAAA", version=1, given={"state": "draft", "grade": "weak", "owner": "owen"})
    assert stated(world, "C-AAAA") == theirs | {"state": "draft", "owner": "owen"}


def test_saying_the_same_again_is_no_change(world):
    assert set_attributes(**act(world), ref="C-AAAA", version=0, given=stated(world, "C-AAAA")) == 0
    assert events(world) == []


def test_attributes_of_something_retired_are_told_to_be_stale_and_what_it_says(world):
    retire(**act(world, "Ada"), ref="C-AAAA", **seen(world, "C-AAAA"), why="w")
    with pytest.raises(Stale) as told:
        set_attributes(**act(world), ref="C-AAAA", version=0, given={"state": "draft"})
    assert told.value.retired
    assert stated(world, "C-AAAA")["state"] == "supported"


def test_header_is_locked_the_same_way(world):
    set_attributes(**act(world, "Ada"), ref="K-TEST", version=0, given={"rehearsal": False})
    with pytest.raises(Stale) as told:
        set_attributes(**act(world), ref="K-TEST", version=0, given={"kind": "safety_case"})
    assert told.value.theirs["rehearsal"] is False


@pytest.mark.parametrize(("ref", "pathway"), [("P-AAAA", "P-AAAA"), ("K-TEST", None)])
def test_rating_changes_with_a_reason_or_not_at_all(world, ref, pathway):
    with pytest.raises(CannotChange, match="Say why the rating changes") as refused:
        set_attributes(**act(world), ref=ref, version=0, given={"rating": "high"}, why=" ")
    assert refused.value.field == "why"
    assert not RatingChange.objects.exists()
    set_attributes(**act(world), ref=ref, version=0, given={"rating": "high"}, why="A new drill.")
    set_attributes(**act(world), ref=ref, version=1, given={"rating": None, "confidence": None}, why="Not known.")
    found = RatingChange.objects.order_by("order").values_list("pathway__ref", "rating", "order")
    confidence = RatingChange.objects.order_by("order").values_list("confidence", flat=True)
    assert list(found) == [(pathway, "high", 0), (pathway, None, 1)]
    assert list(confidence) == ["medium", None]
    assert plain_text(parsed(RatingChange.objects.get(order=0).why.content)) == "A new drill."
    assert {verb for _, verb, _, _ in events(world)} == {"rated"}
    assert set(PartEvent.objects.values_list("why", flat=True)) == {"A new drill.", "Not known."}


@pytest.mark.parametrize("ref", ["P-AAAA", "K-TEST"])
def test_first_rating_needs_no_reason_and_every_later_one_does(world, ref):
    rated = {"rating": None, "confidence": None}
    set_attributes(**act(world), ref=ref, version=0, given=rated, why="To begin with nothing.")
    set_attributes(**act(world), ref=ref, version=1, given={"confidence": "low"})
    for given in ({"rating": "low"}, {"confidence": None}):
        with pytest.raises(CannotChange, match="Say why the rating changes"):
            set_attributes(**act(world), ref=ref, version=2, given=given)
    last = RatingChange.objects.order_by("order").last()
    assert (last.rating, last.confidence, plain_text(parsed(last.why.content))) == (None, "low", "")
    copied = import_raw(json.loads(export_case(case_id=world.case_id)), as_new=True)
    assert RatingChange.objects.filter(case_id=copied).count() == 2


@pytest.mark.parametrize(
    ("ref", "given", "field"),
    [
        ("C-AAAA", {"state": "splendid"}, "state"),
        ("C-AAAA", {"state": None}, "state"),
        ("C-AAAA", {"owner": "nobody"}, "owner"),
        ("C-AAAA", {"tags": ("G-ZZZZ",)}, "tags"),
        ("E-AAAA", {"as_of": "yesterday"}, "as_of"),
        ("E-AAAA", {"relied_on": "yes"}, "relied_on"),
        ("A-AAAA", {"owner": None}, "owner"),
        ("A-AAAA", {"claim": "C-ZZZZ"}, "claim"),
        ("K-TEST", {"contexts": ("the moon",)}, "contexts"),
    ],
)
def test_values_that_cannot_be_are_refused_at_their_field(world, ref, given, field):
    with pytest.raises(CannotChange) as refused:
        set_attributes(**act(world), ref=ref, version=0, given=given)
    assert refused.value.field == field
    assert events(world) == []


def test_attribute_that_there_is_not_and_part_of_another_case_are_absent(world):
    other = World(import_raw(plain_case().file, as_new=True), world.users)
    with pytest.raises(Http404):
        set_attributes(**act(world), ref="C-AAAA", version=0, given={"statement": "x"})
    with pytest.raises(Http404):
        set_attributes(**act(world), ref="C-ZZZZ", version=0, given={"state": "draft"})
    with pytest.raises(Http404):
        set_attributes(by=world.actor("Jun"), case_id=other.case_id, ref="C-AAAA", version=0, given={"state": "draft"})


def test_groups_are_added_and_left_while_those_that_are_retired_stay_as_they_were(world):
    second = create_tag(**act(world), name="Second")
    set_attributes(**act(world), ref="C-AAAA", version=0, given={"tags": ("G-AAAA", second)})
    retire(**act(world), ref="G-AAAA", **seen(world, "G-AAAA"), why="w")
    assert stated(world, "C-AAAA")["tags"] == (second,)
    set_attributes(**act(world), ref="C-AAAA", version=1, given={"tags": ()})
    assert list(row(world, "C-AAAA").tags.values_list("ref", flat=True)) == ["G-AAAA"]
