"""Positions of one document in another: the private map of an edition's text, and anchors carried through steps."""

from __future__ import annotations

from dataclasses import dataclass

from prose.nodes import Json


@dataclass(frozen=True, slots=True)
class Span:
    """A range of positions, `start` ≤ `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HiddenMap:
    """Which live range each leaf of a shown document stands for: (shown from, shown to, live from, live to), in shown order.

    Kept inside the workshop, one per text and audience of a release, with the live version it was made from.
    """

    segments: tuple[tuple[int, int, int, int], ...]

    def to_live(self, shown: Span) -> Span:
        """The live range behind a shown one. A bar stands for its whole run; words map exactly."""
        ends = [live for segment in self.segments if (live := _overlap(segment, shown))]
        if not ends:
            return self._nearest(shown)
        return Span(min(live.start for live in ends), max(live.end for live in ends))

    def _nearest(self, shown: Span) -> Span:
        """A point: within words exactly, before or after a bar at that end of its run."""
        before = [segment for segment in self.segments if segment[0] <= shown.start]
        if not before:
            return Span(0, 0)
        shown_from, shown_to, live_from, live_to = before[-1]
        into = min(shown.start, shown_to) - shown_from
        is_bar = shown_to - shown_from != live_to - live_from
        place = live_to if is_bar and into else live_from + into
        return Span(place, place)

    def to_json(self) -> Json:
        """As a list of four-number lists."""
        return [list(segment) for segment in self.segments]

    @classmethod
    def from_json(cls, raw: Json) -> HiddenMap:
        """The map that `to_json` wrote."""
        rows = raw if isinstance(raw, list) else []
        return cls(tuple(_four(row) for row in rows if isinstance(row, list)))


def _four(row: list[Json]) -> tuple[int, int, int, int]:
    a, b, c, d = (value if isinstance(value, int) else 0 for value in row)
    return a, b, c, d


def _overlap(segment: tuple[int, int, int, int], shown: Span) -> Span | None:
    shown_from, shown_to, live_from, live_to = segment
    start, end = max(shown_from, shown.start), min(shown_to, shown.end)
    if start >= end:
        return None
    if shown_to - shown_from != live_to - live_from:  # a bar
        return Span(live_from, live_to)
    return Span(live_from + start - shown_from, live_from + end - shown_from)
