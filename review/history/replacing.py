"""Finding words in a text exactly as they are written, and putting others in their place. Pure.

Words are found across changes of marks and formatting, and never across the border of a block, a footnote or a leaf that is no
word. Citations, formulas, addresses of links and the words behind pictures are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prosemirror.model import Fragment, Mark, Slice
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import ReplaceStep
from prosemirror.transform import Step as LibraryStep

from prose.covering import Leaf, leaves_between
from prose.nodes import utf16_length
from review.history.plain import REDACTION

AROUND = 70  # letters of context on either side


@dataclass(frozen=True, slots=True)
class Sought:
    """The words looked for, and how: with their capitals, as whole words."""

    words: str
    match_case: bool = False
    whole_words: bool = False

    def pattern(self) -> re.Pattern[str]:
        """What finds them: letter for letter, but that any space is as good as another."""
        spelled = r"\s+".join(map(re.escape, re.split(r"\s+", self.words)))
        if self.whole_words:
            spelled = rf"(?<!\w){spelled}(?!\w)"
        return re.compile(spelled, 0 if self.match_case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters with the redactions on them."""

    words: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were found, from `start` to `end`, with what stands around them."""

    start: int
    end: int
    before: tuple[Piece, ...]
    found: tuple[Piece, ...]
    after: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool

    @property
    def words(self) -> str:
        """The words as they are written there."""
        return "".join(piece.words for piece in self.found)


def hits_in(document: LibraryNode, sought: Sought, instead: str) -> list[Hit]:
    """Every place where they stand and would become something else, in order."""
    pattern = sought.pattern()
    return [
        _hit(leaves, match.start(), match.end())
        for leaves in _stretches(document)
        for match in pattern.finditer("".join(leaf.text for leaf in leaves))
        if match[0] and match[0] != instead
    ]


def _stretches(document: LibraryNode) -> Iterator[list[Leaf]]:
    """Words that stand together in one block, or in one footnote."""
    together: list[Leaf] = []
    for leaf in leaves_between(document, 0, document.content.size):
        if together and (not leaf.node.is_text or leaf.start != together[-1].end or leaf.block != together[-1].block):
            yield together
            together = []
        if leaf.node.is_text:
            together.append(leaf)
    if together:
        yield together


def _hit(leaves: list[Leaf], first: int, last: int) -> Hit:
    """With whole words around it, as far as there is room for them."""
    words = "".join(leaf.text for leaf in leaves)
    begin, end = max(first - AROUND, 0), min(last + AROUND, len(words))
    begin = words.find(" ", begin, first) + 1 or begin if begin else 0
    end = words.rfind(" ", last, end) if end < len(words) and " " in words[last:end] else end
    return Hit(
        start=_position(leaves, first),
        end=_position(leaves, last, ends=True),
        before=tuple(_cut(leaves, begin, first)),
        found=tuple(_cut(leaves, first, last)),
        after=tuple(_cut(leaves, last, end)),
        cut_before=begin > 0,
        cut_after=end < len(words),
    )


def _position(leaves: list[Leaf], place: int, *, ends: bool = False) -> int:
    """Where the letter of that number stands; `ends`: where the one before it ends."""
    for leaf in leaves:
        if place < len(leaf.text) or (ends and place == len(leaf.text)):
            return leaf.start + utf16_length(leaf.text[:place])
        place -= len(leaf.text)
    return leaves[-1].end


def _cut(leaves: list[Leaf], first: int, last: int) -> Iterator[Piece]:
    at = 0
    for leaf in leaves:
        words = leaf.text[max(first - at, 0) : max(last - at, 0)]
        if words:
            yield Piece(words, tuple(sorted(leaf.refs)))
        at += len(leaf.text)


def replacing_steps(document: LibraryNode, hits: Iterable[Hit], instead: str) -> list[LibraryStep]:
    """Other words in these places, last first. They look as what they replace looked all along; what hides them the rule says."""
    steps: list[LibraryStep] = []
    for hit in sorted(hits, key=lambda one: one.start, reverse=True):
        words = Fragment.empty
        if instead:
            marks = _common_marks(leaves_between(document, hit.start, hit.end))
            words = Fragment.from_(document.type.schema.text(instead, marks))
        steps.append(ReplaceStep(hit.start, hit.end, Slice(words, 0, 0)))
    return steps


def _common_marks(leaves: list[Leaf]) -> list[Mark]:
    first, *others = (leaf.node.marks for leaf in leaves)
    return [mark for mark in first if mark.type.name != REDACTION and all(mark.is_in_set(marks) for marks in others)]
