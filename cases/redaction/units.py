"""A document cut into the units that a run is made of: what is shown, what is hidden, and where each stands.

A *realm* is a part of the document that no run may cross: the document itself, a table cell, a caption, a transcript turn,
a footnote. What is wholly hidden joins the realm around it (DESIGN §10). Of the possible readings we take the one under
which most hidden content looks alike: a realm or grid without one shown word joins as well where all its spaces and
punctuation stand between hidden leaves of the run (`settled`); an empty caption goes with its hidden picture.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from cases.redaction.facts import Audience, Register
from prose.nodes import TEXTBLOCKS, Json, Mark, Node

REALMS = frozenset({"caption", "turn", "footnote"})
Path = tuple[tuple[int, int], ...]  # one pair per level: the child's index, and a rank among what is inserted after it


class Kind(Enum):
    """How a unit takes part in runs."""

    SHOWN = "shown"
    SOFT = "soft"  # shown, but only spaces or punctuation: belongs to a run between two hidden leaves
    EMPTY = "empty"  # a block with nothing in it: the same
    HIDDEN = "hidden"


@dataclass(slots=True)
class Piece:
    """A part of the shown document, which remembers the live positions it stands for."""

    node: Node
    live: tuple[int, int]
    children: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unit:
    """A leaf, an empty block, a table or a realm in document order."""

    kind: Kind
    path: Path
    block: Path | None  # the textblock it stands in, for what is inline
    live: tuple[int, int]
    refs: frozenset[str] = frozenset()
    piece: Piece | None = None  # how it looks when it stays
    opens_soft: bool = False  # a hidden realm that begins with spaces or punctuation
    closes_soft: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """One audience with the register: decides leaf by leaf, and says what marks it may see."""

    register: Register
    audience: Audience

    def hiding(self, node: Node, inherited: frozenset[str]) -> frozenset[str]:
        """The references that hide this node, those of a marked container included."""
        return frozenset(self.register.hiding(node.refs() | inherited, self.audience))

    def shown(self, node: Node, inherited: frozenset[str]) -> Node:
        """A shown leaf with its outward marks: the redaction marks gone, *hidden from less cleared* in their place."""
        kept = tuple(mark for mark in node.marks if mark.type != "redaction")
        items = self._marks_of_less_cleared(sorted(node.refs() | inherited))
        marks = (Mark("hidden_from", {"items": items}), *kept) if items else kept
        return Node(node.type, node.attrs, node.content, marks, node.text)

    def _marks_of_less_cleared(self, refs: list[str]) -> list[Json]:
        items: list[Json] = []
        for redaction in (self.register.by_ref[ref] for ref in refs if ref in self.register.by_ref):
            names: list[Json] = [a.name for a in self.audience.sees_marks_of if redaction.hides_from(a)]
            if names:
                ground = redaction.ground or ""
                items.append({"ref": redaction.ref, "ground": ground, "note": redaction.note, "audiences": names})
        return items


def is_soft(node: Node) -> bool:
    """Whether a shown leaf is only spaces or punctuation. A hard break is a space; a citation ends a run."""
    if node.type == "hard_break":
        return True
    return node.is_text and all(unicodedata.category(c)[0] in "ZPC" for c in node.text)


def units_of(realm: Node, start: int, reader: Reader, inherited: frozenset[str]) -> list[Unit]:
    """The units of one realm whose content begins at the live position `start`."""
    block: Path | None = () if _is_textblock(realm) else None
    out: list[Unit] = []
    _collect(realm, start, (), block, reader, inherited, out)
    return out


def _is_textblock(node: Node) -> bool:
    inline = (c.is_text or c.type in ("citation", "formula", "hard_break", "footnote") for c in node.content)
    return node.type in TEXTBLOCKS or node.type == "footnote" or any(inline)


def _collect(  # one walk, whose state is these
    parent: Node, start: int, path: Path, block: Path | None, reader: Reader, inherited: frozenset[str], out: list[Unit]
) -> None:
    position = start
    for index, child in enumerate(parent.content):
        here = (*path, (index, 0))
        live = (position, position + child.size)
        marked = inherited | (frozenset() if child.is_leaf else child.refs())
        if child.is_leaf:
            out.append(_leaf_unit(child, here, block, live, reader, inherited))
        elif child.type == "table":
            out.append(_table_unit(child, here, live, reader, marked))
        elif child.type in REALMS and child.content:
            out.append(_realm_unit(child, here, block, live, reader, marked))
        elif not child.content:
            if not (child.type == "caption" and out and out[-1].kind is Kind.HIDDEN):
                out.append(Unit(Kind.EMPTY, here, None, live, piece=Piece(Node(child.type, child.attrs), live)))
        else:
            inner = here if _is_textblock(child) else None
            _collect(child, position + 1, here, inner, reader, marked, out)
        position += child.size


def _leaf_unit(  # where it stands and who reads it
    leaf: Node, path: Path, block: Path | None, live: tuple[int, int], reader: Reader, inherited: frozenset[str]
) -> Unit:
    if refs := reader.hiding(leaf, inherited):
        return Unit(Kind.HIDDEN, path, block, live, refs)
    shown = Piece(reader.shown(leaf, inherited), live)
    return Unit(Kind.SOFT if is_soft(leaf) else Kind.SHOWN, path, block, live, piece=shown)


def _realm_unit(  # where it stands and who reads it
    node: Node, path: Path, block: Path | None, live: tuple[int, int], reader: Reader, inherited: frozenset[str]
) -> Unit:
    from cases.redaction.rebuild import realm_piece  # noqa: PLC0415  # the two halves of one recursion

    units = units_of(node, live[0] + 1, reader, inherited)
    return _as_one(units, Unit(Kind.SHOWN, path, block, live, piece=realm_piece(node, live, units, reader)))


def _table_unit(table: Node, path: Path, live: tuple[int, int], reader: Reader, inherited: frozenset[str]) -> Unit:
    """A table keeps its grid only where every header and every row label is shown in full."""
    if any(_hidden_in(cell, reader, inherited | row.refs()) for row, cell in _labels(table)):
        return Unit(Kind.HIDDEN, path, None, live, _hidden_in(table, reader, inherited))
    inside: list[Unit] = []
    piece = _grid_piece(table, live, reader, inherited, inside)
    return _as_one(inside, Unit(Kind.SHOWN, path, None, live, piece=piece))


def _labels(table: Node) -> Iterator[tuple[Node, Node]]:
    for row in table.content:
        yield from ((row, cell) for i, cell in enumerate(row.content) if i == 0 or cell.type == "table_header")


def _hidden_in(node: Node, reader: Reader, inherited: frozenset[str]) -> frozenset[str]:
    """The references that hide anything in this part of the document."""
    if node.is_leaf:
        return reader.hiding(node, inherited)
    below = inherited | node.refs()
    return frozenset().union(*(_hidden_in(child, reader, below) for child in node.content))


def _grid_piece(
    node: Node, live: tuple[int, int], reader: Reader, inherited: frozenset[str], inside: list[Unit]
) -> Piece:
    """A table, row or cell that stays, each cell a realm of its own; the units of all cells are added to `inside`."""
    from cases.redaction.rebuild import realm_piece  # noqa: PLC0415  # the two halves of one recursion

    below = inherited | node.refs()
    if node.type in ("table_cell", "table_header"):
        units = units_of(node, live[0] + 1, reader, below)
        inside.extend(units)
        return realm_piece(node, live, units, reader)
    piece, position = Piece(Node(node.type, node.attrs), live), live[0] + 1
    for child in node.content:
        piece.children.append(_grid_piece(child, (position, position + child.size), reader, below, inside))
        position += child.size
    return piece


def _as_one(inside: list[Unit], unit: Unit) -> Unit:
    """The unit of a realm or grid: it hides with the run around it unless a word in it is shown."""
    found = [inner for inner in settled(inside, beyond_is_hidden=True) if inner.kind is not Kind.EMPTY]
    kinds = {inner.kind for inner in found}
    if Kind.SHOWN in kinds:
        return unit
    if Kind.HIDDEN not in kinds:
        return replace(unit, kind=Kind.SOFT if found else Kind.EMPTY)
    first, last = found[0], found[-1]
    return replace(
        unit,
        kind=Kind.HIDDEN,
        refs=frozenset().union(*(inner.refs for inner in found if inner.kind is Kind.HIDDEN)),
        opens_soft=first.kind is Kind.SOFT or first.opens_soft,
        closes_soft=last.kind is Kind.SOFT or last.closes_soft,
    )


def settled(units: list[Unit], *, beyond_is_hidden: bool) -> list[Unit]:
    """The same units; a realm with spaces or punctuation at an edge stays unless the run goes on beyond that edge."""
    while True:
        forward = _swept(units, "opens_soft", near_is_hidden=beyond_is_hidden)
        both = _swept(forward[::-1], "closes_soft", near_is_hidden=beyond_is_hidden)[::-1]
        if both == units:
            return units
        units = both


def _swept(units: list[Unit], edge: str, *, near_is_hidden: bool) -> list[Unit]:
    out: list[Unit] = []
    for unit in units:
        stays = unit.kind is Kind.HIDDEN and getattr(unit, edge) and not near_is_hidden
        out.append(replace(unit, kind=Kind.SHOWN) if stays else unit)
        if out[-1].kind in (Kind.HIDDEN, Kind.SHOWN):
            near_is_hidden = out[-1].kind is Kind.HIDDEN
    return out
