"""Where words stand in a text, as somebody would select them."""

from __future__ import annotations

from prose.nodes import Node


def position(node: Node, words: str, start: int = 0) -> int | None:
    """The position of the first character, where all of them stand in one run of one paragraph."""
    for child in node.content:
        if child.is_text and words in child.text:
            return start + child.text.index(words)
        if not child.is_leaf and (found := position(child, words, start + 1)) is not None:
            return found
        start += child.size
    return None
