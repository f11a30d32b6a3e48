"""What differs between two states of one text, word by word, marks told apart from words. Pure.

For history, for what changed in a case, and for suggestions: `differences(old, new)` gives rows, `render` makes them HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from prose.nodes import Node
from review.comparing.changes import Change
from review.comparing.diffing import aligned
from review.comparing.tokens import BREAK
from review.history.tokens import NONE, Refs, Token, tokens_of

Step = tuple[Change, Token | None, Token | None]  # what became of it, as it was, as it is


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one paragraph to which the same happened.

    `refs`: what hides them where they stand, after if they stay. `hidden`: which of those are new over words that stay;
    `shown`: what hid them and does no more.
    """

    change: Change
    words: str
    refs: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph in which something changed; or, without stretches, how many stand there in which nothing did."""

    stretches: tuple[Stretch, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs. `formatting`: nothing but how the words look, or how blocks are nested."""

    rows: tuple[Row, ...]
    words_in: int
    words_out: int
    hidden: tuple[str, ...]  # redactions that came over words which stay
    shown: tuple[str, ...]  # and that went from such words
    formatting: bool

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.changed) or self.formatting

    @property
    def changed(self) -> tuple[Row, ...]:
        """The paragraphs in which something changed."""
        return tuple(row for row in self.rows if row.stretches)


def differences(old: Node, new: Node) -> Difference:
    """From one stored document to another. Swapping them swaps in and out, hidden and shown, and nothing else."""
    steps = list(_steps(tokens_of(old), tokens_of(new)))
    rows = tuple(_rows(_paragraphs(steps)))
    stretches = [stretch for row in rows for stretch in row.stretches]
    return Difference(
        rows=rows,
        words_in=sum(now.is_word for change, _, now in steps if change is Change.IN and now),
        words_out=sum(was.is_word for change, was, _ in steps if change is Change.OUT and was),
        hidden=_sorted(ref for one in stretches for ref in one.hidden),
        shown=_sorted(ref for one in stretches for ref in one.shown),
        formatting=not stretches and old != new,
    )


def _steps(old: list[Token], new: list[Token]) -> Iterator[Step]:
    for i, j in aligned([token.key for token in old], [token.key for token in new]):
        if j is None:
            yield Change.OUT, old[i or 0], None
        elif i is None:
            yield Change.IN, None, new[j]
        else:
            yield Change.SAME, old[i], new[j]


def _paragraphs(steps: list[Step]) -> Iterator[list[Step]]:
    """One list a paragraph; a break ends one, whichever version has it."""
    held: list[Step] = []
    for step in steps:
        if (step[2] or step[1] or Token("")).kind == BREAK:
            yield held
            held = []
        else:
            held.append(step)


def _rows(paragraphs: Iterable[list[Step]]) -> Iterator[Row]:
    skipped = 0
    for paragraph in paragraphs:
        if not any(_is_change(step) for step in paragraph):
            skipped += bool(paragraph)
            continue
        if skipped:
            yield Row((), skipped)
            skipped = 0
        yield Row(tuple(_stretches(paragraph)))
    if skipped:
        yield Row((), skipped)


def _is_change(step: Step) -> bool:
    change, was, now = step
    return change is not Change.SAME or was is None or now is None or was.runs != now.runs


def _stretches(paragraph: list[Step]) -> Iterator[Stretch]:
    """Tokens to which the same happened, together. The space before a word is as the word, unless another stretch begins there."""
    pieces = [piece for step in paragraph for piece in _pieces(step)]
    for (change, before, after), together in groupby(pieces, key=lambda piece: piece[1:]):
        words = "".join(piece[0] for piece in together)
        stays = change is Change.SAME
        yield Stretch(
            change=change,
            words=words,
            refs=tuple(sorted(before if change is Change.OUT else after)),
            hidden=tuple(sorted(after - before)) if stays else (),
            shown=tuple(sorted(before - after)) if stays else (),
        )


def _pieces(step: Step) -> Iterator[tuple[str, Change, Refs, Refs]]:
    """(words, what became of them, what hid them, what hides them) for each part of a token that has marks of its own."""
    change, was, now = step
    token = now or was
    assert token is not None
    space = " " if token.spaced else ""
    for words, before, after in _runs(was, now):
        yield space + words, change, before, after
        space = ""


def _runs(was: Token | None, now: Token | None) -> Iterator[tuple[str, Refs, Refs]]:
    if was is None or now is None:
        yield from ((words, refs, refs) for words, refs in (was or now or Token("")).runs)
        return
    letters = zip(_letters(was), _letters(now), strict=True)
    for (before, after), together in groupby(letters, key=lambda pair: (pair[0][1], pair[1][1])):
        yield "".join(pair[1][0] for pair in together), before, after


def _letters(token: Token) -> Iterator[tuple[str, Refs]]:
    return ((letter, refs) for words, refs in token.runs for letter in words)


def _sorted(refs: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(refs)))


def nothing_to(document: Node) -> Difference:
    """All of a text as new."""
    return differences(Node("doc"), document)


__all__ = ["NONE", "Difference", "Row", "Stretch", "differences", "nothing_to"]
