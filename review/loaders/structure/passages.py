"""The passages of an argument, to choose from: each by its first words."""

from __future__ import annotations

from prose.content import plain_text
from prose.nodes import Node
from prose.shown import open_text
from review.loaders.structure.desk import Choices, Desk

LONGEST = 110


def passages_of(desk: Desk, ref: str) -> tuple[int, Choices]:
    """The version of a pathway's argument, and (number, first words) of its top-level blocks; none of anything else."""
    pathway = desk.case.pathway_by_ref.get(ref)
    if pathway is None:
        return 0, []
    opened = open_text(pathway.argument, desk.clearance)
    blocks = opened.document.content
    if not any(True for _ in opened.document.leaves()):
        return opened.version, []
    return opened.version, [(str(number), _first_words(block)) for number, block in enumerate(blocks)]


def _first_words(block: Node) -> str:
    words = " ".join(plain_text(block, " ").split())
    shown = words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
    kind = block.type.replace("_", " ")
    return (
        shown
        if block.type == "paragraph" and shown
        else f"{kind.capitalize()}: {shown}"
        if shown
        else kind.capitalize()
    )
