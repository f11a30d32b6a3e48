"""Two readings of one page side by side: passages that are the same, passages that differ. Pure; for the fully cleared only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from prose.html import is_line
from prose.nodes import Node
from prose.shown import OpenText, ShownText
from review.projection.cells import Cell, Value


@dataclass(frozen=True, slots=True)
class Piece:
    """What one reader sees of a passage: blocks of a text, or the value of an attribute, or a bar."""

    document: Node | None
    value: Value | None


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as two readers see it; None where a reader sees nothing at all."""

    ref: str
    name: str
    left: Piece | None
    right: Piece | None
    differs: bool


def rows(left: list[Cell], right: list[Cell]) -> list[Row]:
    """Both pages, aligned by text and attribute and, inside a text, by passage."""
    matcher = SequenceMatcher(None, [one.key for one in left], [one.key for one in right], autojunk=False)
    found: list[Row] = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(left[start:end], right[other_start:other_end], strict=True)
            found += [row for one, other in pairs for row in _pair(one, other)]
        else:
            found += [Row(one.ref, one.name, _whole(one), None, differs=True) for one in left[start:end] if _says(one)]
            found += [
                Row(one.ref, one.name, None, _whole(one), differs=True)
                for one in right[other_start:other_end]
                if _says(one)
            ]
    return found


def _says(cell: Cell) -> bool:
    """Whether there is anything to see: an empty text is nothing."""
    return not isinstance(cell.value, ShownText | OpenText) or any(True for _ in cell.value.document.leaves())


def _whole(cell: Cell) -> Piece:
    if isinstance(cell.value, ShownText | OpenText):
        return Piece(cell.value.document, None)
    return Piece(None, cell.value)


def _pair(one: Cell, other: Cell) -> Iterator[Row]:
    """One cell as both see it."""
    if isinstance(one.value, ShownText | OpenText) and isinstance(other.value, ShownText | OpenText):
        if _says(one) or _says(other):
            yield from _texts(one, one.value.document, other.value.document)
        return
    differs = _seen(one.value) != _seen(other.value)
    yield Row(one.ref, one.name, _whole(one), _whole(other), differs=differs)


def _texts(cell: Cell, left: Node, right: Node) -> Iterator[Row]:
    if is_line(left) or is_line(right):
        yield Row(cell.ref, cell.name, Piece(left, None), Piece(right, None), differs=reading(left) != reading(right))
        return
    ours, theirs = [reading(block) for block in left.content], [reading(block) for block in right.content]
    for tag, start, end, other_start, other_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        yield Row(
            cell.ref,
            cell.name,
            _blocks(left, start, end),
            _blocks(right, other_start, other_end),
            differs=tag != "equal",
        )


def _blocks(document: Node, start: int, end: int) -> Piece | None:
    return Piece(replace(document, content=document.content[start:end]), None) if end > start else None


def _seen(value: Value) -> str:
    """An attribute as it is read; who else loses it is not part of that."""
    return repr(getattr(value, "value", None) if hasattr(value, "marked") else value)


def reading(node: Node) -> str:
    """What a reader reads of a node: words, and what bars say. Marks that only tell of others are not read."""
    if node.is_text:
        return node.text
    inside = "".join(reading(child) for child in node.content)
    said = {name: node.attrs[name] for name in ("ref", "items", "file", "alt", "tex") if name in node.attrs}
    return f"<{node.type}{said or ''}>{inside}"
