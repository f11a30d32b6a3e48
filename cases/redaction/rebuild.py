"""From units to the shown document: every run becomes one placeholder, and what follows it joins the block where it began.

A run that begins at the start of a block stands in a plain paragraph, followed by what is left of the block where it ends. Such a
paragraph *floats*: no shown block tells where it belongs. It goes to the innermost container that holds the blocks before and after it
which begin with something shown; so its place is a function of these alone, whatever the hidden blocks and their containers were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cases.redaction.units import Kind, Path, Piece, Reader, Unit, settled
from prose.nodes import Node, merge_equal

LISTS = frozenset({"bullet_list", "ordered_list"})


@dataclass(slots=True)
class Block:
    """A block of the shown document in the making: what is in it, and where it stands, if its beginning is shown."""

    path: Path | None
    piece: Piece


@dataclass(slots=True)
class _Build:
    """The state of one pass over the units of a realm."""

    realm: Node
    reader: Reader
    blocks: list[Block] = field(default_factory=list)
    by_source: dict[Path, Block] = field(default_factory=dict)  # where the words of a source block go now

    def keep(self, unit: Unit) -> None:
        """A unit that stays as it is."""
        assert unit.piece is not None  # only hidden units have none
        if unit.block is None:
            self.blocks.append(Block(unit.path, unit.piece))
        else:
            self._block_for(unit.block).piece.children.append(unit.piece)

    def _block_for(self, source: Path) -> Block:
        if source not in self.by_source:
            node = _node_at(self.realm, source)
            self.by_source[source] = Block(source, Piece(Node(node.type, node.attrs), (0, 0)))
            self.blocks.append(self.by_source[source])
        return self.by_source[source]

    def place_bar(self, run: list[Unit], following: Unit | None) -> None:
        """One placeholder for the run, in the block where it starts."""
        refs = frozenset().union(*(unit.refs for unit in run if unit.kind is Kind.HIDDEN))
        items = self.reader.register.items(refs, self.reader.audience)
        bar = Piece(Node("withheld", {"items": items}), (run[0].live[0], run[-1].live[1]))
        first, last = run[0].block, run[-1].block
        block = self.by_source.get(first) if first is not None else None
        if block is None:
            block = self._block_for(()) if _holds_words(self.realm) else self._floating()
        block.piece.children.append(bar)
        if last is not None and following is not None and following.block == last:
            self.by_source[last] = block

    def _floating(self) -> Block:
        block = Block(None, Piece(Node("paragraph"), (0, 0)))
        self.blocks.append(block)
        return block

    def places(self) -> list[Path]:
        """Where each block goes: those whose beginning is shown stay, a floating one goes between its neighbours."""
        after: list[Path | None] = [None]
        for block in reversed(self.blocks):
            after.append(block.path or after[-1])
        out: list[Path] = []
        for block, next_place in zip(self.blocks, reversed(after[1:]), strict=True):
            place = block.path
            out.append(_between(out[-1] if out else None, next_place) if place is None else place)
        return out


def _holds_words(realm: Node) -> bool:
    """Whether the realm is itself a textblock: a line, a caption, a footnote."""
    return realm.type in ("caption", "footnote") or not any(_is_block(child) for child in realm.content)


def _is_block(node: Node) -> bool:
    return node.type not in ("text", "hard_break", "citation", "formula", "footnote")


def _between(before: Path | None, after: Path | None) -> Path:
    """The path of a new child of the innermost container of both, right after the branch that holds `before`."""
    if before is None:
        return ((-1, 1),)
    shared = 0
    if after is not None:
        while before[shared] == after[shared]:
            shared += 1
    index, rank = before[shared]
    return (*before[:shared], (index, rank + 1))


def _node_at(realm: Node, path: Path) -> Node:
    node = realm
    for index, _ in path:
        node = node.content[index]
    return node


def realm_piece(realm: Node, live: tuple[int, int], units: list[Unit], reader: Reader) -> Piece:
    """The shown form of one realm, as a piece whose children are in document order."""
    build = _Build(realm, reader)
    for run, unit, following in _runs(settled(units, beyond_is_hidden=False)):
        if run:
            build.place_bar(run, following)
        elif unit is not None:
            build.keep(unit)
    kept = tuple(mark for mark in realm.marks if mark.type != "redaction")
    piece = Piece(Node(realm.type, realm.attrs, marks=kept), live)
    for place, block in zip(build.places(), build.blocks, strict=True):
        _insert(piece, realm, place, block.piece)
    return piece


def _runs(units: list[Unit]) -> Iterator[tuple[list[Unit], Unit | None, Unit | None]]:
    """The units again, in order, runs gathered: (run, None, the unit after it) or ([], a kept unit, None)."""
    i = 0
    while i < len(units):
        if units[i].kind is not Kind.HIDDEN:
            yield [], units[i], None
            i += 1
            continue
        end = _end_of_run(units, i)
        yield units[i:end], None, units[end] if end < len(units) else None
        i = end


def _end_of_run(units: list[Unit], start: int) -> int:
    """The index after the last hidden unit that is reached over hidden, soft and empty units only."""
    end = i = start + 1
    while i < len(units) and units[i].kind is not Kind.SHOWN:
        i += 1
        if units[i - 1].kind is Kind.HIDDEN:
            end = i
    return end


def _insert(root: Piece, realm: Node, path: Path, block: Piece) -> None:
    """Put a finished block under its containers, which are made on the way, in document order."""
    if not path:
        root.children.extend(block.children)
        return
    parent, source = root, realm
    for depth, (index, _) in enumerate(path[:-1], start=1):
        source = source.content[index]
        parent = _container(parent, source, path[:depth])
    floats = path[-1][1] > 0
    wrapped = floats and parent.node.type in LISTS
    parent.children.append(Piece(Node("list_item"), (0, 0), [block]) if wrapped else block)


def _container(parent: Piece, source: Node, path: Path) -> Piece:
    """The piece that stands for a source container: the last child if it is that one, else a new one."""
    last = parent.children[-1] if parent.children else None
    if isinstance(last, _ContainerPiece) and last.path == path:
        return last
    made = _ContainerPiece(Node(source.type, source.attrs), (0, 0), path=path)
    parent.children.append(made)
    return made


@dataclass(slots=True)
class _ContainerPiece(Piece):
    """A container that was kept because something in it is shown."""

    path: Path = ()


def finished(piece: Piece, position: int, segments: list[tuple[int, int, int, int]]) -> Node:
    """The node of a piece that starts at `position` of the shown document; notes shown ↔ live of every leaf."""
    if piece.node.is_leaf:
        segments.append((position, position + piece.node.size, *piece.live))
        return piece.node
    inside = position if piece.node.type == "doc" else position + 1
    children: list[Node] = []
    for child in piece.children:
        node = finished(child, inside, segments)
        children.append(node)
        inside += node.size
    return Node(piece.node.type, piece.node.attrs, merge_equal(children), piece.node.marks)
