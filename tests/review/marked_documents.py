"""Documents of every shape with marks anywhere, small enough to meet: few words, many blocks."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from hypothesis import strategies as st
from prosemirror.model import Node as LibraryNode

from prose.covering import leaves_between
from prose.schema import TextSchema, schema_for

Raw = dict[str, Any]
REFS = ("R-AAAA", "R-BBBB")
KNOWN = frozenset(REFS)
WORDS = st.sampled_from(["one", "two", "Three", "secret", "sec", "ret", "key team", "is", ".", ", ", " ", "𝄞", "a-b"])
MARKS = st.lists(
    st.sampled_from(
        [{"type": "redaction", "attrs": {"ref": ref}} for ref in REFS]
        + [{"type": "em"}, {"type": "strong"}, {"type": "link", "attrs": {"href": "https://a.example"}}]
    ),
    unique_by=str,
    max_size=2,
)
REDACTED = st.lists(st.sampled_from([{"type": "redaction", "attrs": {"ref": ref}} for ref in REFS]), max_size=1)


def _node(kind: str, content: list[Raw], marks: list[Raw] | None = None, **attrs: Any) -> Raw:
    out: Raw = {"type": kind}
    out |= {"attrs": attrs} if attrs else {}
    out |= {"content": content} if content else {}
    return out | ({"marks": marks} if marks else {})


TEXT = st.builds(lambda text, marks: {"type": "text", "text": text, "marks": marks}, WORDS, MARKS)
PLAIN = st.builds(lambda text, marks: {"type": "text", "text": text, "marks": marks}, WORDS, REDACTED)
LEAF = st.builds(
    lambda leaf, marks: {**leaf, "marks": marks},
    st.sampled_from(
        [
            {"type": "hard_break"},
            {"type": "citation", "attrs": {"ref": "C-AAAA"}},
            {"type": "citation", "attrs": {"ref": "C-BBBB"}},
            {"type": "formula", "attrs": {"tex": "x"}},
        ]
    ),
    REDACTED,
)
NOTE = st.builds(lambda content: _node("footnote", content), st.lists(TEXT, min_size=1, max_size=3))
INLINE = st.lists(st.one_of(TEXT, TEXT, TEXT, LEAF, NOTE), max_size=6)
PARAGRAPH = st.builds(lambda content: _node("paragraph", content), INLINE)
HEADING = st.builds(lambda content, level: _node("heading", content, level=level), INLINE, st.integers(1, 3))
CODE = st.builds(lambda content: _node("code_block", content), st.lists(PLAIN, max_size=2))
IMAGE = st.builds(
    lambda alt, marks: _node("image", [], marks, file="f-aaaaaaaaaaaaaaaa", alt=alt),
    st.sampled_from(["one", "two"]),
    REDACTED,
)
CAPTION = st.builds(lambda content: _node("caption", content), INLINE)
FIGURE = st.builds(lambda image, caption: _node("figure", [image, *caption]), IMAGE, st.lists(CAPTION, max_size=1))
RULE = st.builds(lambda marks: _node("horizontal_rule", [], marks), REDACTED)
TURN = st.builds(
    lambda speaker, said: _node("turn", [_node("speaker", speaker), *said]),
    INLINE,
    st.lists(PARAGRAPH, min_size=1, max_size=2),
)
TRANSCRIPT = st.builds(lambda turns: _node("transcript", turns), st.lists(TURN, min_size=1, max_size=2))
SIMPLE = st.one_of(PARAGRAPH, PARAGRAPH, PARAGRAPH, HEADING, CODE, FIGURE, RULE, TRANSCRIPT)
ITEM = st.builds(lambda first, rest: _node("list_item", [first, *rest]), PARAGRAPH, st.lists(SIMPLE, max_size=1))
LIST = st.builds(_node, st.sampled_from(["bullet_list", "ordered_list"]), st.lists(ITEM, min_size=1, max_size=3))
QUOTE = st.builds(
    lambda content, marks: _node("blockquote", content, marks), st.lists(SIMPLE, min_size=1, max_size=2), REDACTED
)
CELL = st.builds(_node, st.sampled_from(["table_cell", "table_header"]), st.lists(PARAGRAPH, min_size=1, max_size=2))
TABLE = st.builds(
    lambda rows: _node("table", [_node("table_row", row) for row in rows]),
    st.lists(st.lists(CELL, min_size=1, max_size=2), min_size=1, max_size=2),
)
BODY = st.builds(
    lambda content: _node("doc", content),
    st.lists(st.one_of(SIMPLE, SIMPLE, SIMPLE, LIST, QUOTE, TABLE), min_size=1, max_size=5),
)
LINE = st.builds(lambda content: _node("doc", content), st.lists(st.one_of(TEXT, TEXT, LEAF), max_size=6))


@st.composite
def two_versions(draw: st.DrawFn, kind: str) -> tuple[Raw, Raw]:
    """Two documents, mostly with much in common: parts of one kept, dropped, mixed with others, marked otherwise."""
    documents = BODY if kind == "body" else LINE
    one, other = draw(documents), draw(documents)
    if draw(st.integers(0, 3)) == 0:
        return one, other
    content = one.get("content", [])
    mixed = [block for block in content if draw(st.integers(0, 3))]
    for block in other.get("content", []):
        if draw(st.booleans()):
            mixed.insert(draw(st.integers(0, len(mixed))), block)
    mixed = [_marked(draw, block) for block in mixed] or other.get("content", [])
    return one, _node("doc", mixed)


def _marked(draw: st.DrawFn, node: Raw) -> Raw:
    """The same with another redaction, or none, on some of its words."""
    if node["type"] == "text" and draw(st.integers(0, 3)) == 0:
        kept = [mark for mark in node.get("marks", []) if mark["type"] != "redaction"]
        return {**node, "marks": [*draw(REDACTED), *kept]}
    if "content" in node:
        return {**node, "content": [_marked(draw, child) for child in node["content"]]}
    return node


def document(raw: Raw, kind: TextSchema = TextSchema.BODY) -> LibraryNode:
    """As the library has it."""
    return LibraryNode.from_json(schema_for(kind), raw)


def shown_words(node: LibraryNode, cleared: frozenset[str] = frozenset()) -> set[str]:
    """Every word that somebody reads who is cleared for these redactions: an independent, naive reading."""
    found: set[str] = set()
    fragment, end = "", -1
    for leaf in leaves_between(node, 0, node.content.size):
        open_ = leaf.node.is_text and leaf.refs <= cleared
        if not open_ or leaf.start != end:
            found |= _words(fragment)
            fragment = ""
        if open_:
            found |= _addresses(leaf.node)
            fragment, end = fragment + leaf.text, leaf.end
        elif leaf.refs <= cleared and leaf.node.attrs:
            found.add(_other(leaf.node))
    return found | _words(fragment)


def hidden_words(node: LibraryNode, cleared: frozenset[str] = frozenset()) -> set[str]:
    """Every word that is hidden from that reader: hidden letters of it, and the whole of which they are part."""
    found: set[str] = set()
    letters: list[tuple[str, frozenset[str]]] = []
    end = -1
    for leaf in leaves_between(node, 0, node.content.size):
        if leaf.start != end or not leaf.node.is_text:
            found |= _hidden_in(letters)
            letters = []
        if leaf.refs - cleared:
            found |= _addresses(leaf.node)
        if leaf.node.is_text:
            letters += [(letter, leaf.refs - cleared) for letter in leaf.text]
            end = leaf.end
        elif leaf.refs - cleared and leaf.node.attrs:
            found.add(_other(leaf.node))
    return found | _hidden_in(letters)


def _hidden_in(letters: list[tuple[str, frozenset[str]]]) -> set[str]:
    words = "".join(letter for letter, _ in letters)
    whole = {
        word[0].casefold()
        for word in re.finditer(r"\w+", words)
        if any(refs for _, refs in letters[slice(*word.span())])
    }
    runs = (("".join(letter for letter, _ in run), refs) for refs, run in groupby(letters, key=lambda one: one[1]))
    return whole.union(*(_words(run) for run, refs in runs if refs))


def _other(node: LibraryNode) -> str:
    return f"{node.type.name} {dict(node.attrs)}"


def _addresses(node: LibraryNode) -> set[str]:
    return {str(mark.attrs["href"]) for mark in node.marks if mark.type.name == "link"}


def _words(fragment: str) -> set[str]:
    return set(re.findall(r"\w+", fragment.casefold()))
