"""Which words of one version of a text are the very same in another: what no step between them took out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from prosemirror.transform import StepMap

from prose.anchors import Span
from prose.covering import ranges


class Kept(NamedTuple):
    """Words from `start`, which stand at `now` after the steps."""

    start: int
    now: int
    size: int


def surviving(span: Span, maps: Iterable[StepMap]) -> list[Kept]:
    """What those steps leave of a range, in order, and where it stands after them."""
    rows = [Kept(span.start, span.start, span.end - span.start)]
    for step_map in maps:
        rows = [part for row in rows for part in _left(row, step_map)]
    return rows


def _left(row: Kept, step_map: StepMap) -> Iterator[Kept]:
    at, end, shift = row.now, row.now + row.size, 0
    for old_start, old_end, _, new_end in ranges(step_map):
        if old_start >= end:
            break
        if at < old_start:
            yield Kept(row.start + at - row.now, at + shift, old_start - at)
        at, shift = max(at, old_end), new_end - old_end
    if at < end:
        yield Kept(row.start + at - row.now, at + shift, end - at)
