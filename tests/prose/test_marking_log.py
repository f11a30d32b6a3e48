"""Marking words in a stored text: the log, selections of an older version, and refusals that write nothing."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.utils import timezone

from prose.actions import mark_words
from prose.anchors import Span
from prose.content import plain_text
from prose.marked import MarkedContent, content_to_json, parsed
from prose.marking import CannotMark
from prose.models import Step, Text
from tests.prose.test_anchors import INSERT
from tests.prose.test_marking import BODY, Raw, content_of, node, p, replayed


@pytest.fixture
def text(db: None) -> Text:
    """`one two three` at version 0."""
    content = content_of(node("doc", p("one two three")))
    return Text.objects.create(scope_id=uuid4(), key="t-aaaaaaaaaaaaaaaa", kind=BODY, content=content)


def hide(text: Text, version: int, span: Span, ref: str = "R-AAAA") -> int:
    return mark_words(scope_id=text.scope_id, key=text.key, version=version, span=span, ref=ref, by_id=WHO)


WHO = uuid4()


def hidden(text: Text) -> list[tuple[str, list[str]]]:
    text.refresh_from_db()
    return [(plain_text(leaf), sorted(leaf.refs())) for leaf in parsed(text.content).leaves() if leaf.refs()]


def typed(text: Text, raw: Raw) -> None:
    """Steps that an author's editor sent."""
    text.refresh_from_db()
    text.content = replayed(text.content, [raw])
    text.version += 1
    text.save()
    Step.objects.create(
        text=text, version=text.version, operation_id=uuid4(), by_id=WHO, steps=MarkedContent(json.dumps([raw]))
    )


def test_step_log_says_who_when_and_what(text: Text) -> None:
    before = timezone.now()
    assert hide(text, 0, Span(5, 8)) == 1
    assert hide(text, 1, Span(1, 4), "R-BBBB") == 2
    first, second = text.log.order_by("version")
    assert (first.version, second.version, first.by_id, second.by_id) == (1, 2, WHO, WHO)
    assert before <= first.at <= second.at <= timezone.now()
    assert first.operation_id != second.operation_id
    assert json.loads(content_to_json(first.steps))[0]["mark"] == {"type": "redaction", "attrs": {"ref": "R-AAAA"}}
    assert hidden(text) == [("one", ["R-BBBB"]), ("two", ["R-AAAA"])]


def test_selection_of_an_older_version_is_carried_to_the_words_it_meant(text: Text) -> None:
    typed(text, INSERT)
    assert hide(text, 0, Span(5, 8)) == 2
    assert hidden(text) == [("two", ["R-AAAA"])]
    typed(text, {"stepType": "replace", "from": 4, "to": 8})
    hide(text, 1, Span(12, 17), "R-BBBB")
    assert hidden(text) == [("two", ["R-AAAA"]), ("three", ["R-BBBB"])]


def test_selection_whose_words_are_gone_is_refused(text: Text) -> None:
    typed(text, {"stepType": "replace", "from": 4, "to": 9})
    with pytest.raises(CannotMark, match="select some words first"):
        hide(text, 0, Span(5, 8))
    assert (hidden(text), text.version, text.log.count()) == ([], 1, 1)


@pytest.mark.parametrize("version", [1, 7, 2**40])
def test_selection_of_a_version_that_is_yet_to_come_is_refused(text: Text, version: int) -> None:
    with pytest.raises(CannotMark, match="load the page again"):
        hide(text, version, Span(5, 8))
    assert (hidden(text), text.version, text.log.count()) == ([], 0, 0)


@pytest.mark.parametrize("span", [Span(0, 1), Span(5, 99), Span(8, 5)])
def test_refused_selection_writes_nothing(text: Text, span: Span) -> None:
    with pytest.raises(CannotMark):
        hide(text, 0, span)
    assert (hidden(text), text.version, text.log.count()) == ([], 0, 0)


def test_text_is_found_in_its_own_scope_only(text: Text) -> None:
    for scope_id, key in ((uuid4(), text.key), (text.scope_id, "t-bbbbbbbbbbbbbbbb")):
        with pytest.raises(Text.DoesNotExist):
            mark_words(scope_id=scope_id, key=key, version=0, span=Span(1, 4), ref="R-AAAA", by_id=WHO)
    assert hidden(text) == []
