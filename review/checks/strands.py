"""Documents as strands of words: what a reader takes in one go. For live documents with the marks on each leaf, for shown ones without."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from prose.nodes import TEXTBLOCKS, Node, utf16_length
from review.checks.folding import BAR

LINK_TARGET = "link target"
BLOCK_END = "\u2029"  # between blocks; counts as a space


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in one leaf, from that position of the document on; for a citation what it cites."""

    text: str
    position: int
    refs: frozenset[str] = frozenset()
    cites: str = ""


@dataclass(slots=True)
class Strand:
    """Pieces in reading order. `whole` is the leaf that must be hidden as one: a picture, a formula, words with a link."""

    what: str = "words"
    pieces: list[Piece] = field(default_factory=list)
    whole: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """All words of the strand."""
        return "".join(piece.text for piece in self.pieces)

    def offsets(self) -> list[int]:
        """Where in the text each piece begins."""
        out, offset = [], 0
        for piece in self.pieces:
            out.append(offset)
            offset += len(piece.text)
        return out

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A range of the text in positions of the document."""
        if self.whole is not None:
            return self.whole
        offsets = self.offsets()
        return self._position(offsets, start), self._position(offsets, end - 1, after=True)

    def _position(self, offsets: list[int], offset: int, *, after: bool = False) -> int:
        index = bisect_right(offsets, offset) - 1
        piece = self.pieces[index]
        return piece.position + utf16_length(piece.text[: offset - offsets[index] + after])


def strands_of(document: Node) -> list[Strand]:
    """The strands of a document: its words first, then each footnote, link target, formula and alternative text."""
    out = [Strand()]
    _walk(document, 0, frozenset(), out[0], out)
    return [strand for strand in out if strand.pieces]


def _walk(parent: Node, start: int, inherited: frozenset[str], strand: Strand, out: list[Strand]) -> None:
    position = start
    for child in parent.content:
        refs = inherited | child.refs()
        if child.is_leaf:
            _leaf(child, Piece(child.text, position, refs), strand, out)
        elif child.type == "footnote":
            note = Strand("footnote")
            out.append(note)
            _walk(child, position + 1, refs, note, out)
        else:
            _walk(child, position + 1, refs, strand, out)
            if child.type in TEXTBLOCKS:
                strand.pieces.append(Piece(BLOCK_END, position + child.size - 1))
        position += child.size


def _leaf(leaf: Node, piece: Piece, strand: Strand, out: list[Strand]) -> None:
    here, refs = piece.position, piece.refs
    if leaf.is_text:
        strand.pieces.append(Piece(leaf.text.replace(BAR, " "), here, refs))
    elif leaf.type == "hard_break":
        strand.pieces.append(Piece("\n", here, refs))
    elif leaf.type == "withheld":
        strand.pieces.append(Piece(BAR, here))
    elif leaf.type == "citation":
        strand.pieces.append(Piece("[…]", here, refs, str(leaf.attrs.get("ref"))))
    for what, words in _beside(leaf):
        out.append(Strand(what, [Piece(words.replace(BAR, " "), here, refs)], (here, here + leaf.size)))


def _beside(leaf: Node) -> Iterator[tuple[str, str]]:
    """Words of a leaf that stand in its attributes."""
    for what, name in (("alternative text", "alt"), ("formula", "tex")):
        if words := leaf.attrs.get(name):
            yield what, str(words)
    for mark in leaf.marks:
        if mark.type == "link" and (target := mark.attrs.get("href")):
            yield LINK_TARGET, unquote(str(target))
