"""Text with marks, which has no way out of its own: only the redaction rule, or `open_text` with a clearance, reads it."""

from __future__ import annotations

import json
from typing import NoReturn
from uuid import UUID

from prose.nodes import Json, Node, canonical, node_from_json, node_to_json
from prose.schema import TextSchema


class NoWayOut(TypeError):
    """Somebody tried to read text with marks without asking the rule."""

    def __init__(self) -> None:
        super().__init__("text with marks has no outward form; go through redact() or open_text()")


class Opaque:
    """Refuses every way in which Python, Django or a template would turn a value into words."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<text with marks>"

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NoWayOut

    __str__ = __format__ = __iter__ = __len__ = __bool__ = __bytes__ = __getitem__ = __contains__ = _refuse
    __html__ = __eq__ = __lt__ = __hash__ = __reduce_ex__ = __reduce__ = __getstate__ = _refuse


class MarkedContent(Opaque):
    """What a database column of text with marks loads as. Parsed when first read."""

    __slots__ = ("_source",)

    def __init__(self, source: str | Node) -> None:
        self._source = source


class MarkedText(Opaque):
    """One text with its marks, bound to the register in which the marks are looked up.

    `key`, `kind` and `version` are no secret inside; the words and the register are reached through `prose.inside` only.
    """

    __slots__ = ("_content", "_register", "key", "kind", "scope", "version")

    def __init__(  # one text is these six things, always given by name
        self, *, key: str, kind: TextSchema, version: int, scope: UUID, content: MarkedContent, register: object
    ) -> None:
        self.key, self.kind, self.version, self.scope = key, kind, version, scope
        self._content, self._register = content, register


def content_to_json(content: MarkedContent) -> str:
    """The canonical JSON of stored content, for the database field only."""
    source = content._source
    return source if isinstance(source, str) else canonical(node_to_json(source))


def parsed(content: MarkedContent) -> Node:
    """The tree of stored content; parsed once."""
    if isinstance(content._source, str):
        raw: dict[str, Json] = json.loads(content._source)
        content._source = node_from_json(raw)
    return content._source
