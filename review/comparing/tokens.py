"""A shown document as a row of tokens: words, signs, bars, and breaks between blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from prose.nodes import Json, canonical

INLINE = frozenset({"text", "withheld", "citation", "formula", "hard_break", "footnote", "doc"})
PIECE = re.compile(r"\s+|\w+(?:[-’'.,·/]\w+)*|[^\w\s]")
WORD, BAR, BREAK = "word", "bar", "break"


class Token(NamedTuple):
    """A word or sign, a bar, or a break. Two are the same when kind and words are, whatever stands before them."""

    kind: str
    words: str = ""
    spaced: bool = False  # whether a space stands before it
    refs: tuple[str, ...] = ()

    @property
    def is_word(self) -> bool:
        """Whether it counts as a word: signs, bars and breaks do not."""
        return self.kind == WORD and any(sign.isalnum() for sign in self.words)

    @property
    def said(self) -> str:
        """How it reads, with the space before it."""
        return f" {self.words}" if self.spaced else self.words


BREAK_TOKEN = Token(BREAK)


def tokens_of(document: Mapping[str, Json]) -> list[Token]:
    """The tokens of a document; one break between two blocks. Formatting is no token."""
    out: list[Token] = []
    _put(document, out, spaced=False)
    if out and out[-1].kind == BREAK:
        out.pop()
    return out


def plain_words(document: Mapping[str, Json]) -> str:
    """The words in one line; a bar reads as [withheld]."""
    return "".join(_said(token) for token in tokens_of(document)).strip()


def withheld_refs(items: Json) -> tuple[str, ...]:
    """The references on a bar."""
    rows = items if isinstance(items, list) else []
    return tuple(str(row.get("ref", "")) for row in rows if isinstance(row, dict))


def _said(token: Token) -> str:
    if token.kind == BREAK:
        return " "
    return token._replace(words="[withheld]").said if token.kind == BAR else token.said


def _put(node: Mapping[str, Json], out: list[Token], *, spaced: bool) -> bool:
    """Put the tokens of a node behind those before it. `spaced`, and what is returned: whether a space stands there."""
    kind, attrs = str(node.get("type")), node.get("attrs")
    facts = attrs if isinstance(attrs, dict) else {}
    if kind not in INLINE:
        spaced = _break(out)
    if kind == "withheld":
        out.append(Token(BAR, canonical(facts.get("items")), spaced, withheld_refs(facts.get("items"))))
        return False
    if kind == "hard_break":
        return True
    if words := _words_on(kind, node, facts):
        spaced = _put_words(words, out, spaced=spaced)
    spaced |= kind == "footnote"
    content = node.get("content")
    for child in content if isinstance(content, list) else ():
        if isinstance(child, dict):
            spaced = _put(child, out, spaced=spaced)
    return spaced if kind in INLINE else _break(out)


def _break(out: list[Token]) -> bool:
    """One between two blocks, none before the first; no space stands at the beginning of a block."""
    if out and out[-1].kind != BREAK:
        out.append(BREAK_TOKEN)
    return False


def _put_words(words: str, out: list[Token], *, spaced: bool) -> bool:
    for piece in PIECE.findall(words):
        if piece.isspace():
            spaced = True
        else:
            out.append(Token(WORD, piece, spaced))
            spaced = False
    return spaced


def _words_on(kind: str, node: Mapping[str, Json], facts: Mapping[str, Json]) -> str:
    """The words that a node itself carries. A figure is told by its picture and its words for who can't see it."""
    if kind == "image":
        return f"[figure {facts.get('file', '')}] {facts.get('alt', '')}"
    name = {"citation": "ref", "formula": "tex", "formula_block": "tex"}.get(kind)
    return str(facts.get(name, "") if name else node.get("text", ""))
