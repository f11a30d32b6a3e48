"""Positions carried through steps that came later, exactly as ProseMirror maps them. Pure.

Read from the stored steps themselves: making a document of all that they ever inserted would take most of the time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

from prosemirror.transform import StepMap

from prose.anchors import Span
from prose.marked import MarkedContent, content_to_json
from prose.nodes import LEAVES, Json, utf16_length

Raw = dict[str, Json]


def carry(span: Span, batches: Iterable[MarkedContent]) -> Span:
    """The range after all steps of those batches."""
    for batch in batches:
        span = mapped(span, maps_of(batch))
    return span


def maps_of(batch: MarkedContent) -> list[StepMap]:
    """How the steps of a stored batch move positions."""
    return step_maps(json.loads(content_to_json(batch)))


def step_maps(steps: Iterable[Json]) -> list[StepMap]:
    """How normalised steps move positions; those that only change marks or attributes move none, and are left out."""
    ranges = (_ranges(cast("Raw", raw)) for raw in steps)
    return [StepMap(found) for found in ranges if found]


def _ranges(step: Raw) -> list[int]:
    """Position, old size and new size of each range that a step replaced."""
    start, end, size = cast("int", step.get("from")), cast("int", step.get("to")), _slice_size(step)
    match step["stepType"]:
        case "replace":
            return [start, end - start, size]
        case "replaceAround":
            gap_from, gap_to, insert = (cast("int", step[key]) for key in ("gapFrom", "gapTo", "insert"))
            return [start, gap_from - start, insert, gap_to, end - gap_to, size - insert]
        case _:
            return []


def _slice_size(step: Raw) -> int:
    piece = cast("Raw", step.get("slice") or {})
    opened = cast("int", piece.get("openStart", 0)) + cast("int", piece.get("openEnd", 0))
    return _size(piece) - opened


def _size(holder: Raw) -> int:
    """Size of what is inside, in positions."""
    return sum(node_size(cast("Raw", child)) for child in cast("list[Json]", holder.get("content", [])))


def node_size(node: Raw) -> int:
    """What a node takes in positions."""
    if node["type"] == "text":
        return utf16_length(str(node["text"]))
    return 1 if node["type"] in LEAVES else 2 + _size(node)


def mapped(span: Span, maps: Iterable[StepMap]) -> Span:
    """The range after those steps: what is inserted at its ends stays outside; with its words it shrinks to a point."""
    start, end = span.start, span.end
    for step_map in maps:
        ranges = step_map.ranges
        if ranges[0] > start and ranges[0] > end:  # as most are, in a text of some length
            continue
        start, end = step_map.map(start, 1), step_map.map(end, -1)
    return Span(start, max(start, end))
