"""Tables of a DOCX, merged cells included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from prose.nodes import Json, Node
from review.bringing.word.reading import Reading
from review.bringing.word.xml import Element, attr, child, children, is_on, tag, value, whole

LONGEST_SPAN: Final = 50
FIRST_ROW: Final = 0x20


@dataclass
class Cell:
    """A cell on its way: rows that it goes on into are added as they come."""

    column: int
    width: int
    content: tuple[Node, ...]
    rows: int = 1


def table_of(table: Element, reading: Reading, blocks: Callable[[Element], list[Node]]) -> Node | None:
    """The table as a node; None for one without cells."""
    grid: list[tuple[bool, list[Cell]]] = []
    going_on: dict[int, Cell] = {}
    for row in _inside(table, "w:tr"):
        if child(row, "w:trPr", "w:del") is not None:
            reading.leave("a table row deleted in a tracked change, not taken")
            continue
        grid.append((is_on(child(row, "w:trPr"), "w:tblHeader") is True, _cells(row, going_on, blocks)))
    if not any(cells for _, cells in grid):
        return None
    rows = _without_empty_rows(grid)
    if not any(is_head for is_head, _ in rows) and _has_head(table):
        rows[0] = (True, rows[0][1])
    return Node("table", content=tuple(_row(is_head, cells) for is_head, cells in rows))


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Rows of a table, cells of a row, those in controls too."""
    for one in children(element):
        if tag(one) == name:
            yield one
        elif tag(one) in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"):
            yield from _inside(one, name)


def _cells(row: Element, going_on: dict[int, Cell], blocks: Callable[[Element], list[Node]]) -> list[Cell]:
    column = whole(value(row, "w:trPr", "w:gridBefore"))
    cells: list[Cell] = []
    for one in _inside(row, "w:tc"):
        properties = child(one, "w:tcPr")
        width = max(1, min(whole(value(properties, "w:gridSpan"), 1), LONGEST_SPAN))
        merge = child(properties, "w:vMerge")
        above = going_on.get(column)
        content = tuple(blocks(one))
        if merge is not None and attr(merge, "val") != "restart" and above is not None and above.rows < LONGEST_SPAN:
            above.rows += 1
            above.content += tuple(
                block for block in content if block.content
            )  # Word keeps words there that nobody sees
        else:
            cells.append(Cell(column, width, content))
            going_on.pop(column, None)
            if merge is not None:
                going_on[column] = cells[-1]
        column += width
    return cells


def _without_empty_rows(grid: list[tuple[bool, list[Cell]]]) -> list[tuple[bool, list[Cell]]]:
    """A row that only cells from above go on into is no row: they are one shorter."""
    for number, (_, cells) in enumerate(grid):
        if cells:
            continue
        for earlier, (_, above) in enumerate(grid[:number]):
            for cell in above:
                cell.rows -= cell.rows > number - earlier
    return [row for row in grid if row[1]]


def _has_head(table: Element) -> bool:
    """Whether the table's look says that its first row is special."""
    look = child(table, "w:tblPr", "w:tblLook")
    if look is None:
        return False
    said = attr(look, "firstRow")
    if said:
        return said in ("1", "true", "on")
    try:
        return bool(int(attr(look, "val") or "0", 16) & FIRST_ROW)
    except ValueError:
        return False


def _row(is_head: bool, cells: list[Cell]) -> Node:  # noqa: FBT001  # one of two kinds of row
    kind = "table_header" if is_head else "table_cell"
    return Node("table_row", content=tuple(Node(kind, _spans(cell), _filled(cell)) for cell in cells))


def _spans(cell: Cell) -> dict[str, Json]:
    return {"colspan": cell.width, "rowspan": max(1, cell.rows)}


def _filled(cell: Cell) -> tuple[Node, ...]:
    return cell.content or (Node("paragraph"),)
