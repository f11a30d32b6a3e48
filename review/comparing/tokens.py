"""A shown document as a row of tokens: words, signs, bars, and breaks between blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from prose.nodes import Json, canonical

INLINE = frozenset({"text", "withheld", "citation", "formula", "hard_break", "footnote", "doc"})
PIECE = re.compile(r"\s+|\w+(?:[-’'.,·/]\w+)*|[^\w\s]")
WORD, BAR, BREAK, SPACE = "word", "bar", "break", "space"


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
    spaced = False
    for token in _tokens(document):
        if token.kind == BREAK:
            if out and out[-1].kind != BREAK:
                out.append(token)
            spaced = False
        elif token.kind == SPACE:
            spaced = True
        else:
            out.append(token._replace(spaced=spaced))
            spaced = False
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


def _tokens(node: Mapping[str, Json]) -> Iterator[Token]:
    kind, attrs = str(node.get("type")), node.get("attrs")
    facts = attrs if isinstance(attrs, dict) else {}
    if kind not in INLINE:
        yield BREAK_TOKEN
    if kind == "withheld":
        yield Token(BAR, canonical(facts.get("items")), refs=withheld_refs(facts.get("items")))
    elif kind == "hard_break":
        yield Token(SPACE)
    elif kind == "footnote":
        yield Token(SPACE)
        yield from _below(node)
    else:
        yield from _pieces(_words_on(kind, node, facts))
        yield from _below(node)
    if kind not in INLINE:
        yield BREAK_TOKEN


def _below(node: Mapping[str, Json]) -> Iterator[Token]:
    content = node.get("content")
    for child in content if isinstance(content, list) else ():
        if isinstance(child, dict):
            yield from _tokens(child)


def _words_on(kind: str, node: Mapping[str, Json], facts: Mapping[str, Json]) -> str:
    """The words that a node itself carries. A figure is told by its picture and its words for who can't see it."""
    if kind == "image":
        return f"[figure {facts.get('file', '')}] {facts.get('alt', '')}"
    name = {"citation": "ref", "formula": "tex", "formula_block": "tex"}.get(kind)
    return str(facts.get(name, "") if name else node.get("text", ""))


def _pieces(words: str) -> Iterator[Token]:
    for piece in PIECE.findall(words):
        yield Token(SPACE) if piece.isspace() else Token(WORD, piece)
