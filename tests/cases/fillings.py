"""Fills the holes of a visible part with hidden content, wherever the schema lets it stand: the other half of `twins.py`."""

from __future__ import annotations

from dataclasses import dataclass, field

from prose.nodes import Node
from tests.cases.hidden import BLOCKS, Hider, Live, node, redactions, style_marks
from tests.cases.twins import Box, Dice, Hole, Words

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


@dataclass
class Filler:
    """One filling of one visible part."""

    dice: Dice
    hider: Hider

    def document(self, visible: Box | Words) -> Live:
        """The live document."""
        live = self._inline(visible) if isinstance(visible, Words) else self._realm(visible)
        self.hider.finish(live)
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
            refs = {*leaf.attrs["base"], *self.hider.unseen()}  # type: ignore[misc]  # a list of references
            live["marks"] = [*redactions(refs), *style_marks(str(leaf.attrs.get("style", "")))]
            out.append(live)
        return out

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
                    current += self.hider.inline(item, plain=plainly, notes=notes)
                if at_start or (not fixed and (item.split or self.dice.chance(3))):
                    current = self._through_blocks(item, stuff, at_start=at_start, rest=i + 1 < len(items)) or current
        return first, stuff

    def _through_blocks(self, hole: Hole, stuff: list[Stuff], *, at_start: bool, rest: bool) -> list[Live] | None:
        count = self.dice.upto(2, 0 if rest else 1)
        stuff += [Stuff(hole, inner=bool(i) or not at_start) for i in range(count)]
        self.hider.seen["multi_block"] += count + rest + (not at_start) > 1
        if not rest:
            return None
        self.hider.seen["rest_joined"] += 1
        leaves: list[Live] = self.hider.inline(hole, plain=self.dice.chance(3))
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
            live["content"].append(node("paragraph", *self.hider.inline(gaps[-1].open)))
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
            parent["content"].append(node("paragraph", *self.hider.inline(hole)))
        if parent["type"] == "figure":
            assert hole
            parent["content"].append(self.hider.image(hole))

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
                content += [self.hider.turn_or_elision(one.hole, may_be_empty=one.inner)] if one.inner else []
                content.append(self.hider.turn_or_elision(one.hole))
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
                out += self.hider.empties() if stuff[0].inner else []
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

    def _block(self, stuff: Stuff, kind: str = "") -> Live:
        if stuff.leaves is None and not kind:
            return self.hider.block(stuff.hole, 2)
        leaves = self.hider.inline(stuff.hole) if stuff.leaves is None else stuff.leaves
        if not kind:
            plain = all(
                leaf["type"] == "text" and all(m["type"] == "redaction" for m in leaf["marks"]) for leaf in leaves
            )
            kind = self.dice.pick(("paragraph", "heading", "code_block") if plain else ("paragraph", "heading"))
        return node(kind, *leaves)


def _kind(parent: Live) -> str:
    """The type of a container; a figure that has its picture and may take a caption is half one."""
    return "half figure" if parent["type"] == "figure" and len(parent["content"]) == 1 else str(parent["type"])


def _takes(kind: str, stuff: Stuff) -> bool:
    """Whether such a container may get this."""
    if kind in ("transcript", "half figure"):
        return stuff.leaves is None
    return kind in BLOCKS or kind in LISTS or kind == "turn"
