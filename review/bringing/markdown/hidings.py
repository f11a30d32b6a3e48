"""The redactions as an exported case lists them at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cases.redaction.facts import Cover, Extent, Ground
from prose.schema import REFERENCE
from review.bringing.building import said_in
from review.bringing.draft import SAYS, Block, BlockKind, Hiding
from review.bringing.faults import CannotRead
from review.bringing.markdown.braces import is_hiding

HIDING = "redaction"
HIDES = frozenset({"redaction", SAYS})
BAD = "{} lists a redaction that can't be read: {}."


def without_hidings(blocks: Iterable[Block]) -> tuple[list[Block], list[Hiding]]:
    """The other blocks, and the redactions: a heading each, and below it the public note. Raises CannotRead."""
    rest: list[Block] = []
    found: list[list[Block]] = []
    is_inside = False
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            is_inside = HIDING in block.says.get("class", "").split()
            if is_inside:
                found.append([])
        (found[-1] if is_inside else rest).append(block)
    return rest, [_hiding(group) for group in found]


def _hiding(group: Sequence[Block]) -> Hiding:
    heading, says = group[0], group[0].says
    ref = said_in(heading.node)
    marks = (mark.type for block in group for leaf in block.node.leaves() for mark in leaf.marks)
    if not HIDES.isdisjoint(marks) or any(is_hiding(name) for block in group for name in block.says):
        raise CannotRead(BAD.format(heading.at.capitalize(), "its note, which is public, hides words"))
    if not REFERENCE.fullmatch(ref) or ref[0] != "R":
        raise CannotRead(BAD.format(heading.at.capitalize(), f"“{ref[:20]}” is no reference such as R-7Q2K"))
    for name, known in (("ground", Ground), ("extent", Extent), ("covers", Cover)):
        if says.get(name) not in {one.value for one in known}:
            raise CannotRead(BAD.format(heading.at.capitalize(), f"it does not say which {name}"))
    return Hiding(
        ref=ref,
        ground=says["ground"],
        note=" ".join(said_in(block.node) for block in group[1:]),
        extent=says["extent"],
        bears_load=says.get("bears_load") == "yes",
        cover=says["covers"],
        target=says.get("target", ""),
        attribute=says.get("attribute", ""),
        omitted=says.get("omitted") == "yes",
        lifted=says.get("lifted") == "yes",
    )
