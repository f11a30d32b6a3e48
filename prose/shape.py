"""The shape of JSON that says it is content, looked at before the library sees it.

The library passes over what it has no use for, and words in such a place would be lost without a word: unknown keys and
attributes are refused. Walks without recursion, so that no depth can exhaust the stack.
"""

from __future__ import annotations

from functools import cache

from prose.nodes import Json
from prose.schema import TextSchema, schema_for

MAX_DEPTH = 24
LONGEST = 50


class BadContent(ValueError):
    """Content that can't be stored; `where` is the path to the fault, as in `content/3/marks/0`."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(f"{why} (at {where})" if where else why)
        self.why, self.where = why, where


def check_nodes(raw: Json, kind: TextSchema) -> None:
    """A list of nodes, as in the content of a document or of a slice. Raises BadContent at the first fault."""
    todo = [(child, where, 1) for child, where in _children({"content": raw}, "")]
    while todo:
        value, where, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise BadContent(f"nested more than {MAX_DEPTH} deep", where[:80])
        if not isinstance(value, dict):
            raise BadContent("a node must be an object", where)
        check_node(value, where, kind)
        todo.extend((child, place, depth + 1) for child, place in _children(value, where))


def _children(value: dict[str, Json], where: str) -> list[tuple[Json, str]]:
    content = value.get("content", [])
    if not isinstance(content, list):
        raise BadContent("content must be a list", where)
    return [(child, f"{where}/content/{i}".lstrip("/")) for i, child in enumerate(content)]


def check_node(value: dict[str, Json], where: str, kind: TextSchema) -> None:
    """One node, apart from what is in it. Raises BadContent."""
    if extra := sorted(set(value) - {"type", "attrs", "content", "marks", "text"}):
        raise BadContent(f"unknown key {_short(extra[0])}", where)
    name = _name(value, where)
    if name not in schema_for(kind).nodes:
        raise BadContent(f"unknown node {_short(name)}", where)
    is_words = isinstance(value.get("text"), str) and "content" not in value
    if is_words != (name == "text") or (not is_words and "text" in value):
        raise BadContent("words stand in a text node, and in nothing else", where)
    _check_characters(value.get("text"), where)
    _check_attributes(name, value, where, kind)
    marks = value.get("marks", [])
    if not isinstance(marks, list):
        raise BadContent("marks must be a list", where)
    for number, mark in enumerate(marks):
        check_mark(mark, f"{where}/marks/{number}".lstrip("/"), kind)


def check_mark(raw: Json, where: str, kind: TextSchema) -> None:
    """One mark. Raises BadContent."""
    if not isinstance(raw, dict):
        raise BadContent("a mark must be an object", where)
    if extra := sorted(set(raw) - {"type", "attrs"}):
        raise BadContent(f"unknown key {_short(extra[0])} of a mark", where)
    name = _name(raw, where)
    if name not in schema_for(kind).marks:
        raise BadContent(f"unknown mark {_short(name)}", where)
    _check_attributes(name, raw, where, kind)


def _name(value: dict[str, Json], where: str) -> str:
    name = value.get("type")
    if not isinstance(name, str):
        raise BadContent("a node or mark without a type", where)
    return name


@cache
def _attributes(kind: TextSchema) -> dict[str, frozenset[str]]:
    """Node or mark → the names of its attributes."""
    schema = schema_for(kind)
    of_nodes = {name: frozenset(one.attrs) for name, one in schema.nodes.items()}
    return {**of_nodes, **{name: frozenset(one.attrs) for name, one in schema.marks.items()}}


def _check_attributes(name: str, thing: dict[str, Json], where: str, kind: TextSchema) -> None:
    attrs = thing.get("attrs", {})
    if not isinstance(attrs, dict):
        raise BadContent("attrs must be an object", where)
    if extra := sorted(set(attrs) - _attributes(kind)[name]):
        raise BadContent(f"unknown attribute {_short(extra[0])} of {name}", where)
    for value in attrs.values():
        _check_characters(value, where)


def _check_characters(value: Json, where: str) -> None:
    if isinstance(value, str) and not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise BadContent("half a character that can't be stored", where)
    if isinstance(value, str) and "\x00" in value:
        raise BadContent("a character that can't be stored (NUL)", where)


def _short(value: str) -> str:
    """A word of the input, short and in ASCII, to stand in a message."""
    found = ascii(value)
    return found if len(found) <= LONGEST else f"{found[:LONGEST]}…"
