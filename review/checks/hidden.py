"""The hidden words of one audience: every run of hidden leaves, and every text of what is masked or left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cases.redaction import Audience
from prose.inside import document_of
from prose.nodes import Node
from review.checks.catalogue import Catalogue, OwnedText
from review.checks.folding import Word, words_of
from review.checks.sentences import sentence_around
from review.checks.strands import LINK_TARGET, Strand


@dataclass(frozen=True)
class HiddenRun:
    """Words that stand together in one live text and are all hidden from the audience, by these redactions."""

    owned: OwnedText
    strand: int
    text: str
    start: int
    end: int
    refs: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words, places given in `text`."""
        return words_of(self.text, self.start, self.end)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The words, comparable."""
        return tuple(word.letters for word in self.words)

    @property
    def ref(self) -> str:
        """The redaction to name: one of a span if there is any."""
        return self.refs[0]

    @cached_property
    def sentence(self) -> str:
        """The live sentence around all of it, shown words included."""
        return sentence_around(self.text, self.start, self.end)

    def sentence_of(self, first: int, last: int) -> str:
        """The live sentence around some of its words."""
        return self.sentence_at(self.words[first].start, self.words[last].end)

    def sentence_at(self, start: int, end: int) -> str:
        """The live sentence around a range of `text`."""
        return sentence_around(self.text, start, end)


def hidden_runs(catalogue: Catalogue, audience: Audience) -> list[HiddenRun]:
    """All hidden runs that have words, in the order of the snapshot."""
    hiding, closed = catalogue.hiding(audience), catalogue.closed(audience)
    runs: list[HiddenRun] = []
    for owned in catalogue.texts:
        by_object = [ref for need in owned.needs for ref in closed.get(need, ())]
        for number, strand in enumerate(owned.strands if by_object or owned.refs else ()):
            text = strand.text
            if strand.what == LINK_TARGET:  # sources are cited again and again; what a link says are its words
                continue
            spans = (
                [(0, len(text), tuple(dict.fromkeys(by_object)))] if by_object else _marked(strand, hiding, catalogue)
            )
            found = (HiddenRun(owned, number, text, start, end, refs) for start, end, refs in spans)
            runs.extend(run for run in found if run.words)
    return runs


def hidden_leaves(catalogue: Catalogue, audience: Audience) -> Iterator[tuple[OwnedText, Node, str]]:
    """Every marked leaf that is hidden from the audience, with one redaction that hides it; what has no words too."""
    hiding = catalogue.hiding(audience)
    for owned in catalogue.texts:
        for leaf, refs in _leaves(document_of(owned.text), frozenset()) if owned.refs else ():
            if by := sorted(ref for ref in refs if ref in hiding or not catalogue.knows(ref)):
                yield owned, leaf, by[0]


def _leaves(node: Node, inherited: frozenset[str]) -> Iterator[tuple[Node, frozenset[str]]]:
    refs = inherited | node.refs()
    if node.is_leaf:
        yield node, refs
    for child in node.content:
        yield from _leaves(child, refs)


def _marked(strand: Strand, hiding: frozenset[str], catalogue: Catalogue) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Runs of hidden pieces as (start, end, references); what has no words between two of them does not part them."""
    refs, start, end, offset = set[str](), -1, -1, 0
    for piece in strand.pieces:
        after = offset + len(piece.text)
        by = {ref for ref in piece.refs if ref in hiding or not catalogue.knows(ref)}
        if by:
            start, end = (offset if start < 0 else start), after
            refs |= by
        elif start >= 0 and words_of(piece.text):
            yield start, end, _named_first(refs, catalogue)
            refs, start = set(), -1
        offset = after
    if start >= 0:
        yield start, end, _named_first(refs, catalogue)


def _named_first(refs: set[str], catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(sorted(refs, key=lambda ref: (not catalogue.knows(ref), ref)))
