"""Suggested wording: what differs from the words that stand, stretch by stretch, and the steps that put it there. Pure.

Only the words that differ are replaced, so that citations and formatting of the others stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prosemirror.model import Fragment, Slice
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import ReplaceStep
from prosemirror.transform import Step as LibraryStep

from prose.anchors import Span
from prose.content import LIBRARY_ERRORS
from prose.nodes import Mark, Node, node_to_json
from prose.schema import TextSchema, schema_for
from review.comparing.diffing import stays
from review.talk.atoms import OBJECT, PIECE, SPACE, Atom, atoms_of, said


class CannotSuggest(ValueError):
    """This wording can't be suggested; the message says why."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A word, sign or gap as somebody typed it."""

    key: str
    gap: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Same:
    """Words that stay."""

    words: str


@dataclass(frozen=True, slots=True, repr=False)
class Stretch:
    """Words that would go and words that would come, at a range of the text.

    `held` is the range by which the place is found again later, with the words that must stand there still: the range itself,
    or, where nothing goes, the word beside it.
    """

    was: str
    words: str
    at: Span
    held: Span
    held_words: str


Part = Same | Stretch


def difference(old: list[Atom], wording: str) -> tuple[Part, ...]:
    """What a wording would change in these atoms (without gaps at their ends), in order. Raises CannotSuggest."""
    new = _typed(wording, old)
    parts = tuple(_parts(old, new))
    if not any(isinstance(part, Stretch) for part in parts):
        raise CannotSuggest("these are the words that stand there; change some of them")
    return parts


def _typed(wording: str, old: list[Atom]) -> list[Typed]:
    """The wording cut as the text is; a formula that stands there is one piece, however it is written."""
    leaves = {atom.key for atom in old if not atom.gap and atom.key != OBJECT and not PIECE.fullmatch(atom.key)}
    known = "|".join(re.escape(key) for key in sorted(leaves, key=len, reverse=True))
    pieces = re.compile(f"{known}|{PIECE.pattern}") if known else PIECE
    found = [piece[0] for piece in pieces.finditer(" ".join(wording.split()))]
    return [Typed(SPACE, gap=True) if piece.isspace() else Typed(piece) for piece in found]


def _parts(old: list[Atom], new: list[Typed]) -> Iterator[Part]:
    was = [index for index, atom in enumerate(old) if not atom.gap]
    now = [index for index, typed in enumerate(new) if not typed.gap]
    blocks = stays([old[index].key for index in was], [new[index].key for index in now])
    pairs = [(was[a + n], now[b + n]) for a, b, length in blocks for n in range(length)]
    i = j = 0
    stay: list[str] = []
    for here, there in [*pairs, (len(old), len(new))]:
        gone, come = old[i:here], new[j:there]
        if [atom.key for atom in gone] == [typed.key for typed in come]:
            stay.append(said(gone))
        else:
            lead, tail = _alike(gone, come)
            stay.append(said(gone[:lead]))
            if words := "".join(stay):
                yield Same(words)
            yield _stretch(old, i + lead, here - tail, come[lead : len(come) - tail])
            stay = [said(gone[len(gone) - tail :])]
        stay.append(said(old[here : here + 1]))
        i, j = here + 1, there + 1
    if words := "".join(stay):
        yield Same(words)


def _alike(gone: list[Atom], come: list[Typed]) -> tuple[int, int]:
    """How many gaps stay before and after the words that differ. Where one gap is left of two, a paragraph's end stays."""
    lead = bool(gone and come and gone[0].gap and come[0].gap)
    tail = bool(gone and come and gone[-1].gap and come[-1].gap)
    if lead and tail and min(len(gone), len(come)) == 1:
        lead, tail = (False, True) if gone[-1].fixed else (True, False)
    return int(lead), int(tail)


def _stretch(old: list[Atom], first: int, last: int, come: list[Typed]) -> Stretch:
    gone = old[first:last]
    if any(atom.fixed for atom in gone):
        raise CannotSuggest(
            "paragraphs, cells, footnotes and figures stay as they are: suggest words inside one of them"
        )
    words = "".join(typed.key for typed in come)
    if gone:
        at = Span(gone[0].start, gone[-1].end)
        return Stretch(said(gone), words, at, at, said(gone))
    place = old[first - 1].end if first else old[0].start
    beside = old[first] if first == 0 or old[first - 1].gap else old[first - 1]
    return Stretch("", words, Span(place, place), Span(beside.start, beside.end), beside.key)


def still_stands(document: Node, held: Span, words: str, *, whole: bool = True) -> bool:
    """Whether exactly these words stand at the range and, where they were whole words, are no part of longer ones now."""
    atoms = atoms_of(document, held)
    return bool(atoms) and said(atoms) == words and (is_whole(document, held) or not whole)


def is_whole(document: Node, span: Span) -> bool:
    """Whether the range begins and ends where words do."""
    around = atoms_of(document, Span(max(span.start - 1, 0), span.end + 1))
    return not any(atom.start < edge < atom.end for atom in around if not atom.gap for edge in (span.start, span.end))


def require_fit(tree: Node, kind: TextSchema, parts: Iterable[Part]) -> None:
    """Raise CannotSuggest unless a text with all of it would be a text: a footnote, say, can't be left without words."""
    document = LibraryNode.from_json(schema_for(kind), node_to_json(tree))
    changes = [(part.at, part.words) for part in parts if isinstance(part, Stretch)]
    try:
        for step in steps_for(document, tree, changes):
            document = step.apply(document).doc or document
        document.check()
    except LIBRARY_ERRORS as error:
        raise CannotSuggest("something would be left without words; suggest some for it") from error


def steps_for(document: LibraryNode, tree: Node, changes: list[tuple[Span, str]]) -> list[LibraryStep]:
    """The steps that put words in the place of ranges of the document, which `tree` is too; last range first."""
    return [
        _step(document, tree, span, words)
        for span, words in sorted(changes, key=lambda one: one[0].start, reverse=True)
    ]


def _step(document: LibraryNode, tree: Node, span: Span, words: str) -> LibraryStep:
    if not words:
        return ReplaceStep(span.start, span.end, Slice.empty)
    schema = document.type.schema
    marks = [schema.marks[mark.type].create(dict(mark.attrs)) for mark in _formatting_for(tree, span)]
    return ReplaceStep(span.start, span.end, Slice(Fragment.from_(schema.text(words, marks)), 0, 0))


def _formatting_for(tree: Node, span: Span) -> tuple[Mark, ...]:
    """What all the replaced words carry; where nothing is replaced, what the words on both sides do."""
    found = [atom for atom in atoms_of(tree, span) if not atom.gap]
    if span.start == span.end:
        before, after = (atoms_of(tree, Span(max(at, 0), at + 1)) for at in (span.start - 1, span.start))
        found = [*before, *after]
        if len(found) != 2 or any(atom.fixed for atom in found):  # noqa: PLR2004  # one on each side
            return ()
    first, *others = found or [Atom("", 0, 0)]
    return tuple(mark for mark in first.marks if all(mark in other.marks for other in others))
