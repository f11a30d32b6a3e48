"""A document as a small immutable tree, with ProseMirror's positions. Pure; no schema knowledge but which nodes are leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

BLOCK_LEAVES = frozenset({"image", "horizontal_rule", "formula_block", "elision"})
INLINE_LEAVES = frozenset({"hard_break", "citation", "formula", "withheld"})
LEAVES = BLOCK_LEAVES | INLINE_LEAVES
FORMATTING = frozenset({"link", "em", "strong", "code"})
TEXTBLOCKS = frozenset({"paragraph", "heading", "code_block", "caption", "speaker"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it stands in the schema: its type and its attributes."""

    type: str
    attrs: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """A node: text nodes have `text`, containers have `content`, leaves have neither."""

    type: str
    attrs: Mapping[str, Json] = field(default_factory=dict)
    content: tuple[Node, ...] = ()
    marks: tuple[Mark, ...] = ()
    text: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the node is a stretch of words."""
        return self.type == "text"

    @property
    def is_leaf(self) -> bool:
        """Whether the node is words or a leaf: the smallest thing that can be shown or hidden."""
        return self.is_text or self.type in LEAVES

    @property
    def size(self) -> int:
        """Size in ProseMirror positions: UTF-16 units for text, 1 for a leaf, content + 2 for a container."""
        if self.is_text:
            return utf16_length(self.text)
        return 1 if self.type in LEAVES else 2 + self.content_size

    @property
    def content_size(self) -> int:
        """Size of what is inside, in positions."""
        return sum(child.size for child in self.content)

    def refs(self) -> frozenset[str]:
        """The redactions marked on this very node. A malformed or unknown mark counts as one that nobody knows."""
        return frozenset(
            ref if mark.type == "redaction" and isinstance(ref := mark.attrs.get("ref"), str) else ""
            for mark in self.marks
            if mark.type not in FORMATTING
        )

    def leaves(self) -> Iterator[Node]:
        """All leaves below (or this one), in document order."""
        if self.is_leaf:
            yield self
        for child in self.content:
            yield from child.leaves()


def utf16_length(text: str) -> int:
    """Length as JavaScript and ProseMirror count it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def node_from_json(raw: Mapping[str, Json]) -> Node:
    """Build a tree from ProseMirror JSON that has been validated (`prose.content`)."""
    content, marks, attrs = raw.get("content"), raw.get("marks"), raw.get("attrs")
    return Node(
        type=str(raw.get("type")),
        attrs=attrs if isinstance(attrs, dict) else {},
        content=tuple(node_from_json(c) for c in content if isinstance(c, dict)) if isinstance(content, list) else (),
        marks=tuple(_mark_from_json(m) for m in marks if isinstance(m, dict)) if isinstance(marks, list) else (),
        text=text if isinstance(text := raw.get("text"), str) else "",
    )


def _mark_from_json(raw: Mapping[str, Json]) -> Mark:
    attrs = raw.get("attrs")
    return Mark(type=str(raw.get("type")), attrs=attrs if isinstance(attrs, dict) else {})


def node_to_json(node: Node) -> dict[str, Json]:
    """The same tree as ProseMirror JSON; empty parts are left out."""
    out: dict[str, Json] = {"type": node.type}
    if node.attrs:
        out["attrs"] = dict(node.attrs)
    if node.content:
        out["content"] = [node_to_json(child) for child in node.content]
    if node.marks:
        out["marks"] = [_mark_to_json(mark) for mark in node.marks]
    if node.is_text:
        out["text"] = node.text
    return out


def _mark_to_json(mark: Mark) -> Json:
    return {"type": mark.type, "attrs": dict(mark.attrs)} if mark.attrs else {"type": mark.type}


def canonical(value: Json) -> str:
    """One spelling for one value: sorted keys, no spaces, no escapes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def merge_equal(nodes: list[Node]) -> tuple[Node, ...]:
    """Join neighbouring text nodes that carry the same marks."""
    out: list[Node] = []
    for node in nodes:
        if out and node.is_text and out[-1].is_text and out[-1].marks == node.marks:
            out[-1] = Node("text", marks=node.marks, text=out[-1].text + node.text)
        else:
            out.append(node)
    return tuple(out)
