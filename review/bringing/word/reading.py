"""What is known while a DOCX is read: its parts, what is open at this point, and what is listed instead of taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cases.figures import BadFigure, reencoded
from cases.refs import new_key
from prose.nodes import Node
from review.bringing.draft import Listed
from review.bringing.word.numbering import Numbering
from review.bringing.word.package import WordFile
from review.bringing.word.styles import Styles
from review.bringing.word.xml import Element, attr, children, tag

MOST_PICTURES = 300


@dataclass
class Field:
    """A field such as a link or a table of contents: its code comes first, then what stands on the page."""

    code: str = ""
    in_code: bool = True

    @property
    def is_contents(self) -> bool:
        """Whether it makes a table of contents, of figures, or an index."""
        return self.code.strip().upper().startswith(("TOC", "INDEX"))


@dataclass
class Reading:
    """One document on its way into a draft."""

    file: WordFile
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], tuple[Element, str]] = field(default_factory=dict)  # (kind, id) → element, part
    blocks: Callable[[Element, str], list[Node]] = lambda *_: []  # set by the reader of blocks
    at: str = ""
    unread: list[Listed] = field(default_factory=list)
    noticed: list[Listed] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)  # whose words these are, of those open here
    fields: list[Field] = field(default_factory=list)
    in_note: bool = False
    _pictures: dict[str, str] = field(default_factory=dict)

    def leave(self, what: str, words: str = "") -> None:
        """Something that is not taken. What follows of the same kind at the same place is the same thing."""
        self._tell(self.unread, what, words)

    def notice(self, what: str, words: str) -> None:
        """Something that is taken and that somebody should look at."""
        self._tell(self.noticed, what, words)

    def _tell(self, rows: list[Listed], what: str, words: str) -> None:
        if rows and (rows[-1].at, rows[-1].what) == (self.at, what):
            rows[-1] = Listed(self.at, what, f"{rows[-1].words}{words}")
        else:
            rows.append(Listed(self.at, what, words))

    def picture(self, part: str, key: str) -> str:
        """The key of a picture, re-encoded; empty, and listed, where it can't be one."""
        relation = self.file.relations(part).get(key)
        if relation is None or relation.external or not self.file.has(relation.target):
            self.leave("a picture that is not in the document itself")
            return ""
        if relation.target not in self._pictures:
            self._pictures[relation.target] = self._taken(relation.target)
        return self._pictures[relation.target]

    def _taken(self, name: str) -> str:
        if len(self.pictures) >= MOST_PICTURES:
            self.leave(f"a picture: there are more than {MOST_PICTURES}")
            return ""
        try:
            pixels = reencoded(self.file.read(name))
        except BadFigure as bad:
            self.leave(f"a picture ({name.rpartition('.')[2].upper()}): {bad}")
            return ""
        made = new_key("f")
        self.pictures[made] = pixels
        return made


def visible_words(element: Element) -> str:
    """The words below an element as they stand on the page; what was deleted is not among them."""
    out: list[str] = []
    _collect(element, out)
    return " ".join("".join(out).split())


def _collect(element: Element, out: list[str]) -> None:
    for one in children(element):
        match tag(one):
            case "w:t" | "m:t" | "a:t":
                out.append(one.text or "")
            case "w:tab" | "w:br" | "w:cr":
                out.append(" ")
            case "w:del" | "w:moveFrom" | "w:instrText" | "w:pPr" | "w:rPr":
                pass
            case "mc:AlternateContent":
                _collect(chosen(one), out)
            case "w:p" | "a:p" | "w:tc":
                _collect(one, out)
                out.append(" ")
            case _:
                _collect(one, out)
                if attr(one, "string") and tag(one) == "v:textpath":
                    out.append(attr(one, "string"))


def chosen(alternatives: Element) -> Element:
    """Word writes newer things twice: the first of the two ways."""
    return next((one for one in children(alternatives) if tag(one) == "mc:Choice"), alternatives)
