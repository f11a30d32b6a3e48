"""A draft cut into the parts that a person gives a place to: what stands under a heading, statements, lists, registers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from review.bringing.building import said_in
from review.bringing.draft import Block, BlockKind, Draft
from review.bringing.placing.places import EXPLICIT, OBJECTS, OF_THE_CASE, Place
from review.bringing.placing.registers import Register, register_of

FEWEST_ITEMS: Final = 2
FEWEST_WORDS: Final = 4
FIELDS: Final = frozenset(
    {"answer", "action", "argument", "reason", "supports", "basis", "assumptions", "bearings"}
    | {"description", "conditions", "place", "not_relied"}
)


class PartKind(StrEnum):
    """What a part of the document is."""

    START = "before the first heading"
    TITLE = "title"
    HEADING = "heading"
    STATEMENT = "numbered statement"
    LIST = "numbered list"
    TABLE = "table"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `own` goes where the part goes; what follows it up to the next part (`rest`) stays with what is around it.

    `proposed`, and which `choices` there are, are said once all parts are known.
    """

    number: int
    kind: PartKind
    head: Block | None = None
    own: tuple[Block, ...] = ()
    rest: tuple[Block, ...] = ()
    register: Register | None = None
    proposed: Place = Place.INSIDE
    choices: tuple[Place, ...] = field(default=())

    @property
    def level(self) -> int:
        """How deep its heading stands; 0 for what has none."""
        return self.head.level if self.head is not None and self.kind is PartKind.HEADING else 0

    @property
    def alike(self) -> str:
        """What parts must share to be placed alike in one go."""
        return f"{self.kind} {self.level}" if self.level else str(self.kind)

    @property
    def name(self) -> str:
        """The words that it begins with."""
        first = self.head or next(iter((*self.own, *self.rest)), None)
        return "" if first is None else said_in(first.node)

    @property
    def at(self) -> str:
        """Where in the document it begins."""
        first = self.head or next(iter((*self.own, *self.rest)), None)
        return "" if first is None else first.at

    @property
    def says(self) -> frozenset[str]:
        """The classes that Markdown gives its heading."""
        return frozenset(self.head.says.get("class", "").split()) if self.head else frozenset()


def is_export(draft: Draft) -> bool:
    """Whether the document says itself what its parts are: a case that was exported."""
    return "safetycase" in draft.says


def cut(draft: Draft) -> list[Part]:
    """The parts in order, without places yet."""
    groups = list(_groups(draft.blocks, explicit=is_export(draft)))
    return [replace(part, number=number) for number, part in enumerate(groups)]


def _groups(blocks: Sequence[Block], *, explicit: bool) -> Iterator[Part]:
    current: Part | None = None
    for block in blocks:
        begun = _begun(block, explicit=explicit)
        if begun is not None:
            if current is not None:
                yield current
            current = begun
        elif current is None or current.kind is PartKind.TITLE:
            if current is not None:
                yield current
            current = Part(0, PartKind.START, own=(block,))
        elif current.kind in (PartKind.LIST, PartKind.TABLE):
            current = replace(current, rest=(*current.rest, block))
        else:
            current = replace(current, own=(*current.own, block))
    if current is not None:
        yield current


def _begun(block: Block, *, explicit: bool) -> Part | None:
    """The part that begins with this block, if one does."""
    classes = set(block.says.get("class", "").split())
    if block.kind is BlockKind.TITLE:
        return Part(0, PartKind.TITLE, head=block)
    if block.kind is BlockKind.HEADING and "group" in classes:
        return Part(0, PartKind.GROUP, head=block)
    if block.kind is BlockKind.HEADING and not (explicit and (classes & FIELDS or _is_deep(block, classes))):
        return Part(0, PartKind.HEADING, head=block)
    if explicit:
        return None
    if block.kind is BlockKind.STATEMENT:
        return Part(0, PartKind.STATEMENT, head=block)
    if block.kind is BlockKind.LIST and _is_candidate(block):
        return Part(0, PartKind.LIST, own=(block,))
    register = register_of(block.node) if block.kind is BlockKind.TABLE else None
    return Part(0, PartKind.TABLE, own=(block,), register=register) if register is not None else None


def _is_deep(block: Block, classes: Collection[str]) -> bool:
    """In a case that was exported, a heading below the objects is one of their texts, unless it says otherwise."""
    return block.level > 2 and not EXPLICIT & set(classes)  # noqa: PLR2004  # objects stand at the second level


def _is_candidate(block: Block) -> bool:
    """Whether a numbered list could be claims: several items, each a sentence rather than a word."""
    items = block.node.content
    said = [len(said_in(item).split()) for item in items]
    return block.node.type == "ordered_list" and len(items) >= FEWEST_ITEMS and sum(said) >= FEWEST_WORDS * len(said)


def choices_for(part: Part, empty: Collection[str]) -> tuple[Place, ...]:
    """Which places there are for a part; `empty`: the worded attributes of the case that nobody has written yet."""
    of_the_case = tuple(place for place, name in OF_THE_CASE.items() if name in empty)
    bodies = tuple(place for place in of_the_case if place in (Place.SUMMARY, Place.SCOPE, Place.SCOPE_OUT))
    match part.kind:
        case PartKind.TITLE:
            return (*(p for p in of_the_case if p is Place.CASE_TITLE), Place.SECTION, Place.NOWHERE)
        case PartKind.START:
            return (Place.SECTION, *bodies, Place.NOWHERE)
        case PartKind.STATEMENT:
            return (Place.CLAIM, Place.INSIDE, Place.NOWHERE)
        case PartKind.LIST:
            return (Place.INSIDE, Place.CLAIM, Place.NOWHERE)
        case PartKind.TABLE:
            return (Place.CLAIM, Place.EVIDENCE, Place.LIMITATION, Place.TERM, Place.INSIDE, Place.NOWHERE)
        case PartKind.GROUP:
            return (Place.NOWHERE,)
        case _:
            said = tuple(place for place in EXPLICIT if place.value in part.says and place not in OF_THE_CASE)
            more = tuple(place for place in said if place not in OBJECTS)
            return (*OBJECTS, *more, *of_the_case, Place.INSIDE, Place.NOWHERE)
