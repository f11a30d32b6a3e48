"""One text of a case file: its key, and its content through the check that every stored document passes."""

from __future__ import annotations

from dataclasses import dataclass

from prose.content import BadContent, check_content, citations
from prose.marked import MarkedContent
from prose.nodes import Json, Node
from prose.schema import TEXT_KEY, TextSchema
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
    """What is wrong and where."""
    return f"{bad.why} at {bad.where}" if bad.where else bad.why


def _marked(document: Node) -> frozenset[str]:
    """The redactions that any node names, leaf or not."""
    found: set[str] = set()
    todo = [document]
    while todo:
        node = todo.pop()
        found |= node.refs()
        todo.extend(node.content)
    return frozenset(found)
