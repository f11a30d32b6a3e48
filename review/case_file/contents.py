"""One text of a case file: its key, and its content through the check that every stored document passes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from prose.content import BadContent, check_content, citations
from prose.marked import MarkedContent
from prose.nodes import Json, Node
from prose.schema import TEXT_KEY, TextSchema, schema_for
from review.case_file.faults import BadCaseFile, quoted


@dataclass(frozen=True, slots=True)
class FileText:
    """A text: its words, closed to everybody but the rule, and what they point at."""

    at: str
    key: str
    kind: TextSchema
    content: MarkedContent
    cited: frozenset[str]
    marked: frozenset[str]
    files: frozenset[str]


def file_text(raw: Json, at: str, kind: TextSchema) -> FileText:
    """The text that stands there. Raises BadCaseFile."""
    if not isinstance(raw, dict) or set(raw) != {"key", "content"}:
        raise BadCaseFile("a text is an object with the keys 'key' and 'content'", at)
    key = raw["key"]
    if not isinstance(key, str) or not TEXT_KEY.fullmatch(key):
        raise BadCaseFile(f"{quoted(key)} is not a text key such as 't-' and 16 characters", at)
    try:
        _check_nothing_is_dropped(raw["content"], kind)
        document = check_content(raw["content"], kind)
    except BadContent as bad:
        raise BadCaseFile(_said(bad), at) from bad
    return FileText(
        at=at,
        key=key,
        kind=kind,
        content=MarkedContent(document),
        cited=frozenset(citations(document)),
        marked=_marked(document),
        files=frozenset(str(leaf.attrs.get("file")) for leaf in document.leaves() if leaf.type == "image"),
    )


def _said(bad: BadContent) -> str:
    """What is wrong and where. The library ends some of its messages with the words that they are about: cut off."""
    where = f" at {bad.where}" if bad.where else ""
    return bad.why.split(": <")[0] + where


def _marked(document: Node) -> frozenset[str]:
    """The redactions that any node names, leaf or not."""
    found: set[str] = set()
    todo = [document]
    while todo:
        node = todo.pop()
        found |= node.refs()
        todo.extend(node.content)
    return frozenset(found)


@cache
def _attributes(kind: TextSchema) -> dict[str, frozenset[str]]:
    """Node or mark → the names of its attributes."""
    schema = schema_for(kind)
    specs = {**{n: t.spec for n, t in schema.nodes.items()}, **{n: t.spec for n, t in schema.marks.items()}}
    return {name: frozenset(spec.get("attrs") or ()) for name, spec in specs.items()}


def _check_nothing_is_dropped(raw: Json, kind: TextSchema) -> None:
    """The library passes over what it has no use for; words in such a place would be lost without a word."""
    todo: list[tuple[Json, str]] = [(raw, "")]
    while todo:
        node, where = todo.pop()
        if not isinstance(node, dict):
            continue
        _check_attributes(node, where, kind)
        is_words = isinstance(node.get("text"), str) and "content" not in node
        if is_words != (node.get("type") == "text") or (not is_words and "text" in node):
            raise BadContent("words stand in a text node, and in nothing else", where)
        for number, mark in enumerate(_listed(node.get("marks"))):
            if isinstance(mark, dict):
                _check_attributes(mark, f"{where}/marks/{number}".lstrip("/"), kind)
                if extra := sorted(set(mark) - {"type", "attrs"}):
                    raise BadContent(f"unknown key {quoted(extra[0])} of a mark", where)
        children = enumerate(_listed(node.get("content")))
        todo.extend((child, f"{where}/content/{number}".lstrip("/")) for number, child in children)


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _check_attributes(thing: dict[str, Json], where: str, kind: TextSchema) -> None:
    name, attrs = thing.get("type"), thing.get("attrs", {})
    if not isinstance(name, str):
        raise BadContent("a node or mark without a type", where)
    if not isinstance(attrs, dict):
        raise BadContent("attrs must be an object", where)
    known = _attributes(kind).get(name)
    if known is not None and (extra := sorted(set(attrs) - known)):
        raise BadContent(f"unknown attribute {quoted(extra[0])} of {name}", where)
