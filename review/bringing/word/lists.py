"""Lists of a DOCX: paragraphs that each name a list and a depth, as nested lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from prose.nodes import Node


@dataclass
class Item:
    """One item: where, of which list, how deep, its number, and its blocks (a paragraph first)."""

    at: str
    key: str
    depth: int
    ordered: bool
    number: int
    blocks: list[Node] = field(default_factory=list)


def lists_of(items: Sequence[Item]) -> list[tuple[str, Node]]:
    """(where, list) of all that these items make. An item that is deeper than the one before it belongs into that one."""
    out: list[tuple[str, Node]] = []
    first = 0
    while first < len(items):
        end = first + 1
        while end < len(items) and _continues(items[first], items[end]):
            end += 1
        out.append((items[first].at, _list(items[first:end])))
        first = end
    return out


def _continues(first: Item, later: Item) -> bool:
    return later.depth > first.depth or (later.key, later.depth, later.ordered) == (
        first.key,
        first.depth,
        first.ordered,
    )


def _list(items: Sequence[Item]) -> Node:
    """One list: its items are those as shallow as the first."""
    depth = items[0].depth
    heads = [number for number, item in enumerate(items) if item.depth <= depth]
    content: list[Node] = []
    for head, end in zip(heads, [*heads[1:], len(items)], strict=True):
        below = (node for _, node in lists_of(items[head + 1 : end]))
        content.append(Node("list_item", content=(*items[head].blocks, *below)))
    if items[0].ordered:
        return Node("ordered_list", {"order": max(0, min(items[0].number, 9999))}, tuple(content))
    return Node("bullet_list", content=tuple(content))
