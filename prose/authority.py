"""What a batch of steps makes of a document: applied one by one, marks kept and laid where they are due, checked once. Pure.

Plain editing never hides words that stood there before, and never shows hidden ones: both are commands of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from prosemirror.model import Mark as LibraryMark
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import (
    AddMarkStep,
    AddNodeMarkStep,
    AttrStep,
    RemoveMarkStep,
    RemoveNodeMarkStep,
    ReplaceAroundStep,
    ReplaceStep,
    StepMap,
)
from prosemirror.transform import Step as LibraryStep

from prose.content import LIBRARY_ERRORS, MAX_DEPTH, MAX_SIZE
from prose.covering import (
    Leaf,
    by_position,
    leaves_between,
    marking_steps,
    missing_marks,
    ranges,
    refs_on,
    stays_hidden,
)
from prose.grids import marks_of_grids
from prose.guard import BadSteps

NO_FIT = "These steps don't fit this text."
SHOWN_AGAIN = "Hidden words are shown again where the redaction is decided, and by no edit."
HIDDEN = "An edit can't hide words that stood there before: hide words with Redact."
UNKNOWN = "This change names a redaction that is not one of this case: hide words with Redact."


@dataclass(frozen=True, slots=True)
class Advanced:
    """The document afterwards, and the steps that led there: those that were given, then the marks that the rule adds."""

    document: LibraryNode
    steps: list[LibraryStep]
    pictures: frozenset[str]  # what the steps point at that the text did not have to point at before: keys of figures
    cited: frozenset[str]  # and references


@dataclass(slots=True)
class _Batch:
    """The work on one batch. `plain`: the steps alone; `covered`: with the marks that were due after each of them."""

    plain: LibraryNode
    covered: LibraryNode
    known: frozenset[str]
    has_marks: bool
    has_marked_containers: bool
    inserted: list[tuple[int, int]] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)


def advance(document: LibraryNode, steps: list[LibraryStep], known: frozenset[str]) -> Advanced:
    """Apply the steps; `known` are the redactions that new words may carry. Raises BadSteps, and then nothing was done."""
    marks, containers = _marks_in(document)
    batch = _Batch(document, document, known, has_marks=marks, has_marked_containers=containers)
    try:
        for step in steps:
            _take(batch, step)
        added = _added(batch)
        for step in added:
            batch.plain = _applied(batch.plain, step)
        _check(batch.plain, document)
    except BadSteps:
        raise
    except LIBRARY_ERRORS as error:
        raise BadSteps(NO_FIT) from error
    return Advanced(batch.plain, [*steps, *added], frozenset(batch.pictures), frozenset(batch.cited))


def _marks_in(document: LibraryNode) -> tuple[bool, bool]:
    """Whether anything is marked as hidden, and whether any of it is a container."""
    marked = [node.is_leaf for node in _nodes(document) if refs_on(node)]
    return bool(marked), not all(marked)


def _nodes(parent: LibraryNode) -> Iterator[LibraryNode]:
    for child in parent.content.content:
        yield child
        if child.content.size:
            yield from _nodes(child)


def _take(batch: _Batch, step: LibraryStep) -> None:
    _require_plain_edit(batch, step)
    before = batch.covered
    batch.covered = _applied(before, step)
    batch.plain = batch.covered if batch.plain is before else _applied(batch.plain, step)
    step_map = step.get_map()
    carried = [(step_map.map(start, 1), step_map.map(end, -1)) for start, end in batch.inserted]
    batch.inserted = _joined([*carried, *((new, new_end) for _, _, new, new_end in ranges(step_map))])
    if batch.has_marks:
        _cover(batch, before, step_map)


def _applied(document: LibraryNode, step: LibraryStep) -> LibraryNode:
    result = step.apply(document)
    grown = sum(new_end - new - (old_end - old) for old, old_end, new, new_end in ranges(step.get_map()))
    if result.doc is None or result.doc.content.size != document.content.size + grown:
        raise BadSteps(NO_FIT)
    return result.doc


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ranges in order, those that touch as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def _cover(batch: _Batch, before: LibraryNode, step_map: StepMap) -> None:
    """Lay the marks that are due after one step on the covered document."""
    steps = missing_marks(before, batch.covered, step_map)
    if batch.has_marked_containers:
        lost, gained = stays_hidden(before, batch.covered, step_map)
        if gained:
            raise BadSteps(HIDDEN)
        steps += lost
    for step in steps:
        batch.covered = _applied(batch.covered, step)
    for step in marks_of_grids(before, batch.covered, step_map):
        batch.covered = _applied(batch.covered, step)


def _added(batch: _Batch) -> list[LibraryStep]:
    """What the covered document has more than the plain one, as steps. Their positions are the same."""
    if batch.plain is batch.covered:
        return []
    missing: dict[str, list[Leaf]] = {}
    for start, end in _unlike(batch.plain, batch.covered):
        plain = by_position(batch.plain, start, end)
        for at, leaf in by_position(batch.covered, start, end).items():
            for ref in leaf.refs - plain[at].refs:
                missing.setdefault(ref, []).append(leaf)
    return [step for ref in sorted(missing) for step in marking_steps(missing[ref], ref)]


def _unlike(plain: LibraryNode, covered: LibraryNode) -> Iterator[tuple[int, int]]:
    """The blocks in which documents differ that differ in marks alone. Steps leave the others the very same objects.

    A line has no blocks: its words stand in the document itself, and marks cut them differently.
    """
    if plain.inline_content:
        yield 0, plain.content.size
        return
    at = 0
    for one, other in zip(plain.content.content, covered.content.content, strict=True):
        if one is not other:
            yield at, at + one.node_size
        at += one.node_size


def _require_plain_edit(batch: _Batch, step: LibraryStep) -> None:
    """Refuse what an edit may not do, and note what it brings in."""
    if isinstance(step, RemoveMarkStep | RemoveNodeMarkStep):
        if step.mark.type.name == "redaction":
            raise BadSteps(SHOWN_AGAIN)
    elif isinstance(step, AddMarkStep):
        if step.mark.type.name == "redaction":
            leaves = leaves_between(batch.covered, step.from_, step.to)
            _require_new(batch, [leaf for leaf in leaves if leaf.node.is_inline], step.mark)
    elif isinstance(step, AddNodeMarkStep):
        if step.mark.type.name == "redaction":
            leaves = leaves_between(batch.covered, step.pos, step.pos + 1)
            _require_new(batch, leaves, step.mark)
    elif isinstance(step, AttrStep):
        _require_attribute(batch, step)
    elif isinstance(step, ReplaceStep | ReplaceAroundStep):
        _note_slice(batch, step)
    else:
        raise BadSteps("A step is of a kind that texts don't take.")


def _require_new(batch: _Batch, leaves: list[Leaf], mark: LibraryMark) -> None:
    ref = str(mark.attrs["ref"])
    if ref not in batch.known:
        raise BadSteps(UNKNOWN)
    for leaf in leaves:
        new = any(start <= leaf.start and leaf.end <= end for start, end in batch.inserted)
        if not new and ref not in leaf.refs:
            raise BadSteps(HIDDEN)
    if not leaves:
        raise BadSteps(HIDDEN)
    batch.has_marks = True


def _require_attribute(batch: _Batch, step: AttrStep) -> None:
    node = batch.covered.node_at(step.pos)
    if node is None or step.attr not in node.type.attrs:
        raise BadSteps("A step sets an attribute where there is none.")
    _note_pointing(batch, step.attr, step.value)


def _note_slice(batch: _Batch, step: ReplaceStep | ReplaceAroundStep) -> None:
    for node in _nodes_of(step):
        if refs := refs_on(node):
            if not refs <= batch.known:
                raise BadSteps(UNKNOWN)
            batch.has_marks = True
            batch.has_marked_containers |= not node.is_leaf
        for name, value in node.attrs.items():
            _note_pointing(batch, name, value)


def _note_pointing(batch: _Batch, name: str, value: object) -> None:
    """A picture or a citation points at something that the caller knows of."""
    if name == "file":
        batch.pictures.add(str(value))
    elif name == "ref":
        batch.cited.add(str(value))


def _nodes_of(step: ReplaceStep | ReplaceAroundStep) -> Iterator[LibraryNode]:
    for node in step.slice.content.content:
        yield node
        yield from _nodes(node)


def _check(document: LibraryNode, before: LibraryNode) -> None:
    """Once a batch. Blocks that no step touched are the very same objects, which were checked when they were stored."""
    if document.content.size > MAX_SIZE:
        raise BadSteps(f"A text may have {MAX_SIZE} positions at most; this one would have more.")
    if _depth(document) > MAX_DEPTH:
        raise BadSteps(f"A text may be nested {MAX_DEPTH} deep at most.")
    document.type.check_content(document.content)
    checked = {id(block) for block in before.content.content}
    for block in document.content.content:
        if id(block) not in checked:
            block.check()


def _depth(node: LibraryNode) -> int:
    return 1 + max((_depth(child) for child in node.content.content if child.content.size), default=0)
