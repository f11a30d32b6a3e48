"""A mark never slips: what replaces hidden words, stands inside them, or touches them without a space, becomes hidden. Pure.

The editor computes the same (`frontend/src/cover.js`); the authority computes it after every step, and adds what is missing.
For each maximal stretch of leaves that a step inserts, with D the redactions on what the step deleted there, P and N those
on the leaf before and after: the whole stretch gets D, and P ∩ N; its first run of words gets P if it touches that leaf,
its last run N. A run ends at a space, a hard break, and the border of a textblock. Marks are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prosemirror.model import Node as LibraryNode
from prosemirror.transform import AddMarkStep, AddNodeMarkStep, StepMap
from prosemirror.transform import Step as LibraryStep

from prose.nodes import utf16_length

Refs = frozenset[str]
NONE: Refs = frozenset()


@dataclass(frozen=True, slots=True)
class Leaf:
    """Words or another leaf, from `start` to `end`; `block` is where the content of its textblock (or parent) begins.

    `refs`: the redactions on it, those of marked containers around it included.
    """

    node: LibraryNode
    start: int
    end: int
    block: int
    refs: Refs

    @property
    def text(self) -> str:
        """Its words; one sign that is no space for what is not words."""
        if not self.node.is_text:
            return " " if self.node.type.name == "hard_break" else "\ufffc"
        return str(self.node.text)


def refs_on(node: LibraryNode) -> Refs:
    """The redactions marked on this very node."""
    if not node.marks:
        return NONE
    return frozenset(str(mark.attrs["ref"]) for mark in node.marks if mark.type.name == "redaction")


def leaves_between(document: LibraryNode, start: int, end: int) -> list[Leaf]:
    """The leaves of a range, cut to it."""
    return list(_leaves(document, 0, start, end, 0, NONE)) if start < end else []


def _leaves(parent: LibraryNode, at: int, start: int, end: int, block: int, inherited: Refs) -> Iterator[Leaf]:
    for child in parent.content.content:
        if at >= end:
            return
        size = child.node_size
        if at + size > start:
            refs = inherited | refs_on(child)
            if child.is_leaf:
                yield _cut(child, at, size, start, end, block, refs)
            else:
                inner = block if child.is_inline else at + 1
                yield from _leaves(child, at + 1, start, end, inner, refs)
        at += size


def _cut(node: LibraryNode, at: int, size: int, start: int, end: int, block: int, refs: Refs) -> Leaf:
    first, last = max(at, start), min(at + size, end)
    whole = (first, last) == (at, at + size)
    return Leaf(node if whole else node.cut(first - at, last - at), first, last, block, refs)


def leaf_before(document: LibraryNode, position: int) -> Leaf | None:
    """The last leaf that begins before the position, cut at it."""
    return _before(document, 0, position, 0, NONE)


def _before(parent: LibraryNode, at: int, position: int, block: int, inherited: Refs) -> Leaf | None:
    starts = []
    for child in parent.content.content:
        if at >= position:
            break
        starts.append((child, at))
        at += child.node_size
    for child, start in reversed(starts):
        refs = inherited | refs_on(child)
        if child.is_leaf:
            return Leaf(child, start, min(start + child.node_size, position), block, refs)
        if found := _before(child, start + 1, position, block if child.is_inline else start + 1, refs):
            return found
    return None


def leaf_after(document: LibraryNode, position: int) -> Leaf | None:
    """The first leaf that ends after the position, cut at it."""
    return _after(document, 0, position, 0, NONE)


def _after(parent: LibraryNode, at: int, position: int, block: int, inherited: Refs) -> Leaf | None:
    for child in parent.content.content:
        size = child.node_size
        if at + size > position:
            refs = inherited | refs_on(child)
            if child.is_leaf:
                return Leaf(child, max(at, position), at + size, block, refs)
            if found := _after(child, at + 1, position, block if child.is_inline else at + 1, refs):
                return found
        at += size
    return None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Leaves that a step inserted with nothing old between them, and the redactions on all that the step deleted."""

    leaves: tuple[Leaf, ...]
    deleted: Refs


def stretches(before: LibraryNode, after: LibraryNode, step_map: StepMap) -> Iterator[Stretch]:
    """What a step that led from one document to the other inserted, in order."""
    replaced = ranges(step_map)
    gone = (leaf.refs for start, end, _, _ in replaced for leaf in leaves_between(before, start, end))
    deleted = NONE.union(*gone)
    held: list[Leaf] = []
    behind = 0
    for number, (_, _, start, end) in enumerate(replaced):
        if number and held and leaves_between(after, behind, start):
            yield Stretch(tuple(held), deleted)
            held = []
        held += leaves_between(after, start, end)
        behind = end
    if held:
        yield Stretch(tuple(held), deleted)


def ranges(step_map: StepMap) -> list[tuple[int, int, int, int]]:
    """What a step replaced: (old start, old end, new start, new end)."""
    out: list[tuple[int, int, int, int]] = []
    step_map.for_each(lambda *four: out.append(four))
    return out


def missing_marks(before: LibraryNode, after: LibraryNode, step_map: StepMap) -> list[LibraryStep]:
    """The steps that put the marks which the rule asks for on what was inserted, where they are not there yet."""
    steps: list[LibraryStep] = []
    for stretch in stretches(before, after, step_map):
        for leaves, refs in _due(stretch, after):
            for ref in sorted(refs):
                steps += marking_steps([leaf for leaf in leaves if ref not in leaf.refs], ref)
    return steps


def _due(stretch: Stretch, document: LibraryNode) -> Iterator[tuple[list[Leaf], Refs]]:
    """Which leaves must carry what."""
    first, last = stretch.leaves[0], stretch.leaves[-1]
    previous, following = leaf_before(document, first.start), leaf_after(document, last.end)
    p, n = previous.refs if previous else NONE, following.refs if following else NONE
    whole = stretch.deleted | (p & n)
    yield list(stretch.leaves), whole
    if previous and p - whole and previous.block == first.block:
        yield _first_run(stretch.leaves), p - whole
    if following and n - whole and following.block == last.block:
        yield _last_run(stretch.leaves), n - whole


def _first_run(leaves: tuple[Leaf, ...]) -> list[Leaf]:
    run: list[Leaf] = []
    for leaf in leaves:
        words = _up_to_a_space(leaf.text)
        if leaf.block != leaves[0].block or not words:
            break
        whole = len(words) == len(leaf.text)
        run.append(leaf if whole else _part(leaf, leaf.start, leaf.start + utf16_length(words)))
        if not whole:
            break
    return run


def _last_run(leaves: tuple[Leaf, ...]) -> list[Leaf]:
    run: list[Leaf] = []
    for leaf in reversed(leaves):
        words = _up_to_a_space(leaf.text[::-1])
        if leaf.block != leaves[-1].block or not words:
            break
        whole = len(words) == len(leaf.text)
        run.append(leaf if whole else _part(leaf, leaf.end - utf16_length(words), leaf.end))
        if not whole:
            break
    return run[::-1]


def _part(leaf: Leaf, start: int, end: int) -> Leaf:
    return Leaf(leaf.node, start, end, leaf.block, leaf.refs)


def _up_to_a_space(text: str) -> str:
    for index, sign in enumerate(text):
        if sign.isspace():
            return text[:index]
    return text


def marking_steps(leaves: Iterable[Leaf], ref: str) -> Iterator[LibraryStep]:
    """The steps that lay the redaction over these leaves: one for each unbroken range of inline ones."""
    held: list[Leaf] = []
    for leaf in leaves:
        if held and (leaf.start != held[-1].end or not leaf.node.is_inline or not held[-1].node.is_inline):
            yield _marking_step(held, ref)
            held = []
        held.append(leaf)
    if held:
        yield _marking_step(held, ref)


def _marking_step(leaves: list[Leaf], ref: str) -> LibraryStep:
    first = leaves[0]
    mark = first.node.type.schema.marks["redaction"].create({"ref": ref})
    if not first.node.is_inline:
        return AddNodeMarkStep(first.start, mark)
    return AddMarkStep(first.start, leaves[-1].end, mark)


def stays_hidden(before: LibraryNode, after: LibraryNode, step_map: StepMap) -> tuple[list[LibraryStep], bool]:
    """For documents in which containers are marked: a step can drop such a mark, or bring one in, around words that stay.

    The steps that put back what words that stayed have lost, and whether any of them became hidden.
    """
    new = by_position(after)
    lost: dict[str, list[Leaf]] = {}
    gained = False
    for position, leaf in by_position(before).items():
        place = moved(position, step_map)
        if place is None or place not in new:
            continue
        now = new[place]
        gained = gained or bool(now.refs - leaf.refs)
        for ref in leaf.refs - now.refs:
            lost.setdefault(ref, []).append(now)
    return [step for ref in sorted(lost) for step in marking_steps(lost[ref], ref)], gained


def by_position(document: LibraryNode, start: int = 0, end: int | None = None) -> dict[int, Leaf]:
    """Every position of a range at which a leaf, or a UTF-16 unit of words, begins: that unit as a leaf of its own."""
    leaves = leaves_between(document, start, document.content.size if end is None else end)
    return {at: _part(leaf, at, at + 1) for leaf in leaves for at in range(leaf.start, leaf.end)}


def moved(position: int, step_map: StepMap) -> int | None:
    """Where what begins at the position stands afterwards, if it was not deleted."""
    shift = 0
    for old_start, old_end, _, new_end in ranges(step_map):
        if position < old_start:
            break
        if position < old_end:
            return None
        shift = new_end - old_end
    return position + shift
