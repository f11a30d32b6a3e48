"""The words of one line or paragraph of Markdown as leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Final

from markdown_it.token import Token

from prose.content import check_content, plain_text
from prose.nodes import Json, Mark, Node
from prose.schema import REFERENCE, TextSchema
from review.bringing.building import hidden_below, link_to, marked, words
from review.bringing.draft import SAYS, Listed
from review.bringing.faults import CannotRead
from review.bringing.markdown.parser import says

LINKS: Final = frozenset({"support", "bearing"})  # braces around a citation that say how something rests on it
# Braces that hide; no JSON of nodes as they are stored begins like that.
REDACTED: Final = re.compile(r"""(?<!\\)\{(?!")[^{}\n]*(?:\.redacted\b|\bhidden[\w-]*=["']?R-)""")
UNREADABLE: Final = (
    "{} hides words in a way that can't be read, so that they would be brought in unhidden."
    " Write it as [words]{{.redacted ref=R-7Q2K}}."
)
FIGURE: Final = "figure:"
MARKS: Final = {"em": "em", "strong": "strong"}
LONGEST_TEX: Final = 4000


@dataclass
class Reading:
    """What is known while Markdown is read."""

    footnotes: dict[int, Callable[[], Node]] = field(default_factory=dict)
    hidden_in_notes: dict[int, int] = field(default_factory=dict)  # how often words are hidden in a note inside a line
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
    hiding = sum(_hides(says(token.attrs)) for token in tokens if token.attrs)
    hiding += sum(
        reading.hidden_in_notes.get(int(token.meta["id"]), 0) for token in tokens if token.type == "footnote_ref"
    )
    if len(REDACTED.findall(inline.content)) > hiding:
        raise CannotRead(UNREADABLE.format(reading.at.capitalize() or "A line"))
    return _Leaves(reading).read(tokens)


def _hides(said: dict[str, str]) -> bool:
    """Whether these braces in a line are read as something that hides: words, or a link."""
    classes = set(said.get("class", "").split())
    return "redacted" in classes or (bool(classes & LINKS) and any(name.startswith("hidden") for name in said))


def redaction_marks(said: dict[str, str], at: str) -> tuple[Mark, ...]:
    """The redactions that braces name; nothing where they hide nothing. Raises CannotRead."""
    if "redacted" not in said.get("class", "").split():
        return ()
    refs = said.get("ref", "").split()
    if not refs or any(not REFERENCE.fullmatch(ref) or ref[0] != "R" for ref in refs):
        raise CannotRead(UNREADABLE.format(at.capitalize() or "A line"))
    return tuple(Mark("redaction", {"ref": ref}) for ref in refs)


class _Leaves:
    """One walk over the tokens of a line."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._out: list[Node] = []
        self._open: list[tuple[int, tuple[Mark, ...], dict[str, str]]] = []  # where it began, its marks, what it says

    def read(self, tokens: Iterable[Token]) -> list[Node]:
        for token in tokens:
            if token.nesting == 1:
                self._open.append((len(self._out), self._marks_of(token), says(token.attrs)))
            elif token.nesting == -1:
                self._close()
            else:
                self._one(token)
        return self._out

    def _marks_of(self, token: Token) -> tuple[Mark, ...]:
        name = token.type.removesuffix("_open")
        if name in MARKS:
            return (Mark(MARKS[name]),)
        if name == "link":
            href = str(token.attrs.get("href", ""))
            made = link_to(href)
            if made is None and href:
                self._reading.leave(f"where a link leads ({href[:80]})")
            return (made,) if made else ()
        if name == "span":
            said = says(token.attrs)
            named = [Mark(one) for one in said.get("class", "").split() if one in ("em", "strong", "code")]
            return (*redaction_marks(said, self._reading.at), *named)
        return ()

    def _close(self) -> None:
        start, marks, said = self._open.pop()
        inside = self._out[start:]
        if not inside and "break" in said.get("class", "").split():
            inside = [Node("hard_break")]
        elif not inside and "character" in said.get("class", "").split():
            inside = _character(said)
        elif not LINKS.isdisjoint(said.get("class", "").split()):
            marks = (Mark(SAYS, dict(said)),)
        for mark in marks:
            inside = [marked(leaf, mark) for leaf in inside]
        self._out[start:] = inside

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
            self._out += exactly(token.content, self._reading.at, inline=True)
            return
        leaf = words(token.content, (Mark("code"),))
        if "formula" in classes:
            leaf = Node("formula", {"tex": token.content})
        for mark in redaction_marks(said, self._reading.at):
            leaf = marked(leaf, mark)
        self._out.append(leaf)

    def _formula(self, tex: str) -> None:
        if len(tex) <= LONGEST_TEX:
            self._out.append(Node("formula", {"tex": tex}))
        else:
            self._reading.leave("a formula that is too long", tex)

    def _image(self, token: Token) -> None:
        source = str(token.attrs.get("src", ""))
        alt = "".join(plain_text(leaf) for leaf in _Leaves(self._reading).read(token.children or []))
        file = self._reading.pictures.get(source, source if source.startswith("f-") else "")
        if not file:
            self._reading.leave(
                "a picture that is not in the file itself" + (f" ({source[:80]})" if FIGURE not in source else ""), alt
            )
            return
        leaf = Node("image", {"file": file, "alt": alt, "title": str(token.attrs.get("title", ""))})
        for mark in redaction_marks(says(token.attrs), self._reading.at):
            leaf = marked(leaf, mark)
        self._out.append(leaf)

    def _footnote(self, token: Token) -> None:
        make = self._reading.footnotes.get(int(token.meta.get("id", -1)))
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
