"""Fills the holes of a visible part with hidden content of any shape: the other half of `twins.py`.

Live content is built as ProseMirror JSON. What belongs to a hole carries the hole under the key "hole" until `_finish` has laid
the marks: the first and the last leaf of a hole are hidden, spaces and punctuation between them need not be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from prose.nodes import LEAVES, Node
from tests.cases.twins import UNKNOWN, UNSEEN, Box, Dice, Hole, Words

Live = dict[str, Any]
HIDDEN_HARD = ("canary", "canary🐤", "Ünder canary", "canary. 12 canary")
HIDDEN_SOFT = (" ", ", ", "—", ".")
STYLES = ("", "", "em", "strong", "code", "link")
BLOCKS = frozenset({"doc", "blockquote", "list_item", "table_cell", "table_header"})
LISTS = frozenset({"bullet_list", "ordered_list"})


@dataclass
class Stuff:
    """A live block in a gap between two anchored ones: wholly hidden, or (`leaves`) with shown words after its hidden ones."""

    hole: Hole
    inner: bool  # something of the same hole stands before it
    leaves: list[Live] | None = None


@dataclass
class Gap:
    """What stands between two anchored units of a realm: containers that end and begin, and stuff to be put among them."""

    stuff: list[Stuff] = field(default_factory=list)
    walk: list[Box | None] = field(default_factory=list)  # None: a container ends
    open: Hole | None = None  # the hole with which the gap ends


def node(type_: str, *content: Live, **attrs: object) -> Live:
    """A live node."""
    return {"type": type_, "content": list(content)} | ({"attrs": attrs} if attrs else {})


@dataclass
class Filler:
    """One filling of one visible part."""

    dice: Dice
    seen: Counter[str] = field(default_factory=Counter)

    def document(self, visible: Box | Words) -> Live:
        """The live document."""
        live = self._inline(visible) if isinstance(visible, Words) else self._realm(visible)
        self._finish(live)
        return live

    # What is shown

    def _shown(self, leaf: Node) -> list[Live]:
        attrs = {key: value for key, value in leaf.attrs.items() if key not in ("base", "style")}
        if leaf.type == "horizontal_rule":
            attrs = {}
        texts = [leaf.text]
        if len(leaf.text) > 1 and self.dice.chance(3):
            cut = self.dice.upto(len(leaf.text) - 1, 1)
            texts = [leaf.text[:cut], leaf.text[cut:]]
        out = []
        for text in texts:
            live: Live = {"type": leaf.type} | ({"attrs": attrs} if attrs else {}) | ({"text": text} if text else {})
            refs = {*leaf.attrs["base"], *self._unseen()}  # type: ignore[misc]  # a list of references
            live["marks"] = [*_redactions(refs), *_style(str(leaf.attrs.get("style", "")))]
            out.append(live)
        return out

    def _unseen(self) -> set[str]:
        return {self.dice.pick(UNSEEN)} if self.dice.chance(4) else set()

    # What is hidden, inline

    def _hidden_inline(self, hole: Hole, *, plain: bool = False, notes: bool = True) -> list[Live]:
        return [self._hidden_leaf(hole, plain=plain, notes=notes) for _ in range(self.dice.upto(3, 1))]

    def _hidden_leaf(self, hole: Hole, *, plain: bool, notes: bool) -> Live:
        soft = self.dice.chance(3)
        kind = "text" if plain else self.dice.pick(("text",) * 5 + ("hard_break", "citation", "formula", "footnote"))
        if kind == "footnote" and notes:
            return node("footnote", *self._hidden_inline(hole, notes=False))
        if kind == "footnote":
            kind = "text"
        live: Live = {"type": kind, "hole": hole, "marks": []}
        if kind == "text":
            live["text"] = self.dice.pick(HIDDEN_SOFT if soft else HIDDEN_HARD)
            live["marks"] = [] if plain else _style(self.dice.pick(STYLES))
        elif kind == "citation":
            live["attrs"] = {"ref": self.dice.pick(("C-XYZ", "C-XYA"))}
        elif kind == "formula":
            live["attrs"] = {"tex": "canary"}
        return live

    def _inline(self, words: Words) -> Live:
        """A realm that is a textblock."""
        content, _ = self._leaves(words.items, words.type)
        return node(words.type, *content, **words.attrs)

    def _leaves(
        self, items: list[Node | Words | Hole], type_: str, *, floats: bool = False
    ) -> tuple[list[Live], list[Stuff]]:
        """The leaves of the block where the items begin, and the further live blocks that they go through."""
        first: list[Live] = []
        current, stuff = first, list[Stuff]()
        fixed = type_ in ("doc", "caption", "footnote")
        plain = type_ == "code_block"
        for i, item in enumerate(items):
            if isinstance(item, Words):
                current.append(self._inline(item))
            elif isinstance(item, Node):
                current += self._shown(item)
            else:
                at_start = floats and i == 0
                if not at_start:
                    notes = type_ not in ("footnote", "doc")
                    plainly = plain and current is first
                    current += self._hidden_inline(item, plain=plainly, notes=notes)
                if at_start or (not fixed and (item.split or self.dice.chance(3))):
                    current = self._through_blocks(item, stuff, at_start=at_start, rest=i + 1 < len(items)) or current
        return first, stuff

    def _through_blocks(self, hole: Hole, stuff: list[Stuff], *, at_start: bool, rest: bool) -> list[Live] | None:
        count = self.dice.upto(2, 0 if rest else 1)
        stuff += [Stuff(hole, inner=bool(i) or not at_start) for i in range(count)]
        self.seen["multi_block"] += count + rest + (not at_start) > 1
        if not rest:
            return None
        self.seen["rest_joined"] += 1
        leaves: list[Live] = self._hidden_inline(hole, plain=self.dice.chance(3))
        stuff.append(Stuff(hole, inner=bool(count) or not at_start, leaves=leaves))
        return leaves

    # Blocks of a realm

    def _realm(self, box: Box) -> Live:
        units: list[Live] = []
        gaps = [Gap()]
        self._flatten(box, units, gaps)
        live = node(box.type, **box.attrs)
        stack = [live]
        for i, gap in enumerate(gaps):
            self._fill(gap, stack)
            if i < len(units):
                self._make_room(stack[-1], units[i]["type"], gap.open)
                stack[-1]["content"].append(units[i])
        if live["type"] == "turn" and len(live["content"]) == 1:
            assert gaps[-1].open
            live["content"].append(node("paragraph", *self._hidden_inline(gaps[-1].open)))
        return live

    def _flatten(self, box: Box, units: list[Live], gaps: list[Gap]) -> None:
        """The anchored units of a realm in order, and what is between them."""
        for child in box.children:
            if isinstance(child, Words) and child.floats:
                gaps[-1].stuff += self._leaves(child.items, child.type, floats=True)[1]
                gaps[-1].open = child.items[-1] if isinstance(child.items[-1], Hole) else None
                continue
            if isinstance(child, Box) and child.type not in ("turn", "table"):
                gaps[-1].walk.append(child)
                self._flatten(child, units, gaps)
                gaps[-1].walk.append(None)
                continue
            gaps.append(Gap())
            if isinstance(child, Node):
                units += self._shown(child)
            elif isinstance(child, Box):
                units.append(self._grid(child) if child.type == "table" else self._realm(child))
            else:
                leaves, gaps[-1].stuff = self._leaves(child.items, child.type)
                units.append(node(child.type, *leaves, **child.attrs))
                inner = child.type != "caption" and child.items and isinstance(child.items[-1], Hole)
                gaps[-1].open = child.items[-1] if inner and isinstance(child.items[-1], Hole) else None

    def _grid(self, table: Box) -> Live:
        rows = [
            [self._realm(cell) for cell in row.children if isinstance(cell, Box)]
            for row in table.children
            if isinstance(row, Box)
        ]
        return node("table", *(node("table_row", *row) for row in rows))

    def _fill(self, gap: Gap, stack: list[Live]) -> None:
        """Walk from one unit to the next, and put the stuff down on the way, in order, anywhere the schema lets it."""
        kinds, open_types = [_kind(stack[-1])], [live["type"] for live in stack]
        for token in gap.walk:
            open_types = open_types[:-1] if token is None else [*open_types, token.type]
            kinds.append(open_types[-1])
        placed = self._places(gap.stuff, kinds)
        for i, token in enumerate([*gap.walk, None]):
            self._put([stuff for stuff, place in zip(gap.stuff, placed, strict=True) if place == i], stack[-1])
            if i < len(gap.walk):
                later = (stuff.hole for stuff, place in zip(gap.stuff, placed, strict=True) if place > i)
                self._step(token, stack, next(later, gap.open))

    def _step(self, token: Box | None, stack: list[Live], hole: Hole | None) -> None:
        if token is None:
            stack.pop()
            return
        self._make_room(stack[-1], token.type, hole)
        stack[-1]["content"].append(node(token.type, **token.attrs))
        stack.append(stack[-1]["content"][-1])

    def _places(self, stuff: list[Stuff], kinds: list[str]) -> list[int]:
        out: list[int] = []
        low = 0
        for i, one in enumerate(stuff):
            high = min(max(n for n, kind in enumerate(kinds) if _takes(kind, later)) for later in stuff[i:])
            out.append(self.dice.pick([n for n, kind in enumerate(kinds) if low <= n <= high and _takes(kind, one)]))
            low = out[-1] + (kinds[out[-1]] == "half figure")
        return out

    def _make_room(self, parent: Live, child: str, hole: Hole | None) -> None:
        """An item begins with a paragraph, a figure with its picture: where the visible part has lost it, it was hidden."""
        if parent["content"] or (parent["type"], child) in (("list_item", "paragraph"), ("figure", "image")):
            return
        if parent["type"] == "list_item":
            assert hole
            parent["content"].append(node("paragraph", *self._hidden_inline(hole)))
        if parent["type"] == "figure":
            assert hole
            parent["content"].append(self._image(hole))

    def _put(self, stuff: list[Stuff], parent: Live) -> None:
        content, kind = parent["content"], parent["type"]
        if stuff and kind == "list_item" and not content:
            content.append(self._block(stuff[0], "paragraph"))
            stuff = stuff[1:]
        if kind in BLOCKS:
            content += self._blocks(stuff, 2)
        elif kind in LISTS:
            content += self._items(stuff, 2)
        for one in stuff if kind in ("transcript", "turn", "figure") else ():
            if kind == "transcript":
                content += [self._turn_or_elision(one.hole, may_be_empty=one.inner)] if one.inner else []
                content.append(self._turn_or_elision(one.hole))
            else:
                name = "caption" if kind == "figure" else "paragraph" if content else "speaker"
                content += [node("paragraph")] if one.inner and name == "paragraph" and self.dice.chance(4) else []
                content.append(self._block(one, name))

    # Hidden blocks

    def _blocks(self, stuff: list[Stuff], depth: int) -> list[Live]:
        out: list[Live] = []
        while stuff:
            if depth and self.dice.chance(4):
                count = self.dice.upto(len(stuff), 1)
                kind = self.dice.pick(("blockquote", "bullet_list", "ordered_list"))
                inside = (
                    self._blocks(stuff[:count], depth - 1)
                    if kind == "blockquote"
                    else self._items(stuff[:count], depth - 1)
                )
                out.append(node(kind, *inside))
                stuff = stuff[count:]
            else:
                out += self._empties() if stuff[0].inner else []
                out.append(self._block(stuff[0]))
                stuff = stuff[1:]
        return out

    def _items(self, stuff: list[Stuff], depth: int) -> list[Live]:
        out: list[Live] = []
        while stuff:
            count = self.dice.upto(len(stuff), 1)
            out += [node("list_item", node("paragraph"))] if stuff[0].inner and self.dice.chance(4) else []
            out.append(node("list_item", self._block(stuff[0], "paragraph"), *self._blocks(stuff[1:count], depth)))
            stuff = stuff[count:]
        return out

    def _empties(self) -> list[Live]:
        if not self.dice.chance(4):
            return []
        self.seen["empty_absorbed"] += 1
        table = node("table", node("table_row", node("table_cell", node("paragraph"))))
        turn = node("transcript", node("turn", node("speaker"), node("paragraph")))
        quote = node("blockquote", node("paragraph"), node("heading", level=1))
        return [self.dice.pick((node("paragraph"), node("code_block"), quote, turn, table))]

    def _block(self, stuff: Stuff, kind: str = "") -> Live:
        if stuff.leaves is None and not kind:
            return self._hidden_block(stuff.hole, 2)
        leaves = self._hidden_inline(stuff.hole) if stuff.leaves is None else stuff.leaves
        if not kind:
            plain = all(
                leaf["type"] == "text" and all(m["type"] == "redaction" for m in leaf["marks"]) for leaf in leaves
            )
            kind = self.dice.pick(("paragraph", "heading", "code_block") if plain else ("paragraph", "heading"))
        return node(kind, *leaves)

    def _hidden_block(self, hole: Hole, depth: int) -> Live:
        simple = ("paragraph", "heading", "code_block", "rule", "formula_block")
        kind = self.dice.pick(
            (*simple, "blockquote", "bullet_list", "table", "figure", "transcript") if depth else simple
        )
        if kind == "rule":
            return {"type": "horizontal_rule", "hole": hole, "marks": []}
        if kind == "formula_block":
            return {"type": kind, "attrs": {"tex": "canary"}, "hole": hole, "marks": []}
        if kind in ("paragraph", "heading", "code_block"):
            return node(kind, *self._hidden_inline(hole, plain=kind == "code_block"))
        if kind == "blockquote":
            return node(kind, *self._several(hole, depth - 1))
        if kind == "bullet_list":
            items = [
                [self._block(Stuff(hole, inner=False), "paragraph"), *self._maybe(hole, depth)]
                for _ in range(self.dice.upto(2, 1))
            ]
            return node(kind, *(node("list_item", *item) for item in items))
        if kind == "table":
            return self._table(hole, depth)
        if kind == "figure":
            caption = self.dice.pick(([], [node("caption")], [node("caption", *self._hidden_inline(hole))]))
            self.seen["hidden_realm"] += len(caption)
            return node(kind, self._image(hole), *caption)
        count = self.dice.upto(3, 1)
        turns = [self._turn_or_elision(hole, may_be_empty=0 < i < count - 1) for i in range(count)]
        return node(kind, *turns)

    def _several(self, hole: Hole, depth: int) -> list[Live]:
        out = [self._hidden_block(hole, depth)]
        for _ in range(self.dice.upto(1)):
            out += [*self._empties(), self._hidden_block(hole, depth)]
        return out

    def _maybe(self, hole: Hole, depth: int) -> list[Live]:
        return [self._hidden_block(hole, depth - 1)] if self.dice.chance(3) else []

    def _image(self, hole: Hole) -> Live:
        return {
            "type": "image",
            "attrs": {"file": "f-bbbbbbbbbbbbbbbb.png", "alt": "canary"},
            "hole": hole,
            "marks": [],
        }

    def _turn_or_elision(self, hole: Hole, *, may_be_empty: bool = False) -> Live:
        self.seen["hidden_realm"] += 1
        if may_be_empty and self.dice.chance(2):
            return node("turn", node("speaker"), node("paragraph"))
        if self.dice.chance(4):
            return {"type": "elision", "hole": hole, "marks": []}
        speaker = node("speaker", *(self._hidden_inline(hole) if not self.dice.chance(3) else []))
        paragraphs = [node("paragraph", *self._hidden_inline(hole)) for _ in range(self.dice.upto(2, 1))]
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

    def _finish(self, live: Live) -> None:
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
        laid: list[set[str]] = [self._unseen() for _ in hidden]
        for ref in refs:
            laid[self.dice.upto(len(hidden) - 1)].add(ref)
        for leaf, own in zip(hidden, laid, strict=True):
            own |= set() if own & {*refs} else {self.dice.pick(refs)}
            leaf["marks"] = [*_redactions(own), *leaf["marks"]]
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
                child["marks"] = _redactions(refs)
                for leaf in inside:
                    leaf["marks"] = [mark for mark in leaf["marks"] if mark["type"] != "redaction"]
            self._lift_marks(child)
            child.pop("hidden", None)


def _redactions(refs: Iterable[str]) -> list[Live]:
    return [{"type": "redaction", "attrs": {"ref": ref}} for ref in sorted(refs)]


def _style(style: str) -> list[Live]:
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


def _kind(parent: Live) -> str:
    """The type of a container; a figure that has its picture and may take a caption is half one."""
    return "half figure" if parent["type"] == "figure" and len(parent["content"]) == 1 else str(parent["type"])


def _takes(kind: str, stuff: Stuff) -> bool:
    """Whether such a container may get this."""
    if kind in ("transcript", "half figure"):
        return stuff.leaves is None
    return kind in BLOCKS or kind in LISTS or kind == "turn"
