"""A projection can hold only what the rule made: other fields are refused when the class is made, and again at the start."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import Any, Generic, get_type_hints
from uuid import UUID

import pytest

from cases.projection import (
    PROJECTIONS,
    Derived,
    NotAProjection,
    Words,
    check_projections,
    projection,
)
from cases.redaction import Shown, Withheld
from cases.refs import ClaimRef
from prose.marked import MarkedContent, MarkedText
from prose.nodes import Node
from prose.shown import OpenText, ShownText


class Colour(Enum):
    """Any closed list."""

    RED = "red"


@pytest.fixture(autouse=True)
def projections_as_they_were() -> Iterator[None]:
    before = set(PROJECTIONS)
    yield
    PROJECTIONS.clear()
    PROJECTIONS.update(before)


@projection
class Part(Generic[Words]):
    """A projection as the rooms have them."""

    ref: ClaimRef
    words: Words


ALLOWED: list[Any] = [
    ClaimRef,
    ShownText,
    Withheld,
    Words,
    Part,
    Part[Words],
    Part[ShownText],
    Shown[int] | Withheld,
    Shown[Colour | None] | Withheld,
    Shown[date | None] | Withheld | None,
    Derived[int],
    Derived[tuple[str, ...]],
    tuple[Part[Words], ...],
    tuple[Part[Words] | Withheld, ...],
    ShownText | None,
]
REFUSED: list[Any] = [
    str,
    int,
    bool,
    float,
    bytes,
    date,
    UUID,
    Colour,
    Node,
    object,
    Any,
    dict[str, ShownText],
    list[ShownText],
    frozenset[ClaimRef],
    Callable[[], str],
    MarkedText,
    MarkedContent,
    OpenText,
    str | None,
    ShownText | str,
    ShownText | OpenText,
    tuple[str, ...],
    tuple[ShownText, str],
    tuple,
    Shown,
    Shown[MarkedText] | Withheld,
    Shown[OpenText] | Withheld,
    Shown[object],
    Shown[dict[str, str]],
    Derived[OpenText],
    Derived[MarkedText | None],
    Derived[tuple[OpenText, ...]],
    Part[OpenText],
    Part[str],
    tuple[Part[OpenText], ...],
]


def named(hint: object) -> str:
    return str(hint).replace("typing.", "")


def with_field(hint: Any) -> type:
    return type("Made", (), {"__annotations__": {"field": hint}, "__module__": __name__})


@pytest.mark.parametrize("hint", ALLOWED, ids=named)
def test_field_that_the_rule_makes_is_allowed(hint: Any) -> None:
    made = projection(with_field(hint))
    check_projections()
    assert made in PROJECTIONS
    with pytest.raises(dataclasses.FrozenInstanceError):
        made(field=None).field = "other"


@pytest.mark.parametrize("hint", REFUSED, ids=named)
def test_any_other_field_is_refused_when_the_class_is_made(hint: Any) -> None:
    with pytest.raises(NotAProjection, match=r"Made\.field may not be"):
        projection(with_field(hint))
    assert all(made.__name__ != "Made" for made in PROJECTIONS)


@pytest.mark.parametrize("hint", ["str", "LaterText", "tuple[LaterPart, ...]"])
def test_field_that_names_a_later_class_is_looked_at_at_the_start(hint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_field(hint) if hint != "str" else with_field("LaterText")
    projection(made)
    later = projection(with_field(ShownText))
    monkeypatch.setitem(globals(), "LaterPart", later)
    monkeypatch.setitem(globals(), "LaterText", str)
    if hint == "tuple[LaterPart, ...]":
        check_projections()
    else:
        with pytest.raises(NotAProjection, match=r"Made\.field may not be <class 'str'>"):
            check_projections()


def test_start_looks_at_every_projection_of_the_house() -> None:
    check_projections()
    rooms = {made.__module__.split(".")[0] for made in PROJECTIONS}
    fields = [hint for made in PROJECTIONS for hint in get_type_hints(made).values()]
    assert {"pathways", "evidence", "review"} <= rooms
    assert len(fields) > 50
