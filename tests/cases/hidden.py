"""Hidden content of any shape, and the marks that hide it. Used by `fillings.py`.

Live content is built as ProseMirror JSON. What belongs to a hole carries the hole under the key "hole" until `finish` has laid
the marks: the first and the last leaf of a hole are hidden, spaces and punctuation between them need not be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from prose.nodes import LEAVES
from tests.cases.twins import UNKNOWN, UNSEEN, Dice, Hole

Live = dict[str, Any]
HIDDEN_HARD = ("canary", "canary🐤", "Ünder canary", "canary. 12 canary")
HIDDEN_SOFT = (" ", ", ", "—", ".")
STYLES = ("", "", "em", "strong", "code", "link")
BLOCKS = frozenset({"doc", "blockquote", "list_item", "table_cell", "table_header"})


def node(type_: str, *content: Live, **attrs: object) -> Live:
    """A live node."""
    return {"type": type_, "content": list(content)} | ({"attrs": attrs} if attrs else {})


@dataclass
class Hider:
    """Makes what is hidden."""

    dice: Dice
    seen: Counter[str] = field(default_factory=Counter)

    def unseen(self) -> set[str]:
        return {self.dice.pick(UNSEEN)} if self.dice.chance(4) else set()

    def inline(self, hole: Hole, *, plain: bool = False, notes: bool = True) -> list[Live]:
        return [self._hidden_leaf(hole, plain=plain, notes=notes) for _ in range(self.dice.upto(3, 1))]

    def _hidden_leaf(self, hole: Hole, *, plain: bool, notes: bool) -> Live:
        soft = self.dice.chance(3)
        kind = "text" if plain else self.dice.pick(("text",) * 5 + ("hard_break", "citation", "formula", "footnote"))
        if kind == "footnote" and notes:
            return node("footnote", *self.inline(hole, notes=False))
        if kind == "footnote":
            kind = "text"
        live: Live = {"type": kind, "hole": hole, "marks": []}
        if kind == "text":
            live["text"] = self.dice.pick(HIDDEN_SOFT if soft else HIDDEN_HARD)
            live["marks"] = [] if plain else style_marks(self.dice.pick(STYLES))
        elif kind == "citation":
            live["attrs"] = {"ref": self.dice.pick(("C-XYZ", "C-XYA"))}
        elif kind == "formula":
            live["attrs"] = {"tex": "canary"}
        return live

    def empties(self) -> list[Live]:
        if not self.dice.chance(4):
            return []
        self.seen["empty_absorbed"] += 1
        table = node("table", node("table_row", node("table_cell", node("paragraph"))))
        turn = node("transcript", node("turn", node("speaker"), node("paragraph")))
        quote = node("blockquote", node("paragraph"), node("heading", level=1))
        return [self.dice.pick((node("paragraph"), node("code_block"), quote, turn, table))]

    def block(self, hole: Hole, depth: int) -> Live:
        simple = ("paragraph", "heading", "code_block", "rule", "formula_block")
        kind = self.dice.pick(
            (*simple, "blockquote", "bullet_list", "table", "figure", "transcript") if depth else simple
        )
        if kind == "rule":
            return {"type": "horizontal_rule", "hole": hole, "marks": []}
        if kind == "formula_block":
            return {"type": kind, "attrs": {"tex": "canary"}, "hole": hole, "marks": []}
        if kind in ("paragraph", "heading", "code_block"):
            return node(kind, *self.inline(hole, plain=kind == "code_block"))
        if kind == "blockquote":
            return node(kind, *self._several(hole, depth - 1))
        if kind == "bullet_list":
            items = [
                [node("paragraph", *self.inline(hole)), *self._maybe(hole, depth)] for _ in range(self.dice.upto(2, 1))
            ]
            return node(kind, *(node("list_item", *item) for item in items))
        if kind == "table":
            return self._table(hole, depth)
        if kind == "figure":
            caption = self.dice.pick(([], [node("caption")], [node("caption", *self.inline(hole))]))
            self.seen["hidden_realm"] += len(caption)
            return node(kind, self.image(hole), *caption)
        count = self.dice.upto(3, 1)
        turns = [self.turn_or_elision(hole, may_be_empty=0 < i < count - 1) for i in range(count)]
        return node(kind, *turns)

    def _several(self, hole: Hole, depth: int) -> list[Live]:
        out = [self.block(hole, depth)]
        for _ in range(self.dice.upto(1)):
            out += [*self.empties(), self.block(hole, depth)]
        return out

    def _maybe(self, hole: Hole, depth: int) -> list[Live]:
        return [self.block(hole, depth - 1)] if self.dice.chance(3) else []

    def image(self, hole: Hole) -> Live:
        return {
            "type": "image",
            "attrs": {"file": "f-bbbbbbbbbbbbbbbb", "alt": "canary"},
            "hole": hole,
            "marks": [],
        }

    def turn_or_elision(self, hole: Hole, *, may_be_empty: bool = False) -> Live:
        self.seen["hidden_realm"] += 1
        if may_be_empty and self.dice.chance(2):
            return node("turn", node("speaker"), node("paragraph"))
        if self.dice.chance(4):
            return {"type": "elision", "hole": hole, "marks": []}
        speaker = node("speaker", *(self.inline(hole) if not self.dice.chance(3) else []))
        paragraphs = [node("paragraph", *self.inline(hole)) for _ in range(self.dice.upto(2, 1))]
        if self.dice.chance(4):
            paragraphs.insert(self.dice.upto(len(paragraphs)), node("paragraph"))
        return node("turn", speaker, *paragraphs)

    def _table(self, hole: Hole, depth: int) -> Live:
        """A table whose label is hidden, whatever the other cells hold; or one without labels, all hidden."""
        wide, high = self.dice.upto(2, 1), self.dice.upto(2, 1)
        collapses = self.dice.chance(2)
        self.seen["collapsed_table"] += collapses
        rows = []
        for y in range(high):
            row = []
            for x in range(wide):
                last = (y, x) == (high - 1, wide - 1)
                label = [node("paragraph", {"type": "text", "text": "canary", "hole": hole, "marks": []})]
                shown = [node("paragraph", {"type": "text", "text": "canary shown", "marks": []})]
                empty = not last and self.dice.chance(3)
                filled = [node("paragraph")] if empty else self._several(hole, depth - 1)
                inside = (
                    filled if not collapses else label if (y, x) == (high - 1, 0) else self.dice.pick((shown, filled))
                )
                row.append(node("table_header" if collapses and not y else "table_cell", *inside))
            rows.append(node("table_row", *row))
        return node("table", *rows)

    # Marks

    def finish(self, live: Live) -> None:
        """Lay the marks of every hole over its leaves."""
        by_hole: dict[int, tuple[Hole, list[Live]]] = {}
        for leaf in _leaves_of(live):
            if hole := leaf.pop("hole", None):
                by_hole.setdefault(id(hole), (hole, []))[1].append(leaf)
        for hole, leaves in by_hole.values():
            self._cover(hole, leaves)
        self._lift_marks(live)

    def _cover(self, hole: Hole, leaves: list[Live]) -> None:
        between = {id(leaf) for leaf in leaves[1:-1] if _is_soft(leaf) and self.dice.chance(2)}
        self.seen["soft_absorbed"] += len(between)
        hidden = [leaf for leaf in leaves if id(leaf) not in between]
        refs = [self.dice.pick(UNKNOWN) if ref == "unknown" else ref for ref in sorted(hole.refs)]
        laid: list[set[str]] = [self.unseen() for _ in hidden]
        for ref in refs:
            laid[self.dice.upto(len(hidden) - 1)].add(ref)
        for leaf, own in zip(hidden, laid, strict=True):
            needed = set() if own & {*refs} else {self.dice.pick(refs)}
            leaf["marks"] = [*redactions(own | needed), *leaf["marks"]]
            leaf["hidden"] = True

    def _lift_marks(self, live: Live) -> None:
        """Here and there the mark stands on the block, not on what is in it; then forget which leaves were hidden."""
        for child in live.get("content", ()):
            inside = child.get("content", ())
            if live["type"] in BLOCKS and inside and all(leaf.get("hidden") for leaf in inside) and self.dice.chance(6):
                self.seen["marked_block"] += 1
                refs = {
                    mark["attrs"]["ref"] for leaf in inside for mark in leaf["marks"] if mark["type"] == "redaction"
                }
                child["marks"] = redactions(refs)
                for leaf in inside:
                    leaf["marks"] = [mark for mark in leaf["marks"] if mark["type"] != "redaction"]
            self._lift_marks(child)
            child.pop("hidden", None)


def redactions(refs: Iterable[str]) -> list[Live]:
    return [{"type": "redaction", "attrs": {"ref": ref}} for ref in sorted(refs)]


def style_marks(style: str) -> list[Live]:
    if not style:
        return []
    return [{"type": "link", "attrs": {"href": "https://example.org"}} if style == "link" else {"type": style}]


def _leaves_of(live: Live) -> Iterable[Live]:
    if live["type"] == "text" or live["type"] in LEAVES:
        yield live
    for child in live.get("content", ()):
        yield from _leaves_of(child)


def _is_soft(leaf: Live) -> bool:
    return leaf["type"] == "hard_break" or leaf.get("text") in HIDDEN_SOFT
