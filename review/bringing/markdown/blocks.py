"""Blocks of Markdown as nodes of the schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from prose.nodes import Json, Node, merge_equal
from review.bringing.building import (
    exact_levels,
    figure,
    footnote,
    laid_flat,
    marked,
    paragraph,
    said_in,
    trimmed,
    words,
)
from review.bringing.markdown.braces import (
    REDACTED,
    is_hiding,
    joined,
    named_by,
    named_in,
    redaction_marks,
    unreadable,
)
from review.bringing.markdown.hidings import HIDING
from review.bringing.markdown.inline import Reading, exactly, leaves_of, words_of_html
from review.bringing.markdown.parser import attributes, says

EXACTLY: Final = "safetycase"  # a fenced block whose words are nodes as they are stored
ROW_LABELS: Final = "row-labels"  # on the line before a table: the first cell of each row is a header
LONGEST_SPAN: Final = 50
LITERAL: Final = frozenset({"fence", "code_block", "math_block"})  # four spaces too many make code of any paragraph


class Blocks:
    """Makes nodes from the tree of tokens."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._makers: dict[str, Callable[[SyntaxTreeNode], list[Node]]] = {
            "paragraph": self._paragraph,
            "heading": self._heading,
            "blockquote": lambda one: [Node("blockquote", content=self.inside(one))],
            "bullet_list": lambda one: [Node("bullet_list", content=self._items(one))],
            "ordered_list": self._ordered,
            "fence": self._fence,
            "code_block": lambda one: [_code(one.content)],
            "hr": lambda _: [Node("horizontal_rule")],
            "table": self._table,
            "math_block": lambda one: [Node("formula_block", {"tex": one.content.strip()[:4000]})],
            "html_block": self._html,
            "container_table": self._grid,
            "container_figure": self._figure,
            "container_transcript": self._transcript,
        }

    def of(self, one: SyntaxTreeNode) -> list[Node]:
        """The nodes of one block; none for what is no block. Raises CannotRead."""
        self._stand_at(one)
        made = self._makers[one.type](one) if one.type in self._makers else self._unknown(one)
        return self._hidden(one, made)

    def _hidden(self, one: SyntaxTreeNode, made: list[Node]) -> list[Node]:
        """The nodes with what the braces of their block hide them by. Raises CannotRead where those can't be read."""
        said = attributes_of(one)
        is_outermost = one.parent is not None and one.parent.is_root  # what hides a part is read there
        also = {name for name in said if is_hiding(name)} if is_outermost else set()
        also |= {HIDING} if is_outermost and one.type == "heading" else set()
        marks = redaction_marks(said, self._reading.at, also)
        if REDACTED.search(one.info) and (not marks or named_in(one.info) - named_by(marks)):
            raise unreadable(self._reading.at)
        if one.type in LITERAL and named_in(one.content):
            raise unreadable(self._reading.at)
        for mark in marks:
            made = [marked(node, mark) for node in made]
        return made

    def inside(self, one: SyntaxTreeNode) -> tuple[Node, ...]:
        """The blocks in a container; there is at least an empty paragraph."""
        return tuple(node for child in one.children for node in self.of(child)) or (Node("paragraph"),)

    def leaves(self, one: SyntaxTreeNode) -> list[Node]:
        """The words of a heading, a paragraph, a cell."""
        return [
            leaf for child in one.children if child.type == "inline" for leaf in leaves_of(_token(child), self._reading)
        ]

    def know_notes(self, root: SyntaxTreeNode) -> None:
        """Footnotes, which stand at the end of the tree wherever they are written."""
        for one in root.children:
            for number, note in enumerate(one.children if one.type == "footnote_block" else ()):
                self._reading.footnotes[number] = partial(self._footnote, note)
                if note.meta.get("label") is None:
                    inside = (token for token in note.walk() if token.type == "inline")
                    self._reading.hidden_in_notes[number] = sum((named_in(one.content) for one in inside), Counter())

    def _footnote(self, one: SyntaxTreeNode) -> Node:
        at = self._reading.at
        made = footnote(node for child in one.children for node in self.of(child))
        self._reading.at = at
        return made

    def _stand_at(self, one: SyntaxTreeNode) -> None:
        if one.map is not None and not self._reading.in_note:
            self._reading.at = f"line {one.map[0] + 1}"

    def _unknown(self, one: SyntaxTreeNode) -> list[Node]:
        if one.children:
            return [node for child in one.children for node in self.of(child)]
        return []

    def _paragraph(self, one: SyntaxTreeNode) -> list[Node]:
        leaves = self.leaves(one)
        if any(leaf.type == "image" for leaf in leaves):
            return _with_pictures(leaves)
        is_empty_on_purpose = not leaves and ".nothing" in _source(one)
        return [paragraph(leaves)] if leaves or is_empty_on_purpose else []

    def _heading(self, one: SyntaxTreeNode) -> list[Node]:
        return [Node("heading", {"level": int(one.tag[1])}, merge_equal(self.leaves(one)))]

    def _items(self, one: SyntaxTreeNode) -> tuple[Node, ...]:
        return tuple(Node("list_item", content=_beginning_with_words(self.inside(item))) for item in one.children)

    def _ordered(self, one: SyntaxTreeNode) -> list[Node]:
        start = one.attrs.get("start", 1)
        order = start if isinstance(start, int) and 0 <= start <= 9999 else 1  # noqa: PLR2004  # what the schema takes
        return [Node("ordered_list", {"order": order}, self._items(one))]

    def _fence(self, one: SyntaxTreeNode) -> list[Node]:
        if one.info.strip() == EXACTLY:
            return [exact_levels(node) for node in exactly(one.content, self._reading.at)]
        return [_code(one.content)]

    def _table(self, one: SyntaxTreeNode) -> list[Node]:
        rows = [row for part in one.children for row in part.children]
        labels = ROW_LABELS in str(one.attrs.get("class", "")).split()
        return [Node("table", content=tuple(self._row(row, labels=labels) for row in rows))]

    def _row(self, row: SyntaxTreeNode, *, labels: bool) -> Node:
        cells = []
        for number, cell in enumerate(row.children):
            kind = "table_header" if cell.type == "th" or (labels and number == 0) else "table_cell"
            cells.append(Node(kind, dict(ONE_BY_ONE), self._cell(cell)))
        return Node("table_row", content=tuple(cells))

    def _cell(self, cell: SyntaxTreeNode) -> tuple[Node, ...]:
        leaves = self.leaves(cell)
        made = _with_pictures(leaves) if any(leaf.type == "image" for leaf in leaves) else [paragraph(leaves)]
        return tuple(made)

    def _grid(self, one: SyntaxTreeNode) -> list[Node]:
        rows = []
        for row in one.children:
            cells = [
                self._grid_cell(cell) for cell in row.children if cell.type in ("container_cell", "container_header")
            ]
            if cells:
                rows += self._hidden(row, [Node("table_row", content=tuple(cells))])
            else:
                self._reading.leave(
                    "something in a table that is no row", said_in(Node("doc", content=tuple(self.of(row))))
                )
        return [Node("table", content=tuple(rows))] if rows else []

    def _grid_cell(self, cell: SyntaxTreeNode) -> Node:
        kind = {"container_header": "table_header", "container_cell": "table_cell"}[cell.type]
        said = attributes_of(cell)
        spans: dict[str, Json] = {name: _span(said.get(name, "1")) for name in ("colspan", "rowspan")}
        return self._hidden(cell, [Node(kind, spans, self.inside(cell))])[0]

    def _figure(self, one: SyntaxTreeNode) -> list[Node]:
        """A picture, and under it the paragraph that is its caption."""
        made = [node for child in one.children for node in self.of(child)]
        if len(made) > 1 and made[0].type == "figure" and made[1].type == "paragraph":
            caption = Node("caption", content=made[1].content)
            made[:2] = [replace(made[0], content=(made[0].content[0], caption))]
        return made

    def _transcript(self, one: SyntaxTreeNode) -> list[Node]:
        parts: list[Node] = []
        for child in one.children:
            self._stand_at(child)
            if child.type == "container_elision":
                parts += self._hidden(child, [Node("elision")])
            else:
                turn = _turn(self.inside(child) if child.type == "container_turn" else tuple(self.of(child)))
                parts += self._hidden(child, [turn])
        return [Node("transcript", content=tuple(parts))] if parts else []

    def _html(self, one: SyntaxTreeNode) -> list[Node]:
        said = words_of_html(one.content)
        if one.content.lstrip().startswith("<!--") or not said:
            self._reading.leave("HTML", said or one.content.strip()[:80])
            return []
        if REDACTED.search(one.content):
            raise unreadable(self._reading.at)
        self._reading.leave("HTML: its words are taken, not its tags")
        return [paragraph([words(said)])]


ONE_BY_ONE: dict[str, Json] = {"colspan": 1, "rowspan": 1}


def attributes_of(container: SyntaxTreeNode) -> dict[str, str]:
    """What braces behind the name of a container say, and those on the line before it."""
    _, brace, rest = container.info.partition("{")
    return joined(says(container.attrs), (attributes(f"{{{rest.strip()}") or {}) if brace else {})


def _source(one: SyntaxTreeNode) -> str:
    return "".join(child.content for child in one.children if child.type == "inline")


def _token(one: SyntaxTreeNode) -> Token:
    assert one.token is not None
    return one.token


def _span(said: str) -> int:
    number = int(said) if said.isascii() and said.isdigit() else 1
    return max(1, min(number, LONGEST_SPAN))


def _code(content: str) -> Node:
    text = content.removesuffix("\n")
    return Node("code_block", content=(words(text),) if text else ())


def _beginning_with_words(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    return blocks if blocks[0].type == "paragraph" else (Node("paragraph"), *blocks)


def _with_pictures(leaves: Iterable[Node]) -> list[Node]:
    """Words, a figure, words, as they follow each other in a paragraph."""
    out: list[Node] = []
    line: list[Node] = []
    for leaf in leaves:
        if leaf.type == "image":
            out += [paragraph(said)] if (said := trimmed(line)) else []
            title = str(leaf.attrs.get("title", ""))
            caption = [words(title, (mark for mark in leaf.marks if mark.type == "redaction"))] if title else []
            out.append(figure(str(leaf.attrs["file"]), str(leaf.attrs["alt"]), caption, leaf.marks))
            line = []
        else:
            line.append(leaf)
    return out + ([paragraph(said)] if (said := trimmed(line)) else [])


def _turn(blocks: tuple[Node, ...]) -> Node:
    """The first paragraph says who speaks."""
    paragraphs = [block if block.type == "paragraph" else paragraph(laid_flat(block)) for block in blocks]
    speaker, *rest = paragraphs or [Node("paragraph")]
    return Node("turn", content=(Node("speaker", content=speaker.content), *(rest or [Node("paragraph")])))
