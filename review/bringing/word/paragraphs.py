"""The paragraphs and tables of one part of a DOCX in order, each with what it is; what is no text is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from prose.nodes import Node
from review.bringing.faults import CannotRead
from review.bringing.word.inline import Inline
from review.bringing.word.numbering import Level
from review.bringing.word.package import TOO_BIG
from review.bringing.word.reading import Reading, chosen, visible_words
from review.bringing.word.styles import CONTENTS, ParagraphStyle, numbering_of
from review.bringing.word.tables import table_of
from review.bringing.word.xml import Element, attr, child, children, tag, value, whole

MOST_PARAGRAPHS: Final = 60_000
CONTENTS_LISTED: Final = "a table of contents, made anew here"
THROUGH: Final = frozenset({"w:ins", "w:moveTo", "w:customXml", "w:smartTag"})
DEEPEST: Final = 8


@dataclass
class Raw:
    """A paragraph or a table where it stands. `item`: of which list, how deep."""

    at: str
    style: ParagraphStyle = field(default_factory=ParagraphStyle)
    leaves: list[Node] = field(default_factory=list)
    item: tuple[str, int] | None = None
    level: Level | None = None
    table: Node | None = None


class Paragraphs:
    """Reads the children of a body, a cell, a note."""

    def __init__(self, reading: Reading, nested: Callable[[Element, str], list[Node]]) -> None:
        self._reading, self._nested = reading, nested
        self._count, self._depth = 0, 0

    def read(self, parent: Element, part: str) -> Iterator[Raw]:
        """In document order."""
        carried: list[Node] = []
        for one in self._flat(parent):
            if tag(one) == "w:tbl":
                table = self._table(one, part)
                if table is not None:
                    yield Raw(self._reading.at, table=table)
                continue
            found = self._paragraph(one, part)
            found.leaves[:0] = carried
            carried = []
            if child(one, "w:pPr", "w:rPr", "w:del") is not None:  # its end was deleted: it goes on in the next one
                carried = found.leaves
            else:
                yield found
        if carried:
            yield Raw(self._reading.at, leaves=carried)

    def _flat(self, parent: Element) -> Iterator[Element]:
        for one in children(parent):
            name = tag(one)
            if name in ("w:p", "w:tbl"):
                yield one
            elif name in THROUGH:
                yield from self._flat(one)
            elif name == "mc:AlternateContent":
                yield from self._flat(chosen(one))
            elif name == "w:sdt":
                yield from self._control(one)
            elif name == "w:altChunk":
                self._reading.leave("another document that is embedded in this one")
            elif name in ("w:commentRangeStart", "w:commentRangeEnd"):
                self._range(one, name)

    def _range(self, one: Element, name: str) -> None:
        key, open_here = attr(one, "id"), self._reading.comments
        self._reading.comments = [*open_here, key] if name.endswith("Start") else [o for o in open_here if o != key]

    def _control(self, one: Element) -> Iterator[Element]:
        content = child(one, "w:sdtContent")
        if content is None:
            return
        gallery = value(one, "w:sdtPr", "w:docPartObj", "w:docPartGallery").lower()
        if gallery.startswith("table of contents"):
            self._reading.leave(CONTENTS_LISTED, visible_words(content))
        else:
            yield from self._flat(content)

    def _table(self, one: Element, part: str) -> Node | None:
        if self._depth >= DEEPEST:
            self._reading.leave("a table in a table in a table", visible_words(one))
            return None
        self._depth += 1
        made = table_of(one, self._reading, lambda cell: self._nested(cell, part))
        self._depth -= 1
        return made

    def _paragraph(self, one: Element, part: str) -> Raw:
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            raise CannotRead(TOO_BIG)
        reading = self._reading
        if not reading.in_note:
            reading.at = f"paragraph {self._count}"
        properties = child(one, "w:pPr")
        style = reading.styles.paragraph(value(properties, "w:pStyle"))
        in_contents = any(open_here.is_contents for open_here in reading.fields)
        inline = Inline(reading, part, style.look)
        inline.read(one)
        in_contents = in_contents and any(open_here.is_contents for open_here in reading.fields)
        if CONTENTS.match(style.name) or in_contents:
            reading.leave(CONTENTS_LISTED, f"{visible_words(one)} ")
            return Raw(reading.at)
        outline = value(properties, "w:outlineLvl")
        if outline and whole(outline, 9) < 9 and not style.level:  # noqa: PLR2004  # nine levels; the tenth is body text
            style = ParagraphStyle(style.name, whole(outline) + 1, style.numbering, style.look)
        item = numbering_of(properties) or style.numbering
        level = reading.numbering.level(*item) if item and not style.level else None
        return Raw(reading.at, style, inline.leaves, item if level else None, level)
