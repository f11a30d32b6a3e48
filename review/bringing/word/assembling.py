"""Paragraphs as blocks: headings, lists, quotes, code, figures with their captions, statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from prose.nodes import Mark, Node
from review.bringing.building import figure, fitted, heading, paragraph, said_in, tidy, trimmed, words
from review.bringing.draft import Block, BlockKind
from review.bringing.statements import is_label_word, statement_label
from review.bringing.word.lists import Item, lists_of
from review.bringing.word.paragraphs import Raw
from review.bringing.word.reading import Reading
from review.bringing.word.styles import CAPTIONS, CODES, CONTINUES, QUOTES, is_title


class Assembly:
    """Puts blocks together. In a cell or a note (`nested`) nothing is a heading, a title or a statement."""

    def __init__(self, reading: Reading, *, nested: bool = False) -> None:
        self._reading, self._nested = reading, nested
        self._out: list[Block] = []
        self._items: list[Item] = []

    def of(self, raws: Iterable[Raw]) -> list[Block]:
        """The blocks, in order."""
        for raw in raws:
            self._take(raw)
        self._end_list()
        return [replace(block, node=one) for block in self._out for one in fitted(tidy(block.node))]

    def _take(self, raw: Raw) -> None:
        if raw.table is not None:
            self._end_list()
            self._add(raw, BlockKind.TABLE, raw.table)
            return
        if any(leaf.type == "image" for leaf in raw.leaves):
            self._with_pictures(raw)
            return
        leaves = raw.leaves if raw.style.name in CODES else trimmed(raw.leaves)
        if raw.level is not None and raw.item is not None and leaves:
            self._item(raw, leaves)
        elif self._items and leaves and CONTINUES.match(raw.style.name):
            self._items[-1].blocks.append(paragraph(leaves))
        elif leaves:
            self._end_list()
            self._plain(raw, leaves)
        elif raw.style.name in CODES and self._is_last(BlockKind.CODE):
            self._code([words("")])

    def _plain(self, raw: Raw, leaves: list[Node]) -> None:
        name = raw.style.name
        label = "" if self._nested else statement_label(leaves)[0]
        if is_title(name) and not self._out and not self._nested:
            self._add(raw, BlockKind.TITLE, heading(leaves, 1))
        elif (raw.style.level or is_title(name)) and not self._nested:
            level = raw.style.level or 1
            self._add(raw, BlockKind.HEADING, Node("heading", {"level": level}, tuple(leaves)), level=level)
        elif name in CODES:
            if not self._is_last(BlockKind.CODE):
                self._add(raw, BlockKind.CODE, Node("code_block"))
            self._code(leaves)
        elif name in QUOTES and self._is_last(BlockKind.QUOTE):
            last = self._out[-1]
            self._out[-1] = replace(last, node=replace(last.node, content=(*last.node.content, paragraph(leaves))))
        elif name in QUOTES:
            self._add(raw, BlockKind.QUOTE, Node("blockquote", content=(paragraph(leaves),)))
        elif name in CAPTIONS and self._is_last(BlockKind.FIGURE) and len(self._out[-1].node.content) == 1:
            self._caption(leaves)
        elif label:
            self._add(raw, BlockKind.STATEMENT, paragraph(leaves), label=label)
        else:
            self._add(raw, BlockKind.PARAGRAPH, paragraph(leaves))

    def _add(self, raw: Raw, kind: BlockKind, node: Node, *, level: int = 0, label: str = "") -> None:
        self._out.append(Block(raw.at, kind, node, level, label))

    def _is_last(self, kind: BlockKind) -> bool:
        return bool(self._out) and self._out[-1].kind is kind

    def _caption(self, leaves: Sequence[Node]) -> None:
        last = self._out[-1]
        below = paragraph([leaf for leaf in leaves if leaf.type != "footnote"])
        self._out[-1] = replace(
            last, node=replace(last.node, content=(*last.node.content, replace(below, type="caption")))
        )
        for note in (leaf for leaf in leaves if leaf.type == "footnote"):
            self._out.append(Block(last.at, BlockKind.PARAGRAPH, paragraph(note.content)))

    def _code(self, leaves: Sequence[Node]) -> None:
        """One more line of the code block that is last. It holds words alone."""
        last = self._out[-1]
        before = (words("\n"),) if last.node.content else ()
        line = tuple(
            words("\n" if leaf.type == "hard_break" else leaf.text or said_in(leaf), _kept(leaf)) for leaf in leaves
        )
        content = tuple(leaf for leaf in (*last.node.content, *before, *line) if leaf.text)
        self._out[-1] = replace(last, node=replace(last.node, content=content))

    def _item(self, raw: Raw, leaves: list[Node]) -> None:
        assert raw.item is not None
        assert raw.level is not None
        key, depth = raw.item
        number = self._reading.numbering.count(key, depth) if raw.level.ordered else 0
        if not self._nested and raw.level.ordered and is_label_word(raw.level.word):
            self._end_list()
            label = f"{raw.level.word} {number}"
            self._add(raw, BlockKind.STATEMENT, paragraph([words(f"{label}: "), *leaves]), label=label)
            return
        self._items.append(Item(raw.at, key, depth, raw.level.ordered, number, [paragraph(leaves)]))

    def _end_list(self) -> None:
        for at, one in lists_of(self._items):
            self._out.append(Block(at, BlockKind.LIST, one))
        self._items = []

    def _with_pictures(self, raw: Raw) -> None:
        """A paragraph in which pictures stand is the words before each, the figure, and so on."""
        at = 0
        for number, leaf in enumerate(raw.leaves):
            if leaf.type == "image":
                self._take(replace(raw, leaves=raw.leaves[at:number]))
                self._figure(raw, leaf)
                at = number + 1
        rest = trimmed(raw.leaves[at:])
        if rest and raw.style.name in CAPTIONS:
            self._caption(rest)
        else:
            self._take(replace(raw, leaves=rest))

    def _figure(self, raw: Raw, image: Node) -> None:
        comments = tuple(mark for mark in image.marks if mark.type == "comment")
        made = figure(str(image.attrs["file"]), str(image.attrs["alt"]), marks=comments)
        if raw.level is not None and self._items:
            self._items[-1].blocks.append(made)
        else:
            self._end_list()
            self._add(raw, BlockKind.FIGURE, made)


def _kept(leaf: Node) -> tuple[Mark, ...]:
    """A code block takes no formatting; the private marks of comments stay."""
    return tuple(mark for mark in leaf.marks if mark.type == "comment")
