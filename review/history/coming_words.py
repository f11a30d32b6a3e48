"""Words that somebody else's wording brings into a text: hidden where the text hides the same words and shows them nowhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep
from prosemirror.transform import Transform

from review.history.hidden_words import hidden_in, places_of
from review.history.restoring import mark_places


def hiding_what_comes(document: LibraryNode, steps: list[LibraryStep]) -> list[LibraryStep]:
    """The steps, and those that mark what they bring. Words that are taken out at one place and put in at another stay hidden so."""
    edited = Transform(document)
    for step in steps:
        edited.step(step)
    came = list(_came(edited))
    hidden = places_of(hidden_in(document), edited.doc)
    mark_places(
        edited,
        [
            (max(start, first), min(end, last), ref)
            for start, end, refs in hidden
            for first, last in came
            if start < last and first < end
            for ref in sorted(refs)
        ],
    )
    return list(edited.steps)


def _came(edited: Transform) -> Iterator[tuple[int, int]]:
    """What the steps put in, where it stands after all of them."""
    for index, step_map in enumerate(edited.mapping.maps):
        later = edited.mapping.slice(index + 1)
        ranges = step_map.ranges
        for at in range(0, len(ranges), 3):
            start = step_map.map(ranges[at], -1)
            yield later.map(start, 1), later.map(start + ranges[at + 2], -1)
