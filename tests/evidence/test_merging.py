"""Merging: what stood on the one stands on the other, words follow with their marks, and nothing hidden becomes shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import Http404

from cases.actions.hidden_alike import hiding_whole
from cases.models import Redaction
from evidence.actions.any_part import bring_back, set_attributes
from evidence.actions.making import create_bearing
from evidence.actions.merging import merge_claims
from evidence.models import Assurance
from evidence.values import Direction
from pathways.actions.acting import CannotChange, Stale
from pathways.actions.linking import create_support
from pathways.actions.merging import Merge, merge_pathways
from pathways.models import PartEvent
from pathways.values import Grade, SupportRole
from prose.models import Step
from review.making import make_edition
from review.snapshot import read_case
from tests.case_builder import CaseBuilder
from tests.pathways.structure_world import (
    act,
    edition_of,
    events,
    links,
    plain_case,
    raw,
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


def asked(world: World, gone: str, into: str, **more: Any) -> Merge:
    return Merge(gone=gone, into=into, **seen(world, gone), why="They say the same.", **more)


def merged(world: World, gone: str = "C-AAAA", into: str = "C-BBBB", **more: Any) -> tuple[str, ...]:
    merge = merge_pathways if gone.startswith("P") else merge_claims
    return merge(**act(world), merge=asked(world, gone, into, **more))


def test_supports_bearings_and_assurances_follow(world):
    assert merged(world) == ()
    assert links(world) == {
        ("P-AAAA", "C-BBBB"),
        ("P-BBBB", "C-BBBB"),
        ("C-BBBB", "C-CCCC"),
        ("E-AAAA", "C-BBBB"),
        ("E-BBBB", "C-BBBB"),
    }
    assert Assurance.objects.get().claim.ref == "C-BBBB"
    sound(read_case(world.case_id))


def test_both_sides_say_what_became_of_it_and_why(world):
    merged(world)
    assert events(world, "C-AAAA") == [("Jun", "merged", "C-BBBB", "They say the same.")]
    assert events(world, "C-BBBB") == [("Jun", "took_in", "C-AAAA", "They say the same.")]
    pointed = PartEvent.objects.filter(verb="repointed").values_list("ref", "attribute", "before", "after")
    assert set(pointed) == {
        ("L-AAAA", "claim", "C-AAAA", "C-BBBB"),
        ("L-CCCC", "resting", "C-AAAA", "C-BBBB"),
        ("B-AAAA", "claim", "C-AAAA", "C-BBBB"),
        ("A-AAAA", "claim", "C-AAAA", "C-BBBB"),
    }


def test_links_that_the_other_has_already_are_retired_and_the_heavier_role_stays(world):
    twin = create_support(**act(world), resting="P-AAAA", claim="C-BBBB", role=SupportRole.CONTEXT)
    create_bearing(**act(world), evidence="E-AAAA", claim="C-BBBB", direction=Direction.AGAINST, strength=Grade.WEAK)
    assert set(merged(world)) == {"L-AAAA", "B-AAAA"}
    assert row(world, "L-AAAA").retired
    assert row(world, twin).role == "load_bearing"
    assert [one.ref for one in read_case(world.case_id).supports_under["P-AAAA"]] == [twin]


def test_role_of_a_hidden_link_does_not_come_out_in_the_one_that_stays():
    case = plain_case()
    case.redaction("R-RRLE", target={"kind": "attribute", "ref": "L-AAAA", "name": "role"})
    world = structure_world(case)
    twin = create_support(**act(world), resting="P-AAAA", claim="C-BBBB", role=SupportRole.CONTEXT)
    merged(world)
    assert row(world, twin).role == "context"


def test_link_between_the_two_is_retired(world):
    between = create_support(**act(world), resting="C-AAAA", claim="C-BBBB", role=SupportRole.CONTEXT)
    assert merged(world) == (between,)
    sound(read_case(world.case_id))


def test_merging_into_a_ring_is_refused(world):
    create_support(**act(world), resting="C-CCCC", claim="C-BBBB", role=SupportRole.CONTEXT)
    with pytest.raises(CannotChange, match="rest on itself") as refused:
        merged(world)  # C-BBBB would rest on C-CCCC, which rests on it
    assert refused.value.field == "into"
    assert not row(world, "C-AAAA").retired


def test_words_follow_with_their_marks_and_citations(world):
    merged(world, append=frozenset({"statement", "basis"}))
    stored = json.loads(raw(world, "C-BBBB", "basis"))["content"]
    hidden = [{"type": "redaction", "attrs": {"ref": "R-AAAA"}}]
    assert stored[1]["content"] == [
        {"type": "text", "text": "Egress is "},
        {"type": "text", "text": "capped at ten", "marks": hidden},
        {"type": "text", "text": "."},
    ]
    assert stored[2]["content"][1] == {"type": "text", "text": "private", "marks": hidden}
    assert stored[2]["content"][3] == {"type": "citation", "attrs": {"ref": "E-AAAA"}}
    assert words(world, "C-AAAA", "statement") == "Egress is capped at ten."
    for secret in ("capped at ten", "private"):
        assert secret not in edition_of(world)
        assert secret in edition_of(world, "full")


def test_words_that_were_not_chosen_stay_where_they_were(world):
    before = raw(world, "C-BBBB", "basis"), raw(world, "C-BBBB", "assumptions")
    merged(world)
    assert (raw(world, "C-BBBB", "basis"), raw(world, "C-BBBB", "assumptions")) == before
    assert not Step.objects.exists()


def test_citations_become_citations_of_the_other_on_request(world):
    merged(world, recite=True)
    argument, body = raw(world, "P-AAAA", "argument"), raw(world, "S-AAAA", "body")
    assert "C-AAAA" not in argument + body
    assert argument.count('"C-BBBB"') == 2
    assert [step.why for step in Step.objects.all()] == ["replaced", "replaced"]


def test_citations_stay_where_nobody_asks(world):
    merged(world)
    assert "C-AAAA" in raw(world, "P-AAAA", "argument")


def test_pathways_merge_with_their_arguments(world):
    create_support(**act(world), resting="P-AAAA", claim="C-BBBB", role=SupportRole.LOAD_BEARING)
    dropped = merged(world, "P-BBBB", "P-AAAA", append=frozenset({"title", "argument", "reason"}))
    assert dropped == ("L-BBBB",)
    assert words(world, "P-AAAA", "argument").endswith("Sabotage\nIts own hidden argument.")
    assert words(world, "P-AAAA", "reason") == "Since it is hard."
    assert events(world, "P-BBBB") == [("Jun", "merged", "P-AAAA", "They say the same.")]
    assert "hidden argument" not in edition_of(world)
    sound(read_case(world.case_id))


def test_who_merges_what_was_changed_meanwhile_is_told(world):
    merge = asked(world, "C-AAAA", "C-BBBB")
    set_attributes(**act(world, "Ada"), ref="C-AAAA", version=0, given={"state": "draft"})
    with pytest.raises(Stale):
        merge_claims(**act(world), merge=merge)
    assert not row(world, "C-AAAA").retired


@pytest.mark.parametrize(
    ("gone", "into", "why"), [("C-AAAA", "C-AAAA", "another one"), ("C-AAAA", "P-AAAA", "into a claim")]
)
def test_merging_into_itself_or_into_something_else_is_refused(world, gone, into, why):
    with pytest.raises(CannotChange, match=why):
        merged(world, gone, into)


@pytest.mark.parametrize("name", ["Sten", "Lex", "Noor"])
def test_nobody_else_merges(world, name):
    with pytest.raises(Http404):
        merge_claims(**act(world, name), merge=asked(world, "C-AAAA", "C-BBBB"))
    with pytest.raises(Http404):
        merge_claims(**act(world), merge=asked(world, "C-AAAA", "C-ZZZZ"))


def test_what_was_merged_comes_back_alone(world):
    merged(world)
    bring_back(**act(world), ref="C-AAAA")
    assert not {pair for pair in links(world) if "C-AAAA" in pair}


SECRET = "QXSECRET"


def masked_case(**changes: Any) -> CaseBuilder:
    """C-MASK is masked on legal duty; all that hangs on it alone is secret."""
    case = CaseBuilder()
    case.redaction("R-MASK", target={"kind": "object", "ref": "C-MASK", "how": "masked"}, **changes)
    case.pathway("P-AAAA", "Leaks", "Words.")
    case.claim("C-AAAA", "Egress is capped.")
    case.claim("C-MASK", f"{SECRET} statement", basis=f"{SECRET} basis")
    case.claim("C-CCCC", "Logs are read.")
    case.support("L-AAAA", "P-AAAA", "C-MASK", reason=f"{SECRET} reason")
    case.support("L-BBBB", "C-MASK", "C-CCCC", reason=f"{SECRET} step")
    case.evidence("E-AAAA", "A drill")
    case.bearing("B-AAAA", "E-AAAA", "C-MASK", place=f"{SECRET} place")
    return case


ALL = frozenset({"statement", "basis", "assumptions"})


def test_hidden_claim_is_not_merged_into_one_that_shows():
    world = structure_world(masked_case())
    assert SECRET not in edition_of(world)
    with pytest.raises(CannotChange, match="C-MASK is hidden by R-MASK, and C-AAAA is not hidden as much") as refused:
        merged(world, "C-MASK", "C-AAAA", append=ALL)
    assert refused.value.field == "into"
    assert not row(world, "C-MASK").retired


@pytest.mark.parametrize(
    ("over", "allowed"),
    [
        ({}, True),
        ({"ground": "security"}, False),  # read by who is cleared for it and not for legal duty
        ({"state": "lifted"}, False),
        ({"revealed_to": ["public"]}, False),
        ({"state": "proposed"}, True),
    ],
)
def test_hidden_claim_goes_into_one_that_is_hidden_from_as_many(over, allowed):
    case = masked_case()
    case.redaction("R-VERR", target={"kind": "object", "ref": "C-AAAA", "how": "masked"}, **over)
    world = structure_world(case)
    if not allowed:
        with pytest.raises(CannotChange, match="is not hidden as much"):
            merged(world, "C-MASK", "C-AAAA", append=ALL)
    else:
        merged(world, "C-MASK", "C-AAAA", append=ALL)
    for audience in ("public", "external_reviewer", "all_staff"):
        assert SECRET not in edition_of(world, audience)
    assert SECRET in edition_of(world, "full")


def test_omitted_claim_goes_only_into_one_that_is_left_out_too():
    case = masked_case()
    case.file["redactions"][0]["target"]["how"] = "omitted"
    case.redaction("R-VERR", target={"kind": "object", "ref": "C-AAAA", "how": "masked"})
    world = structure_world(case)
    with pytest.raises(CannotChange, match="is not hidden as much"):
        merged(world, "C-MASK", "C-AAAA")
    Redaction.objects.filter(ref="R-VERR").update(omitted=True)
    merged(world, "C-MASK", "C-AAAA")
    assert SECRET not in edition_of(world)


def test_hidden_link_stays_hidden_where_it_leads_elsewhere():
    case = plain_case()
    case.redaction("R-LNKS", target={"kind": "link", "ref": "L-AAAA"})
    world = structure_world(case)
    merged(world)
    assert [one.ref for one in hiding_whole(world.case_id, ["L-AAAA"])] == ["R-LNKS"]
    found = read_case(world.case_id)
    assert [one.claim for one in found.supports_under["P-AAAA"]] == ["C-BBBB"]
    made = make_edition(found, found.audience("public"), "")
    page = next(part.content for part in made.parts if part.page == "pathways/P-AAAA")
    assert "It carries." not in page
