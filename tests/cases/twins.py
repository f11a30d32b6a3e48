"""Pairs of texts with one visible part and two independent hidden parts (DESIGN §10). Never filters, never calls the rule.

A *visible part* is a tree of blocks in which holes stand: inside a block (after shown words), or between blocks (a `Words` that
begins with its hole; where it stands in its container says nothing). `fillings.py` turns it into live content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

from cases.redaction import Audience, Extent, Ground, Redaction, RedactionState, Register
from prose.nodes import Json, Node
from prose.schema import TextSchema

T = TypeVar("T")
PUBLIC = Audience("public", "Public", outward=True, cleared=frozenset({Ground.PRIVACY}))
EXTERNAL = Audience(
    "external",
    "External reviewer",
    outward=True,
    cleared=frozenset({Ground.SECURITY, Ground.PRIVACY}),
    revealed=frozenset({"R-RRR"}),
    sees_marks_of=(PUBLIC,),
)
FULL = Audience("full", "Full", outward=False, cleared=frozenset(Ground))


def _redaction(
    ref: str, ground: Ground | None, state: RedactionState = RedactionState.APPROVED, note: str = ""
) -> Redaction:
    return Redaction(
        ref, ground, note or f"note of {ref}", Extent.SENTENCE, state, instead={"external": f"instead of {ref}"}
    )


REGISTER = Register.of(
    [
        _redaction("R-HAA", Ground.LEGAL_DUTY),
        _redaction("R-HBB", Ground.INTELLECTUAL_PROPERTY, RedactionState.PROPOSED),
        _redaction("R-HCC", Ground.PUBLIC_SAFETY, RedactionState.CONTESTED),
        _redaction("R-HDD", None),
        _redaction("R-CAA", Ground.SECURITY),
        _redaction("R-RRR", Ground.LEGAL_DUTY),
        _redaction("R-CBB", Ground.PRIVACY),
        _redaction("R-LAA", Ground.LEGAL_DUTY, RedactionState.LIFTED),
        _redaction("R-LBB", None, RedactionState.LIFTED),
    ]
)
HIDING = ("R-HAA", "R-HBB", "R-HCC", "R-HDD", "unknown")  # from External; what is unknown has many names and one look
UNKNOWN = ("R-UAA", "R-UBB", "R-UCC")
MARKED = ("R-CAA", "R-RRR")  # read by External, who sees that Public does not
UNSEEN = ("R-CBB", "R-LAA", "R-LBB")  # without any effect for External

HARD = ("ant", "Bee 🐝", "été", "x = 3", "a. b", "中文", "🦊🦊 fox", "$5")
SOFT = (" ", ", ", "—", ". (", "\u00a0", "…", "\u200b")


class Dice:
    """Draws small choices from hypothesis, so that failures shrink."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def upto(self, most: int, least: int = 0) -> int:
        """A whole number."""
        return self.draw(_integers(least, most))

    def chance(self, of: int) -> bool:
        """True about once in so many times; shrinks to False."""
        return self.draw(_integers(0, of - 1)) == of - 1

    def pick(self, options: Sequence[T]) -> T:
        """One of them; shrinks to the first."""
        return options[self.draw(_integers(0, len(options) - 1))]


_CACHE: dict[tuple[int, int], st.SearchStrategy[int]] = {}


def _integers(least: int, most: int) -> st.SearchStrategy[int]:
    return _CACHE.setdefault((least, most), st.integers(least, most))


@dataclass(eq=False)
class Hole:
    """Something hidden, and what is declared of it. `split`: its content must end in another block than it begins."""

    refs: frozenset[str]
    split: bool = False


@dataclass(eq=False)
class Words:
    """A textblock, caption or footnote: leaves, footnotes and holes. One that begins with its hole stands between blocks."""

    type: str
    items: list[Node | Words | Hole]
    attrs: dict[str, Json] = field(default_factory=dict)

    @property
    def floats(self) -> bool:
        """Whether its place is not told by anything shown."""
        return bool(self.items) and isinstance(self.items[0], Hole) and self.type not in ("caption", "footnote")


@dataclass(eq=False)
class Box:
    """A block that holds blocks."""

    type: str
    children: list[Box | Words | Node] = field(default_factory=list)
    attrs: dict[str, Json] = field(default_factory=dict)


@dataclass
class Realm:
    """What the generator knows while it goes through a realm: may a hole come, is one open, is something shown."""

    ready: bool = True  # a shown word stands since the last hole
    open: bool = False  # the last thing was a hole
    solid: bool = False

    def after_leaf(self, *, hard: bool) -> None:
        self.ready, self.open, self.solid = self.ready or hard, False, self.solid or hard


@dataclass
class Visible:
    """Makes visible parts."""

    dice: Dice
    budget: int = 14  # blocks

    def hole(self, realm: Realm, *, may_split: bool) -> Hole:
        realm.ready, realm.open = False, True
        refs = {self.dice.pick(HIDING) for _ in range(self.dice.upto(3, 1))}
        return Hole(frozenset(refs), split=may_split and self.dice.chance(3))

    def leaf(self, realm: Realm, *, plain: bool = False, hard: bool = False) -> Node:
        hard = hard or not self.dice.chance(3)
        realm.after_leaf(hard=hard)
        marks = () if not self.dice.chance(4) else tuple(sorted({self.dice.pick(MARKED) for _ in range(2)}))
        extra: dict[str, Json] = {"base": list(marks)}
        if hard and not plain and self.dice.chance(5):
            kind, value = self.dice.pick((("citation", "C-4TN"), ("formula", "e=mc^2")))
            return Node(kind, {"ref" if kind == "citation" else "tex": value, **extra})
        if not hard and not plain and self.dice.chance(4):
            return Node("hard_break", extra)
        style = "" if plain else self.dice.pick(("", "", "em", "strong", "code", "link"))
        return Node("text", {**extra, "style": style}, text=self.dice.pick(HARD if hard else SOFT))

    def footnote(self, outer: Realm, *, half: bool = False) -> Words:
        realm = Realm()
        if half:  # spaces and a hole alone: stays a footnote as long as shown words stand around it
            items: list[Node | Words | Hole] = [Node("text", {"base": [], "style": ""}, text=self.dice.pick(SOFT))]
            items.append(self.hole(realm, may_split=False))
        else:
            items = self.items(realm, inner=True, begin_with_hole=self.dice.chance(3))
        outer.after_leaf(hard=True)
        return Words("footnote", items)

    def items(
        self,
        realm: Realm,
        *,
        inner: bool = False,
        plain: bool = False,
        begin_with_hole: bool = False,
        line: bool = False,
    ) -> list[Node | Words | Hole]:
        """Leaves and holes; in a realm of its own (`inner`) with a shown word among them and nothing that crosses a block."""
        fixed = inner or line
        out: list[Node | Words | Hole] = []
        if begin_with_hole and realm.ready:
            out.append(self.hole(realm, may_split=False))
        for _ in range(self.dice.upto(3, 0 if out and not inner else 1)):
            if realm.ready and out and self.dice.chance(3):
                hole = self.hole(realm, may_split=not fixed)
                plain = plain and not hole.split
                out.append(hole)
            elif not fixed and not plain and self.dice.chance(9):
                out += self._with_footnote(realm)
            else:
                out.append(self.leaf(realm, plain=plain))
        if realm.ready and out and not realm.open and self.dice.chance(4):
            out.append(self.hole(realm, may_split=not fixed))
        if inner and not realm.solid:
            out.append(self.leaf(realm, hard=True))
        return out

    def _with_footnote(self, realm: Realm) -> list[Node | Words | Hole]:
        if not self.dice.chance(3):
            return [self.footnote(realm)]
        return [self.leaf(realm, hard=True), self.footnote(realm, half=True), self.leaf(realm, hard=True)]

    def words(self, realm: Realm, type_: str = "paragraph", *, hard: bool = False) -> Words:
        """An anchored textblock: it begins with something shown."""
        attrs: dict[str, Json] = {"level": self.dice.upto(3, 1)} if type_ == "heading" else {}
        first = self.leaf(realm, plain=type_ == "code_block", hard=hard)
        return Words(type_, [first, *self.items(realm, plain=type_ == "code_block")], attrs)

    def floating(self, realm: Realm) -> Words:
        """A hole between blocks, with or without shown words after it in the block where it ends."""
        return Words("paragraph", self.items(realm, begin_with_hole=True))

    def blocks(self, realm: Realm, depth: int, most: int = 4) -> list[Box | Words | Node]:
        """Blocks of a document, quotation, item or cell; at least one of them is anchored."""
        out: list[Box | Words | Node] = []
        anchored = False
        for _ in range(self.dice.upto(most, 1)):
            if realm.ready and self.dice.chance(3):
                out.append(self.floating(realm))
            else:
                out.append(self.block(realm, depth))
                anchored = True
        return out if anchored else [*out, self.words(realm)]

    def block(self, realm: Realm, depth: int) -> Box | Words | Node:
        """One anchored block of any kind."""
        self.budget -= 1
        simple = ("paragraph", "paragraph", "heading", "code_block", "empty", "rule")
        deep = (*simple, "blockquote", "list", "list", "table", "figure", "transcript")
        kind = self.dice.pick(deep if depth and self.budget > 0 else simple)
        if kind == "empty":
            realm.open = False
            return Words(self.dice.pick(("paragraph", "heading", "code_block")), [])
        if kind == "rule":
            realm.after_leaf(hard=True)
            return Node(
                self.dice.pick(("horizontal_rule", "formula_block")), {"base": list(self._marks()), "tex": "a+b"}
            )
        if kind == "blockquote":
            return Box(kind, self.blocks(realm, depth - 1, 3))
        if kind in ("list", "table", "figure", "transcript"):
            return getattr(self, f"_{kind}")(realm, depth - 1)  # type: ignore[no-any-return]  # one of the four below
        return self.words(realm, kind)

    def _marks(self) -> tuple[str, ...]:
        return (self.dice.pick(MARKED),) if self.dice.chance(3) else ()

    def _list(self, realm: Realm, depth: int) -> Box:
        box = Box(self.dice.pick(("bullet_list", "ordered_list")))
        box.attrs = {"order": self.dice.upto(3)} if box.type == "ordered_list" else {}
        for _ in range(self.dice.upto(3, 1)):
            if realm.ready and self.dice.chance(4):
                box.children.append(self.floating(realm))
            item = Box("list_item")
            if not realm.open:  # else the item may have lost its first paragraph
                item.children.append(self.words(realm))
            item.children += self.blocks(realm, depth, 2) if realm.open or self.dice.chance(3) else []
            box.children.append(item)
        return box

    def _figure(self, realm: Realm, _depth: int) -> Box:
        caption = Words("caption", self.items(Realm(), inner=True, begin_with_hole=self.dice.chance(3)))
        if realm.open and self.dice.chance(2):
            realm.after_leaf(hard=True)
            return Box("figure", [caption])
        realm.after_leaf(hard=True)
        image = Node("image", {"file": "f-aaaaaaaaaaaaaaaa", "alt": "a dog", "base": list(self._marks())})
        ending = self.dice.pick(("alone", "caption", "hole"))
        if ending == "hole":
            return Box("figure", [image, Words("float", [self.hole(realm, may_split=False)])])
        return Box("figure", [image, caption] if ending == "caption" else [image])

    def _transcript(self, realm: Realm, _depth: int) -> Box:
        box = Box("transcript")
        for _ in range(self.dice.upto(3, 1)):
            if realm.ready and self.dice.chance(
                4
            ):  # nothing but turns may stand in a transcript, so no words follow in the block
                box.children.append(Words("paragraph", [self.hole(realm, may_split=False)]))
            if self.dice.chance(4):
                box.children.append(Node("elision", {"base": list(self._marks())}))
            else:
                box.children.append(self.turn())
            realm.after_leaf(hard=True)
        return box

    def turn(self) -> Box:
        """A turn with something shown in it; whoever speaks may be hidden."""
        realm = Realm()
        out: list[Box | Words | Node] = []
        if self.dice.chance(3):
            out += [self.floating(realm), self.words(realm, hard=True)]
        else:
            out.append(self.words(realm, "speaker", hard=True))
            out += [] if realm.open and self.dice.chance(2) else [self.words(realm)]
        if realm.ready and self.dice.chance(2):
            out.append(self.floating(realm))
        return Box("turn", out)

    def _table(self, realm: Realm, depth: int) -> Box:
        """A kept grid: labels shown or empty, one of them with a word; any other cell may be partly or wholly hidden."""
        columns, head = self.dice.upto(3, 2), self.dice.chance(2)
        box = Box("table")
        for y in range(self.dice.upto(2, 1)):
            row = Box("table_row")
            for x in range(columns):
                label = x == 0 or (head and y == 0)
                cell = Box("table_header" if head and y == 0 else "table_cell")
                if label:
                    empty = bool(y) and self.dice.chance(3)
                    cell.children.append(Words("paragraph", [] if empty else [self.leaf(Realm(), hard=not y)]))
                elif self.dice.chance(3):
                    cell.children.append(Words("paragraph", [self.hole(Realm(), may_split=False)]))
                else:
                    cell.children += self.blocks(Realm(), depth - 1 if depth > 0 else 0, 2)
                row.children.append(cell)
            box.children.append(row)
        realm.after_leaf(hard=True)
        return box

    def document(self, kind: TextSchema) -> Box | Words:
        """A whole visible part."""
        realm = Realm()
        if kind is TextSchema.LINE:
            return Words("doc", self.items(realm, line=True, begin_with_hole=self.dice.chance(3)))
        if self.dice.chance(12):
            return Box("doc", [self.floating(realm)])
        return Box("doc", self.blocks(realm, depth=3, most=5))
