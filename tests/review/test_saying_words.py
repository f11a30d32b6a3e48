"""Anchors stay exact through whatever is typed, and a suggested wording changes exactly what differs. Random, with emoji and marks."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from prosemirror.model import Fragment, Slice
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import ReplaceStep, Transform

from pathways.models import Section
from prose.actions import BadSteps, accept_steps
from prose.anchors import Span
from prose.content import normalised
from prose.marked import parsed
from prose.models import Text
from prose.nodes import Node, node_from_json, node_to_json, utf16_length
from prose.schema import TextSchema, schema_for
from review.talk.about import AboutWords
from review.talk.atoms import atoms_of, said, trimmed
from review.talk.wording import CannotSuggest, Stretch, difference, is_whole, require_fit, steps_for, still_stands
from tests.case_builder import inline
from tests.review.saying import small_world, speak, text_of, threads
from tests.world import World

SCHEMA = schema_for(TextSchema.BODY)
WORDS = [
    "the",
    "limit",
    "is",
    "ten",
    "a",
    "a",
    "keys",
    ",",
    ".",
    "👩‍🔬",
    "🔒",
    "naïve",
    "e\u0301",
    "x-ray",
    "3.5",
    "(",
    ")",
]


def tree(document: LibraryNode) -> Node:
    return node_from_json(document.to_json())


def document_of(*paragraphs: list[dict[str, Any]]) -> LibraryNode:
    blocks = [{"type": "paragraph", "content": content} if content else {"type": "paragraph"} for content in paragraphs]
    stored = normalised(node_from_json({"type": "doc", "content": blocks}))
    return LibraryNode.from_json(SCHEMA, node_to_json(stored))


def plain(document: LibraryNode, *words: str) -> str:
    node = tree(document)
    return said(trimmed(atoms_of(node, Span(0, node.content_size))))


MARKS = [[], [{"type": "strong"}], [{"type": "em"}], [{"type": "redaction", "attrs": {"ref": "R-AAAA"}}]]


@st.composite
def paragraph(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Words, citations, breaks and footnotes with spaces between, some words half bold or hidden."""
    out: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["word"] * 6 + ["citation", "hard_break", "formula", "footnote"]))
        if kind == "word":
            marks = draw(st.sampled_from(MARKS))
            out.append({"type": "text", "text": draw(st.sampled_from(WORDS)), **({"marks": marks} if marks else {})})
        elif kind == "footnote":
            out.append({"type": "footnote", "content": [{"type": "text", "text": draw(st.sampled_from(WORDS))}]})
        else:
            attrs = {"citation": {"ref": "C-AAAA"}, "formula": {"tex": "x^2 + 1"}}.get(kind)
            out.append({"type": kind, **({"attrs": attrs} if attrs else {})})
        if draw(st.booleans()):
            out.append({"type": "text", "text": " "})
    return out


@st.composite
def wording(draw: st.DrawFn, words: str) -> str:
    """The words with some taken out, put in, doubled or moved."""
    pieces = words.split(" ")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(pieces)))
        what = draw(st.sampled_from(["in", "out", "double", "all"]))
        if what == "in":
            pieces.insert(at, draw(st.sampled_from(WORDS)))
        elif what == "out" and pieces:
            pieces.pop(min(at, len(pieces) - 1))
        elif what == "double":
            pieces = pieces[:at] + pieces[at - 1 : at] + pieces[at:]
        else:
            pieces = draw(st.lists(st.sampled_from(WORDS), max_size=6))
    return " ".join(pieces)


@given(st.data())
@settings(max_examples=300)
def test_accepting_everything_makes_the_text_read_as_it_was_typed(data: st.DataObject) -> None:
    document = document_of(*data.draw(st.lists(paragraph(), min_size=1, max_size=2)))
    node = tree(document)
    size = node.content_size
    start = data.draw(st.integers(0, size - 1))
    atoms = trimmed(atoms_of(node, Span(start, data.draw(st.integers(start + 1, size)))))
    if not atoms:
        return
    typed = data.draw(wording(said(atoms)))
    try:
        parts = difference(atoms, typed)
        require_fit(node, TextSchema.BODY, parts)
    except CannotSuggest:
        return
    changes = [part for part in parts if isinstance(part, Stretch)]
    assert "".join(part.was if isinstance(part, Stretch) else part.words for part in parts) == said(atoms)
    whole = [is_whole(node, part.held) for part in changes]
    assert all(still_stands(node, part.held, part.held_words, whole=w) for part, w in zip(changes, whole, strict=True))
    after = document
    for step in steps_for(document, node, [(part.at, part.words) for part in changes]):
        result = step.apply(after)
        assert result.doc is not None
        after = result.doc
    after.check()
    grown = after.content.size - size
    now = said(atoms_of(tree(after), Span(atoms[0].start, atoms[-1].end + grown)))
    assert now.strip() == " ".join(typed.split())
    assert leaves_outside(document, atoms, 0) == leaves_outside(after, atoms, grown)


def leaves_outside(document: LibraryNode, atoms: list[Any], grown: int) -> list[Any]:
    """The document before and after the atoms, as it is: nothing there may change."""
    before, after = document.slice(0, atoms[0].start), document.slice(atoms[-1].end + grown, document.content.size)
    return [before.to_json(), after.to_json()]


EXAMPLES = [
    ("The limit is **ten** tries.", "The limit is twelve tries.", [("ten", "twelve")]),
    ("The limit is ten.", "The hard limit is ten.", [("", "hard ")]),
    ("Kept by {C-AAAA}, says 🔒 Ann.", "Kept by C-AAAA, says 🔑 Ann.", [("🔒", "🔑")]),
    ("Ask 👩‍🔬 today.", "Ask 👨‍🔬 today.", [("👩‍🔬", "👨‍🔬")]),
    ("One two three.", "", [("One two three.", "")]),
    ("Keep  this.", "Keep that.", [("this", "that")]),
    ("Drop this word now.", "Drop word now.", [(" this", "")]),
    ("See {C-AAAA} there.", "See there.", [(" C-AAAA", "")]),
]


@pytest.mark.parametrize(("words", "typed", "changes"), EXAMPLES)
def test_only_the_words_that_differ_are_changed(words, typed, changes):
    content = [
        {**one, "marks": [{"type": "strong"}], "text": one["text"]} if one.get("text") == "ten" else one
        for part in words.split("**")
        for one in inline(part)
    ]
    document = document_of(content)
    node = tree(document)
    parts = difference(trimmed(atoms_of(node, Span(0, node.content_size))), typed)
    found = [(part.was, part.words) for part in parts if isinstance(part, Stretch)]
    assert [(was.strip(), now.strip()) for was, now in found] == [(was.strip(), now.strip()) for was, now in changes]


def test_words_that_come_take_the_formatting_of_those_that_go_and_no_other():
    bold = {"type": "text", "text": "ten big", "marks": [{"type": "strong"}]}
    document = document_of([{"type": "text", "text": "Say "}, bold, {"type": "text", "text": " tries."}])
    node = tree(document)
    atoms = trimmed(atoms_of(node, Span(0, node.content_size)))
    for typed, marked in (
        ("Say twelve big tries.", ["strong"]),
        ("Say ten big new tries.", []),
        ("Say ten very big tries.", ["strong"]),
    ):
        changes = [part for part in difference(atoms, typed) if isinstance(part, Stretch)]
        (step,) = steps_for(document, node, [(part.at, part.words) for part in changes])
        assert isinstance(step, ReplaceStep)
        assert [mark.type.name for mark in step.slice.content.first_child.marks] == marked


def test_paragraphs_and_figures_stay_as_they_are():
    document = LibraryNode.from_json(
        SCHEMA,
        {
            "type": "doc",
            "content": [
                {"type": "paragraph", "content": inline("One.")},
                {
                    "type": "figure",
                    "content": [{"type": "image", "attrs": {"file": "f-aaaaaaaaaaaaaaaa", "alt": "A picture"}}],
                },
                {"type": "paragraph", "content": inline("Two.")},
            ],
        },
    )
    node = tree(document)
    atoms = trimmed(atoms_of(node, Span(0, node.content_size)))
    with pytest.raises(CannotSuggest, match="stay as they are"):
        difference(atoms, "One. Two.")
    two = document_of(inline("One."), inline("Two."))
    atoms = trimmed(atoms_of(tree(two), Span(0, two.content.size)))
    with pytest.raises(CannotSuggest, match="stay as they are"):
        difference(atoms, "OneTwo.")
    assert [part.was for part in difference(atoms, "One! Two.") if isinstance(part, Stretch)] == ["."]


@pytest.mark.parametrize(
    ("edit", "stands"),
    [
        ((1, 1, "of"), False),
        ((4, 4, "th"), False),
        ((2, 3, "o"), False),
        ((1, 1, "of "), True),
        ((4, 4, " th"), True),
        ((5, 8, "x"), True),
    ],
)
def test_words_stand_only_as_whole_words(edit, stands):
    document = document_of(inline("ten tries."))
    start, end, words = edit
    step = ReplaceStep(start, end, Slice(Fragment.from_(SCHEMA.text(words)), 0, 0))
    after = Transform(document).step(step).doc
    span = Span(step.get_map().map(1, 1), step.get_map().map(4, -1))
    assert still_stands(tree(after), span, "ten") is stands


class AnchorsThroughEdits(TestCase):
    """The anchored words are what remains of the quoted ones, and what was typed inside them."""

    world: ClassVar[World]

    @classmethod
    def setUpTestData(cls) -> None:
        """One case for all examples; what an example does to it is rolled back."""
        cls.world = small_world()

    @given(st.data())
    @settings(max_examples=100)
    def test_anchor_stands_at_what_remains_of_the_quoted_words(self, data: st.DataObject) -> None:
        text = text_of(self.world, Section, "body", "S-AAAA")
        document = parsed(text.content)
        size = document.content_size
        start = data.draw(st.integers(0, size - 1))
        span = Span(start, data.draw(st.integers(start + 1, size)))
        atoms = trimmed(atoms_of(document, span))
        if not atoms:
            return
        speak(self.world, "Sten", AboutWords(text.key, 0, span))
        ours = [atoms[0].start <= at < atoms[-1].end for at in range(size)]  # for each position, whether it is quoted
        for _ in range(data.draw(st.integers(1, 5))):
            ours = self.edited(data, text, ours)
        (thread,) = threads(self.world)
        assert thread.quote == said(atoms)
        if any(ours):
            assert (thread.start, thread.end) == (ours.index(True), len(ours) - ours[::-1].index(True))
        else:
            assert thread.is_gone

    def edited(self, data: st.DataObject, text: Text, ours: list[bool]) -> list[bool]:
        """Somebody types, replaces or deletes inside a paragraph; what is quoted afterwards."""
        fresh = Text.objects.get(pk=text.pk)
        low, high = data.draw(st.sampled_from(textblocks(parsed(fresh.content))))
        first = data.draw(st.integers(low, high))
        last = data.draw(st.integers(first, high))
        words = data.draw(st.sampled_from(["", "x", "two words", "🔒"]))
        put: dict[str, Any] = {"slice": {"content": [{"type": "text", "text": words}]}} if words else {}
        if first == last and not words:
            return ours
        try:
            accept_steps(
                scope_id=self.world.case_id,
                key=fresh.key,
                version=fresh.version,
                operation_id=uuid.uuid4(),
                steps=[{"stepType": "replace", "from": first, "to": last, **put}],
                by_id=self.world.users["Jun"].pk,
                known=frozenset({"R-AAAA"}),
            )
        except BadSteps:  # half an emoji
            return ours
        quoted = [at for at, is_ours in enumerate(ours) if is_ours] or [-1]
        low, high = quoted[0], quoted[-1] + 1
        inside = low <= first and last <= high if first < last else low < first < high
        return [*ours[:first], *[inside] * utf16_length(words), *ours[last:]]


def textblocks(parent: Node, start: int = 0) -> list[tuple[int, int]]:
    """Where the content of each paragraph begins and ends."""
    found, position = [], start
    for child in parent.content:
        if child.type == "paragraph":
            found.append((position + 1, position + child.size - 1))
        position += child.size
    return found
