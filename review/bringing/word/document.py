"""A DOCX as a draft: the door of this package."""

from __future__ import annotations

from prose.nodes import Node
from review.bringing.draft import Block, Draft, Format
from review.bringing.faults import CannotRead
from review.bringing.word.assembling import Assembly
from review.bringing.word.notes import comments_of, list_margins, notes_of
from review.bringing.word.numbering import Numbering
from review.bringing.word.package import LIES, opened
from review.bringing.word.paragraphs import Paragraphs
from review.bringing.word.reading import Reading
from review.bringing.word.styles import Styles
from review.bringing.word.xml import Element, child


def read_word(data: bytes) -> Draft:
    """The document's blocks, and all that was not taken. Raises CannotRead."""
    try:
        return _read(data)
    except RecursionError as error:
        raise CannotRead(LIES) from error


def _read(data: bytes) -> Draft:
    file = opened(data)
    body = child(file.tree(file.main), "w:body")
    if body is None:
        raise CannotRead(LIES)
    styles, numbering = Styles(file.related_tree("styles")), Numbering.of(file.related_tree("numbering"))
    reading = Reading(file, styles, numbering, notes_of(file))

    def nested(element: Element, part: str) -> list[Node]:
        return [block.node for block in Assembly(reading, nested=True).of(paragraphs.read(element, part))]

    paragraphs = Paragraphs(reading, nested)
    reading.blocks = nested
    blocks: list[Block] = Assembly(reading).of(paragraphs.read(body, file.main))
    list_margins(reading)
    return Draft(
        format=Format.WORD,
        blocks=tuple(blocks),
        unread=tuple(reading.unread),
        noticed=tuple(reading.noticed),
        comments=comments_of(file),
        pictures=reading.pictures,
    )
