"""The two schemas of stored text and the two of shown text, read from `schemas.json`, which the editor shares."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from prosemirror.model import ResolvedPos, Schema, Slice

from prose.nodes import Json
from prose.ported import insert_at

# The library's cache of resolved positions holds the very documents that it waits to see go, so that none ever went: every
# batch of steps left its text in memory for good. Without the cache it resolves a position anew, which takes microseconds.
ResolvedPos.resolve_cached = ResolvedPos.resolve  # type: ignore[method-assign]
Slice.insert_at = insert_at  # type: ignore[method-assign, assignment]

REFERENCE = re.compile(r"[A-Z]-[2-9A-HJ-NP-Z]{3,5}")
TEXT_KEY = re.compile(r"t-[a-hjkmnp-z2-9]{16}")
FILE_KEY = re.compile(r"f-[a-hjkmnp-z2-9]{16}")
LONGEST_LINK = 2000
LINK_SCHEMES = ("http", "https", "mailto")


class TextSchema(StrEnum):
    """The shape of a text: one line of words, or blocks."""

    LINE = "line"
    BODY = "body"


Spec = dict[str, Json]
NamedSpecs = list[tuple[str, Spec]]


def _raw() -> dict[str, NamedSpecs]:
    raw: dict[str, NamedSpecs] = json.loads(Path(__file__).with_name("schemas.json").read_text())
    return raw


def _is_reference(value: Json) -> None:
    if not isinstance(value, str) or not REFERENCE.fullmatch(value):
        raise ValueError("not a reference such as C-4TN")


def _is_link(value: Json) -> None:
    if (
        not isinstance(value, str)
        or len(value) > LONGEST_LINK
        or urlsplit(value.strip()).scheme.lower() not in LINK_SCHEMES
    ):
        raise ValueError("a link must begin with https:, http: or mailto:")


def _is_whole(low: int, high: int) -> Callable[[Json], None]:
    def check(value: Json) -> None:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(f"not a whole number from {low} to {high}")

    return check


def _is_words(limit: int) -> Callable[[Json], None]:
    def check(value: Json) -> None:
        if not isinstance(value, str) or len(value) > limit:
            raise ValueError(f"not a text of at most {limit} characters")

    return check


def _is_file(value: Json) -> None:
    if not isinstance(value, str) or not FILE_KEY.fullmatch(value):
        raise ValueError("not the key of a stored picture")


VALIDATORS: dict[str, Callable[[Json], None]] = {
    "ref": _is_reference,
    "href": _is_link,
    "level": _is_whole(1, 3),
    "order": _is_whole(0, 9999),
    "colspan": _is_whole(1, 50),
    "rowspan": _is_whole(1, 50),
    "tex": _is_words(4000),
    "alt": _is_words(4000),
    "file": _is_file,
}


def _with_validators(specs: NamedSpecs) -> dict[str, Spec]:
    """The same specs with a check on every attribute; the JSON itself can hold no function."""
    out: dict[str, Spec] = {}
    for name, spec in specs:
        attrs = cast("dict[str, dict[str, object]]", spec.get("attrs", {}))
        checked = {key: {**value, "validate": VALIDATORS[key]} for key, value in attrs.items()}
        out[name] = cast("Spec", {**spec, "attrs": checked} if attrs else spec)
    return out


def schema_for(kind: TextSchema) -> Schema[str, str]:
    """The ProseMirror schema of stored content."""
    return STORED[kind]


def _schema(kind: TextSchema) -> Schema[str, str]:
    raw = _raw()
    return Schema({"nodes": _with_validators(raw[kind]), "marks": _with_validators(raw["marks"])})  # type: ignore[typeddict-item]  # specs read from JSON


# What redaction may leave behind: a paragraph in a transcript, an item without its first paragraph, a figure without its picture.
SHOWN_CONTENT = {
    "list_item": "block+",
    "figure": "image? caption?",
    "transcript": "(turn | elision | paragraph)+",
    "turn": "speaker? paragraph*",
    "code_block": "inline*",
    "footnote": "inline+",
}


def shown_schema_for(kind: TextSchema) -> Schema[str, str]:
    """The schema of shown content: no redaction mark, an inline `withheld`, a mark for *hidden from less cleared*."""
    return SHOWN[kind]


def _shown_schema(kind: TextSchema) -> Schema[str, str]:
    raw = _raw()
    nodes: dict[str, Spec] = {"withheld": {"group": "inline", "inline": True, "atom": True, "attrs": {"items": {}}}}
    nodes = {"doc": dict(raw[kind])["doc"], **nodes}
    for name, spec in raw[kind]:
        loosened = dict(spec)
        if name in SHOWN_CONTENT:
            loosened["content"] = SHOWN_CONTENT[name]
        if "marks" in spec:
            loosened["marks"] = "_"
        nodes[name] = loosened
    shown_name, shown_mark = cast("tuple[str, Spec]", raw["shown_mark"])
    marks = {shown_name: shown_mark} | {name: spec for name, spec in raw["marks"] if name != "redaction"}
    return Schema({"nodes": nodes, "marks": marks})  # type: ignore[typeddict-item]  # specs read from JSON


# Made here and not when they are first asked for: two threads that ask at once would make two, and the nodes of one schema do
# not fit the documents of the other. So the first edits after a start would be refused.
STORED = {kind: _schema(kind) for kind in TextSchema}
SHOWN = {kind: _shown_schema(kind) for kind in TextSchema}
