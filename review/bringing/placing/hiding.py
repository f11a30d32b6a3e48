"""The one rule on what hides a block of the document: a new thing or link takes it over, or nothing of the block is imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cases.hiding import ATTRIBUTES, LINKS, OBJECTS
from review.bringing.draft import SAYS, Block
from review.bringing.markdown.braces import is_hiding
from review.bringing.placing.hidings import hidden_by
from review.bringing.placing.parts import Part

ASSURANCE: Final = "assurance"
WOULD_SHOW: Final = (
    "“{}” ({}) hides something by {}, and nothing would hide it where it is placed now. Choose what it was in its own case, or "
    "“not imported”; or mark the words themselves in the document, as [words]{{.redacted ref=R-7Q2K}}."
)
WITHHELD: Final = "“{}” ({}) is an assurance: only readers who may know whose word it is see it. Choose “an assurance” or “not imported”."
LONGEST: Final = 80


class Hiding:
    """Every block that hides something, until somebody answers for it. Whoever is forgotten here is refused, not shown."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._left = {
            id(block): (part, block)
            for part in parts
            for block in (*((part.head,) if part.head is not None else ()), *part.own, *part.rest)
            if _hides(block)
        }

    def taken_by(self, letter: str, head: Block) -> None:
        """A thing of that letter is made of the heading, and what hid the heading hides the thing."""
        if not _within(head) and all(can_take(letter, name, said) for name, said in _hidings(head.says).items()):
            self._left.pop(id(head), None)

    def taken_by_links(self, block: Block) -> None:
        """Each line of the block is a link with what hides it, or is told and not imported."""
        if not _hidings(block.says):
            self._left.pop(id(block), None)

    def not_taken(self, block: Block) -> None:
        """Nothing of the block is imported."""
        self._left.pop(id(block), None)

    def left(self) -> Iterator[str]:
        """A sentence on every block that nothing would hide any more."""
        for part, block in self._left.values():
            refs = sorted(hidden_by(block.says).union(*map(hidden_by, _within(block))))
            sentence = WOULD_SHOW if refs or ASSURANCE not in _hidings(block.says) else WITHHELD
            yield sentence.format(part.name[:LONGEST], block.at, ", ".join(refs) or "braces")


def _hides(block: Block) -> bool:
    return bool(_hidings(block.says) or _within(block))


def _hidings(says: Mapping[str, str]) -> dict[str, str]:
    """What of the braces hides: redactions, and that an assurance is withheld with the name of who gives it."""
    found = {name: said for name, said in says.items() if is_hiding(name)}
    return found | ({ASSURANCE: ""} if ASSURANCE in says.get("class", "").split() else {})


def _within(block: Block) -> list[dict[str, str]]:
    """What braces in the block say that hide a link."""
    marks = (mark for leaf in block.node.leaves() for mark in leaf.marks if mark.type == SAYS)
    found = ({name: str(said) for name, said in mark.attrs.items() if is_hiding(name)} for mark in marks)
    return [says for says in found if says]


def can_take(letter: str, name: str, said: str) -> bool:
    """Whether a thing or link of that letter can be hidden like that."""
    if name == ASSURANCE:
        return letter == "A"
    if not said.split():
        return False
    return letter in OBJECTS + LINKS if name == "hidden" else name.removeprefix("hidden-") in ATTRIBUTES.get(letter, {})
