"""Who wrote what: the log of a text carried forward to the words of now. Pure.

What a step inserts is of whoever made it; marks, formatting and the nesting of blocks change no author.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from prosemirror.transform import StepMap

from prose.covering import ranges
from prose.nodes import Node, utf16_length
from review.comparing.tokens import INLINE
from review.history.tokens import said_by

NOBODY = -1  # it stood there before the log begins


@dataclass(frozen=True, slots=True)
class Written:
    """Words of one block by one author; `who` is a number that the caller gave, or `NOBODY`."""

    who: int
    words: str
    refs: tuple[str, ...]


def authors(size: int, log: Iterable[tuple[int, Iterable[StepMap]]]) -> list[tuple[int, int]]:
    """Stretches of positions, (length, author), after all batches of the log: (author, the maps of its steps)."""
    runs = [(size, NOBODY)]
    for who, maps in log:
        for step_map in maps:
            for start, end, new_start, new_end in reversed(ranges(step_map)):
                runs = _replaced(runs, start, end, (new_end - new_start, who))
    return runs


def _replaced(runs: list[tuple[int, int]], start: int, end: int, new: tuple[int, int]) -> list[tuple[int, int]]:
    first, at = 0, 0
    while first < len(runs) and at + runs[first][0] <= start:
        at += runs[first][0]
        first += 1
    last, behind = first, at
    while last < len(runs) and behind < end:
        behind += runs[last][0]
        last += 1
    if last == first and at < start:  # nothing goes, and it stands inside a run
        behind += runs[last][0]
        last += 1
    before = (start - at, runs[first][1]) if first < len(runs) else (0, NOBODY)
    after = (behind - end, runs[last - 1][1]) if last else (0, NOBODY)
    middle = [run for run in (before, new, after) if run[0] > 0]
    if first and middle and runs[first - 1][1] == middle[0][1]:
        first -= 1
        middle[0] = (runs[first][0] + middle[0][0], middle[0][1])
    runs[first:last] = [(sum(size for size, _ in together), who) for who, together in _grouped(middle)]
    return runs


def _grouped(runs: list[tuple[int, int]]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    return ((who, list(together)) for who, together in groupby(runs, key=lambda run: run[1]))


def written(document: Node, runs: list[tuple[int, int]]) -> list[list[Written]]:
    """The words of each block, by author and by what hides them; blocks without words are left out."""
    letters = [who for size, who in runs for _ in range(size)]
    blocks: list[list[tuple[int, str, frozenset[str]]]] = [[]]
    _walk(document, 0, frozenset(), letters, blocks)
    return [[Written(who, words, refs) for who, words, refs in _joined(block)] for block in blocks if block]


def _walk(
    parent: Node,
    at: int,
    around: frozenset[str],
    letters: list[int],
    blocks: list[list[tuple[int, str, frozenset[str]]]],
) -> None:
    before = ""
    for child in parent.content:
        refs = around | child.refs()
        is_block = child.type not in INLINE
        if is_block and blocks[-1]:
            blocks.append([])
        if child.is_text:
            blocks[-1] += [(letters[place], sign, refs) for sign, place in _signs(child.text, at)]
        elif words := _words_of(child):
            apart = " " if child.type == before == "citation" else ""
            blocks[-1].append((letters[at], apart + words, refs))
        before = child.type
        _walk(child, at + 1, refs, letters, blocks)
        if is_block and blocks[-1]:
            blocks.append([])
        at += child.size


def _words_of(node: Node) -> str:
    """What a leaf says; a space for a line break, and around a footnote."""
    return " " if node.type in ("hard_break", "footnote") else said_by(node)


def _signs(words: str, at: int) -> Iterator[tuple[str, int]]:
    for sign in words:
        yield sign, at
        at += utf16_length(sign)


def _joined(block: list[tuple[int, str, frozenset[str]]]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    for (who, refs), together in groupby(block, key=lambda one: (one[0], one[2])):
        yield who, "".join(words for _, words, _ in together), tuple(sorted(refs))
