"""The check that every stored document passes: known nodes and marks, sane depth and size, clean characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from prosemirror.model import Node as LibraryNode

from prose.nodes import LEAVES, TEXTBLOCKS, Json, Mark, Node, merge_equal, node_from_json
from prose.schema import TextSchema, schema_for
from prose.shape import MAX_DEPTH, BadContent, check_node, check_nodes

__all__ = ["MAX_DEPTH", "MAX_SIZE", "BadContent", "check_content", "citations", "normalised", "plain_text"]

MAX_SIZE = 200_000  # positions; a two-page text has about 7,600
# The library raises these on malformed input (measured; it has no error class of its own).
LIBRARY_ERRORS = (ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, RecursionError)


def check_content(raw: Json, kind: TextSchema) -> Node:
    """Validate ProseMirror JSON and return it as a normalised tree. Raises BadContent."""
    if not isinstance(raw, dict) or raw.get("type") != "doc" or raw.get("marks"):
        raise BadContent("a text must be a document")
    check_node(raw, "", kind)
    check_nodes(raw.get("content", []), kind)
    try:
        document = LibraryNode.from_json(schema_for(kind), raw)
        document.check()
    except LIBRARY_ERRORS as error:
        # The library ends some of its messages with the words that they are about: cut off.
        raise BadContent(str(error).split(": <")[0][:200] or "not a valid document") from error
    if document.content.size > MAX_SIZE:
        raise BadContent(f"a text may have {MAX_SIZE} positions at most")
    return normalised(node_from_json(cast("dict[str, Json]", document.to_json())))


MARK_ORDER = {"redaction": 0, "link": 1, "em": 2, "strong": 3, "code": 4}


def normalised(node: Node) -> Node:
    """One spelling for one document: marks sorted, equal neighbours merged."""
    children = merge_equal([normalised(child) for child in node.content])
    marks = tuple(sorted(node.marks, key=_mark_order))
    return Node(node.type, node.attrs, children, marks, node.text)


def _mark_order(mark: Mark) -> tuple[int, str]:
    return MARK_ORDER[mark.type], str(mark.attrs.get("ref", ""))


def citations(node: Node) -> Iterator[str]:
    """The references that a document cites, in order, repeats included."""
    return (str(leaf.attrs.get("ref")) for leaf in node.leaves() if leaf.type == "citation")


def plain_text(node: Node, separator: str = "\n") -> str:
    """The words alone; blocks are separated, leaves without words left out."""
    if node.is_text:
        return node.text
    if node.type == "withheld":
        return "[withheld]"
    if node.type in LEAVES:
        return " " if node.type == "hard_break" else str(node.attrs.get("alt") or node.attrs.get("tex") or "")
    inline = node.type in TEXTBLOCKS or node.type == "footnote" or any(c.is_text for c in node.content)
    return ("" if inline else separator).join(plain_text(child, separator) for child in node.content)
