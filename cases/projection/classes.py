"""What a page of a case may hold: classes whose fields can take only what the rule made. Others are refused when they are made."""

from __future__ import annotations

import contextlib
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, Generic, TypeVar, dataclass_transform

from cases.redaction import Shown, Withheld
from cases.refs import REFERENCE_TYPES
from prose.shown import OpenText, ShownText

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
