"""The words of one textblock made into those of another, word by word, so that words which stay are not touched. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from prosemirror.model import Fragment, Slice
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import AddMarkStep, RemoveMarkStep, ReplaceStep
from prosemirror.transform import Step as LibraryStep

from prose.hidden_words import WORD
from prose.nodes import utf16_length
from review.comparing.diffing import BREAK_KEY, aligned
from review.comparing.tokens import PIECE
from review.history.plain import REDACTION, formatting, said
from review.history.staying import Staying


class Piece(NamedTuple):
    """A word, a sign, a stretch of space, or another inline node, from `start` to `end` inside its parent."""

    key: str
    start: int
    end: int
    node: LibraryNode | None = None


class Place(NamedTuple):
    """Where our inline content begins, and where theirs."""

    ours: int
    theirs: int


def inline_edits(ours: LibraryNode, theirs: LibraryNode, at: Place, staying: Staying) -> Iterator[LibraryStep]:
    """Replacements that make our inline content theirs, first to last, in positions before any of them."""
    was, now = list(_pieces(ours)), list(_pieces(theirs))
    gone: list[Piece] = []
    come: list[Piece] = []
    place = 0
    for i, j in aligned([*(one.key for one in was), BREAK_KEY], [*(one.key for one in now), BREAK_KEY]):
        stays = (
            i is not None and j is not None and (i == len(was) or j == len(now) or _stays(was[i], now[j], at, staying))
        )
        if i is not None and stays:
            yield from _replaced(gone, come, theirs, at, place, staying)
            gone, come = [], []
            place = was[i].end if i < len(was) else place
            continue
        gone += [was[i]] if i is not None else []
        come += [now[j]] if j is not None else []


def _stays(was: Piece, now: Piece, at: Place, staying: Staying) -> bool:
    places = (at.ours + was.start, at.theirs + now.start, was.end - was.start)
    if was.node is not None and was.node.content.size:  # a footnote: if not as a whole, then word by word
        return staying.is_hidden_alike(*places)
    return staying.may_stay(*places, is_word=was.node is not None or bool(WORD.search(was.key.removeprefix("text "))))


def _replaced(
    gone: list[Piece], come: list[Piece], theirs: LibraryNode, at: Place, place: int, staying: Staying
) -> Iterator[LibraryStep]:
    if not gone and not come:
        return
    if (footnotes := _two_footnotes(gone, come)) is not None:
        yield from inline_edits(*footnotes, Place(at.ours + gone[0].start + 1, at.theirs + come[0].start + 1), staying)
        return
    start, end = (gone[0].start, gone[-1].end) if gone else (place, place)
    words = theirs.content.cut(come[0].start, come[-1].end) if come else Fragment.empty
    yield ReplaceStep(at.ours + start, at.ours + end, Slice(words, 0, 0))


def _two_footnotes(gone: list[Piece], come: list[Piece]) -> tuple[LibraryNode, LibraryNode] | None:
    """A footnote that changed is edited inside."""
    if len(gone) != 1 or len(come) != 1:
        return None
    ours, theirs = gone[0].node, come[0].node
    if ours is None or theirs is None or not ours.content.size or not theirs.content.size:
        return None
    return (ours, theirs) if formatting(ours) == formatting(theirs) else None


def _pieces(parent: LibraryNode) -> Iterator[Piece]:
    at = start = 0
    words = ""
    for child in parent.content.content:
        if child.is_text:
            words += str(child.text)
        else:
            yield from _split(words, start)
            yield Piece(f"node {said(child)}", at, at + child.node_size, child)
            words, start = "", at + child.node_size
        at += child.node_size
    yield from _split(words, start)


def _split(words: str, at: int) -> Iterator[Piece]:
    for piece in PIECE.findall(words):
        size = utf16_length(piece)
        yield Piece(f"text {piece}", at, at + size)
        at += size


def formatting_edits(document: LibraryNode, wanted: LibraryNode) -> Iterator[LibraryStep]:
    """For two documents with the same words in the same places: the steps that make the one look like the other."""
    ours, theirs = _inline_leaves(document), _inline_leaves(wanted)
    borders = sorted({place for start, node in (*ours, *theirs) for place in (start, start + node.node_size)})
    here, there = _by_start(ours, borders), _by_start(theirs, borders)
    for start, end in pairwise(borders):
        one, other = here.get(start), there.get(start)
        if one is None or other is None or formatting(one) == formatting(other):
            continue
        for mark in one.marks:
            if mark.type.name != REDACTION and not mark.is_in_set(other.marks):
                yield RemoveMarkStep(start, end, mark)
        for mark in other.marks:
            if mark.type.name != REDACTION and not mark.is_in_set(one.marks):
                yield AddMarkStep(start, end, mark)


def _inline_leaves(document: LibraryNode) -> list[tuple[int, LibraryNode]]:
    found: list[tuple[int, LibraryNode]] = []

    def visit(node: LibraryNode, position: int, *_: object) -> None:
        if node.is_leaf and node.is_inline:
            found.append((position, node))

    document.descendants(visit)
    return found


def _by_start(leaves: list[tuple[int, LibraryNode]], borders: list[int]) -> dict[int, LibraryNode]:
    """The leaf that stands from each border on."""
    out: dict[int, LibraryNode] = {}
    rows = iter(leaves)
    row = next(rows, None)
    for border in borders:
        while row and row[0] + row[1].node_size <= border:
            row = next(rows, None)
        if row and row[0] <= border:
            out[border] = row[1]
    return out
