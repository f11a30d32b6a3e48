"""A file that somebody brings, as a draft: which format it is, is told by what is in it."""

from __future__ import annotations

from typing import Final

from review.bringing.draft import Draft
from review.bringing.faults import CannotRead
from review.bringing.markdown.document import read_markdown
from review.bringing.word.document import read_word
from review.bringing.word.package import OLE

MOST_BYTES: Final = 20 * 1024 * 1024
MARKDOWN: Final = (".md", ".markdown", ".mdown", ".txt")
TOO_BIG: Final = "A document may have 20 MB at most. Save its pictures smaller, or import it in parts."
OTHER: Final = "Only Word documents (.docx) and Markdown (.md) can be imported. Save it as one of those."
EMPTY: Final = "This file is empty: not a single byte is in it. Choose the file again, or save it anew."
NOTHING: Final = "There are no words in this document that could be imported."


def read_document(name: str, data: bytes) -> Draft:
    """The draft. Raises CannotRead, whose message is a sentence."""
    if len(data) > MOST_BYTES:
        raise CannotRead(TOO_BIG)
    if not data:
        raise CannotRead(EMPTY)
    if data.startswith((b"PK", OLE)) or name.lower().endswith((".docx", ".doc")):
        draft = read_word(data)
    elif name.lower().endswith(MARKDOWN):
        draft = read_markdown(data)
    else:
        raise CannotRead(OTHER)
    if not draft.blocks:
        raise CannotRead(NOTHING)
    return draft
