"""The shown texts in the canonical JSON of a stored page."""

from __future__ import annotations

from collections.abc import Iterator

from prose.nodes import Json, Node, node_from_json


def texts_on(content: Json) -> Iterator[tuple[str, Node]]:
    """Key and shown document of every text, wherever it stands."""
    todo: list[Json] = [content]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            key, document = value.get("text"), value.get("content")
            if isinstance(key, str) and isinstance(document, dict):
                yield key, node_from_json(document)
            else:
                todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)


def text_on_page(content: Json, key: str) -> Node | None:
    """The shown document of one text."""
    return next((document for found, document in texts_on(content) if found == key), None)
