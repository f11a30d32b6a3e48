"""The difference of two rows of tokens: first by words that stand once in both (patience), then inside the gaps."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from review.comparing.changes import Change, Segment
from review.comparing.tokens import BAR, BREAK, BREAK_TOKEN, Token

Block = tuple[int, int, int]  # where it starts in the old row, in the new one, and how long it is the same
Step = tuple[Change, Token]
Pair = tuple[int | None, int | None]
Paragraphs = tuple[tuple[Segment, ...], ...]
BREAK_KEY = f"{BREAK} "


def passage_of(old: list[Token], new: list[Token]) -> tuple[Paragraphs, int, int]:
    """The changed paragraphs in segments, words in, words out. Swapping old and new swaps in and out, and nothing else."""
    steps = _steps(old, new)
    paragraphs = tuple(_segments(rows) for rows in _split(steps) if _is_changed(rows))
    return paragraphs, _count(steps, Change.IN), _count(steps, Change.OUT)


def _count(steps: list[Step], change: Change) -> int:
    return sum(token.is_word for what, token in steps if what is change)


def _steps(old: list[Token], new: list[Token]) -> list[Step]:
    was, now = _closed(old), _closed(new)
    if not (was and now):
        return [*((Change.OUT, token) for token in was), *((Change.IN, token) for token in now)]
    out: list[Step] = []
    for i, j in aligned(_keys(was), _keys(now)):
        if j is not None:
            out.append((Change.IN if i is None else Change.SAME, now[j]))
        elif i is not None:
            out.append((Change.OUT, was[i]))
    return out


def aligned(was: list[str], now: list[str]) -> Iterator[Pair]:
    """Which key of one row is which of the other, as pairs of places; None where it has no counterpart. What goes stands before what comes.

    Whole paragraphs first (each ends with `BREAK_KEY`); words only between paragraphs that stayed.
    """
    a, b = _paragraphs(was), _paragraphs(now)
    for change, before, after in _opcodes(["\n".join(was[p]) for p in a], ["\n".join(now[p]) for p in b]):
        old, new = _together(a[before]), _together(b[after])
        if change is Change.SAME:
            yield from zip(range(old.start, old.stop), range(new.start, new.stop), strict=True)
        else:
            yield from _aligned_in(was, now, old, new)


def _aligned_in(was: list[str], now: list[str], old: slice, new: slice) -> Iterator[Pair]:
    for change, before, after in _opcodes(was[old], now[new]):
        gone = range(old.start + before.start, old.start + before.stop)
        come = range(new.start + after.start, new.start + after.stop)
        if change is Change.SAME:
            yield from zip(gone, come, strict=True)
        else:
            yield from ((i, None) for i in gone)
            yield from ((None, j) for j in come)


def _together(paragraphs: list[slice]) -> slice:
    return slice(paragraphs[0].start, paragraphs[-1].stop) if paragraphs else slice(0, 0)


def _closed(tokens: list[Token]) -> list[Token]:
    """With a break at its end: the last paragraph may not be the last in the other edition."""
    return [*tokens, BREAK_TOKEN] if tokens and tokens[-1].kind != BREAK else tokens


def _keys(tokens: Sequence[Token]) -> list[str]:
    return [f"{token.kind} {token.words}" for token in tokens]


def _paragraphs(keys: list[str]) -> list[slice]:
    """Each with the break that ends it."""
    ends = [place for place, key in enumerate(keys, start=1) if key == BREAK_KEY]
    return [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def _opcodes(was: list[str], now: list[str]) -> Iterator[tuple[Change, slice, slice]]:
    """What stays, and between it what goes and comes (as OUT, with both slices)."""
    i = j = 0
    for a, b, length in [*stays(was, now), (len(was), len(now), 0)]:
        if a > i or b > j:
            yield Change.OUT, slice(i, a), slice(j, b)
        i, j = a + length, b + length
        if length:
            yield Change.SAME, slice(a, i), slice(b, j)


def stays(was: list[str], now: list[str]) -> list[Block]:
    """What stays of one row in another. Worked out in one direction only, so that swapping the two can't choose another way."""
    if was <= now:
        return list(_matches(was, now, 0, 0))
    return [(b, a, length) for a, b, length in _matches(now, was, 0, 0)]


def _matches(was: list[str], now: list[str], i: int, j: int) -> Iterator[Block]:
    head = _alike(was, now)
    tail = _alike(was[head:][::-1], now[head:][::-1])
    if head:
        yield i, j, head
    a, b = was[head : len(was) - tail], now[head : len(now) - tail]
    if a and b:
        yield from _inside(a, b, i + head, j + head)
    if tail:
        yield i + len(was) - tail, j + len(now) - tail, tail


def _inside(was: list[str], now: list[str], i: int, j: int) -> Iterator[Block]:
    anchors = _anchors(was, now)
    if not anchors:
        # Words that stand often are no anchors for difflib above 200 tokens: without that, long rows of few words take minutes.
        for a, b, length in SequenceMatcher(None, was, now).get_matching_blocks():
            if length:
                yield i + a, j + b, length
        return
    a = b = 0
    for x, y in [*anchors, (len(was), len(now))]:
        yield from _matches(was[a:x], now[b:y], i + a, j + b)
        a, b = x, y


def _alike(was: list[str], now: list[str]) -> int:
    length = 0
    for one, other in zip(was, now, strict=False):
        if one != other:
            break
        length += 1
    return length


def _anchors(was: list[str], now: list[str]) -> list[tuple[int, int]]:
    """Places of tokens that stand once in each, as many as come in the same order in both."""
    once = {key for key, count in Counter(was).items() if count == 1} & {k for k, n in Counter(now).items() if n == 1}
    place = {key: b for b, key in enumerate(now) if key in once}
    pairs = [(a, place[key]) for a, key in enumerate(was) if key in once]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second places rise too."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, b) in enumerate(pairs):
        length = bisect_left(ends, b)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [b]
        at[length : length + 1] = [number]
    out: list[tuple[int, int]] = []
    number = at[-1] if at else -1
    while number >= 0:
        out.append(pairs[number])
        number = before[number]
    return out[::-1]


def _split(steps: list[Step]) -> Iterator[list[Step]]:
    """One list a paragraph; a break ends one, whichever edition has it."""
    row: list[Step] = []
    for step in steps:
        if step[1].kind == BREAK:
            yield row
            row = []
        else:
            row.append(step)


def _is_changed(rows: list[Step]) -> bool:
    return any(change is not Change.SAME for change, _ in rows)


def _segments(rows: list[Step]) -> tuple[Segment, ...]:
    out: list[Segment] = []
    for (change, is_bar), together in groupby(rows, key=lambda step: (step[0], step[1].kind == BAR)):
        tokens = [token for _, token in together]
        if is_bar:
            out += [Segment(change, "", token.refs) for token in tokens]
        else:
            out.append(Segment(change, "".join(token.said for token in tokens)))
    return tuple(out)


def covered(old: list[Token], new: list[Token]) -> frozenset[str]:
    """The references of bars beside or in place of words that are gone, however far they reach."""
    found: set[str] = set()
    lost, bars = False, set[str]()
    for change, token in _steps(old, new):
        if token.kind == BREAK:
            continue
        if change is Change.SAME and token.kind != BAR:  # words that stay end what lies between them
            found |= bars if lost else set()
            lost, bars = False, set()
        elif change is Change.OUT:
            lost = lost or token.kind != BAR
        else:
            bars |= set(token.refs)
    return frozenset(found | (bars if lost else set()))
