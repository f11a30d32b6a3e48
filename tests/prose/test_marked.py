"""Text with marks has no way out of its own, and nobody can make shown text or a clearance but those who may."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.template import Context, Engine
from django.utils.html import conditional_escape, escape

from cases.redaction import EMPTY_REGISTER, Audience, redact
from prose import shown
from prose.inside import document_of, register_of
from prose.marked import MarkedContent, MarkedText, NoWayOut, content_to_json, parsed
from prose.nodes import Node
from prose.schema import TextSchema
from prose.shown import Forged, FullClearance, OpenText, ShownText, open_text

SCOPE, OTHER = UUID(int=1), UUID(int=2)
STORED = '{"type":"doc","content":[{"type":"text","text":"canary"}]}'


def content() -> MarkedContent:
    return MarkedContent(STORED)


def text() -> MarkedText:
    return MarkedText(
        key="t-a", kind=TextSchema.LINE, version=3, scope=SCOPE, content=content(), register=EMPTY_REGISTER
    )


def in_template(value: object) -> object:
    return Engine().from_string("{{ value }}").render(Context({"value": value}))


# Any stands for what the caller wrongly takes the value for.
WAYS: dict[str, Callable[[Any], object]] = {
    "str": str,
    "format": lambda value: f"{value}",
    "format with a width": lambda value: f"{value:>10}",
    "percent": lambda value: "%s" % (value,),  # noqa: UP031  # one of the ways
    "bytes": bytes,
    "iterate": list,
    "length": len,
    "truth": bool,
    "index": lambda value: value[0],
    "contains": lambda value: "canary" in value,
    "equal": lambda value: value == value,  # noqa: PLR0124  # even with itself
    "not equal": lambda value: value != "canary",
    "less": lambda value: value < "canary",
    "less or equal": lambda value: value <= "canary",
    "greater": lambda value: value > "canary",
    "greater or equal": lambda value: value >= "canary",
    "hash": hash,
    "json": json.dumps,
    "json with str": lambda value: json.dumps(value, default=str),
    "pickle": pickle.dumps,
    "old pickle": lambda value: pickle.dumps(value, protocol=0),
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
    "html": escape,
    "conditional html": conditional_escape,
    "template": in_template,
    "add": lambda value: "x" + value,
    "join": lambda value: "".join([value]),
    "vars": vars,
}


@pytest.mark.parametrize("make", [content, text])
@pytest.mark.parametrize("way", WAYS)
def test_text_with_marks_has_no_way_out(way: str, make: Callable[[], object]) -> None:
    with pytest.raises(TypeError) as caught:
        WAYS[way](make())
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("make", [content, text])
def test_text_with_marks_always_looks_the_same(make: Callable[[], object]) -> None:
    assert repr(make()) == "<text with marks>"
    assert f"{make()!r}" == "<text with marks>"
    assert repr([make()]) == "[<text with marks>]"


def test_refusal_says_where_to_go() -> None:
    with pytest.raises(NoWayOut, match=r"redact\(\) or open_text\(\)"):
        str(text())


def test_content_is_parsed_once_and_stored_in_one_spelling() -> None:
    stored = content()
    assert content_to_json(stored) == STORED
    assert parsed(stored) is parsed(stored)
    assert content_to_json(stored) == '{"content":[{"text":"canary","type":"text"}],"type":"doc"}'


@pytest.mark.parametrize("maker", [None, object(), "rule", True])
def test_shown_text_and_clearance_are_not_forged(maker: object) -> None:
    with pytest.raises(Forged):
        ShownText("t-a", TextSchema.LINE, Node("doc"), maker)
    with pytest.raises(Forged):
        FullClearance(SCOPE, maker)


def test_clearance_of_one_kind_is_no_licence_for_the_other() -> None:
    with pytest.raises(Forged):
        ShownText("t-a", TextSchema.LINE, Node("doc"), shown._ACCESS_CHECK)
    with pytest.raises(Forged):
        FullClearance(SCOPE, shown._RULE)


def test_fully_cleared_open_texts_of_their_own_scope() -> None:
    clearance = FullClearance(SCOPE, shown._ACCESS_CHECK)
    opened = open_text(text(), clearance)
    assert opened == OpenText("t-a", TextSchema.LINE, 3, document_of(text()))
    assert "canary" not in repr(opened)
    with pytest.raises(Forged):
        open_text(text(), FullClearance(OTHER, shown._ACCESS_CHECK))


def test_rule_makes_shown_text() -> None:
    read = redact(text(), Audience("public", "Public", outward=True))
    assert read.shown.to_json() == {
        "text": "t-a",
        "content": {"type": "doc", "content": [{"type": "text", "text": "canary"}]},
    }
    assert read.shown.to_plain() == "canary"
    assert register_of(text()) is EMPTY_REGISTER


def test_text_bound_to_no_register_hides_all_that_is_marked() -> None:
    marked = '{"type":"doc","content":[{"type":"text","text":"canary","marks":[{"type":"redaction","attrs":{"ref":"R-AAA"}}]}]}'
    unbound = MarkedText(
        key="t-a",
        kind=TextSchema.LINE,
        version=0,
        scope=SCOPE,
        content=MarkedContent(marked),
        register={"R-AAA": "lifted"},
    )
    assert redact(unbound, Audience("public", "Public", outward=True)).shown.to_plain() == "[withheld]"
