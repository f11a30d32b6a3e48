"""Blocks as Markdown that reads back as the same blocks; what can't be is written as it is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from prose.content import normalised
from prose.nodes import Node
from review.bringing.markdown.blocks import EXACTLY, ROW_LABELS
from review.bringing.markdown.inline_out import as_stored, escaped, exactly_out, line_out
from review.bringing.markdown.reading_back import body_of, line_of

BULLETS: Final = ("-", "*")
NUMBERS: Final = (".", ")")


def body_out(document: Node, level: int) -> str:
    """A body as Markdown; its headings stand that many levels further down."""
    blocks = [_one(block, level) for block in document.content]
    made = _together(document.content, blocks, level)
    if body_of(made, level) == normalised(document):
        return made
    return "\n\n".join(_exactly(block) for block in document.content)


def one_line_out(document: Node) -> str:
    """A line as Markdown."""
    made = line_out(document.content, breaks=False)
    return made if line_of(made) == normalised(document) else exactly_out(document.content)


def _together(nodes: Sequence[Node], blocks: Sequence[str], level: int) -> str:
    """Blocks one after another. Two lists of one kind would be one: every second has other signs."""
    out: list[str] = []
    turn = 0
    for number, (node, block) in enumerate(zip(nodes, blocks, strict=True)):
        same = number > 0 and node.type.endswith("_list") and nodes[number - 1].type == node.type
        turn = 1 - turn if same else 0
        out.append(_list(node, level, turn) if turn else block)
    return "\n\n".join(out)


def _one(block: Node, level: int) -> str:
    """One block, as it stands where nothing is around it."""
    made = _written(block, level)
    back = body_of(made, level)
    same = back is not None and normalised(Node("doc", content=(block,))) == back
    return made if same else _exactly(block)


def _exactly(block: Node) -> str:
    return f"```{EXACTLY}\n{as_stored([block])}\n```"


def _written(block: Node, level: int) -> str:
    if (
        refs := [str(mark.attrs.get("ref")) for mark in block.marks if mark.type == "redaction"]
    ) and block.type in LEAF_BLOCKS:
        return f'{{.redacted ref="{" ".join(refs)}"}}\n{_written(replace(block, marks=()), level)}'
    return WRITERS[block.type](block, level) if block.type in WRITERS else _exactly(block)


LEAF_BLOCKS: Final = frozenset({"horizontal_rule", "formula_block"})


def _inside(blocks: Sequence[Node], level: int) -> str:
    return _together(blocks, [_one(block, level) for block in blocks], level)


def _indented(text: str, sign: str) -> str:
    return "\n".join(f"{sign}{line}".rstrip() for line in text.split("\n"))


def _list(block: Node, level: int, turn: int) -> str:
    items = [_inside(item.content, level) for item in block.content]
    first = int(str(block.attrs.get("order", 1)))
    signs = [
        f"{first + number}{NUMBERS[turn]} " if block.type == "ordered_list" else f"{BULLETS[turn]} "
        for number in range(len(items))
    ]
    tight = all(len(item.content) == 1 for item in block.content)
    lines = (f"{sign}{_hung(item, len(sign))}" for sign, item in zip(signs, items, strict=True))
    return ("\n" if tight else "\n\n").join(lines)


def _hung(text: str, width: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * width}{line}" if line else "" for line in rest)])


def _code(block: Node, _: int) -> str:
    text = "".join(leaf.text for leaf in block.content)
    if any(leaf.marks for leaf in block.content):
        return _exactly(block)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _is_simple(table: Node) -> bool:
    """Whether it is what pipes can draw: one row of headers, one paragraph a cell, nothing merged."""
    cells = [cell for row in table.content for cell in row.content]
    return (
        len({len(row.content) for row in table.content}) == 1
        and _kinds(table.content[0]) == {"table_header"}
        and (all(_kinds(row) == {"table_cell"} for row in table.content[1:]) or _has_labels(table))
        and all(cell.attrs.get("colspan", 1) == cell.attrs.get("rowspan", 1) == 1 for cell in cells)
        and all(len(cell.content) == 1 and cell.content[0].type == "paragraph" for cell in cells)
        and not any("|" in f"{leaf.text}{leaf.attrs.get('tex', '')}" and _is_signed(leaf) for leaf in table.leaves())
    )


def _kinds(row: Node) -> set[str]:
    return {cell.type for cell in row.content}


def _has_labels(table: Node) -> bool:
    """Whether each row below the first begins with a header."""
    rows = [[cell.type == "table_header" for cell in row.content] for row in table.content[1:]]
    return bool(rows) and all(first and not any(rest) for first, *rest in rows)


def _is_signed(leaf: Node) -> bool:
    """Whether a stroke in it would stand between signs where none can be escaped."""
    return leaf.type == "formula" or any(mark.type in ("code", "link") for mark in leaf.marks)


def _pipes(table: Node) -> str:
    rows = [[line_out(cell.content[0].content, breaks=False) for cell in row.content] for row in table.content]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    says = [f"{{.{ROW_LABELS}}}"] if _has_labels(table) else []
    return "\n".join([*says, lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]])


def _container(name: str, inside: str, says: str = "") -> str:
    longest = max((len(run) for run in re.findall(r"^:{3,}", inside, re.MULTILINE)), default=2)
    colons = ":" * max(3, longest + 1)
    return f"{colons} {name}{says}\n{inside}\n{colons}"


def _grid(table: Node, level: int) -> str:
    rows = []
    for row in table.content:
        cells = [_container(_cell_name(cell), _inside(cell.content, level), _spans(cell)) for cell in row.content]
        rows.append(_container("row", "\n".join(cells)))
    return _container("table", "\n".join(rows))


def _cell_name(cell: Node) -> str:
    return "header" if cell.type == "table_header" else "cell"


def _spans(cell: Node) -> str:
    said = [f"{name}={cell.attrs[name]}" for name in ("colspan", "rowspan") if cell.attrs.get(name, 1) != 1]
    return f" {{{' '.join(said)}}}" if said else ""


def _figure(block: Node, _: int) -> str:
    image, *caption = block.content
    refs = " ".join(str(mark.attrs.get("ref")) for mark in image.marks if mark.type == "redaction")
    file, alt = str(image.attrs.get("file", "")), escaped(str(image.attrs.get("alt", "")), ends=True)
    drawn = f"![{alt}][{file}]" + (f'{{.redacted ref="{refs}"}}' if refs else "")
    if not caption:
        return drawn
    return _container("figure", f"{drawn}\n\n{line_out(caption[0].content) or '[]{.nothing}'}")


def _transcript(block: Node, level: int) -> str:
    return _container("transcript", "\n".join(_parts(block.content, level)))


def _parts(parts: Iterable[Node], level: int) -> Iterable[str]:
    for part in parts:
        if part.type == "elision":
            refs = " ".join(str(mark.attrs.get("ref")) for mark in part.marks if mark.type == "redaction")
            before = f'{{.redacted ref="{refs}"}}\n' if refs else ""
            yield f"{before}::: elision\n:::"
        else:
            speaker, *said = part.content
            inside = _inside((replace(speaker, type="paragraph"), *said), level)
            yield _container("turn", inside)


def _heading(block: Node, level: int) -> str:
    return f"{'#' * (level + int(str(block.attrs['level'])))} {line_out(block.content, breaks=False)}"


WRITERS: Final[dict[str, Callable[[Node, int], str]]] = {
    "paragraph": lambda block, _: line_out(block.content) or "[]{.nothing}",
    "heading": _heading,
    "blockquote": lambda block, level: _indented(_inside(block.content, level), "> "),
    "bullet_list": lambda block, level: _list(block, level, 0),
    "ordered_list": lambda block, level: _list(block, level, 0),
    "code_block": _code,
    "horizontal_rule": lambda *_: "---",
    "formula_block": lambda block, _: f"$$\n{block.attrs['tex']}\n$$",
    "table": lambda block, level: _pipes(block) if _is_simple(block) else _grid(block, level),
    "figure": _figure,
    "transcript": _transcript,
}
