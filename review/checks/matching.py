"""Finding sequences of hidden words in what is shown: an index over the hidden words, one pass over the shown ones.

The index maps the first letters of every four-word shingle (or of a whole needle) to where it stands; a passage is read once, and at the
beginning of each stretch of letters the index is asked. A hit is grown word by word to its maximum, and each maximum is grown once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar

from review.checks.folding import Folded, words_of

T = TypeVar("T")
SHINGLE = 4  # words: a quote has at least so many
RARE = 2  # of them must not be common
KEY = 16  # letters of the key: shorter ones are shared by so many words that work grows faster than the case


@cache
def common_words() -> frozenset[str]:
    """The shipped list, comparable."""
    lines = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(words_of(line)[0].letters for line in lines if line and not line.startswith("#"))


def rare_words(letters: Iterable[str]) -> int:
    """How many of the words are not common."""
    return sum(one not in common_words() for one in letters)


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first`–`last` (both included) of one hidden sequence, standing at `start`–`end` of the passage's text."""

    sequence: int
    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True)
class Work:
    """What a search cost, so that tests can see how it grows."""

    asked: int = 0
    grown: int = 0


class Sequence:
    """Hidden words as one string, and where in it each word begins and ends."""

    __slots__ = ("ends", "letters", "starts", "words")

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words, self.letters = words, "".join(words)
        self.ends = list(accumulate(len(word) for word in words))
        self.starts = [0, *self.ends[:-1]]


@dataclass(slots=True)
class _Keys(Generic[T]):
    """Entries by their first letters; keys of several lengths, since short words make short shingles."""

    work: Work
    at: dict[str, list[T]] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)

    def put(self, letters: str, entry: T) -> None:
        key = letters[:KEY]
        self.at.setdefault(key, []).append(entry)
        self.lengths.add(len(key))

    def ask(self, letters: str, start: int) -> Iterator[T]:
        for length in self.lengths:
            self.work.asked += 1
            yield from self.at.get(letters[start : start + length], ())


class QuoteIndex:
    """Sequences of hidden words, found wherever four or more of them stand together, two of them not common."""

    def __init__(self, work: Work | None = None) -> None:
        self.sequences: list[Sequence] = []
        self._keys: _Keys[tuple[int, int]] = _Keys(work or Work())

    def add(self, words: tuple[str, ...]) -> int:
        """Put a sequence in; returns its number. Shingles of common words alone are no entry: every quote has another."""
        self.sequences.append(Sequence(words))
        for first in range(len(words) - SHINGLE + 1):
            shingle = words[first : first + SHINGLE]
            if rare_words(shingle):
                self._keys.put("".join(shingle), (len(self.sequences) - 1, first))
        return len(self.sequences) - 1

    def matches(self, passage: Folded) -> Iterator[Match]:
        """All maximal matches that are quotes, in the order in which they begin to be seen."""
        reached: dict[tuple[int, int], int] = {}  # sequence and diagonal → how far it has been compared
        for start in passage.starts:
            for number, first in self._keys.ask(passage.letters, start):
                diagonal = start - self.sequences[number].starts[first]
                if reached.get((number, diagonal), -1) > start:
                    continue
                self._keys.work.grown += 1
                left, right = _common(self.sequences[number], first, passage.letters, start)
                reached[number, diagonal] = max(right + diagonal, start + 1)
                if match := self._quote(number, left, right, diagonal, passage):
                    yield match

    def _quote(self, number: int, left: int, right: int, diagonal: int, passage: Folded) -> Match | None:
        """The whole words between two places of the sequence that are whole in the passage too, if they are a quote."""
        sequence, starts, ends = self.sequences[number], passage.starts, passage.ends
        first, last = bisect_left(sequence.starts, left), bisect_right(sequence.ends, right) - 1
        while first <= last and sequence.starts[first] + diagonal not in starts:
            first += 1
        while first <= last and sequence.ends[last] + diagonal not in ends:
            last -= 1
        if last - first + 1 < SHINGLE or rare_words(sequence.words[first : last + 1]) < RARE:
            return None
        start, end = starts[sequence.starts[first] + diagonal], ends[sequence.ends[last] + diagonal]
        return Match(number, first, last, start, end)


def _common(sequence: Sequence, first: int, letters: str, start: int) -> tuple[int, int]:
    """How far to the left and right sequence and passage agree, word by word, in letters of the sequence."""
    diagonal = start - sequence.starts[first]
    before, after = first, first
    while before > 0 and (at := sequence.starts[before - 1] + diagonal) >= 0:
        if not letters.startswith(sequence.words[before - 1], at):
            break
        before -= 1
    while after < len(sequence.words) and letters.startswith(sequence.words[after], sequence.starts[after] + diagonal):
        after += 1
    return sequence.starts[before], sequence.ends[after - 1] if after else 0


class NeedleIndex:
    """Short hidden words and registered terms, found wherever all of their letters stand between the ends of words."""

    def __init__(self, work: Work | None = None) -> None:
        self._keys: _Keys[str] = _Keys(work or Work())
        self._known: set[str] = set()

    def add(self, letters: str) -> None:
        """Put a needle in; the same one twice counts once."""
        if letters and letters not in self._known:
            self._known.add(letters)
            self._keys.put(letters, letters)

    def matches(self, passage: Folded) -> Iterator[tuple[str, int, int]]:
        """(needle, start, end) in the passage's text."""
        for start in passage.starts if self._known else ():
            for needle in self._keys.ask(passage.letters, start):
                end = passage.ends.get(start + len(needle))
                if end is not None and passage.letters.startswith(needle, start):
                    yield needle, passage.starts[start], end
