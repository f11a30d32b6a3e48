"""The check that every stored document passes: known nodes and marks, sane depth and size, clean characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from prosemirror.model import Node as LibraryNode

from prose.nodes import LEAVES, TEXTBLOCKS, Json, Mark, Node, merge_equal, node_from_json
from prose.schema import TextSchema, schema_for

MAX_DEPTH = 24
MAX_SIZE = 200_000  # positions; a two-page text has about 7,600
# The library raises these on malformed input (measured; it has no error class of its own).
LIBRARY_ERRORS = (ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, RecursionError)


class BadContent(ValueError):
    """Content that can't be stored; `where` is the path to the fault, as in `content/3/marks/0`."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(f"{why} (at {where})" if where else why)
        self.why, self.where = why, where


def check_content(raw: Json, kind: TextSchema) -> Node:
    """Validate ProseMirror JSON and return it as a normalised tree. Raises BadContent."""
    if not isinstance(raw, dict) or raw.get("type") != "doc":
        raise BadContent("a text must be a document")
    schema = schema_for(kind)
    _check_shape(raw, frozenset(schema.nodes), frozenset(schema.marks))
    try:
        document = LibraryNode.from_json(schema, raw)
        document.check()
    except LIBRARY_ERRORS as error:
        raise BadContent(str(error)[:200] or "not a valid document") from error
    if document.content.size > MAX_SIZE:
        raise BadContent(f"a text may have {MAX_SIZE} positions at most")
    return normalised(node_from_json(cast("dict[str, Json]", document.to_json())))


def _check_shape(raw: Json, nodes: frozenset[str], marks: frozenset[str]) -> None:
    """Walk without recursion, so that no depth can exhaust the stack, and name the place of the first fault."""
    todo: list[tuple[Json, str, int]] = [(raw, "", 0)]
    while todo:
        value, where, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise BadContent(f"nested more than {MAX_DEPTH} deep", where[:80])
        if not isinstance(value, dict):
            raise BadContent("a node must be an object", where)
        _check_node(value, where, nodes, marks)
        content = value.get("content", [])
        if not isinstance(content, list):
            raise BadContent("content must be a list", where)
        todo.extend((child, f"{where}/content/{i}".lstrip("/"), depth + 1) for i, child in enumerate(content))


def _check_node(value: dict[str, Json], where: str, nodes: frozenset[str], marks: frozenset[str]) -> None:
    if extra := sorted(set(value) - {"type", "attrs", "content", "marks", "text"}):
        raise BadContent(f"unknown key {extra[0]!r}", where)
    if value.get("type") not in nodes:
        raise BadContent(f"unknown node {str(value.get('type'))[:40]!r}", where)
    if not isinstance(value.get("text", ""), str) or ("text" in value) != (value["type"] == "text"):
        raise BadContent("words stand in text nodes, and in nothing else", where)
    found = value.get("marks", [])
    if not isinstance(found, list):
        raise BadContent("marks must be a list", where)
    for mark in found:
        if not isinstance(mark, dict) or mark.get("type") not in marks:
            raise BadContent(f"unknown mark {str(mark.get('type') if isinstance(mark, dict) else mark)[:40]!r}", where)
    for words in _strings(value):
        if "\x00" in words or any("\ud800" <= c <= "\udfff" for c in words):
            raise BadContent("a character that can't be stored (NUL or half a pair)", where)


def _strings(value: dict[str, Json]) -> Iterator[str]:
    if isinstance(text := value.get("text"), str):
        yield text
    attrs = value.get("attrs")
    if isinstance(attrs, dict):
        yield from (attr for attr in attrs.values() if isinstance(attr, str))


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
