"""Everything of some kinds in finished pages, however deep. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TypeVar

T = TypeVar("T")


def all_in(part: object, *kinds: type[T]) -> Iterator[T]:
    """What is of one of the kinds, in the order of the page and as often as it stands there. Nothing is looked for inside of it."""
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if isinstance(one, kinds):
            yield one
        elif isinstance(one, tuple):
            waiting.extend(reversed(one))
        else:
            waiting.extend([getattr(one, name) for name in _names(type(one))])  # type: ignore[arg-type]  # a class can be hashed


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Of the fields of a part of a page, the last first."""
    return tuple(field.name for field in reversed(fields(kind))) if is_dataclass(kind) else ()
