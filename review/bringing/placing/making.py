"""From placed parts to new parts of the report: one walk through the document, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from prose.nodes import Node
from review.bringing.building import as_line, laid_flat, levelled, paragraph, said_in, without_start, words
from review.bringing.draft import Block, BlockKind, Listed
from review.bringing.placing.fields import LINKED, FieldReader
from review.bringing.placing.hiding import Hiding
from review.bringing.placing.parts import FIELDS, Part, PartKind
from review.bringing.placing.places import OF_THE_CASE, Place
from review.bringing.placing.registers import REST, Register
from review.bringing.placing.things import BODIES, LINES, Made, Thing
from review.bringing.statements import number_label, pathway_label, statement_label

LETTERS: Final = {
    Place.SECTION: "S",
    Place.APPENDIX: "S",
    Place.PATHWAY: "P",
    Place.CLAIM: "C",
    Place.EVIDENCE: "E",
    Place.LIMITATION: "N",
    Place.TERM: "T",
    Place.ASSURANCE: "A",
    Place.TAG: "G",
}
OPENING: Final = "Before the first heading"
NUMBERED: Final = "a number or label: what is imported is numbered, or has references, by itself"
Columns = Mapping[int, Sequence[str]]  # part → what each column of its table is


class Maker:
    """Makes things of one document."""

    def __init__(self, columns: Columns) -> None:
        self.made = Made()
        self._columns = columns
        self._current: Thing | None = None  # what takes the words that follow; None: they are not taken
        self._case_field = ""
        self._is_nowhere = False
        self._level = 1
        self._field = ""
        self._count = 0
        self._fields = FieldReader(self.made)
        self._hiding = Hiding(())

    def of(self, parts: Iterable[Part]) -> Made:
        """Everything that the parts make, where they are placed."""
        parts = list(parts)
        self._hiding = Hiding(parts)
        for part in parts:
            if part.kind is PartKind.GROUP:
                self._nothing()
                self._leave(part.own)
            elif part.kind in (PartKind.STATEMENT, PartKind.LIST, PartKind.TABLE):
                self._below(part)
                self._blocks(part.rest)
            else:
                self._opening(part)
        self.made.things.sort(key=lambda thing: thing.at_end)
        self.made.unhidden += self._hiding.left()
        return self.made

    def _opening(self, part: Part) -> None:
        """A part that begins something of its own, unless it is placed in the text above."""
        blocks = (*((part.head,) if part.head is not None else ()), *part.own)
        if part.proposed is Place.INSIDE and (self._current is not None or self._case_field or self._is_nowhere):
            self._blocks(blocks)
        elif part.proposed is Place.NOWHERE:
            self._nothing()
            self._is_nowhere = True
            self._leave(blocks)
        elif part.proposed in OF_THE_CASE:
            self._to_the_case(part)
        else:
            place = Place.SECTION if part.proposed is Place.INSIDE else part.proposed
            self._begin(part, place)
            self._blocks(part.own)

    def _nothing(self) -> None:
        self._current, self._case_field, self._field, self._is_nowhere = None, "", "", False

    def _to_the_case(self, part: Part) -> None:
        """Words for an empty text of the case itself: a line takes the heading, a body what stands below it."""
        name = OF_THE_CASE[part.proposed]
        self._nothing()
        if name == "title" and part.head is not None:
            line, over = as_line(part.head.node.content)
            self.made.of_the_case.setdefault(name, []).append(paragraph(line))
            self._leave(Block(part.at, BlockKind.PARAGRAPH, node) for node in over)
            self._leave(part.own)
            return
        if part.head is not None and not part.says:
            self.made.listed.append(Listed(part.at, f"a heading, whose text becomes {part.proposed.label}", part.name))
        self._case_field, self._level = name, part.level
        self.made.of_the_case.setdefault(name, [])
        self._blocks(part.own)

    def _begin(self, part: Part, place: Place) -> None:
        says = dict(part.head.says) if part.head is not None else {}
        thing = Thing(
            LETTERS[place], self._name(says.get("id", "")), part.at, says=says, at_end=place is Place.APPENDIX
        )
        thing.level = part.level or 1
        if part.head is not None:
            self._hiding.taken_by(thing.letter, part.head)
        leaves = list(part.head.node.content) if part.head is not None else [words(OPENING)]
        self._name_it(thing, self._without_label(part, thing, leaves))
        self.made.things.append(thing)
        self._nothing()
        self._current, self._level = thing, thing.level

    def _name(self, said: str = "") -> str:
        """What the document calls it, if it is the first of that name; else a name of our own."""
        if said and all(thing.name != said for thing in self.made.things):
            return said
        self._count += 1
        return f"new-{self._count}"

    def _name_it(self, thing: Thing, leaves: Sequence[Node]) -> None:
        """Its title or statement; what can't stand in a line begins its text."""
        if not thing.naming:  # an assurance has no title
            return
        line, over = as_line(leaves)
        thing.lines[thing.naming] = line
        if thing.main:
            thing.add(*over)

    def _without_label(self, part: Part, thing: Thing, leaves: list[Node]) -> list[Node]:
        """The leaves without "2.3", "Pathway 3:" or "Claim 3:", which are told as left out."""
        if part.says:
            return leaves
        for find in {"P": (number_label, pathway_label), "C": (number_label, statement_label)}.get(
            thing.letter, (number_label,)
        ):
            leaves = self._cut(part.at, leaves, find)
        return leaves

    def _cut(self, at: str, leaves: list[Node], find: Callable[[Sequence[Node]], tuple[str, int]]) -> list[Node]:
        label, length = find(leaves)
        if length:
            self.made.listed.append(Listed(at, NUMBERED, label))
        return without_start(leaves, length) if length else leaves

    def _blocks(self, blocks: Iterable[Block]) -> None:
        """Blocks that go where the words go at this point, or nowhere."""
        for block in blocks:
            field = next((name for name in block.says.get("class", "").split() if name in FIELDS), "")
            if (
                block.kind is BlockKind.HEADING
                and field
                and self._current is not None
                and field in _fields_of(self._current)
            ):
                self._field, self._level = field, block.level
            elif self._case_field:
                self.made.of_the_case[self._case_field].append(levelled(block.node, self._level))
            elif self._current is not None and self._field in LINKED:
                self._fields.links(self._current, self._field, block)
                self._hiding.taken_by_links(block)
            elif self._current is not None:
                self._fields.words(self._current, self._field, levelled(block.node, self._level), block.at)
            else:
                self._leave((block,))

    def _leave(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._hiding.not_taken(block)
            self.made.listed.append(Listed(block.at, f"{_named(block)} that is not placed", said_in(block.node)))

    def _below(self, part: Part) -> None:
        """A statement, a list, a register: things of their own, which the text around them then cites, or text."""
        if part.proposed is Place.NOWHERE:
            self._leave((*((part.head,) if part.head else ()), *part.own))
        elif part.proposed is Place.INSIDE:
            self._blocks((*((part.head,) if part.head else ()), *part.own))
        else:
            self._cite([thing.name for thing in self._things_in(part)])

    def _things_in(self, part: Part) -> list[Thing]:
        before = len(self.made.things)
        if part.kind is PartKind.STATEMENT:
            assert part.head is not None
            self._statement(part.at, part.head.node.content, [block.node for block in part.own])
        elif part.kind is PartKind.LIST:
            for item in part.own[0].node.content:
                self._statement(part.at, item.content[0].content, list(item.content[1:]))
        elif part.register is not None:
            self._register(part, part.register)
        return self.made.things[before:]

    def _statement(self, at: str, leaves: Sequence[Node], below: Sequence[Node]) -> None:
        claim = Thing("C", self._name(), at)
        self._name_it(claim, self._cut(at, list(leaves), statement_label))
        claim.add(*(levelled(node, 0) for node in below))
        self.made.things.append(claim)

    def _register(self, part: Part, register: Register) -> None:
        place = part.proposed
        columns = self._columns.get(part.number) or register.columns(place)
        self.made.listed.append(
            Listed(part.at, "the first row of a table that becomes a register", " ".join(register.headers))
        )
        for row in register.rows:
            if not any(said_in(cell) for cell in row):
                continue
            thing = Thing(LETTERS[place], self._name(), part.at)
            for header, name, cell in zip(register.headers, columns, row, strict=True):
                self._cell(thing, name, words(f"{header}: ", register.hiding), cell, REST[place])
            thing.lines.setdefault(thing.naming, [])
            self.made.things.append(thing)

    def _cell(self, thing: Thing, name: str, header: Node, cell: Node, rest: str) -> None:
        """One cell as what its column is; what is nothing of its own is told with its header."""
        leaves = laid_flat(cell)
        if name in LINES[thing.letter]:
            line, over = as_line(leaves)
            thing.lines[name] = line
            thing.add(*over)
        elif name in BODIES[thing.letter]:
            thing.add(*(block for block in cell.content if said_in(block)), to=name)
        elif name:
            thing.says[name] = said_in(cell)
            if refs := sorted({ref for leaf in cell.leaves() for ref in leaf.refs() if ref}):
                thing.says[f"hidden-{name}"] = " ".join(refs)
        elif said_in(cell):
            first, *others = cell.content
            thing.add(
                paragraph([header, *first.content]) if first.type == "paragraph" else first,
                *others,
                to=rest,
            )

    def _cite(self, names: Sequence[str]) -> None:
        """The text around what became things of their own cites them where they stood."""
        if not names or (self._current is None and not self._case_field) or self._field in LINKED:
            return
        leaves: list[Node] = []
        for name in names:
            leaves += ([words(" ")] if leaves else []) + [Node("citation", {"ref": name})]
        if self._case_field:
            self.made.of_the_case[self._case_field].append(paragraph(leaves))
        elif self._current is not None and self._current.main:
            before = self._current.bodies.get(self._field or self._current.main, [])
            if before and before[-1].type == "paragraph" and _only_cites(before[-1]):
                before[-1] = replace(before[-1], content=(*before[-1].content, words(" "), *leaves))
            else:
                self._current.add(paragraph(leaves), to=self._field)


def _only_cites(block: Node) -> bool:
    return all(leaf.type == "citation" or not leaf.text.strip() for leaf in block.content) and bool(block.content)


def _fields_of(thing: Thing) -> frozenset[str]:
    linked = {"P": ("supports",), "C": ("supports", "bearings")}.get(thing.letter, ())
    return frozenset((*LINES[thing.letter], *BODIES[thing.letter], *linked))


def _named(block: Block) -> str:
    return (
        "a heading"
        if block.kind is BlockKind.HEADING
        else f"a {block.kind}"
        if block.kind is not BlockKind.OTHER
        else "something"
    )
