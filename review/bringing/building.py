"""Small pieces from which both readers make blocks: words with marks, and blocks that fit the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from prose.content import normalised, plain_text
from prose.nodes import INLINE_LEAVES, TEXTBLOCKS, Mark, Node, merge_equal
from prose.schema import LINK_SCHEMES, LONGEST_LINK
from review.bringing.draft import COMMENT, PRIVATE

DEEPEST = 18  # nodes below the text that it will be part of; what is nested deeper is laid flat
IN_FOOTNOTE = frozenset({"text", "hard_break", "citation", "formula"})
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LINK = re.compile(rf"(?:{'|'.join(LINK_SCHEMES)}):\S", re.IGNORECASE)


def words(text: str, marks: Iterable[Mark] = ()) -> Node:
    """Words with marks."""
    return Node("text", marks=tuple(marks), text=UNSTORABLE.sub("\ufffd", text))


def link_to(href: str) -> Mark | None:
    """The mark of a link, if it is one that can be stored."""
    address = href.strip()
    return Mark("link", {"href": address}) if len(address) <= LONGEST_LINK and LINK.match(address) else None


def paragraph(leaves: Iterable[Node]) -> Node:
    """A paragraph of these leaves."""
    return Node("paragraph", content=merge_equal(list(leaves)))


def heading(leaves: Iterable[Node], level: int) -> Node:
    """A heading; the schema has three levels."""
    return Node("heading", {"level": max(1, min(level, 3))}, merge_equal(list(leaves)))


EXACT = 100  # above it a level is meant as it is, and not as far below the heading around it


def levelled(node: Node, above: int) -> Node:
    """Headings as they stand in a text of their own: the heading above it had that level."""
    if node.type == "heading":
        level = int(str(node.attrs.get("level", 1)))
        return heading(node.content, level - (EXACT if level > EXACT else above))
    if not node.content or node.type in TEXTBLOCKS:
        return node
    return replace(node, content=tuple(levelled(child, above) for child in node.content))


def exact_levels(node: Node) -> Node:
    """Says of all headings that their levels are meant as they are."""
    attrs = {"level": EXACT + int(str(node.attrs.get("level", 1)))} if node.type == "heading" else node.attrs
    return replace(node, attrs=attrs, content=tuple(exact_levels(child) for child in node.content))


def figure(file: str, alt: str, caption: Sequence[Node] = (), marks: tuple[Mark, ...] = ()) -> Node:
    """A figure, with its caption where there is one."""
    image = Node("image", {"file": file, "alt": alt[:4000]}, marks=marks)
    below = (Node("caption", content=merge_equal(list(caption))),) if caption else ()
    return Node("figure", content=(image, *below))


def marked(node: Node, mark: Mark) -> Node:
    """The node with one more mark on every leaf, and on footnotes themselves."""
    content = tuple(marked(child, mark) for child in node.content)
    carries = (node.is_leaf or node.type == "footnote") and mark not in node.marks
    if carries and node.type == "image" and mark.type not in ("redaction", *PRIVATE):
        carries = False
    return replace(node, content=content, marks=(*node.marks, mark) if carries else node.marks)


def said_in(node: Node) -> str:
    """All words of a node, blocks and cells separated: for previews, for recognising, for counting."""
    if node.is_leaf or node.type in TEXTBLOCKS or any(_is_inline(child) for child in node.content):
        notes = [child for child in node.content if child.type == "footnote"]
        rest = replace(node, content=tuple(child for child in node.content if child.type != "footnote"))
        return " ".join(
            ("".join(plain_text(leaf) for leaf in rest.leaves()), *(plain_text(note) for note in notes))
        ).strip()
    return " ".join(said_in(child) for child in node.content)


def _is_inline(node: Node) -> bool:
    return node.is_text or node.type in INLINE_LEAVES or node.type == "footnote"


def trimmed(leaves: Sequence[Node]) -> list[Node]:
    """Without spaces at both ends, and without breaks there."""
    out = list(leaves)
    while out and (end := _stripped(out[0], left=True)) is not out[0]:
        out[:1] = [end] if end else []
    while out and (end := _stripped(out[-1], left=False)) is not out[-1]:
        out[-1:] = [end] if end else []
    return out


def _stripped(leaf: Node, *, left: bool) -> Node | None:
    if leaf.type == "hard_break":
        return None
    if not leaf.is_text:
        return leaf
    text = leaf.text.lstrip() if left else leaf.text.rstrip()
    return leaf if text == leaf.text else replace(leaf, text=text) if text else None


def without_start(leaves: Sequence[Node], length: int) -> list[Node]:
    """The leaves without their first characters, which must be words."""
    out: list[Node] = []
    for leaf in leaves:
        if length and leaf.is_text:
            cut = min(length, len(leaf.text))
            length -= cut
            leaf = replace(leaf, text=leaf.text[cut:])  # noqa: PLW2901  # what is left of it
        if not leaf.is_text or leaf.text:
            out.append(leaf)
    return trimmed(out)


def as_line(leaves: Iterable[Node]) -> tuple[list[Node], list[Node]]:
    """What fits into one line, and the paragraphs of what does not: footnotes."""
    line: list[Node] = []
    over: list[Node] = []
    for leaf in leaves:
        if leaf.type == "footnote":
            over.append(paragraph(_with_marks_of(leaf).content))
        else:
            line.append(leaf)
    return line, over


def _with_marks_of(node: Node) -> Node:
    """What hides a node, or is said of it, on every leaf in it as well: the node itself may not come along."""
    for mark in node.marks:
        if mark.type in ("redaction", COMMENT):
            node = replace(node, content=tuple(marked(child, mark) for child in node.content))
    return node


def hidden_below(block: Node) -> Node:
    """The block; what hides a block in it hides each leaf there."""
    if block.is_leaf or block.type == "footnote":
        return block
    return _with_marks_of(replace(block, content=tuple(hidden_below(child) for child in block.content)))


def on_labels(table: Node) -> tuple[Mark, ...]:
    """What hides a header or a row's first cell hides the whole table, and so all that is made of it (`cases.redaction.units`)."""
    labels = (
        cell for row in table.content for n, cell in enumerate(row.content) if n == 0 or cell.type == "table_header"
    )
    refs = sorted({ref for label in labels for leaf in label.leaves() for ref in leaf.refs() if ref})
    return tuple(Mark("redaction", {"ref": ref}) for ref in refs)


def hidden_as_grid(block: Node) -> Node:
    """The block; what withholds the grid of a table in it hides each leaf there, for soon there will be no grid."""
    if block.is_leaf or block.type in TEXTBLOCKS:
        return block
    block = replace(block, content=tuple(hidden_as_grid(child) for child in block.content))
    for mark in on_labels(block) if block.type == "table" else ():
        block = marked(block, mark)
    return block


def laid_flat(node: Node) -> list[Node]:
    """All words of a block as leaves of one line, with all that hides them; blocks are parted by a space."""
    if node.type in TEXTBLOCKS:
        return list(node.content)
    node = hidden_as_grid(node)
    out: list[Node] = []
    for child in node.content or ((node,) if node.is_leaf else ()):
        found = [_inline_leaf(child)] if child.is_leaf else laid_flat(child)
        out += [*([words(" ")] if out and found else []), *found]
    return out


def footnote(blocks: Iterable[Node]) -> Node:
    """A footnote of those blocks: what it can't hold is left as words, blocks follow each other after a break."""
    leaves: list[Node] = []
    for block in map(hidden_as_grid, blocks):
        inside = [_inline_leaf(leaf) for leaf in block.leaves()]
        if inside and leaves:
            leaves.append(Node("hard_break"))
        leaves += inside
    return Node("footnote", content=merge_equal(leaves) or (words(" "),))


def _inline_leaf(leaf: Node) -> Node:
    return leaf if leaf.type in IN_FOOTNOTE else words(plain_text(leaf) or " ", leaf.marks)


def fitted(block: Node, depth: int = 1) -> list[Node]:
    """The block, or several, none of it nested deeper than the schema takes: what is too deep becomes paragraphs."""
    if depth + _height(block) <= DEEPEST:
        return [block]
    if depth >= DEEPEST - 4 or not block.content or block.type in TEXTBLOCKS:
        return list(_paragraphs(hidden_as_grid(block)))
    if block.type in (
        "blockquote",
        "list_item",
        "table_cell",
        "table_header",
        "bullet_list",
        "ordered_list",
        "table",
        "table_row",
    ):
        return [replace(block, content=tuple(one for child in block.content for one in _kept(child, block, depth + 1)))]
    return list(_paragraphs(hidden_as_grid(block)))


def _kept(child: Node, parent: Node, depth: int) -> list[Node]:
    """A list and a table hold items and rows alone: those stay what they are, and what is in them is fitted."""
    if parent.type in ("blockquote", "list_item", "table_cell", "table_header"):
        return fitted(child, depth)
    return [replace(child, content=tuple(one for inner in child.content for one in _kept(inner, child, depth + 1)))]


def _height(node: Node) -> int:
    return 1 + max((_height(child) for child in node.content), default=0)


def _paragraphs(node: Node) -> Iterator[Node]:
    """The textblocks of a node as paragraphs, leaves between them included."""
    if node.type in TEXTBLOCKS:
        yield Node("paragraph", content=node.content)
    elif node.is_leaf:
        if said := plain_text(node):
            yield paragraph([words(said, node.marks)])
    else:
        for child in node.content:
            yield from _paragraphs(child)


def without_private(node: Node) -> Node:
    """The node as readers see it: no private marks."""
    marks = tuple(mark for mark in node.marks if mark.type not in PRIVATE)
    return replace(node, marks=marks, content=merge_equal([without_private(child) for child in node.content]))


def tidy(node: Node) -> Node:
    """The one spelling of a tree, private marks included."""
    if any(mark.type in PRIVATE for leaf in node.leaves() for mark in leaf.marks):
        return replace(node, content=merge_equal([tidy(child) for child in node.content]))
    return normalised(node)
