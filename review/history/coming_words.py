"""Words that somebody else's wording brings into a text: hidden there as they are hidden where they stand, or stood. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep
from prosemirror.transform import Transform

from prose.anchors import Span
from prose.hidden_words import HiddenNow, hidden_in, hidden_within, mark_places, places_of


def hiding_what_comes(
    document: LibraryNode, steps: list[LibraryStep], rewritten: Iterable[Span], elsewhere: HiddenNow
) -> list[LibraryStep]:
    """The steps, and those that mark what they bring in.

    Words that the text hides and shows nowhere, and those that are hidden `elsewhere`, come hidden. Words that are hidden in
    what the whole wording rewrites do so even if they stand shown in another place: here they are the same words, moved.
    """
    hidden = hidden_in(document) | hidden_within(document, rewritten) | elsewhere
    edited = Transform(document)
    for step in steps:
        edited.step(step)
    came = list(_came(edited))
    places = places_of(hidden, edited.doc) if hidden else []
    mark_places(
        edited,
        [
            (max(start, first), min(end, last), ref)
            for start, end, refs in places
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
