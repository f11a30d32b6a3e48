"""A value on its way out: forged ones are refused, and so is everything that the rule did not make."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import CharField, JSONField, Serializer

from cases import projection as module
from cases.projection import Derived, NotAProjection, Words, derive, to_json
from cases.redaction import EMPTY_REGISTER, Audience, Shown, redact
from cases.refs import ClaimRef
from prose.marked import MarkedContent, MarkedText
from prose.nodes import Node
from prose.schema import TextSchema
from prose.shown import OpenText, ShownText
from tests.cases.test_projection_types import Part

CANARY = "canary"
SCOPE = UUID(int=1)


def marked() -> MarkedText:
    content = MarkedContent(json.dumps({"type": "doc", "content": [{"type": "text", "text": CANARY}]}))
    return MarkedText(key="t-a", kind=TextSchema.LINE, version=0, scope=SCOPE, content=content, register=EMPTY_REGISTER)


def shown() -> ShownText:
    return redact(marked(), Audience("public", "Public", outward=True, cleared=frozenset())).shown


def opened() -> OpenText:
    return OpenText("t-a", TextSchema.LINE, 0, Node("doc", content=(Node("text", text=CANARY),)))


def part(words: Any) -> Part[Any]:
    return Part(ref=ClaimRef("C-AAAA"), words=words)


def test_shown_words_leave_as_json() -> None:
    content = {"type": "doc", "content": [{"type": "text", "text": CANARY}]}
    assert to_json(part(shown())) == {"part": "Part", "ref": "C-AAAA", "words": {"text": "t-a", "content": content}}


@dataclasses.dataclass(frozen=True)
class NoProjection:
    """A dataclass that nobody declared."""

    words: str = CANARY


class Undeclared(Part[Words]):
    """A subclass of a projection is none."""


LIVE: dict[str, Callable[[], object]] = {
    "marked": marked,
    "open": opened,
    "content": lambda: marked()._content,
    "node": lambda: opened().document,
    "dataclass": NoProjection,
    "subclass": lambda: Undeclared(ref=ClaimRef("C-AAAA"), words=shown()),
    "dict": lambda: {"words": CANARY},
    "list": lambda: [shown()],
    "number": lambda: 7,
    "truth": lambda: True,
    "date": lambda: date(2026, 1, 1),
    "class": lambda: Part,
}


@pytest.mark.parametrize("name", LIVE)
@pytest.mark.parametrize("wrap", [lambda v: v, lambda v: (v,), part], ids=["bare", "tuple", "part"])
def test_anything_else_can_not_leave(name: str, wrap: Callable[[object], object]) -> None:
    with pytest.raises(NotAProjection) as refused:
        to_json(wrap(LIVE[name]()))
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize("value", ["marked", "open"])
@pytest.mark.parametrize("wrap", [Shown, lambda v: derive(lambda _: v, part(shown()))], ids=["shown", "derived"])
def test_live_words_do_not_leave_inside_a_value(value: str, wrap: Callable[[object], object]) -> None:
    """A class with such a field is refused; the value, made all the same, is too."""
    try:
        out = json.dumps(to_json(wrap(LIVE[value]())))
    except TypeError:
        return
    assert CANARY not in out


def test_open_text_has_no_json() -> None:
    assert not hasattr(opened(), "to_json")
    assert CANARY not in repr(opened())
    for dump in (json.dumps, JSONRenderer().render):
        with pytest.raises(TypeError):
            dump({"words": opened()})


class AsSerialized(Serializer[Any]):
    """What somebody may write who forgot to ask the rule."""

    words = CharField()


class AsJson(Serializer[Any]):
    """The same with another field."""

    words = JSONField()


@pytest.mark.parametrize("serializer", [AsSerialized, AsJson])
def test_text_with_marks_is_not_serialized(serializer: type[Serializer[Any]]) -> None:
    with pytest.raises(TypeError):
        JSONRenderer().render(serializer({"words": marked()}).data)
    for value in ({"words": marked()}, [marked()], {"words": marked()._content}):
        with pytest.raises(TypeError):
            JSONRenderer().render(value)


def test_derived_value_is_made_of_projections_alone() -> None:
    rows = (part(shown()), part(shown()))
    assert derive(len, rows).value == 2
    assert derive(len, ()).value == 0
    assert derive(lambda one, more: (one.value, len(more)), derive(len, rows), rows).value == (2, 2)
    for raw in (
        CANARY,
        7,
        marked(),
        opened(),
        NoProjection(),
        [part(shown())],
        (part(shown()), CANARY),
        {"a": 1},
        None,
    ):
        with pytest.raises(NotAProjection):
            derive(lambda value: value, raw)
        with pytest.raises(NotAProjection):
            derive(lambda first, value: value, rows, raw)


def test_derived_value_needs_something_to_be_derived_from() -> None:
    with pytest.raises(TypeError):
        derive(lambda: CANARY)  # type: ignore[call-arg]  # what is refused


@pytest.mark.parametrize("maker", [None, object(), True, "derive", module])
def test_derived_value_is_not_forged(maker: object) -> None:
    with pytest.raises(NotAProjection, match=r"made by derive\(\)"):
        Derived(7, maker)
    with pytest.raises((NotAProjection, TypeError)):
        dataclasses.replace(derive(len, ()), made_by=maker)
