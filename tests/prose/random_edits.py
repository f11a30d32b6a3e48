"""Random documents with hidden words in them, and what people do to documents, as steps. For property tests of writing."""

from __future__ import annotations

from collections.abc import Callable
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
    def cell() -> Raw:
        return {"type": "table_cell", "content": [_paragraph(dice)]}

    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "horizontal_rule": dict,
        "formula_block": lambda: {"attrs": {"tex": "x"}},
        "code_block": lambda: {"content": [leaf for leaf in _inline(dice) if leaf["type"] == "text"]},
        "figure": lambda: {"content": [_image(dice), {"type": "caption", "content": _inline(dice)}]},
        "blockquote": lambda: {"content": [_block(dice, depth + 1, containers=containers)]},
        "bullet_list": lambda: {"content": [_item(dice) for _ in range(dice.randint(1, 2))]},
        "table": lambda: {"content": [{"type": "table_row", "content": [cell(), cell()]}]},
        "transcript": lambda: {"content": [_turn(dice), {"type": "elision", "marks": _marks(dice)}]},
        "heading": lambda: {"attrs": {"level": 2}, "content": _inline(dice)},
        "paragraph": lambda: _paragraph(dice, footnotes=True),
    }
    return {"type": kind, **makers[kind]()}


def _image(dice: Random) -> Raw:
    return {"type": "image", "attrs": {"file": "f-aaaaaaaaaaaaaaaa", "alt": "A"}, "marks": _marks(dice)}


def _item(dice: Random) -> Raw:
    return {"type": "list_item", "content": [_paragraph(dice)]}


def _turn(dice: Random) -> Raw:
    return {"type": "turn", "content": [{"type": "speaker", "content": _inline(dice)}, _paragraph(dice)]}


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
    size = transform.doc.content.size
    start, end = sorted((dice.randint(0, size), dice.randint(0, size)))
    edits = (_type, _type, _type, _replace, _delete, _paste, _split, _join, _change_blocks, _wrap)
    if (edit := dice.choice(edits)) is _paste:
        _paste(dice, transform, start, end, marked=marked)
    else:
        edit(dice, transform, start, end)


def _type(dice: Random, transform: Transform, start: int, end: int) -> None:
    transform.step(ReplaceStep(start, start, _words(dice)))


def _replace(dice: Random, transform: Transform, start: int, end: int) -> None:
    transform.step(ReplaceStep(start, min(end, start + dice.randint(0, 4)), _words(dice)))


def _delete(dice: Random, transform: Transform, start: int, end: int) -> None:
    transform.step(ReplaceStep(start, end, Slice.empty))


def _paste(dice: Random, transform: Transform, start: int, end: int, *, marked: bool = True) -> None:
    other = random_document(dice) if marked else _unmarked(random_document(dice))
    first, last = sorted((dice.randint(0, other.content.size), dice.randint(0, other.content.size)))
    transform.step(ReplaceStep(start, min(end, start + 5), other.slice(first, last)))


def _split(dice: Random, transform: Transform, start: int, end: int) -> None:
    transform.split(start, dice.choice((1, 1, 2)))


def _join(dice: Random, transform: Transform, start: int, end: int) -> None:
    if not transform.doc.resolve(start).parent.inline_content:
        transform.join(start)


def _change_blocks(dice: Random, transform: Transform, start: int, end: int) -> None:
    kind = SCHEMA.nodes[dice.choice(("paragraph", "heading", "code_block"))]
    transform.set_block_type(start, end, kind, None)


def _wrap(dice: Random, transform: Transform, start: int, end: int) -> None:
    document = transform.doc
    if around := document.resolve(start).block_range(document.resolve(end)):
        transform.wrap(around, [{"type": SCHEMA.nodes["blockquote"], "attrs": None}])


def _words(dice: Random) -> Slice:
    return Slice(Fragment.from_(SCHEMA.text(dice.choice(WORDS))), 0, 0)


def _unmarked(document: LibraryNode) -> LibraryNode:
    transform = Transform(document)
    for ref in REFS:
        transform.remove_mark(0, document.content.size, SCHEMA.marks["redaction"].create({"ref": ref}))
    return transform.doc
