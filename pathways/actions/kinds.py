"""The kinds of parts, by the letter of their references: their rows, and which worded attributes are lines and which are bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathways.models import Claim, Limitation, Part, Pathway, Section, Support, Tag, Term
from prose.schema import TextSchema


@dataclass(frozen=True, slots=True)
class PartKind:
    """One kind. `among`: the columns that siblings share, among which a part is moved; nothing: all of the kind."""

    letter: str
    name: str
    model: type[Part]
    lines: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    among: tuple[str, ...] = ()

    @property
    def worded(self) -> Mapping[str, TextSchema]:
        """Worded attribute → its schema."""
        return dict.fromkeys(self.lines, TextSchema.LINE) | dict.fromkeys(self.bodies, TextSchema.BODY)


SECTION = PartKind("S", "section", Section, ("title",), ("body",))
PATHWAY = PartKind("P", "pathway", Pathway, ("title", "answer", "action"), ("argument", "reason"))
CLAIM = PartKind("C", "claim", Claim, ("statement",), ("basis", "assumptions"))
SUPPORT = PartKind("L", "support", Support, ("reason",), among=("pathway_id", "resting_id"))
LIMITATION = PartKind("N", "limitation", Limitation, ("title",), ("body",))
TAG = PartKind("G", "group", Tag, ("name",))
TERM = PartKind("T", "term", Term, ("name",), ("definition",))
KINDS: Mapping[str, PartKind] = {one.letter: one for one in (SECTION, PATHWAY, CLAIM, SUPPORT, LIMITATION, TAG, TERM)}
