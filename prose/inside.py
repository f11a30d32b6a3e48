"""The way to the words of a `MarkedText`. import-linter lets only the rule, the opener and the marking of words import this."""

from prose.marked import MarkedText, parsed
from prose.nodes import Node


def document_of(text: MarkedText) -> Node:
    """The whole document, marks and all."""
    return parsed(text._content)


def register_of(text: MarkedText) -> object:
    """The frozen register of redactions that the text was bound to."""
    return text._register
