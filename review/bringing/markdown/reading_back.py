"""What was written, read again: nothing leaves that would not come back as it was."""

from __future__ import annotations

import re

from markdown_it.tree import SyntaxTreeNode

from prose.content import BadContent, check_content
from prose.nodes import Node, node_to_json
from prose.schema import TextSchema
from review.bringing.building import levelled
from review.bringing.faults import CannotRead
from review.bringing.markdown.blocks import Blocks
from review.bringing.markdown.inline import Reading, leaves_of
from review.bringing.markdown.parser import markdown

FIGURE_KEYS = re.compile(r"\]\[(f-[a-hjkmnp-z2-9]{16})\]")


def body_of(source: str, level: int) -> Node | None:
    """The body that the Markdown says; None where it says none."""
    keys = "\n".join(f"[{key}]: <{key}>" for key in sorted(set(FIGURE_KEYS.findall(source))))
    reading = Reading()
    root = SyntaxTreeNode(markdown().parse(f"{source}\n\n{keys}\n"))
    maker = Blocks(reading)
    maker.know_notes(root)
    try:
        made = [node for one in root.children if one.type != "footnote_block" for node in maker.of(one)]
        content = tuple(levelled(node, level) for node in made)
        return check_content(node_to_json(Node("doc", content=content)), TextSchema.BODY)
    except (BadContent, CannotRead):
        return None


def line_of(source: str) -> Node | None:
    """The line that the Markdown says."""
    reading = Reading()
    tokens = markdown().parseInline(source)
    try:
        leaves = leaves_of(tokens[0], reading) if tokens else []
        return check_content(node_to_json(Node("doc", content=tuple(leaves))), TextSchema.LINE)
    except (BadContent, CannotRead):
        return None
