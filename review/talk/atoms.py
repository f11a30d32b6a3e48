"""The words of a range of a live text, one by one with their positions: what a quote and a suggested wording are made of. Pure."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from prose.anchors import Span
from prose.nodes import BLOCK_LEAVES, FORMATTING, Mark, Node, utf16_length

# One emoji is one sign, however many characters it is made of.
SIGN = r"[^\w\s][\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*(?:\u200d[^\w\s][\ufe0f\U0001f3fb-\U0001f3ff]*)*"
PIECE = re.compile(rf"\s+|\w+(?:[-’'.,·/]\w+)*|{SIGN}")
SPACE = " "
HALF, LOW = 0xFC00, 0xDC00  # the second half of a pair in UTF-16
OBJECT = "\ufffc"  # a figure or a rule: nothing that can be typed


@dataclass(frozen=True, slots=True, repr=False)
class Atom:
    """A word, a sign, a leaf, or what stands between two of them.

    `key` is how it reads; a gap always reads as one space. `fixed`: a gap in which a paragraph, cell or footnote begins or ends,
    or a leaf that stands between paragraphs. `marks`: the formatting that all of it carries.
    """

    key: str
    start: int
    end: int
    gap: bool = False
    fixed: bool = False
    marks: tuple[Mark, ...] = ()


def atoms_of(document: Node, span: Span) -> list[Atom]:
    """The atoms of a range, cut to it; neighbouring gaps are one."""
    out: list[Atom] = []
    for atom in _atoms(document, 0, span):
        if out and atom.gap and out[-1].gap:
            out[-1] = Atom(SPACE, out[-1].start, atom.end, gap=True, fixed=out[-1].fixed or atom.fixed)
        else:
            out.append(atom)
    return out


def trimmed(atoms: list[Atom]) -> list[Atom]:
    """Without the gaps at both ends."""
    words = [index for index, atom in enumerate(atoms) if not atom.gap]
    return atoms[words[0] : words[-1] + 1] if words else []


def said(atoms: list[Atom]) -> str:
    """How they read, on one line."""
    return "".join("[figure]" if atom.key == OBJECT else atom.key for atom in atoms)


def _atoms(parent: Node, start: int, span: Span) -> Iterator[Atom]:
    position = start
    for is_words, together in groupby(parent.content, key=lambda child: child.is_text):
        children = list(together)
        end = position + sum(child.size for child in children)
        if end > span.start and position < span.end:
            if is_words:
                yield from _words(children, position, span)
            else:
                yield from _others(children, position, span)
        position = end


def _others(children: list[Node], position: int, span: Span) -> Iterator[Atom]:
    for child in children:
        end = position + child.size
        if end > span.start and position < span.end:
            if child.is_leaf:
                yield _leaf(child, position)
            else:
                yield from _edge(position, span)
                yield from _atoms(child, position + 1, span)
                yield from _edge(end - 1, span)
        position = end


def _edge(at: int, span: Span) -> Iterator[Atom]:
    """Where a block or a footnote begins or ends."""
    if span.start <= at < span.end:
        yield Atom(SPACE, at, at + 1, gap=True, fixed=True)


def _leaf(node: Node, at: int) -> Atom:
    if node.type == "hard_break":
        return Atom(SPACE, at, at + 1, gap=True)
    if node.type in BLOCK_LEAVES:
        return Atom(OBJECT, at, at + 1, fixed=True)
    words = str(node.attrs.get("ref") or node.attrs.get("tex") or "")
    return Atom(" ".join(words.split()) or OBJECT, at, at + 1, marks=_formatting(node))


def _words(nodes: list[Node], position: int, span: Span) -> Iterator[Atom]:
    """Cut into words across nodes: half of a word may be bold."""
    starts, at = [], position
    for node in nodes:
        starts.append(at)
        at += node.size
    for piece in PIECE.finditer("".join(node.text for node in nodes)):
        start, position = position, position + utf16_length(piece[0])
        first, last = max(start, span.start), min(position, span.end)
        if first >= last:
            continue
        cut, before, after = _cut(piece[0], first - start, last - start)
        first, last = first - before, last + after
        marks = _shared(nodes[bisect_right(starts, first) - 1 : bisect_right(starts, last - 1)])
        if piece[0].isspace():
            yield Atom(SPACE, first, last, gap=True, marks=marks)
        else:
            yield Atom(cut, first, last, marks=marks)


def _cut(words: str, first: int, last: int) -> tuple[str, int, int]:
    """A part of a word, and by how much it was widened at its start and end: half a pair is no character."""
    if first == 0 and last == utf16_length(words):
        return words, 0, 0
    units = array("H", words.encode("utf-16-le"))
    before = int(units[first] & HALF == LOW)
    after = int(last < len(units) and units[last] & HALF == LOW)
    return units[first - before : last + after].tobytes().decode("utf-16-le"), before, after


def _shared(nodes: list[Node]) -> tuple[Mark, ...]:
    first, *others = (_formatting(node) for node in nodes)
    return tuple(mark for mark in first if all(mark in other for other in others))


def _formatting(node: Node) -> tuple[Mark, ...]:
    return tuple(mark for mark in node.marks if mark.type in FORMATTING)
