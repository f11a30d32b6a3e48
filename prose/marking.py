"""Marking words: the steps that lay a redaction over a range, or take it off."""

from __future__ import annotations

from typing import cast

from prosemirror.model import Mark as LibraryMark
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import AddNodeMarkStep, RemoveNodeMarkStep, Transform

from prose.anchors import Span
from prose.content import LIBRARY_ERRORS, normalised
from prose.marked import MarkedContent, content_to_json, parsed
from prose.nodes import BLOCK_LEAVES, Json, node_from_json, node_to_json
from prose.schema import TextSchema, schema_for


class CannotMark(ValueError):
    """The range can't be marked; the message says why."""


def mark_range(content: MarkedContent, kind: TextSchema, span: Span, ref: str) -> tuple[MarkedContent, list[Json]]:
    """The content with the redaction on every leaf of the range, and the normalised steps. Raises CannotMark."""
    schema = schema_for(kind)
    document = LibraryNode.from_json(schema, node_to_json(parsed(content)))
    if not 0 <= span.start < span.end <= document.content.size:
        raise CannotMark("select some words first")
    mark = schema.marks["redaction"].create({"ref": ref})
    try:
        transform = Transform(document).add_mark(span.start, span.end, mark)
        for position in _block_leaves(document, span):
            transform.step(AddNodeMarkStep(position, mark))
        transform.doc.check()
    except LIBRARY_ERRORS as error:
        raise CannotMark("these words can't be marked as one redaction; select less") from error
    _require_whole(transform.doc, span, mark)
    marked = node_from_json(cast("dict[str, Json]", transform.doc.to_json()))
    return MarkedContent(normalised(marked)), [cast("Json", step.to_json()) for step in transform.steps]


def unmark_range(content: MarkedContent, kind: TextSchema, span: Span, ref: str) -> tuple[MarkedContent, list[Json]]:
    """The content without the redaction on any leaf of the range, and the normalised steps.

    Every leaf of the range must carry it: what somebody shows again is exactly what they selected. Raises CannotMark.
    """
    schema = schema_for(kind)
    document = LibraryNode.from_json(schema, node_to_json(parsed(content)))
    if not 0 <= span.start < span.end <= document.content.size:
        raise CannotMark("select some of the hidden words first")
    mark = schema.marks["redaction"].create({"ref": ref})
    leaves, marked = _count_leaves(document, span, mark)
    if not leaves or marked < leaves:
        raise CannotMark(f"not all of these words are hidden by {ref}; select hidden words only")
    try:
        transform = Transform(document).remove_mark(span.start, span.end, mark)
        for position in _block_leaves(document, span):
            transform.step(RemoveNodeMarkStep(position, mark))
        transform.doc.check()
    except LIBRARY_ERRORS as error:
        raise CannotMark("these words can't be shown again by themselves; select more or less") from error
    unmarked = node_from_json(cast("dict[str, Json]", transform.doc.to_json()))
    return MarkedContent(normalised(unmarked)), [cast("Json", step.to_json()) for step in transform.steps]


def _block_leaves(document: LibraryNode, span: Span) -> list[int]:
    found: list[int] = []

    def visit(node: LibraryNode, position: int, *_: object) -> None:
        if node.type.name in BLOCK_LEAVES and position >= span.start and position + node.node_size <= span.end:
            found.append(position)

    document.nodes_between(span.start, span.end, visit)
    return found


def _require_whole(document: LibraryNode, span: Span, mark: LibraryMark) -> None:
    """Redacting fails unless every leaf of the selection then carries the mark."""
    leaves, marked = _count_leaves(document, span, mark)
    if not leaves or marked < leaves:
        raise CannotMark("not everything in the selection can be marked; select less")


def _count_leaves(document: LibraryNode, span: Span, mark: LibraryMark) -> tuple[int, int]:
    """How many leaves the range touches, and how many of them carry the mark."""
    carries: list[bool] = []

    def visit(node: LibraryNode, position: int, *_: object) -> None:
        if node.is_leaf:
            carries.append(mark.is_in_set(node.marks))

    document.nodes_between(span.start, span.end, visit)
    return len(carries), sum(carries)


def carries_mark(content: MarkedContent, ref: str) -> bool:
    """Whether the redaction lies on anything in the content."""
    if ref not in content_to_json(content):  # cheap, and true of most texts
        return False
    return any(ref in leaf.refs() for leaf in parsed(content).leaves())
