"""A finished projection as canonical JSON, and back: how an edition is stored, and read again to be amended or compared."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache

from cases.projection.classes import _DERIVE, PROJECTIONS, Derived, NotAProjection
from cases.redaction import Shown, Withheld
from prose import shown
from prose.nodes import Json, Node, node_from_json
from prose.schema import TextSchema
from prose.shown import ShownText


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


def from_json(raw: Json) -> object:
    """The projection that `to_json` wrote. Raises NotAProjection on what it did not write."""
    classes = {cls.__name__: cls for cls in PROJECTIONS}
    if not isinstance(raw, dict) or (cls := classes.get(str(raw.get("part")))) is None:
        raise NotAProjection("not a stored projection")
    return cls(**{name: _read(raw.get(name), hint) for name, hint in _hints(cls).items()})


@cache
def _hints(cls: type) -> dict[str, object]:
    return typing.get_type_hints(cls)


def _read(raw: Json, hint: object) -> object:
    if (kinds := _arguments_of(Derived, hint)) and raw is not None:
        return Derived(_plain_value(raw, kinds), _DERIVE)
    if isinstance(raw, list):
        kinds = _arguments_of(tuple, hint)
        return tuple(_read(one, kinds[0] if kinds else None) for one in raw)
    if isinstance(raw, dict) and "part" in raw:
        return from_json(raw)
    if isinstance(raw, dict) and "text" in raw and isinstance(document := raw.get("content"), dict):
        return _shown_text(str(raw["text"]), node_from_json(document))
    if isinstance(raw, dict) and isinstance(items := raw.get("withheld"), list):
        return Withheld(tuple(item for item in items if isinstance(item, dict)))
    if isinstance(raw, dict) and isinstance(marked := raw.get("marked"), list):
        value = _plain_value(raw.get("value"), _arguments_of(Shown, hint))
        return Shown(value, tuple(str(name) for name in marked))
    return raw


def _shown_text(key: str, document: Node) -> ShownText:
    """A line holds words at once, a body holds blocks; a body is never empty."""
    first = document.content[0].type if document.content else "text"
    kind = TextSchema.LINE if first in INLINE else TextSchema.BODY
    return ShownText(key, kind, document, shown._RULE)


INLINE = frozenset({"text", "hard_break", "citation", "formula", "withheld"})


def _arguments_of(origin: type, hint: object) -> tuple[object, ...]:
    """What stands in the brackets of that type, wherever it is among the alternatives."""
    if typing.get_origin(hint) is origin:
        return tuple(one for one in typing.get_args(hint) if one is not Ellipsis)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        for alternative in typing.get_args(hint):
            if found := _arguments_of(origin, alternative):
                return found
    return ()


def _plain_value(raw: Json, hints: tuple[object, ...]) -> object:
    """A value of one of these kinds from its JSON."""
    for hint in hints:
        if typing.get_origin(hint) in (typing.Union, types.UnionType):
            return _plain_value(raw, typing.get_args(hint))
        if isinstance(raw, list) and (items := _arguments_of(tuple, hint)):
            return tuple(_plain_value(one, items) for one in raw)
        if isinstance(hint, type) and raw is not None and (value := _of_kind(raw, hint)) is not None:
            return value
    if raw is not None:
        raise NotAProjection("a stored value of no known kind")
    return None


def _of_kind(raw: Json, kind: type) -> object:
    if isinstance(raw, str) and issubclass(kind, Enum):
        return kind(raw) if raw in {one.value for one in kind} else None
    if isinstance(raw, str) and kind is date:
        return date.fromisoformat(raw)
    if isinstance(raw, str) and issubclass(kind, str):
        return kind(raw)
    return raw if type(raw) is kind else None
