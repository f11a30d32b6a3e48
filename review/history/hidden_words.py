"""Which words are hidden now and stand shown nowhere in their text, and where an older version of it says them. Pure.

Bringing words back must show none of these. A word counts with each of its parts that marks cut; a hidden phrase as a whole;
a picture, a citation, a formula as itself. Case makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from prosemirror.model import Node as LibraryNode

from prose.covering import NONE, Leaf, Refs, leaves_between
from prose.nodes import utf16_length
from review.history.plain import attributes

WORD = re.compile(r"\w+")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a word whose letters carry the same marks."""

    words: str
    start: int
    end: int
    refs: Refs


Word = tuple[Part, ...]
Place = tuple[int, int, Refs]  # from, to, the redactions that are due there


@dataclass(slots=True)
class HiddenNow:
    """Words, phrases and leaves that are hidden and shown nowhere, each with all redactions that hide it."""

    words: dict[str, Refs] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Refs]]] = field(default_factory=dict)  # by their first word
    leaves: dict[str, Refs] = field(default_factory=dict)


def hidden_in(document: LibraryNode) -> HiddenNow:
    """What somebody who is cleared for nothing does not read in this text."""
    rows = list(_rows_of(document))
    parts = [part for row in rows for word in row for part in _parts(word)]
    shown = {said for said, _, _, refs in parts if not refs}
    found = HiddenNow(words=_joined((said, refs) for said, _, _, refs in parts if refs and said not in shown))
    others = [(_leaf_key(leaf), leaf.refs) for leaf in _others(document)]
    shown_leaves = {key for key, refs in others if not refs}
    found.leaves = _joined((key, refs) for key, refs in others if refs and key not in shown_leaves)
    for phrase, refs in _joined(one for row in rows for one in _hidden_phrases(row)).items():
        if not any(_stands_shown(phrase, row) for row in rows):
            found.phrases.setdefault(phrase[0], []).append((phrase, refs))
    return found


def places_of(hidden: HiddenNow, document: LibraryNode) -> list[Place]:
    """Where this document says any of it."""
    places = [
        (leaf.start, leaf.end, hidden.leaves[key])
        for leaf in _others(document)
        if (key := _leaf_key(leaf)) in hidden.leaves
    ]
    for row in _rows_of(document):
        for word in row:
            places += [(start, end, hidden.words[said]) for said, start, end, _ in _parts(word) if said in hidden.words]
        places += _phrases_in(row, hidden)
    return places


def _rows_of(document: LibraryNode) -> Iterator[list[Word]]:
    """The words of each textblock, and of each stretch beside a footnote, in order."""
    together: list[Leaf] = []
    row: list[Word] = []
    block = None
    for leaf in leaves_between(document, 0, document.content.size):
        if together and (not leaf.node.is_text or leaf.start != together[-1].end):
            row += _words(together)
            together = []
        if leaf.block != block:
            yield row
            row, block = [], leaf.block
        if leaf.node.is_text:
            together.append(leaf)
    yield [*row, *_words(together)]


def _words(leaves: list[Leaf]) -> Iterator[Word]:
    """The words of text that stands together, whatever marks change within it."""
    for found in WORD.finditer("".join(leaf.text for leaf in leaves)):
        yield tuple(_cut(leaves, found.start(), found.end()))


def _cut(leaves: list[Leaf], first: int, last: int) -> Iterator[Part]:
    """The parts of what stands between two letters."""
    held: list[Part] = []
    at = 0
    for leaf in leaves:
        a, b = max(first - at, 0), min(last - at, len(leaf.text))
        if a < b:
            start = leaf.start + utf16_length(leaf.text[:a])
            part = Part(leaf.text[a:b], start, start + utf16_length(leaf.text[a:b]), leaf.refs)
            if held and held[-1].refs == part.refs:
                part = Part(held[-1].words + part.words, held[-1].start, part.end, part.refs)
                held.pop()
            held.append(part)
        at += len(leaf.text)
    yield from held


def _parts(word: Word) -> Iterator[tuple[str, int, int, Refs]]:
    """Every unbroken piece of a word that somebody could read by itself: what it says, where, and what hides any of it."""
    for first in range(len(word)):
        for last in range(first, len(word)):
            parts = word[first : last + 1]
            said = "".join(part.words for part in parts).casefold()
            yield said, parts[0].start, parts[-1].end, NONE.union(*(part.refs for part in parts))


def _said(word: Word) -> str:
    return "".join(part.words for part in word).casefold()


def _refs_on(word: Word) -> Refs:
    return NONE.union(*(part.refs for part in word))


def _hidden_phrases(row: list[Word]) -> Iterator[tuple[tuple[str, ...], Refs]]:
    """Each unbroken run of words that are hidden in any part, of two words or more."""
    run: list[Word] = []
    for word in [*row, ()]:
        if word and _refs_on(word):
            run.append(word)
            continue
        if len(run) > 1:
            yield tuple(map(_said, run)), NONE.union(*map(_refs_on, run))
        run = []


def _stands_shown(phrase: tuple[str, ...], row: list[Word]) -> bool:
    said = [_said(word) if not _refs_on(word) else "" for word in row]
    return any(tuple(said[at : at + len(phrase)]) == phrase for at, one in enumerate(said) if one == phrase[0])


def _phrases_in(row: list[Word], hidden: HiddenNow) -> Iterator[Place]:
    said = [_said(word) for word in row]
    for at, first in enumerate(said):
        for phrase, refs in hidden.phrases.get(first, ()):
            if tuple(said[at : at + len(phrase)]) == phrase:
                yield row[at][0].start, row[at + len(phrase) - 1][-1].end, refs


def _others(document: LibraryNode) -> list[Leaf]:
    """The leaves that are no words and that say something."""
    leaves = leaves_between(document, 0, document.content.size)
    return [leaf for leaf in leaves if not leaf.node.is_text and leaf.node.attrs]


def _leaf_key(leaf: Leaf) -> str:
    return f"{leaf.node.type.name} {attributes(leaf.node.attrs)}"


def _joined(pairs: Iterable[tuple[K, Refs]]) -> dict[K, Refs]:
    out: dict[K, Refs] = {}
    for key, refs in pairs:
        out[key] = out.get(key, NONE) | refs
    return out
