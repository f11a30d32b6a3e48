"""The words of one line or paragraph of Markdown as leaves."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Final

from markdown_it.token import Token

from prose.content import check_content, plain_text
from prose.nodes import Json, Mark, Node
from prose.schema import TextSchema
from review.bringing.building import hidden_below, link_to, marked, words
from review.bringing.draft import SAYS, Listed
from review.bringing.faults import CannotRead
from review.bringing.markdown.braces import marks_around, named_by, named_in, redaction_marks, unreadable
from review.bringing.markdown.parser import says

FIGURE: Final = "figure:"
MARKS: Final = {"em": "em", "strong": "strong"}
HIDING: Final = frozenset({"redaction", SAYS})
LONGEST_TEX: Final = 4000


@dataclass
class Reading:
    """What is known while Markdown is read."""

    footnotes: dict[int, Callable[[], Node]] = field(default_factory=dict)
    hidden_in_notes: dict[int, Counter[str]] = field(default_factory=dict)  # what hides words in a note inside a line
    pictures: dict[str, str] = field(default_factory=dict)  # figure:1 → the key of the picture, or nothing
    unread: list[Listed] = field(default_factory=list)
    noticed: list[Listed] = field(default_factory=list)
    at: str = ""
    in_note: bool = False

    def leave(self, what: str, said: str = "") -> None:
        """Something that is not taken."""
        self.unread.append(Listed(self.at, what, said))


def leaves_of(inline: Token, reading: Reading) -> list[Node]:
    """The leaves of an inline token. Raises CannotRead for a mark that hides words and can't be read."""
    tokens = inline.children or []
    line = _Leaves(reading)
    leaves = line.read(tokens)
    if named_in(inline.content) - line.named:
        raise unreadable(reading.at)
    return leaves


class _Leaves:
    """One walk over the tokens of a line. `named`: the redactions that became marks, once for each pair of braces."""

    def __init__(self, reading: Reading) -> None:
        self.named: Counter[str] = Counter()
        self._reading = reading
        self._out: list[Node] = []
        self._open: list[tuple[int, tuple[Mark, ...], dict[str, str]]] = []  # where it began, its marks, what it says

    def read(self, tokens: Iterable[Token]) -> list[Node]:
        for token in tokens:
            if token.type == "stray_braces":
                raise unreadable(self._reading.at)
            if token.nesting == 1:
                self._open.append((len(self._out), self._marks_of(token), says(token.attrs)))
            elif token.nesting == -1:
                self._close()
            else:
                self._one(token)
        return self._out

    def _marks_of(self, token: Token) -> tuple[Mark, ...]:
        """What hides the words in it, whatever it is besides, and what that is."""
        said = says(token.attrs)
        return (*self._counted(marks_around(said, self._reading.at)), *self._formatting(token, said))

    def _counted(self, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        self.named += named_by(marks)
        return marks

    def _formatting(self, token: Token, said: dict[str, str]) -> Iterable[Mark]:
        name = token.type.removesuffix("_open")
        if name == "link":
            href = str(token.attrs.get("href", ""))
            made = link_to(href)
            if made is None and href:
                self._reading.leave(f"where a link leads ({href[:80]})")
            return [made] if made else []
        if name == "span":
            return [Mark(one) for one in said.get("class", "").split() if one in ("em", "strong", "code")]
        return [Mark(MARKS[name])] if name in MARKS else []

    def _close(self) -> None:
        start, marks, said = self._open.pop()
        inside = self._out[start:]
        if not inside and "break" in said.get("class", "").split():
            inside = [Node("hard_break")]
        elif not inside and "character" in said.get("class", "").split():
            inside = _character(said)
        self._out[start:] = [_with(leaf, marks) for leaf in inside]

    def _one(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special" | "softbreak":
                said = " " if token.type == "softbreak" else token.content
                self._out += [words(said)] if said else []
            case "hardbreak":
                self._out.append(Node("hard_break"))
            case "code_inline":
                self._code(token)
            case "image":
                self._image(token)
            case "citation":
                self._out.append(Node("citation", {"ref": token.content}))
            case "math_inline" | "math_inline_double":
                self._formula(token.content)
            case "footnote_ref":
                self._footnote(token)
            case "html_inline":
                self._html(token.content)
            case other if other != "footnote_anchor":
                self._reading.leave("something that is not understood", token.content)

    def _code(self, token: Token) -> None:
        said = says(token.attrs)
        classes = said.get("class", "").split()
        if "exactly" in classes:
            marks = self._counted(redaction_marks(said, self._reading.at))
            self._out += [_with(leaf, marks) for leaf in exactly(token.content, self._reading.at, inline=True)]
            return
        leaf = words(token.content, (Mark("code"),))
        if "formula" in classes:
            leaf = Node("formula", {"tex": token.content})
        self._out.append(_with(leaf, self._counted(redaction_marks(said, self._reading.at))))

    def _formula(self, tex: str) -> None:
        if len(tex) <= LONGEST_TEX:
            self._out.append(Node("formula", {"tex": tex}))
        else:
            self._reading.leave("a formula that is too long", tex)

    def _image(self, token: Token) -> None:
        source = str(token.attrs.get("src", ""))
        below = _Leaves(self._reading)
        said = below.read(token.children or [])
        self.named += below.named
        alt = "".join(plain_text(leaf) for leaf in said)
        file = self._reading.pictures.get(source, source if source.startswith("f-") else "")
        if not file:
            self._reading.leave(
                "a picture that is not in the file itself" + (f" ({source[:80]})" if FIGURE not in source else ""), alt
            )
            return
        leaf = Node("image", {"file": file, "alt": alt, "title": str(token.attrs.get("title", ""))})
        marks = self._counted(redaction_marks(says(token.attrs), self._reading.at))
        inside = [mark for one in said for part in one.leaves() for mark in part.marks if mark.type in HIDING]
        self._out.append(_with(leaf, (*marks, *inside)))  # who may not read the words in its place does not see it

    def _footnote(self, token: Token) -> None:
        number = int(token.meta.get("id", -1))
        self.named += self._reading.hidden_in_notes.get(number, Counter())
        make = self._reading.footnotes.get(number)
        if make is None or self._reading.in_note:
            self._reading.leave("a footnote in a footnote")
            return
        self._reading.in_note = True
        self._out.append(make())
        self._reading.in_note = False

    def _html(self, raw: str) -> None:
        if re.fullmatch(r"<br\s*/?>", raw, re.IGNORECASE):
            self._out.append(Node("hard_break"))
        else:
            self._reading.leave("HTML", words_of_html(raw) if raw.startswith("<!--") else raw[:80])


def _with(leaf: Node, marks: Iterable[Mark]) -> Node:
    for mark in marks:
        leaf = marked(leaf, mark)
    return leaf


def _character(said: dict[str, str]) -> list[Node]:
    code = int(said["code"]) if said.get("code", "").isascii() and said.get("code", "").isdigit() else 0
    return [words(chr(code))] if 0 < code <= 0x10FFFF else []  # noqa: PLR2004  # the last character there is


def exactly(raw: str, at: str, *, inline: bool = False) -> list[Node]:
    """Nodes that were written as they are stored, because Markdown has no signs for them. Raises CannotRead."""
    try:
        found: Json = json.loads(raw)
        content: Json = [{"type": "paragraph", "content": found}] if inline else found
        document = check_content({"type": "doc", "content": content}, TextSchema.BODY)
    except (ValueError, RecursionError) as error:
        raise CannotRead(
            f"{at.capitalize() or 'A line'} holds something of an exported case that was changed and can't be read."
        ) from error
    return list(document.content[0].content) if inline else [hidden_below(block) for block in document.content]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.said.append(data)


def words_of_html(raw: str) -> str:
    """The words of a stretch of HTML, comments included."""
    parser = _Words()
    parser.feed(raw)
    parser.close()
    return " ".join("".join(parser.said).split())


def without_says(leaf: Node) -> tuple[Node, dict[str, str]]:
    """A leaf without the private mark, and what that said."""
    said = next((mark for mark in leaf.marks if mark.type == SAYS), None)
    if said is None:
        return leaf, {}
    rest = tuple(mark for mark in leaf.marks if mark.type != SAYS)
    return replace(leaf, marks=rest), {key: str(value) for key, value in said.attrs.items()}
