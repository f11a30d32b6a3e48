"""Which words texts hide and show nowhere, and where another text, or an older version of one, says them. Pure.

Bringing words in, or back, must show none of these. A word counts with each of its parts that marks cut; a hidden phrase as a
whole; a picture, a citation, a formula, the address of a link as itself. Case makes no difference. The cells of a table of which
a label is hidden are hidden with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar, cast

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Transform

from prose.anchors import Span
from prose.covering import NONE, Leaf, Refs, leaves_between, marking_steps, refs_on
from prose.grids import hidden_as_in_grids
from prose.nodes import Json, canonical, utf16_length

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


Phrase = tuple[str, ...]


@dataclass(slots=True)
class HiddenNow:
    """Words, phrases and leaves that are hidden, each with all redactions that hide it."""

    words: dict[str, Refs] = field(default_factory=dict)
    phrases: dict[str, list[tuple[Phrase, Refs]]] = field(default_factory=dict)  # by their first word
    leaves: dict[str, Refs] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.words or self.phrases or self.leaves)

    def __or__(self, other: HiddenNow) -> HiddenNow:
        """What either holds."""
        phrases = _joined(one for held in (self, other) for found in held.phrases.values() for one in found)
        return HiddenNow(
            _joined((*self.words.items(), *other.words.items())),
            _by_first_word(phrases),
            _joined((*self.leaves.items(), *other.leaves.items())),
        )

    def unless_shown_in(self, document: LibraryNode) -> HiddenNow:
        """What of it that text shows nowhere."""
        if not self:
            return self
        rows = list(_rows_of(document))
        shown = {said for row in rows for word in row for said, _, _, refs in _parts(word) if not refs}
        shown_leaves = {key for key, leaf in _others(document) if not leaf.refs}
        shown_phrases = {phrase for row in rows for phrase in _shown_phrases(self, row)}
        phrases = (one for found in self.phrases.values() for one in found if one[0] not in shown_phrases)
        return HiddenNow(
            {said: refs for said, refs in self.words.items() if said not in shown},
            _by_first_word(dict(phrases)),
            {key: refs for key, refs in self.leaves.items() if key not in shown_leaves},
        )


def hidden_in(document: LibraryNode) -> HiddenNow:
    """What somebody who is cleared for nothing does not read in this text: what it hides and shows nowhere."""
    return hidden_within(document, [Span(0, document.content.size)]).unless_shown_in(document)


def hidden_within(document: LibraryNode, spans: Iterable[Span]) -> HiddenNow:
    """What is hidden in these ranges, whether it stands shown elsewhere or not."""
    wanted = [span for span in spans if span.start < span.end]
    if not any(leaf.refs for span in wanted for leaf in _leaves_of(document, span)):
        return HiddenNow()
    rows = [[word if _meets(wanted, word[0].start, word[-1].end) else () for word in row] for row in _rows_of(document)]
    parts = [part for row in rows for word in row for part in _parts(word)]
    others = [one for one in _others(document) if one[1].refs and _meets(wanted, one[1].start, one[1].end)]
    return HiddenNow(
        _joined((said, refs) for said, start, end, refs in parts if refs and _meets(wanted, start, end)),
        _by_first_word(_joined(one for row in rows for one in _hidden_phrases(row))),
        _joined((key, leaf.refs) for key, leaf in others),
    )


def _leaves_of(document: LibraryNode, span: Span | None = None) -> Iterator[Leaf]:
    within = span or Span(0, document.content.size)
    return hidden_as_in_grids(document, leaves_between(document, within.start, within.end))


def _meets(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _by_first_word(phrases: dict[Phrase, Refs]) -> dict[str, list[tuple[Phrase, Refs]]]:
    out: dict[str, list[tuple[Phrase, Refs]]] = {}
    for phrase, refs in phrases.items():
        out.setdefault(phrase[0], []).append((phrase, refs))
    return out


def places_of(hidden: HiddenNow, document: LibraryNode) -> list[Place]:
    """Where this document says any of it."""
    places = [(leaf.start, leaf.end, hidden.leaves[key]) for key, leaf in _others(document) if key in hidden.leaves]
    for row in _rows_of(document):
        for word in row:
            places += [(start, end, hidden.words[said]) for said, start, end, _ in _parts(word) if said in hidden.words]
        places += _phrases_in(row, hidden)
    return places


def mark_places(transform: Transform, places: Iterable[tuple[int, int, str]]) -> None:
    """Lay redactions on everything that can be hidden in these ranges."""
    for start, end, ref in places:
        leaves = [leaf for leaf in leaves_between(transform.doc, start, end) if ref not in leaf.refs]
        for step in marking_steps(leaves, ref):
            transform.step(step)


def mark_hidden(transform: Transform, hidden: HiddenNow) -> None:
    """Hide whatever the document says of it, as it is hidden."""
    places = places_of(hidden, transform.doc) if hidden else []
    mark_places(transform, [(start, end, ref) for start, end, refs in places for ref in sorted(refs)])


def _rows_of(document: LibraryNode) -> Iterator[list[Word]]:
    """The words of each textblock, and of each stretch beside a footnote, in order."""
    together: list[Leaf] = []
    row: list[Word] = []
    block = None
    for leaf in _leaves_of(document):
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
    at, own = 0, NONE
    for leaf in leaves:
        a, b = max(first - at, 0), min(last - at, len(leaf.text))
        if a < b:
            start = leaf.start + utf16_length(leaf.text[:a])
            part = Part(leaf.text[a:b], start, start + utf16_length(leaf.text[a:b]), leaf.refs)
            if held and held[-1].refs == part.refs and own == refs_on(leaf.node):  # a table may hide all, marked or not
                part = Part(held[-1].words + part.words, held[-1].start, part.end, part.refs)
                held.pop()
            held.append(part)
            own = refs_on(leaf.node)
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


def _hidden_phrases(row: list[Word]) -> Iterator[tuple[Phrase, Refs]]:
    """Each unbroken run of words that are hidden in any part, of two words or more."""
    run: list[Word] = []
    for word in [*row, ()]:
        if word and _refs_on(word):
            run.append(word)
            continue
        if len(run) > 1:
            yield tuple(map(_said, run)), NONE.union(*map(_refs_on, run))
        run = []


def _shown_phrases(hidden: HiddenNow, row: list[Word]) -> Iterator[Phrase]:
    said = [_said(word) if not _refs_on(word) else "" for word in row]
    for at, first in enumerate(said):
        for phrase, _ in hidden.phrases.get(first, ()):
            if tuple(said[at : at + len(phrase)]) == phrase:
                yield phrase


def _phrases_in(row: list[Word], hidden: HiddenNow) -> Iterator[Place]:
    said = [_said(word) for word in row]
    for at, first in enumerate(said):
        for phrase, refs in hidden.phrases.get(first, ()):
            if tuple(said[at : at + len(phrase)]) == phrase:
                yield row[at][0].start, row[at + len(phrase) - 1][-1].end, refs


def _others(document: LibraryNode) -> list[tuple[str, Leaf]]:
    """What says something and is no word: the leaves that are none, each as itself, and where links lead."""
    leaves = list(_leaves_of(document))
    others = [leaf for leaf in leaves if not leaf.node.is_text and leaf.node.attrs]
    keyed = [(f"{leaf.node.type.name} {canonical(cast('Json', dict(leaf.node.attrs)))}", leaf) for leaf in others]
    return [*keyed, *((f"link {href}", leaf) for leaf in leaves for href in addresses(leaf.node))]


def addresses(node: LibraryNode) -> frozenset[str]:
    """Where the links on this very node lead."""
    return frozenset(str(mark.attrs["href"]) for mark in node.marks if mark.type.name == "link")


def _joined(pairs: Iterable[tuple[K, Refs]]) -> dict[K, Refs]:
    out: dict[K, Refs] = {}
    for key, refs in pairs:
        out[key] = out.get(key, NONE) | refs
    return out
