"""What is to be written: new parts of the report with their words, links between them, words for the case's own empty texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from prose.nodes import Node
from review.bringing.draft import Comment, Listed

# The letter of what a reference names → its worded attributes; those of the second list are bodies.
LINES: Mapping[str, tuple[str, ...]] = {
    "S": ("title",),
    "P": ("title", "answer", "action"),
    "C": ("statement",),
    "E": ("title", "place", "not_relied"),
    "N": ("title",),
    "T": ("name",),
    "G": ("name",),
    "A": (),
}
BODIES: Mapping[str, tuple[str, ...]] = {
    "S": ("body",),
    "P": ("argument", "reason"),
    "C": ("basis", "assumptions"),
    "E": ("description", "conditions"),
    "N": ("body",),
    "T": ("definition",),
    "G": (),
    "A": ("statement",),
}


@dataclass
class Thing:
    """A new part of the report on its way. `name`: what the document calls it, a reference or one of our own."""

    letter: str
    name: str
    at: str
    lines: dict[str, list[Node]] = field(default_factory=dict)
    bodies: dict[str, list[Node]] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)
    level: int = 1
    at_end: bool = False

    @property
    def main(self) -> str:
        """The body to which words go that have no field of their own."""
        return next(iter(BODIES[self.letter]), "")

    @property
    def naming(self) -> str:
        """The line that names it."""
        return next(iter(LINES[self.letter]), "")

    def add(self, *blocks: Node, to: str = "") -> None:
        """More blocks at the end of a body."""
        self.bodies.setdefault(to or self.main, []).extend(blocks)


@dataclass(frozen=True, slots=True)
class Link:
    """A support (`L`) or a bearing (`B`): what rests or bears, on which claim; references as the document has them."""

    letter: str
    name: str
    at: str
    start: str
    claim: str
    words: tuple[Node, ...]
    says: Mapping[str, str]


@dataclass
class Made:
    """All that the placed parts make."""

    things: list[Thing] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    of_the_case: dict[str, list[Node]] = field(default_factory=dict)  # attribute → blocks
    listed: list[Listed] = field(default_factory=list)
    unhidden: list[str] = field(default_factory=list)  # sentences on what nothing would hide where it is placed


@dataclass(frozen=True, slots=True)
class Anchored:
    """A comment and the range of the text that it is about."""

    comment: Comment
    thing: str
    attribute: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """A redaction that covers a new object, one of its attributes, or a link: to be proposed anew, as that other one is."""

    like: str
    name: str
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part of the report as it will be written; texts are documents of the schema, references still the document's."""

    letter: str
    name: str
    at: str
    texts: Mapping[str, Node]
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link as it will be written."""

    letter: str
    name: str
    at: str
    start: str
    claim: str
    words: Node
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an import will write, and everything that it leaves out."""

    parts: tuple[NewPart, ...]
    links: tuple[NewLink, ...]
    of_the_case: Mapping[str, Node]
    comments: tuple[Anchored, ...]
    unplaced_comments: tuple[Comment, ...]
    hidden: tuple[Hidden, ...]
    left_out: tuple[Listed, ...]
