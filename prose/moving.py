"""Words of one text that become words of another: they carry their marks and citations exactly. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import cast

from prosemirror.model import Fragment, Slice
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import AttrStep, ReplaceStep
from prosemirror.transform import Step as LibraryStep

from prose.anchors import Span
from prose.covering import Leaf, Refs, leaves_between
from prose.grids import hidden_as_in_grids
from prose.library import read_document, stored_document
from prose.marked import MarkedContent
from prose.nodes import Json
from prose.schema import TextSchema, schema_for

Making = Callable[[LibraryNode], list[LibraryStep]]
LINE_LEAVES = frozenset({"text", "hard_break", "citation", "formula"})


class CannotMove(ValueError):
    """These words can't be put there; the message says why."""


def line_of(words: str) -> MarkedContent:
    """A line of words that were typed into a form: no marks, one space where there were several."""
    plain = " ".join(words.split())
    content: list[Json] = [{"type": "text", "text": plain}] if plain else []
    return MarkedContent(json.dumps({"type": "doc", **({"content": content} if content else {})}, ensure_ascii=False))


def paragraphs_of(words: str) -> MarkedContent:
    """A body of words that were typed into a form: a paragraph a line, empty lines left out, no marks."""
    lines = (" ".join(line.split()) for line in words.splitlines())
    content = [{"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines if line]
    return MarkedContent(json.dumps({"type": "doc", "content": content or [{"type": "paragraph"}]}, ensure_ascii=False))


def nothing(kind: TextSchema) -> MarkedContent:
    """An empty text."""
    paragraph: list[Json] = [{"type": "paragraph"}]
    return MarkedContent(json.dumps({"type": "doc", **({"content": paragraph} if kind is TextSchema.BODY else {})}))


def is_empty(content: MarkedContent, kind: TextSchema) -> bool:
    """Whether there is no word and no other leaf in it."""
    document = read_document(content, kind)
    return not leaves_between(document, 0, document.content.size)


def words_in(content: MarkedContent, kind: TextSchema, span: Span) -> MarkedContent:
    """The words of a range as a line, with all that hides them. Footnotes and pictures stay where they are. Raises CannotMove."""
    document = read_document(content, kind)
    if not 0 <= span.start < span.end <= document.content.size:
        raise CannotMove("Select some words first.")
    leaves = [leaf for leaf in leaves_between(document, span.start, span.end) if _is_in_line(document, leaf)]
    found = _trimmed(list(_joined(hidden_as_in_grids(document, leaves))))
    if not any(one["type"] != "text" or str(one["text"]).strip() for one in found):
        raise CannotMove("There are no words in this selection.")
    line = LibraryNode.from_json(schema_for(TextSchema.LINE), {"type": "doc", "content": found})
    line.check()
    return stored_document(line)


def _is_in_line(document: LibraryNode, leaf: Leaf) -> bool:
    """Whether it can stand in a line, and stands in the run of the words and not in a footnote."""
    if leaf.node.type.name not in LINE_LEAVES | {"formula_block"}:
        return False
    place = document.resolve(leaf.start)
    return all(place.node(depth).type.name != "footnote" for depth in range(place.depth + 1))


def _joined(leaves: Iterable[Leaf]) -> Iterator[dict[str, Json]]:
    """The leaves one after another, with a space where a block ends."""
    block = -1
    for leaf in leaves:
        if block not in (-1, leaf.block):
            yield {"type": "text", "text": " "}
        block = leaf.block
        yield _leaf(leaf)


def _leaf(leaf: Leaf) -> dict[str, Json]:
    raw = cast("dict[str, Json]", leaf.node.to_json())
    if raw["type"] == "formula_block":
        raw["type"] = "formula"
    own = cast("list[dict[str, Json]]", raw.get("marks", []))
    kept: list[Json] = [mark for mark in own if mark["type"] != "redaction"]
    hidden: list[Json] = [{"type": "redaction", "attrs": {"ref": ref}} for ref in sorted(leaf.refs)]
    return {**raw, "marks": [*hidden, *kept]} if hidden or kept else raw


def _trimmed(found: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Without the spaces at both ends: a selection by mouse often takes one too many."""
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while found and found[index]["type"] == "text":
            words = strip(str(found[index]["text"]))
            if words:
                found[index]["text"] = words
                break
            found.pop(index)
    return found


def paragraph_of(content: MarkedContent, level: int | None = None) -> list[Json]:
    """A line as a paragraph, or as a heading of that level; nothing for an empty one."""
    document = read_document(content, TextSchema.LINE)
    if not document.content.size:
        return []
    inside = cast("Json", document.content.to_json())
    block: dict[str, Json] = {"type": "paragraph", "content": inside}
    return [block | {"type": "heading", "attrs": {"level": level}} if level else block]


def blocks_of(content: MarkedContent, numbers: Collection[int] | None = None) -> list[Json]:
    """The blocks of a body, all or those of these numbers; none of an empty one."""
    if is_empty(content, TextSchema.BODY):
        return []
    blocks = read_document(content, TextSchema.BODY).content.content
    wanted = range(len(blocks)) if numbers is None else numbers
    return [cast("Json", block.to_json()) for number, block in enumerate(blocks) if number in wanted]


def appending(blocks: list[Json]) -> Making:
    """The step that puts blocks at the end of a body; an empty one becomes them."""

    def make(document: LibraryNode) -> list[LibraryStep]:
        if not blocks:
            return []
        size = document.content.size
        start = size if leaves_between(document, 0, size) else 0
        new = LibraryNode.from_json(document.type.schema, {"type": "doc", "content": blocks})
        return [ReplaceStep(start, size, Slice(new.content, 0, 0))]

    return make


def body_of(blocks: list[Json]) -> MarkedContent:
    """Blocks as a text."""
    document = LibraryNode.from_json(schema_for(TextSchema.BODY), {"type": "doc", "content": blocks})
    document.check()
    return stored_document(document)


def removing(numbers: Collection[int]) -> Making:
    """The steps that take blocks out of a body, the last first; what is left has at least an empty paragraph."""

    def make(document: LibraryNode) -> list[LibraryStep]:
        starts, at = [], 0
        for block in document.content.content:
            starts.append((at, at + block.node_size))
            at += block.node_size
        taken = [starts[number] for number in sorted(numbers, reverse=True) if 0 <= number < len(starts)]
        if len(taken) == len(starts):
            empty = document.type.schema.nodes["paragraph"].create()
            return [ReplaceStep(0, at, Slice(Fragment.from_(empty), 0, 0))]
        return [ReplaceStep(start, end, Slice.empty) for start, end in taken]

    return make


def citing(at: int, ref: str) -> Making:
    """The step that places a citation right after the words before that position. Raises CannotMove where none can stand."""

    def make(document: LibraryNode) -> list[LibraryStep]:
        if not 0 <= at <= document.content.size:
            raise CannotMove("Select some words first.")
        schema, place = document.type.schema, document.resolve(at)
        citation = schema.nodes["citation"].create({"ref": ref})
        before = place.node_before
        spaced = before is None or (before.is_text and str(before.text)[-1:].isspace())
        nodes = [citation] if spaced else [schema.text(" "), citation]
        if not place.parent.inline_content or not place.parent.can_replace(
            place.index(), place.index(), Fragment.from_(nodes)
        ):
            raise CannotMove("No citation can stand here; place it where there are sentences.")
        return [ReplaceStep(at, at, Slice(Fragment.from_(nodes), 0, 0))]

    return make


def reciting(old: str, new: str) -> Making:
    """The steps that make every citation of one thing a citation of another."""

    def make(document: LibraryNode) -> list[LibraryStep]:
        found: list[int] = []

        def visit(node: LibraryNode, position: int, *_: object) -> None:
            if node.type.name == "citation" and node.attrs["ref"] == old:
                found.append(position)

        document.descendants(visit)
        return [AttrStep(position, "ref", new) for position in found]

    return make


def cites(content: MarkedContent, kind: TextSchema, ref: str) -> int:
    """How often the text cites it."""
    document = read_document(content, kind)
    leaves = leaves_between(document, 0, document.content.size)
    return sum(leaf.node.type.name == "citation" and leaf.node.attrs["ref"] == ref for leaf in leaves)


def hidden_citations(content: MarkedContent, kind: TextSchema, ref: str) -> list[Refs]:
    """What hides each citation of it, the labels of a table around it included; nothing for one that stands in the open."""
    document = read_document(content, kind)
    leaves = leaves_between(document, 0, document.content.size)
    cited = (leaf for leaf in leaves if leaf.node.type.name == "citation" and leaf.node.attrs["ref"] == ref)
    return [leaf.refs for leaf in hidden_as_in_grids(document, cited)]
