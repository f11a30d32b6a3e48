"""A text with its marks as a row of tokens: words, signs, and breaks between blocks, each with what hides it, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from prose.nodes import Node
from review.comparing.tokens import BREAK, INLINE, PIECE, WORD

Refs = frozenset[str]
Run = tuple[str, Refs]  # words, and the redactions that are marked on them
NONE: Refs = frozenset()
SPACE = "space"


class Token(NamedTuple):
    """A word or sign in runs of equal marks, or a break. `spaced`: whether a space stands before it.

    A word that is hidden in part is one token of several runs: to hide half a word changes no word.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    spaced: bool = False

    @property
    def words(self) -> str:
        """The word itself."""
        return "".join(words for words, _ in self.runs)

    @property
    def key(self) -> str:
        """What makes two tokens the same: not their marks."""
        return f"{self.kind} {self.words}"

    @property
    def is_word(self) -> bool:
        """Whether it counts as a word: signs and breaks do not."""
        return self.kind == WORD and any(sign.isalnum() for sign in self.words)

    @property
    def refs(self) -> Refs:
        """Every redaction on any part of it."""
        return NONE.union(*(refs for _, refs in self.runs))


BREAK_TOKEN = Token(BREAK)


def tokens_of(document: Node) -> list[Token]:
    """The tokens of a stored document; a break ends every block, the last one too. Formatting is no token."""
    out: list[Token] = []
    spaced = False
    for token in _tokens(document, NONE):
        if token.kind == BREAK:
            if out and out[-1].kind != BREAK:
                out.append(token)
            spaced = False
        elif token.kind == SPACE:
            spaced = True
        else:
            out.append(token._replace(spaced=spaced))
            spaced = False
    if out and out[-1].kind != BREAK:
        out.append(BREAK_TOKEN)
    return out


def _tokens(node: Node, around: Refs) -> Iterator[Token]:
    refs = around | node.refs()
    if node.type not in INLINE:
        yield BREAK_TOKEN
    if node.type in ("footnote", "hard_break"):
        yield Token(SPACE)
    if said := said_by(node):
        yield from _pieces([(said, refs)])
    together: list[Run] = []
    before = ""
    for child in node.content:
        if child.type == before == "citation":
            yield Token(SPACE)
        before = child.type
        if child.is_text:
            together.append((child.text, refs | child.refs()))
            continue
        yield from _pieces(together)
        together = []
        yield from _tokens(child, refs)
    yield from _pieces(together)
    if node.type not in INLINE:
        yield BREAK_TOKEN


def said_by(node: Node) -> str:
    """The words that a node itself carries. A figure is told by its picture and its words for who can't see it."""
    if node.type == "image":
        return f"[figure {node.attrs.get('file', '')}] {node.attrs.get('alt', '')}"
    name = {"citation": "ref", "formula": "tex", "formula_block": "tex"}.get(node.type)
    return str(node.attrs.get(name, "")) if name else ""


def _pieces(together: list[Run]) -> Iterator[Token]:
    """Words that stand together, whatever marks change within them."""
    runs = iter(together)
    words, refs = next(runs, ("", NONE))
    for piece in PIECE.findall("".join(words for words, _ in together)):
        parts: list[Run] = []
        wanted = len(piece)
        while wanted:
            while not words:
                words, refs = next(runs)
            part, words = words[:wanted], words[wanted:]
            wanted -= len(part)
            parts.append((part, refs))
        yield Token(SPACE) if piece.isspace() else Token(WORD, _merged(parts))


def _merged(parts: list[Run]) -> tuple[Run, ...]:
    out: list[Run] = []
    for words, refs in parts:
        if out and out[-1][1] == refs:
            out[-1] = (out[-1][0] + words, refs)
        else:
            out.append((words, refs))
    return tuple(out)
