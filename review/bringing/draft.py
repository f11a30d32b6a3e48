"""What was read from a document: its blocks in order, and everything that could not be read. Frozen, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from prose.nodes import Node

# A private mark on leaves: "somebody's comment is about these". It goes when a text is made; no stored text has it.
COMMENT = "comment"
# Another: what braces say about a citation.
SAYS = "says"
PRIVATE = frozenset({COMMENT, SAYS})


class Format(StrEnum):
    """What kinds of document can be brought."""

    WORD = "docx"
    MARKDOWN = "markdown"

    @property
    def label(self) -> str:
        """As words."""
        return {"docx": "Word document", "markdown": "Markdown"}[self.value]


class BlockKind(StrEnum):
    """What a block of the document is."""

    TITLE = "title"
    HEADING = "heading"
    STATEMENT = "statement"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    FIGURE = "figure"
    QUOTE = "quote"
    CODE = "code"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """One block in reading order. `node` is a block of the schema `body`, but for the private marks of comments.

    `level` is that of a heading, `label` what a statement was called ("Claim 3"), `says` what Markdown says in braces.
    """

    at: str
    kind: BlockKind
    node: Node
    level: int = 0
    label: str = ""
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that is told and not taken: where, what, and its words where there are some."""

    at: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody said in a comment."""

    author: str
    on: str
    words: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its replies, oldest first. `key` is what its words carry as a mark."""

    key: str
    said: tuple[Said, ...]
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Hiding:
    """A redaction as the document itself lists it."""

    ref: str
    ground: str
    note: str
    extent: str
    bears_load: bool
    cover: str = "span"
    target: str = ""
    attribute: str = ""
    omitted: bool = False
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole document. `pictures`: the key that stands in the blocks → pixels as PNG."""

    format: Format
    blocks: tuple[Block, ...]
    unread: tuple[Listed, ...] = ()
    noticed: tuple[Listed, ...] = ()
    comments: tuple[Comment, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    hidings: tuple[Hiding, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
