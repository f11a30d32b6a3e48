"""What a page of a case may hold, and the two lenses through which a snapshot becomes one.

`AudienceLens` asks the rule and gives `ShownText`; `FullLens` is for the fully cleared and gives `OpenText`. Both fill the same
classes, so a live page and an edition can't drift apart; an `OpenText` has no JSON, so nothing live can be stored as an edition.
"""

from __future__ import annotations

import contextlib
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Final, Generic, Protocol, TypeVar, dataclass_transform

from cases.redaction import (
    Audience,
    Presence,
    Redacted,
    Register,
    Shown,
    Withheld,
    presence,
    redact,
    shown_attribute,
    withheld,
)
from cases.refs import REFERENCE_TYPES
from prose.anchors import HiddenMap
from prose.marked import MarkedText
from prose.nodes import Json
from prose.shown import FullClearance, OpenText, ShownText, open_text

T = TypeVar("T")
Words = TypeVar("Words", ShownText, OpenText)
Words_co = TypeVar("Words_co", ShownText, OpenText, covariant=True)
_DERIVE: Final = object()


class NotAProjection(TypeError):
    """A class or value would carry something that the rule did not make."""


@dataclass(frozen=True, slots=True)
class Derived(Generic[T]):
    """Something worked out from finished projections alone. Made by `derive`."""

    value: T
    made_by: object

    def __post_init__(self) -> None:
        if self.made_by is not _DERIVE:
            raise NotAProjection("a derived value is made by derive()")


def derive(function: Callable[..., T], first: object, *more: object) -> Derived[T]:
    """`function(first, *more)`, where every part is a projection or a tuple of them."""
    for part in (first, *more):
        _require_projection(part)
    return Derived(function(first, *more), _DERIVE)


def _require_projection(part: object) -> None:
    if isinstance(part, tuple):
        for one in part:
            _require_projection(one)
    elif type(part) not in PROJECTIONS and not isinstance(part, Withheld | Shown | Derived):
        raise NotAProjection(f"{type(part).__name__} is not a projection")


PROJECTIONS: set[type] = set()


@dataclass_transform(frozen_default=True, kw_only_default=True)
def projection(cls: type[T]) -> type[T]:
    """Make a frozen dataclass whose fields can hold only what the rule made. Raises NotAProjection."""
    made: type[T] = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    with contextlib.suppress(NameError):  # names a class that is yet to be made: `check_projections` looks at it
        _check(made)
    PROJECTIONS.add(made)
    return made


def check_projections() -> None:
    """Look at every field of every projection once all classes exist, forward references included."""
    for cls in PROJECTIONS:
        _check(cls)


def _check(cls: type) -> None:
    for name, hint in typing.get_type_hints(cls).items():
        if not _may_hold(hint):
            raise NotAProjection(f"{cls.__name__}.{name} may not be {hint}")


def _may_hold(hint: object) -> bool:
    if hint in (ShownText, Withheld, Words, types.NoneType) or hint in REFERENCE_TYPES or hint in PROJECTIONS:
        return True
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Shown, Derived):
        return all(map(_is_plain, arguments))
    if origin in PROJECTIONS:
        return all(argument in (ShownText, Words) for argument in arguments)
    if origin in (tuple, typing.Union, types.UnionType):
        return all(_may_hold(argument) for argument in arguments if argument is not Ellipsis)
    return False


def _is_plain(hint: object) -> bool:
    """Whether this is a value of its own: no text with marks, nor anything that could hold one."""
    if isinstance(hint, type) and issubclass(hint, bool | int | str | date | Enum | types.NoneType):
        return True
    if typing.get_origin(hint) in (tuple, typing.Union, types.UnionType):
        return all(_is_plain(argument) for argument in typing.get_args(hint) if argument is not Ellipsis)
    return False


class Lens(Protocol[Words_co]):
    """A way to look at a snapshot."""

    def words(self, text: MarkedText) -> Words_co:
        """The text as this lens shows it."""

    def attribute(self, ref: str, name: str, value: T) -> Shown[T] | Withheld:
        """An attribute of an object."""

    def presence(self, ref: str) -> Presence:
        """Whether an object or link is open, masked or left out."""

    def mask(self, ref: str) -> Withheld:
        """What stands in place of a masked object or link."""


class AudienceLens:
    """What one audience sees. Remembers the private map of every text that it showed."""

    def __init__(self, register: Register, audience: Audience) -> None:
        self._register, self._audience = register, audience
        self._seen: dict[str, Redacted] = {}
        self.maps: dict[str, tuple[int, HiddenMap]] = {}

    def words(self, text: MarkedText) -> ShownText:
        """The rule, once per text."""
        if text.key not in self._seen:
            self._seen[text.key] = redact(text, self._audience)
            self.maps[text.key] = (text.version, self._seen[text.key].hidden_map)
        return self._seen[text.key].shown

    def attribute(self, ref: str, name: str, value: T) -> Shown[T] | Withheld:
        """The rule on an attribute."""
        return shown_attribute(value, self._register.on_attribute(ref, name), self._audience)

    def presence(self, ref: str) -> Presence:
        """The rule on an object."""
        return presence(self._register.on_object(ref), self._audience)

    def mask(self, ref: str) -> Withheld:
        """What the audience reads instead."""
        return withheld(self._register.on_object(ref), self._audience)


class FullLens:
    """Everything, for those whom the access check gave a clearance; says what is hidden from whom."""

    def __init__(self, register: Register, clearance: FullClearance, audiences: tuple[Audience, ...]) -> None:
        self._register, self._clearance, self._audiences = register, clearance, audiences

    def words(self, text: MarkedText) -> OpenText:
        """The whole text."""
        return open_text(text, self._clearance)

    def attribute(self, ref: str, name: str, value: T) -> Shown[T] | Withheld:
        """The value, and who loses it."""
        marks = (
            f"{audience.name} · {redaction.ref}"
            for redaction in self._register.on_attribute(ref, name)
            for audience in self._audiences
            if redaction.hides_from(audience)
        )
        return Shown(value, tuple(marks))

    def presence(self, ref: str) -> Presence:
        """Nothing is left out."""
        return Presence.OPEN

    def mask(self, ref: str) -> Withheld:
        """Never asked: nothing is masked."""
        return Withheld(())


def to_json(value: object) -> Json:
    """A finished projection as JSON. Raises NotAProjection on anything else, live words first of all."""
    if isinstance(value, ShownText):
        return value.to_json()
    if isinstance(value, Withheld):
        return {"withheld": list(value.items)}
    if isinstance(value, Shown):
        return {"value": _plain(value.value), "marked": list(value.marked)}
    if isinstance(value, Derived):
        return _plain(value.value)
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if value is None or type(value) is str:  # a reference; bare strings can't be declared
        return value
    if type(value) not in PROJECTIONS or not is_dataclass(value):
        raise NotAProjection(f"{type(value).__name__} can't leave")
    content: dict[str, Json] = {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    return {"part": type(value).__name__, **content}


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | int | str):
        return value if not hasattr(value, "value") else str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value)
