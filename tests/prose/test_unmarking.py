"""Unmarking words: the selected leaves lose the mark and nothing else changes; or nothing is written."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prose.actions import is_marked_somewhere, mark_words, unmark_words
from prose.anchors import Span
from prose.content import check_content
from prose.marked import content_to_json, parsed
from prose.marking import CannotMark, carries_mark, mark_range, unmark_range
from prose.models import Text
from tests.prose.test_marking import (
    BODY,
    EVERYTHING,
    WHOLE,
    content_of,
    half_of_a_pair,
    node,
    p,
    refs_by_leaf,
    replayed,
    words,
)


@settings(max_examples=400)
@given(st.integers(0, WHOLE), st.integers(0, WHOLE), st.integers(0, WHOLE), st.integers(0, WHOLE))
def test_selected_leaves_lose_the_mark_and_no_other(a: int, b: int, start: int, end: int) -> None:
    content, _ = mark_range(content_of(EVERYTHING), BODY, Span(0, WHOLE), "R-BBBB")
    try:
        content, _ = mark_range(content, BODY, Span(a, b), "R-AAAA")
    except CannotMark:
        return
    before = refs_by_leaf(parsed(content))
    inside = {position for position, _, size, _ in before if position < end and position + size > start}
    try:
        unmarked, steps = unmark_range(content, BODY, Span(start, end), "R-AAAA")
    except CannotMark:
        unhidden = [position for position, _, _, refs in before if position in inside and "R-AAAA" not in refs]
        assert start >= end or not inside or unhidden or half_of_a_pair(before, Span(start, end))
        return
    assert inside
    assert all("R-AAAA" in refs for position, _, _, refs in before if position in inside)
    expected = [(at, leaf, n, refs - {"R-AAAA"} if at in inside else refs) for at, leaf, n, refs in before]
    assert refs_by_leaf(parsed(unmarked)) == expected
    assert content_to_json(replayed(content, steps)) == content_to_json(unmarked)
    assert check_content(json.loads(content_to_json(unmarked)), BODY) == parsed(unmarked)


@pytest.mark.parametrize("span", [Span(1, 2), Span(4, 8), Span(2, 5), Span(1, 9)])
def test_selection_that_holds_a_word_that_was_not_hidden_is_refused(span: Span) -> None:
    content = content_of(node("doc", p("ab", words("cd", "R-AAAA"), "efgh")))
    with pytest.raises(CannotMark, match="not all of these words are hidden by R-AAAA"):
        unmark_range(content, BODY, span, "R-AAAA")


@pytest.mark.parametrize("span", [Span(3, 3), Span(5, 3), Span(3, 99)])
def test_selection_of_nothing_is_refused(span: Span) -> None:
    with pytest.raises(CannotMark, match="select some of the hidden words first"):
        unmark_range(content_of(node("doc", p(words("abcd", "R-AAAA")))), BODY, span, "R-AAAA")


def test_words_under_another_redaction_alone_are_refused() -> None:
    with pytest.raises(CannotMark):
        unmark_range(content_of(node("doc", p(words("abcd", "R-BBBB")))), BODY, Span(1, 3), "R-AAAA")


def test_word_that_looks_like_the_reference_is_no_mark() -> None:
    assert not carries_mark(content_of(node("doc", p("see R-AAAA"))), "R-AAAA")
    assert carries_mark(content_of(node("doc", p(words("x", "R-AAAA")))), "R-AAAA")


@pytest.fixture
def text(db: None) -> Text:
    """`one two three`, all of it hidden, at version 1."""
    content = content_of(node("doc", p("one two three")))
    text = Text.objects.create(scope_id=uuid4(), key="t-aaaaaaaaaaaaaaaa", kind=BODY, content=content)
    mark_words(scope_id=text.scope_id, key=text.key, version=0, span=Span(1, 14), ref="R-AAAA", by_id=WHO)
    return text


WHO = uuid4()


def show(text: Text, version: int, span: Span) -> int:
    return unmark_words(scope_id=text.scope_id, key=text.key, version=version, span=span, ref="R-AAAA", by_id=WHO)


def test_step_log_says_that_words_were_shown_again(text: Text) -> None:
    assert show(text, 1, Span(5, 9)) == 2
    step = text.log.get(version=2)
    assert (step.by_id, json.loads(content_to_json(step.steps))[0]["stepType"]) == (WHO, "removeMark")
    assert is_marked_somewhere(scope_id=text.scope_id, ref="R-AAAA")
    show(text, 2, Span(1, 5))
    show(text, 3, Span(9, 14))
    assert not is_marked_somewhere(scope_id=text.scope_id, ref="R-AAAA")


@pytest.mark.parametrize("version", [0, 2])
def test_selection_of_any_other_version_is_refused_and_never_carried(text: Text, version: int) -> None:
    with pytest.raises(CannotMark, match="this text has changed since"):
        show(text, version, Span(5, 8))
    text.refresh_from_db()
    assert (text.version, text.log.count()) == (1, 1)
