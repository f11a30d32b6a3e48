"""Positions of one document in another: from an edition to the live text, and on through steps that came later."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prose.anchors import HiddenMap, Span
from prose.mapping import carry, mapped, step_maps
from prose.marked import MarkedContent
from prose.marking import mark_range
from prose.nodes import Json
from tests.prose.random_edits import random_document, random_steps
from tests.prose.test_marking import BODY, EVERYTHING, WHOLE, Raw, content_of, words

# "One two" shown at 1-8, a bar at 8 for the live run 8-40, "three" at 9-14, a bar at 16 for the one live unit 48-49.
MAP = HiddenMap(((1, 8, 1, 8), (8, 9, 8, 40), (9, 14, 40, 45), (16, 17, 48, 49)))


@pytest.mark.parametrize(
    ("shown", "live"),
    [
        (Span(1, 8), Span(1, 8)),
        (Span(2, 3), Span(2, 3)),
        (Span(8, 9), Span(8, 40)),  # a bar is its whole run
        (Span(7, 10), Span(7, 41)),
        (Span(10, 12), Span(41, 43)),
        (Span(0, 99), Span(1, 49)),
        (Span(16, 17), Span(48, 49)),
        (Span(14, 16), Span(45, 45)),  # between two blocks: no words, the place after the last ones
        (Span(0, 1), Span(0, 0)),
        (Span(50, 60), Span(49, 49)),
    ],
)
def test_shown_range_leads_to_the_live_one(shown: Span, live: Span) -> None:
    assert MAP.to_live(shown) == live


def test_every_part_of_a_shown_range_stays_within_its_live_one() -> None:
    whole = {(a, b): MAP.to_live(Span(a, b)) for a in range(18) for b in range(a + 1, 19)}
    for (a, b), live in whole.items():
        assert live.start <= live.end
        parts = [MAP.to_live(Span(c, c + 1)) for c in range(a, b)]
        real = [part for part in parts if part.start < part.end]
        if real:
            assert (live.start, live.end) == (min(p.start for p in real), max(p.end for p in real))


def test_map_comes_back_from_json_as_it_was() -> None:
    assert HiddenMap.from_json(json.loads(json.dumps(MAP.to_json()))) == MAP


@pytest.mark.parametrize("raw", [None, {}, "x", [], [1, "x", None]])
def test_map_that_is_none_leads_nowhere(raw: Json) -> None:
    assert HiddenMap.from_json(raw).to_live(Span(3, 5)) == Span(0, 0)


INSERT = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [words("xyz")]}}
DELETE = {"stepType": "replace", "from": 2, "to": 4}


@pytest.mark.parametrize(
    ("steps", "span", "carried"),
    [
        ([], Span(3, 5), Span(3, 5)),
        ([INSERT], Span(3, 5), Span(6, 8)),
        ([INSERT], Span(1, 2), Span(4, 5)),  # what is typed at its edge is not in it
        ([DELETE], Span(5, 6), Span(3, 4)),
        ([DELETE], Span(1, 3), Span(1, 2)),
        ([DELETE], Span(2, 4), Span(2, 2)),
        ([DELETE], Span(3, 3), Span(2, 2)),
        ([INSERT, DELETE], Span(3, 5), Span(4, 6)),
    ],
)
def test_range_is_carried_through_steps_as_prosemirror_maps_it(steps: list[Raw], span: Span, carried: Span) -> None:
    batches = [MarkedContent(json.dumps([step])) for step in steps]
    assert carry(span, batches) == carried
    together = MarkedContent(json.dumps(steps))
    assert carry(span, [together]) == carried


def test_range_is_carried_through_marks_unmoved() -> None:
    _, steps = mark_range(content_of(EVERYTHING), BODY, Span(0, WHOLE), "R-AAAA")
    assert {step["stepType"] for step in steps} == {"addMark", "addNodeMark"}
    assert carry(Span(7, 70), [MarkedContent(json.dumps(steps))]) == Span(7, 70)


@given(st.integers(0, 2**48))
def test_maps_of_stored_steps_are_the_librarys(seed: int) -> None:
    dice = Random(seed)
    before = random_document(dice)
    steps = random_steps(dice, before, 6)
    theirs = [step.get_map() for step in steps]
    ours = step_maps(json.loads(json.dumps([step.to_json() for step in steps])))
    assert [one.ranges for one in ours] == [one.ranges for one in theirs if one.ranges]
    start, end = sorted((dice.randint(0, before.content.size), dice.randint(0, before.content.size)))
    expected = start, end
    for one in theirs:
        expected = one.map(expected[0], 1), one.map(expected[1], -1)
    assert mapped(Span(start, end), ours) == Span(expected[0], max(expected))
