"""Between what is stored and the ProseMirror library's documents, to which steps are applied."""

from __future__ import annotations

import json
from typing import cast

from prosemirror.model import Node as LibraryNode

from prose.content import MARK_ORDER
from prose.marked import MarkedContent, content_to_json
from prose.nodes import Json
from prose.schema import TextSchema, schema_for

LibraryDocument = LibraryNode


def read_document(content: MarkedContent, kind: TextSchema) -> LibraryDocument:
    """Stored content as the library's document. It passed the check when it was stored."""
    return LibraryNode.from_json(schema_for(kind), json.loads(content_to_json(content)))


def stored_document(document: LibraryDocument) -> MarkedContent:
    """The document in its one spelling: marks sorted, equal neighbours merged."""
    return MarkedContent(json.dumps(_to_json(document), ensure_ascii=False))


def _to_json(node: LibraryNode) -> dict[str, Json]:
    out: dict[str, Json] = {"type": node.type.name}
    if node.attrs:
        out["attrs"] = cast("Json", dict(node.attrs))
    if node.is_text:
        out["text"] = node.text
    elif node.content.size:
        out["content"] = _children(node)
    if node.marks:
        marks = sorted(node.marks, key=lambda mark: (MARK_ORDER[mark.type.name], str(mark.attrs.get("ref", ""))))
        out["marks"] = [cast("Json", mark.to_json()) for mark in marks]
    return out


def _children(node: LibraryNode) -> list[Json]:
    out: list[dict[str, Json]] = []
    for child in node.content.content:
        raw = _to_json(child)
        if child.is_text and out and out[-1]["type"] == "text" and out[-1].get("marks") == raw.get("marks"):
            out[-1]["text"] = f"{out[-1]['text']}{child.text}"
        else:
            out.append(raw)
    return cast("list[Json]", out)
