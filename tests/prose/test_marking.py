"""Marking words: every leaf of the selection carries the mark afterwards, and nothing else is touched; or nothing is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep

from prose.anchors import Span
from prose.content import check_content, plain_text
from prose.marked import MarkedContent, content_to_json, parsed
from prose.marking import CannotMark, mark_range
from prose.nodes import LEAVES, Node, node_to_json
from prose.schema import TextSchema, schema_for

Raw = dict[str, Any]
BODY, LINE = TextSchema.BODY, TextSchema.LINE


def words(text: str, *refs: str) -> Raw:
    marks = [{"type": "redaction", "attrs": {"ref": ref}} for ref in refs]
    return {"type": "text", "text": text, **({"marks": marks} if marks else {})}


def node(kind: str, *content: Raw, **attrs: Any) -> Raw:
    return {"type": kind, **({"attrs": attrs} if attrs else {}), **({"content": list(content)} if content else {})}


def p(*content: str | Raw) -> Raw:
    return node("paragraph", *(words(one) if isinstance(one, str) else one for one in content))


IMAGE = node("image", file="f-aaaaaaaaaaaaaaaa", alt="A plan")
EVERYTHING = node(
    "doc",
    p("One 🔒 two ", node("citation", ref="C-AAAA"), node("hard_break"), node("formula", tex="x"), " three"),
    node("heading", words("Four"), level=2),
    node("blockquote", p("five"), p()),
    node("code_block", words("six\nseven")),
    node("bullet_list", node("list_item", p("eight"), node("horizontal_rule")), node("list_item", p("nine"))),
    node("table", node("table_row", node("table_header", p("ten")), node("table_cell", p("eleven"), p("twelve")))),
    node("figure", IMAGE, node("caption", words("thirteen"))),
    node("transcript", node("turn", node("speaker", words("Ada")), p("fourteen")), node("elision")),
    node("horizontal_rule"),
    node("formula_block", tex="y"),
    p("fifteen", node("footnote", words("sixteen"), node("citation", ref="C-BBBB")), "seventeen"),
    p(),
)


def content_of(raw: Raw, kind: TextSchema = BODY) -> MarkedContent:
    return MarkedContent(check_content(raw, kind))


def refs_by_leaf(root: Node) -> list[tuple[int, Node, int, frozenset[str]]]:
    """Position, leaf, size and redactions of every leaf; words are cut into single units so that documents compare."""
    out: list[tuple[int, Node, int, frozenset[str]]] = []

    def walk(parent: Node, start: int) -> None:
        position = start
        for child in parent.content:
            if child.is_text:
                units = child.text.encode("utf-16-le")
                for index in range(len(units) // 2):
                    unit = Node("text", text=units[2 * index : 2 * index + 2].hex())
                    out.append((position + index, unit, 1, child.refs()))
            elif child.type in LEAVES:
                out.append((position, Node(child.type, child.attrs), 1, child.refs()))
            else:
                walk(child, position + 1)
            position += child.size

    walk(root, 0)
    return out


WHOLE = parsed(content_of(EVERYTHING)).content_size


@settings(max_examples=400)
@given(st.integers(0, WHOLE), st.integers(0, WHOLE))
def test_every_leaf_of_the_selection_is_marked_and_no_other(start: int, end: int) -> None:
    content, span = content_of(EVERYTHING), Span(start, end)
    before = refs_by_leaf(parsed(content))
    inside = [(position, leaf) for position, leaf, size, _ in before if position < end and position + size > start]
    try:
        marked, steps = mark_range(content, BODY, span, "R-AAAA")
    except CannotMark:
        assert start >= end or not inside or half_of_a_pair(before, span)
        assert refs_by_leaf(parsed(content)) == before
        return
    assert inside
    expected = [
        (position, leaf, size, frozenset({"R-AAAA"}) if (position, leaf) in inside else frozenset())
        for position, leaf, size, _ in before
    ]
    assert refs_by_leaf(parsed(marked)) == expected
    assert content_to_json(replayed(content, steps)) == content_to_json(marked)
    assert check_content(json.loads(content_to_json(marked)), BODY) == parsed(marked)  # stored in the one spelling
    assert refs_by_leaf(parsed(content)) == before  # what was given is as it was


def half_of_a_pair(leaves: list[tuple[int, Node, int, frozenset[str]]], span: Span) -> bool:
    """Whether the selection cuts a character of two units."""
    low = {
        position
        for position, leaf, _, _ in leaves
        if leaf.type == "text" and leaf.text[2] == "d" and leaf.text[3] in "cdef"
    }
    return span.start in low or span.end in low


def replayed(content: MarkedContent, steps: list[Any]) -> MarkedContent:
    """What the log says, done again from the start."""
    document = LibraryNode.from_json(schema_for(BODY), json.loads(content_to_json(content)))
    for raw in steps:
        document = LibraryStep.from_json(schema_for(BODY), raw).apply(document).doc
    return content_of(document.to_json())


def kinds_marked(raw: Raw, span: Span, kind: TextSchema = BODY) -> list[tuple[str, str]]:
    marked, _ = mark_range(content_of(raw, kind), kind, span, "R-AAAA")
    return [(leaf.type, plain_text(leaf)) for leaf in parsed(marked).leaves() if leaf.refs()]


def test_node_marks_lie_on_pictures_rules_and_formulas() -> None:
    raw = node("doc", p("a"), node("figure", IMAGE), node("horizontal_rule"), node("formula_block", tex="y"), p("b"))
    assert kinds_marked(raw, Span(3, 8)) == [("image", "A plan"), ("horizontal_rule", ""), ("formula_block", "y")]
    assert kinds_marked(raw, Span(4, 5)) == [("image", "A plan")]
    assert kinds_marked(raw, Span(1, 10))[0] == ("text", "a")


def test_selection_of_cells_marks_the_words_of_each() -> None:
    row = node(
        "table_row", node("table_header", p("head")), node("table_cell", p("one"), p("two")), node("table_cell", p("x"))
    )
    raw = node("doc", node("table", row))
    assert kinds_marked(raw, Span(5, 18)) == [("text", "ead"), ("text", "one"), ("text", "t")]


def test_selection_of_a_footnote_marks_its_words_and_not_those_around() -> None:
    raw = node("doc", p("ab", node("footnote", words("note")), "cd"))
    assert kinds_marked(raw, Span(4, 8)) == [("text", "note")]
    assert kinds_marked(raw, Span(2, 10)) == [("text", "b"), ("text", "note"), ("text", "c")]


def test_line_is_marked_across_its_citation() -> None:
    raw = node("doc", words("ab"), node("citation", ref="C-AAAA"), words("cd"))
    assert kinds_marked(raw, Span(1, 4), LINE) == [("text", "b"), ("citation", ""), ("text", "c")]


@pytest.mark.parametrize(
    ("raw", "span"),
    [
        (node("doc", p("abc")), Span(2, 2)),
        (node("doc", p("abc")), Span(3, 2)),
        (node("doc", p("abc")), Span(1, 99)),
        (node("doc", p("abc")), Span(0, 1)),
        (node("doc", p(), p()), Span(0, 4)),
        (node("doc", p("a"), p(), p("b")), Span(3, 5)),
    ],
)
def test_selection_without_words_is_refused(raw: Raw, span: Span) -> None:
    with pytest.raises(CannotMark, match="select"):
        mark_range(content_of(raw), BODY, span, "R-AAAA")


def test_selection_that_cuts_a_character_is_refused() -> None:
    with pytest.raises(CannotMark, match="select less"):
        mark_range(content_of(node("doc", p("a🔒b"))), BODY, Span(1, 3), "R-AAAA")


@pytest.mark.parametrize("refs", [("R-AAAA", "R-BBBB"), ("R-BBBB", "R-AAAA")])
def test_two_redactions_overlap_in_one_spelling(refs: tuple[str, str]) -> None:
    content = content_of(node("doc", p("abcd")))
    for ref, span in zip(
        refs, (Span(1, 4), Span(2, 5)) if refs[0] == "R-AAAA" else (Span(2, 5), Span(1, 4)), strict=True
    ):
        content, _ = mark_range(content, BODY, span, ref)
    expected = node("doc", p(words("a", "R-AAAA"), words("bc", "R-AAAA", "R-BBBB"), words("d", "R-BBBB")))
    assert node_to_json(parsed(content)) == node_to_json(check_content(expected, BODY))


def test_marking_twice_changes_nothing_more() -> None:
    once, _ = mark_range(content_of(EVERYTHING), BODY, Span(0, WHOLE), "R-AAAA")
    twice, steps = mark_range(once, BODY, Span(3, 9), "R-AAAA")
    assert (content_to_json(twice), steps) == (content_to_json(once), [])
