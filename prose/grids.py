"""Who does not see a label of a table sees nothing of its table: what hides a cell beyond the marks on it. Pure.

The labels are those of `cases.redaction.units`: every header, and the first cell of every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep
from prosemirror.transform import StepMap

from prose.covering import NONE, Leaf, Refs, by_position, leaves_between, marking_steps, moved, ranges, refs_on


def hidden_as_in_grids(document: LibraryNode, leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """The leaves with what hides the labels of the tables around them."""
    grids = list(withheld_grids(document))
    for leaf in leaves:
        around = (grid.refs for grid in grids if grid.start < leaf.start < grid.end)
        yield replace(leaf, refs=leaf.refs.union(*around))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, from `start` to `end`, with what hides anything of its labels."""

    start: int
    end: int
    refs: Refs


def withheld_grids(document: LibraryNode) -> Iterator[Grid]:
    """The tables of which a label is hidden from somebody."""
    for table, start in _tables(document, 0):
        if refs := on_labels(table):
            yield Grid(start, start + table.node_size, refs)


def _tables(parent: LibraryNode, at: int) -> Iterator[tuple[LibraryNode, int]]:
    for child in parent.content.content:
        if child.type.name == "table":
            yield child, at
        if child.is_block and not child.inline_content:
            yield from _tables(child, at + 1)
        at += child.node_size


def on_labels(table: LibraryNode) -> Refs:
    """What hides anything of a row label or header."""
    found = NONE
    for row in table.content.content:
        for number, cell in enumerate(row.content.content):
            if number == 0 or cell.type.name == "table_header":
                inside = (leaf.refs for leaf in leaves_between(cell, 0, cell.content.size))
                found = found.union(refs_on(row), refs_on(cell), *inside)
    return found


def marks_of_grids(before: LibraryNode, after: LibraryNode, step_map: StepMap) -> list[LibraryStep]:
    """The marks that cells need on themselves where a step takes away the label, or the table, that hid them."""
    touched = ranges(step_map)
    grids = [one for one in withheld_grids(before) if any(s < one.end and e > one.start for s, e, _, _ in touched)]
    if not grids:
        return []
    new = by_position(after)
    seen = {leaf.start: leaf.refs for leaf in hidden_as_in_grids(after, new.values())}
    lost: dict[str, dict[int, Leaf]] = {}
    for grid in grids:
        for position in by_position(before, grid.start, grid.end):
            now = moved(position, step_map)
            if now is None or now not in new:
                continue
            for ref in grid.refs - seen[now]:
                lost.setdefault(ref, {})[now] = new[now]
    return [step for ref in sorted(lost) for step in marking_steps(lost[ref].values(), ref)]
