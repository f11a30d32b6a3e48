"""Marked words in their sentence: for each redaction in a text, the stretches of its blocks around what it marks. Pure.

Positions are those of the whole document, so that words can be selected in an excerpt as on the page.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from prose.html import is_line
from prose.nodes import BLOCK_LEAVES, TEXTBLOCKS, Node

REACH = 160  # units of context on either side, where no sentence ends before
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s|$)")
_OTHER = "\ufffc"  # stands for a position that holds no character


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of one block: inline nodes from position `start` on, and the redactions that overlap the one looked for."""

    start: int
    nodes: tuple[Node, ...]
    cut_before: bool
    cut_after: bool
    also: frozenset[str]


Place = tuple[Excerpt, ...]  # what one unbroken mark covers, block by block


def places_by_redaction(document: Node) -> dict[str, list[Place]]:
    """For each reference marked in the text, the places where it stands, in order."""
    found: dict[str, list[Place]] = {}
    ending: frozenset[str] = frozenset()  # what lies on the last leaf before this block
    for block, start in _blocks(document, 0):
        leaves = [refs for child in block.content or (block,) for refs in _refs_of(child)]
        for ref in sorted(frozenset().union(*leaves)):
            excerpt = _excerpt(block, start, ref)
            places = found.setdefault(ref, [])
            if ref in ending and ref in leaves[0]:
                places[-1] = (*places[-1], excerpt)
            else:
                places.append((excerpt,))
        ending = leaves[-1] if leaves else ending
    return found


def _blocks(parent: Node, start: int) -> Iterator[tuple[Node, int]]:
    """Every block that holds words, with the position where its content starts; leaves between blocks as themselves."""
    if parent.type in TEXTBLOCKS or (parent.type == "doc" and is_line(parent)):
        yield parent, start
        return
    position = start
    for child in parent.content:
        if child.type in BLOCK_LEAVES:
            yield child, position
        else:
            yield from _blocks(child, position + 1)
        position += child.size


def _refs_of(child: Node) -> Iterator[frozenset[str]]:
    return (leaf.refs() for leaf in child.leaves())


def _excerpt(block: Node, start: int, ref: str) -> Excerpt:
    if block.type in BLOCK_LEAVES:
        return Excerpt(start, (block,), cut_before=False, cut_after=False, also=block.refs() - {ref})
    hits = [(at, at + child.size) for child, at in _placed(block.content) if any(ref in r for r in _refs_of(child))]
    marked = [refs for child in block.content for refs in _refs_of(child) if ref in refs]
    units = "".join(_units(child) for child in block.content)
    first, last = _window(units, hits[0][0], hits[-1][1])
    return Excerpt(
        start=start + first,
        nodes=tuple(_cut(block.content, first, last)),
        cut_before=first > 0,
        cut_after=last < len(units),
        also=frozenset().union(*marked) - {ref},
    )


def _placed(content: tuple[Node, ...]) -> Iterator[tuple[Node, int]]:
    position = 0
    for child in content:
        yield child, position
        position += child.size


def _units(child: Node) -> str:
    """One character a position: halves of a pair stay apart."""
    if not child.is_text:
        return _OTHER * child.size
    return child.text if child.text.isascii() else "".join(map(chr, array("H", child.text.encode("utf-16-le"))))


def _window(units: str, start: int, end: int) -> tuple[int, int]:
    """From where to where to show: the sentence around, or as far as one can see."""
    before = units[max(0, start - REACH) : start]
    ends = [match.end() + 1 for match in SENTENCE_END.finditer(before) if match.end() < len(before)]
    offset = start - len(before)
    first = offset + (ends[-1] if ends else _after_space(before) if offset else 0)
    after = units[end : end + REACH]
    close = SENTENCE_END.search(after)
    if end and units[end - 1] in ".!?":
        return first, end
    if close or len(after) < REACH:
        return first, end + (close.end() if close else len(after))
    return first, end + max(after.rfind(" "), 0)


def _after_space(words: str) -> int:
    """Where the first whole word begins; the end if there is none."""
    return words.find(" ") + 1 or len(words)


def _cut(content: tuple[Node, ...], first: int, last: int) -> Iterator[Node]:
    for child, at in _placed(content):
        if at >= last or at + child.size <= first:
            continue
        if not child.is_text:
            yield child
            continue
        units = _units(child)[max(0, first - at) : last - at]
        yield Node("text", marks=child.marks, text=_joined(units))


def _joined(units: str) -> str:
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
