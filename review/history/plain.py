"""A document of the library without its redactions: what two versions must have in common to say the same. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from prosemirror.model import Node as LibraryNode

from prose.nodes import Json, canonical

REDACTION = "redaction"


def said(node: LibraryNode) -> str:
    """A node in one spelling, with its formatting and without what hides it."""
    return canonical(_shape(node))


def _shape(node: LibraryNode) -> Json:
    return [node.type.name, attributes(node.attrs), formatting(node), _children(node)]


def _children(node: LibraryNode) -> list[Json]:
    out: list[Json] = []
    for child in node.content.content:
        last = out[-1] if out else None
        if not child.is_text:
            out.append(_shape(child))
        elif isinstance(last, dict) and last["marks"] == formatting(child):
            last["text"] = f"{last['text']}{child.text}"
        else:
            out.append({"marks": formatting(child), "text": str(child.text)})
    return out


def formatting(node: LibraryNode) -> str:
    """The marks on a node that only say how it looks, in one spelling."""
    marks = sorted((mark.type.name, attributes(mark.attrs)) for mark in node.marks if mark.type.name != REDACTION)
    return " ".join(f"{name}{attrs}" for name, attrs in marks)


def attributes(attrs: Mapping[str, object]) -> str:
    """The attributes of a node or a mark, in one spelling."""
    return canonical(cast("Json", dict(attrs)))
