"""Two people who change the structure at the same moment, on connections of their own: one is told, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cases.actions.redactions import redact_words
from cases.actions.writing import write
from cases.redaction.facts import Extent, Ground
from cases.role_permissions import write_role_permissions
from evidence.actions.any_part import move_by, retire, set_attributes
from evidence.actions.merging import merge_claims
from pathways.actions.acting import Stale
from pathways.actions.linking import create_support
from pathways.actions.making import create_claim
from pathways.actions.merging import Merge
from pathways.models import Claim
from pathways.values import ClaimKind, SupportRole
from prose.anchors import Span
from review.snapshot import read_case
from tests.pathways.structure_world import act, links, row, seen, sound, stated, structure_world, words
from tests.review.test_releases_at_once import at_once
from tests.review.test_structure_words import make
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    write_role_permissions()  # emptying the database after a test of this kind empties the table of who may
    return structure_world()


def does(world: World, name: str, do: Callable[..., object], **more: Any) -> Callable[[], object]:
    given = {**act(world, name), **more}
    return lambda: do(**given)


def typed(world: World, ref: str, name: str, words_typed: str) -> Callable[[], object]:
    """Ada types at the start of a text."""
    import uuid

    text = getattr(row(world, ref), name)
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": words_typed}]}}
    more = {"text_key": text.key, "version": text.version, "operation_id": uuid.uuid4(), "steps": [step]}
    return does(world, "Ada", write, **more)


@pytest.mark.parametrize("time", range(4))
def test_retiring_and_changing_one_claim_at_once_tells_the_second_and_keeps_both_values(world, time):
    looked = seen(world, "C-AAAA")
    results = at_once(
        does(world, "Jun", retire, ref="C-AAAA", **looked, why="w"),
        does(world, "Ada", set_attributes, ref="C-AAAA", version=0, given={"state": "draft"}),
    )
    told = [one for one in results if isinstance(one, Stale)]
    assert len(told) == 1
    if results[0] is None:
        assert told[0].retired
        assert (row(world, "C-AAAA").retired, stated(world, "C-AAAA")["state"]) == (True, "supported")
    else:
        assert (row(world, "C-AAAA").retired, stated(world, "C-AAAA")["state"]) == (False, "draft")


@pytest.mark.parametrize("time", range(4))
def test_words_typed_while_somebody_retires_are_kept_or_the_retiring_waits(world, time):
    looked = seen(world, "C-AAAA")
    results = at_once(
        does(world, "Jun", retire, ref="C-AAAA", **looked, why="w"), typed(world, "C-AAAA", "basis", "Typed. ")
    )
    kept = words(world, "C-AAAA", "basis").startswith("Typed. ")
    if isinstance(results[0], Stale):  # the typing came first: nobody retires what they have not read
        assert (kept, row(world, "C-AAAA").retired) == (True, False)
    else:  # what is not kept in the text was refused, and the editor has it still
        assert row(world, "C-AAAA").retired
        assert kept is not isinstance(results[1], Exception)


@pytest.mark.parametrize("time", range(3))
def test_two_who_set_attributes_at_once_leave_one_to_be_told(world, time):
    results = at_once(
        does(world, "Jun", set_attributes, ref="C-AAAA", version=0, given={"state": "draft"}),
        does(world, "Ada", set_attributes, ref="C-AAAA", version=0, given={"grade": "weak"}),
    )
    assert sorted(type(one).__name__ for one in results) == ["Stale", "int"]
    assert row(world, "C-AAAA").version == 1


@pytest.mark.parametrize("time", range(3))
def test_ring_is_not_closed_by_two_at_once(world, time):
    results = at_once(
        does(world, "Jun", create_support, resting="C-BBBB", claim="C-CCCC", role=SupportRole.CONTEXT),
        does(world, "Ada", create_support, resting="C-CCCC", claim="C-BBBB", role=SupportRole.CONTEXT),
    )
    assert sorted(type(one).__name__ for one in results) == ["CannotChange", "str"]


@pytest.mark.parametrize("time", range(3))
def test_new_parts_made_and_moved_at_once_have_places_of_their_own(world, time):
    results = at_once(
        does(world, "Jun", create_claim, kind=ClaimKind.USAGE),
        does(world, "Ada", create_claim, kind=ClaimKind.USAGE),
        does(world, "Mina", move_by, ref="C-CCCC", steps=-2),
    )
    assert not [one for one in results if isinstance(one, Exception)]
    assert sorted(Claim.objects.values_list("order", flat=True)) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("time", range(3))
def test_merging_two_into_each_other_at_once_leaves_one(world, time):
    results = at_once(
        does(world, "Jun", merge_claims, merge=Merge("C-AAAA", "C-BBBB", **seen(world, "C-AAAA"), why="w")),
        does(world, "Ada", merge_claims, merge=Merge("C-BBBB", "C-AAAA", **seen(world, "C-BBBB"), why="w")),
    )
    assert sorted(type(one).__name__ for one in results) == ["CannotChange", "tuple"]
    sound(read_case(world.case_id))
    assert len(links(world)) == 5


@pytest.mark.parametrize("time", range(3))
def test_merging_hiding_and_typing_at_once_never_wait_in_a_ring(world, time):
    """Whoever hides locks the case, then the text; whoever writes, the text; a merge locks the case, then many texts."""
    basis = row(world, "C-BBBB").basis
    append = frozenset({"statement", "basis"})
    merge = Merge("C-AAAA", "C-BBBB", **seen(world, "C-AAAA"), why="w", append=append, recite=True)
    results = at_once(
        does(world, "Jun", merge_claims, merge=merge),
        does(
            world,
            "Mina",
            redact_words,
            text_key=basis.key,
            version=0,
            span=Span(1, 3),
            ground=Ground.SECURITY,
            note="n",
            reason="r",
            extent=Extent.NAME,
        ),
        typed(world, "C-BBBB", "basis", "Typed. "),
        lambda: make(world, "P-AAAA", "argument", "First").status_code,
    )
    assert not [
        one for one in results if isinstance(one, Exception) and type(one).__name__ not in ("Stale", "CannotChange")
    ]
    assert results[0] == ()
    sound(read_case(world.case_id))
    assert "capped at ten" in words(world, "C-BBBB", "basis")
