"""Words in their sentence: every marked leaf is in an excerpt, at its own position, with about a sentence around it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from prose.anchors import Span
from prose.content import plain_text
from prose.excerpts import Excerpt, places_by_redaction
from prose.marked import parsed
from prose.marking import CannotMark, mark_range
from prose.nodes import Node
from tests.prose.test_marking import BODY, EVERYTHING, WHOLE, content_of, node, p, refs_by_leaf, words


def places(raw: dict[str, object]) -> dict[str, list[list[str]]]:
    found = places_by_redaction(parsed(content_of(raw)))
    return {ref: [[said(one) for one in place] for place in rows] for ref, rows in found.items()}


def said(excerpt: Excerpt) -> str:
    inside = "".join(plain_text(child) for child in excerpt.nodes)
    return f"{'…' if excerpt.cut_before else ''}{inside}{'…' if excerpt.cut_after else ''}"


def test_hidden_words_stand_in_their_own_sentence() -> None:
    raw = node("doc", p("First one. The keys are with ", words("the team", "R-AAAA"), " in Oslo. Last one."))
    assert places(raw) == {"R-AAAA": [["…The keys are with the team in Oslo.…"]]}


def test_whole_sentence_stands_alone() -> None:
    raw = node("doc", p("First. ", words("Second is hidden.", "R-AAAA"), " Third."))
    assert places(raw) == {"R-AAAA": [["…Second is hidden.…"]]}


def test_long_sentence_is_cut_between_words() -> None:
    raw = node("doc", p("word " * 80, words("secret", "R-AAAA"), " word" * 80))
    ((excerpt,),) = places_by_redaction(parsed(content_of(raw)))["R-AAAA"]
    (shown,) = places(raw)["R-AAAA"][0]
    assert shown.startswith("…word word")
    assert shown.endswith("word word…")
    assert len(shown) < 400
    assert excerpt.cut_before
    assert excerpt.cut_after


def test_mark_over_two_blocks_is_one_place_and_marks_apart_are_two() -> None:
    raw = node(
        "doc",
        p("One ", words("hidden", "R-AAAA")),
        p(words("still hidden", "R-AAAA"), " two"),
        p("Plain."),
        p(words("again", "R-AAAA")),
    )
    assert places(raw) == {"R-AAAA": [["One hidden", "still hidden two"], ["again"]]}


def test_overlapping_redaction_is_named_and_both_have_their_place() -> None:
    raw = node("doc", p("a ", words("b", "R-AAAA", "R-BBBB"), words("c", "R-AAAA")))
    found = places_by_redaction(parsed(content_of(raw)))
    assert {ref: rows[0][0].also for ref, rows in found.items()} == {
        "R-AAAA": frozenset({"R-BBBB"}),
        "R-BBBB": frozenset({"R-AAAA"}),
    }


@settings(max_examples=300)
@given(st.integers(0, WHOLE), st.integers(0, WHOLE))
def test_every_marked_leaf_is_shown_at_its_own_position(start: int, end: int) -> None:
    try:
        content, _ = mark_range(content_of(EVERYTHING), BODY, Span(start, end), "R-AAAA")
    except CannotMark:
        return
    document = parsed(content)
    marked = [(at, leaf) for at, leaf, _, refs in refs_by_leaf(document) if refs]
    shown = [
        (excerpt.start + at, leaf)
        for place in places_by_redaction(document)["R-AAAA"]
        for excerpt in place
        for at, leaf, _, refs in refs_by_leaf(Node("doc", content=excerpt.nodes))
        if refs
    ]
    assert shown == marked
