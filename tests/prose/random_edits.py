"""Random documents with hidden words in them, and what people do to documents, as steps. For property tests of writing."""

from __future__ import annotations

from random import Random
from typing import Any

from prosemirror.model import Fragment, Slice
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import ReplaceStep, Transform
from prosemirror.transform import Step as LibraryStep

from prose.content import LIBRARY_ERRORS, check_content
from prose.nodes import node_to_json
from prose.schema import TextSchema, schema_for

Raw = dict[str, Any]
REFS = ("R-AAA", "R-BBB", "R-CCC")
WORDS = ("a", "bc", "d e", " f", "g ", " ", "h. i", "🔒j", "k\u00a0l", "\u200b", "é")
SCHEMA = schema_for(TextSchema.BODY)


def random_document(dice: Random, *, containers: bool = False) -> LibraryNode:
    """A small document; with `containers`, marks stand on blocks too."""
    blocks = [_block(dice, 0, containers=containers) for _ in range(dice.randint(1, 4))]
    raw: Raw = {"type": "doc", "content": blocks}
    return LibraryNode.from_json(SCHEMA, node_to_json(check_content(raw, TextSchema.BODY)))


def _block(dice: Random, depth: int, *, containers: bool) -> Raw:
    kinds = ["paragraph"] * 5 + ["heading", "code_block", "horizontal_rule", "formula_block", "figure"]
    if depth < 2:
        kinds += ["blockquote", "bullet_list", "table", "transcript"]
    made = _of_kind(dice, dice.choice(kinds), depth, containers=containers)
    hides = dice.random() < 0.25 if made["type"] in ("horizontal_rule", "formula_block") else False
    if hides or (containers and dice.random() < 0.25):
        made["marks"] = _marks(dice, always=True)
    return made


def _of_kind(dice: Random, kind: str, depth: int, *, containers: bool) -> Raw:
    def inner() -> Raw:
        return _block(dice, depth + 1, containers=containers)

    match kind:
        case "horizontal_rule":
            return {"type": kind}
        case "formula_block":
            return {"type": kind, "attrs": {"tex": "x"}}
        case "code_block":
            return {"type": kind, "content": [leaf for leaf in _inline(dice) if leaf["type"] == "text"]}
        case "figure":
            image = {"type": "image", "attrs": {"file": "f-aaaaaaaaaaaaaaaa", "alt": "A"}, "marks": _marks(dice)}
            return {"type": kind, "content": [image, {"type": "caption", "content": _inline(dice)}]}
        case "blockquote":
            return {"type": kind, "content": [inner()]}
        case "bullet_list":
            items = [{"type": "list_item", "content": [_paragraph(dice)]} for _ in range(dice.randint(1, 2))]
            return {"type": kind, "content": items}
        case "table":
            cells = [{"type": "table_cell", "content": [_paragraph(dice)]} for _ in range(2)]
            return {"type": kind, "content": [{"type": "table_row", "content": cells}]}
        case "transcript":
            turn = {"type": "turn", "content": [{"type": "speaker", "content": _inline(dice)}, _paragraph(dice)]}
            return {"type": kind, "content": [turn, {"type": "elision", "marks": _marks(dice)}]}
        case "heading":
            return {"type": kind, "attrs": {"level": 2}, "content": _inline(dice)}
        case _:
            return _paragraph(dice, footnotes=True)


def _paragraph(dice: Random, *, footnotes: bool = False) -> Raw:
    content = _inline(dice)
    if footnotes and dice.random() < 0.2:
        inside = _inline(dice) or [{"type": "text", "text": "n"}]
        content.insert(dice.randint(0, len(content)), {"type": "footnote", "content": inside})
    return {"type": "paragraph", "content": content}


def _inline(dice: Random) -> list[Raw]:
    return [_leaf(dice) for _ in range(dice.randint(0, 4))]


def _leaf(dice: Random) -> Raw:
    marks = _marks(dice)
    if dice.random() < 0.15:
        return {"type": "citation", "attrs": {"ref": "C-AAAA"}, "marks": marks}
    if dice.random() < 0.1:
        return {"type": "hard_break", "marks": marks}
    return {"type": "text", "text": dice.choice(WORDS), "marks": marks}


def _marks(dice: Random, *, always: bool = False) -> list[Raw]:
    if not always and dice.random() < 0.5:
        return []
    refs = sorted(dice.sample(REFS, dice.choice((1, 1, 1, 2))))
    return [{"type": "redaction", "attrs": {"ref": ref}} for ref in refs]


def random_steps(dice: Random, document: LibraryNode, most: int = 4, *, marked: bool = True) -> list[LibraryStep]:
    """What somebody may do to the document in one go. With `marked`, what is pasted may bring marks along.

    Never `Transform.replace` or `delete`: on some input the library fits a slice for ever.
    """
    transform = Transform(document)
    wanted = dice.randint(1, most)
    for _ in range(wanted * 5):  # many a paste does not fit
        if len(transform.steps) >= wanted:
            break
        made = Transform(transform.doc)
        try:
            _edit(dice, made, marked=marked)
            made.doc.check()
        except LIBRARY_ERRORS:
            continue
        for step in made.steps:
            transform.step(step)
    return list(transform.steps)


def _edit(dice: Random, transform: Transform, *, marked: bool) -> None:
    document = transform.doc
    size = document.content.size
    start, end = sorted((dice.randint(0, size), dice.randint(0, size)))
    match dice.randint(0, 9):
        case 0 | 1 | 2:
            transform.step(ReplaceStep(start, start, _words(dice)))
        case 3:
            close = min(size, start + dice.randint(0, 4))
            transform.step(ReplaceStep(start, close, _words(dice)))
        case 4:
            transform.step(ReplaceStep(start, end, Slice.empty))
        case 5:
            other = random_document(dice)
            if not marked:
                other = _unmarked(other)
            first, last = sorted((dice.randint(0, other.content.size), dice.randint(0, other.content.size)))
            transform.step(ReplaceStep(start, min(end, start + 5), other.slice(first, last)))
        case 6:
            transform.split(start, dice.choice((1, 1, 2)))
        case 7:
            if not document.resolve(start).parent.inline_content:
                transform.join(start)
        case 8:
            transform.set_block_type(start, end, SCHEMA.nodes[dice.choice(("paragraph", "heading", "code_block"))], None)
        case _:
            around = document.resolve(start).block_range(document.resolve(end))
            if around is not None:
                transform.wrap(around, [{"type": SCHEMA.nodes["blockquote"], "attrs": None}])


def _words(dice: Random) -> Slice:
    return Slice(Fragment.from_(SCHEMA.text(dice.choice(WORDS))), 0, 0)


def _unmarked(document: LibraryNode) -> LibraryNode:
    transform = Transform(document)
    for ref in REFS:
        transform.remove_mark(0, document.content.size, SCHEMA.marks["redaction"].create({"ref": ref}))
    return transform.doc
