"""New parts: who may, their references and places, their texts, what is remembered of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import Http404

from cases.models import AuditEvent
from evidence.actions.any_part import move, move_by, retire
from evidence.actions.making import create_assurance, create_bearing, create_evidence
from evidence.values import Direction, EvidenceType
from pathways.actions import making
from pathways.actions.acting import CannotChange
from pathways.actions.linking import create_support
from pathways.actions.making import (
    create_claim,
    create_limitation,
    create_pathway,
    create_section,
    create_tag,
    create_term,
)
from pathways.models import Claim
from pathways.values import ClaimKind, Grade, SupportRole
from prose.models import Text
from review.snapshot import read_case
from tests.pathways.structure_world import (
    act,
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
from tests.world import World, import_raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return structure_world()


MAKERS: dict[str, Any] = {
    "S": lambda given: create_section(**given, title="New"),
    "P": lambda given: create_pathway(**given, title="New"),
    "C": lambda given: create_claim(**given, kind=ClaimKind.USAGE, statement="New"),
    "N": lambda given: create_limitation(**given, title="New"),
    "T": lambda given: create_term(**given, name="New"),
    "G": lambda given: create_tag(**given, name="New"),
    "E": lambda given: create_evidence(**given, type=EvidenceType.SURVEY, title="New"),
    "A": lambda given: create_assurance(**given, owner="owen", given_on=date(2026, 1, 1), claim="C-BBBB"),
    "L": lambda given: create_support(**given, resting="P-AAAA", claim="C-BBBB", role=SupportRole.CONTEXT),
    "B": lambda given: create_bearing(
        **given, evidence="E-AAAA", claim="C-BBBB", direction=Direction.AGAINST, strength=Grade.WEAK
    ),
}


@pytest.mark.parametrize("letter", MAKERS)
@pytest.mark.parametrize(
    ("name", "may"), [("Ada", True), ("Mina", True), ("Jun", True), ("Lex", False), ("Sten", False), ("Noor", False)]
)
def test_managers_and_authors_make_parts_and_nobody_else(world, letter, name, may):
    before = Text.objects.count()
    if not may:
        with pytest.raises(Http404):
            MAKERS[letter](act(world, name))
        assert (Text.objects.count(), events(world)) == (before, [])
        return
    ref = MAKERS[letter](act(world, name))
    assert ref[0] == letter
    assert events(world) == [(name, "created", "", "")]
    trail = AuditEvent.objects.filter(verb="part_created").values_list("actor_id", "case_id", "target")
    assert list(trail) == [(world.users[name].pk, world.case_id, ref)]
    assert refs(world, letter)[-1] == ref
    sound(read_case(world.case_id))


def test_new_pathway_has_all_its_texts_empty_but_the_title_and_is_not_ready(world):
    made = row(world, create_pathway(**act(world), title=" A   new  one "))
    assert words(world, made.ref, "title") == "A new one"
    assert [words(world, made.ref, name) for name in ("answer", "action", "argument", "reason")] == [""] * 4
    assert len({made.title.key, made.answer.key, made.action.key, made.argument.key, made.reason.key}) == 5
    assert (made.ready, made.rating, made.argument.version) == (False, None, 0)


def test_new_part_stands_right_after_the_one_that_is_named(world):
    ref = create_claim(**act(world), kind=ClaimKind.USAGE, after="C-AAAA")
    assert refs(world, "C") == ["C-AAAA", ref, "C-BBBB", "C-CCCC"]


def test_new_part_after_something_that_is_not_there_is_refused(world):
    with pytest.raises(CannotChange, match="C-ZZZZ is not there any more"):
        create_claim(**act(world), kind=ClaimKind.USAGE, after="C-ZZZZ")
    assert Claim.objects.count() == 3


def test_reference_of_something_retired_is_never_given_again(world, monkeypatch):
    retire(**act(world), ref="C-AAAA", **seen(world, "C-AAAA"), why="w")
    asked = []

    def recorded(letter: str, taken: set[str]) -> str:
        asked.append(taken)
        return "C-NEWW"

    monkeypatch.setattr(making, "new_ref", recorded)
    create_claim(**act(world), kind=ClaimKind.USAGE)
    assert asked == [{"C-AAAA", "C-BBBB", "C-CCCC"}]


def test_support_is_made_once_between_two_and_never_in_a_ring(world):
    ref = create_support(**act(world), resting="C-CCCC", claim="C-BBBB", role=SupportRole.LOAD_BEARING, reason="Since.")
    assert ("C-CCCC", "C-BBBB") in links(world)
    assert words(world, ref, "reason") == "Since."
    with pytest.raises(CannotChange, match=rf"C-CCCC rests on C-BBBB already, by {ref}"):
        create_support(**act(world), resting="C-CCCC", claim="C-BBBB", role=SupportRole.CONTEXT)
    with pytest.raises(CannotChange, match="rest on itself: C-"):
        create_support(**act(world), resting="C-BBBB", claim="C-AAAA", role=SupportRole.CONTEXT)
    with pytest.raises(CannotChange, match="rest on itself: C-BBBB → C-BBBB"):
        create_support(**act(world), resting="C-BBBB", claim="C-BBBB", role=SupportRole.CONTEXT)


def test_bearing_is_made_once_between_two(world):
    with pytest.raises(CannotChange, match="E-AAAA bears on C-AAAA already, by B-AAAA"):
        create_bearing(**act(world), evidence="E-AAAA", claim="C-AAAA", direction=Direction.FOR, strength=Grade.STRONG)


def test_nothing_is_linked_to_what_is_retired_or_of_another_case(world):
    other = World(import_raw(plain_case().file, as_new=True), world.users)
    retire(**act(world), ref="C-CCCC", **seen(world, "C-CCCC"), why="w")
    with pytest.raises(CannotChange, match="C-CCCC is retired"):
        create_support(**act(world), resting="P-AAAA", claim="C-CCCC", role=SupportRole.CONTEXT)
    with pytest.raises(Http404):
        create_support(**act(world), resting="P-AAAA", claim="C-ZZZZ", role=SupportRole.CONTEXT)
    with pytest.raises(Http404):
        create_support(
            by=world.actor("Jun"), case_id=other.case_id, resting="P-AAAA", claim="C-BBBB", role=SupportRole.CONTEXT
        )


def test_moving_puts_a_part_after_another_before_all_or_one_place_on(world):
    move(**act(world), ref="C-AAAA", after="C-CCCC")
    assert refs(world, "C") == ["C-BBBB", "C-CCCC", "C-AAAA"]
    move(**act(world), ref="C-CCCC", after="")
    assert refs(world, "C") == ["C-CCCC", "C-BBBB", "C-AAAA"]
    move_by(**act(world), ref="C-CCCC", steps=1)
    move_by(**act(world), ref="C-CCCC", steps=-5)
    move_by(**act(world), ref="C-CCCC", steps=-1)  # at the top already: nothing happens
    assert refs(world, "C") == ["C-CCCC", "C-BBBB", "C-AAAA"]
    assert [(verb, other) for _, verb, other, _ in events(world)] == [
        ("moved", "C-CCCC"),
        ("moved", ""),
        ("moved", "C-BBBB"),
        ("moved", ""),
    ]


def test_moving_passes_over_retired_parts_and_leaves_numbers_dense(world):
    retire(**act(world), ref="C-BBBB", **seen(world, "C-BBBB"), why="w")
    move_by(**act(world), ref="C-CCCC", steps=-1)
    assert refs(world, "C") == ["C-CCCC", "C-AAAA"]
    assert sorted(Claim.objects.values_list("order", flat=True)) == [0, 1, 2]
    with pytest.raises(Http404):
        move(**act(world), ref="C-CCCC", after="C-BBBB")
    with pytest.raises(CannotChange, match="is retired"):
        move_by(**act(world), ref="C-BBBB", steps=1)


def test_links_move_among_those_of_the_same_parent(world):
    later = create_support(**act(world), resting="P-AAAA", claim="C-CCCC", role=SupportRole.CONTEXT)
    move_by(**act(world), ref=later, steps=-1)
    case = read_case(world.case_id)
    assert [one.ref for one in case.supports_under["P-AAAA"]] == [later, "L-AAAA"]
    with pytest.raises(Http404):
        move(**act(world), ref=later, after="L-BBBB")


@pytest.mark.parametrize("name", ["Sten", "Lex", "Noor"])
def test_nobody_else_moves_or_retires(world, name):
    with pytest.raises(Http404):
        move_by(**act(world, name), ref="C-AAAA", steps=1)
    with pytest.raises(Http404):
        retire(**act(world, name), ref="C-AAAA", **seen(world, "C-AAAA"), why="w")
    assert refs(world, "C") == ["C-AAAA", "C-BBBB", "C-CCCC"]
