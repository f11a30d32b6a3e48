"""A suggestion as it is stored: what stays, and what would change, each change with the anchor by which its place is found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from prose.anchors import Span
from prose.marked import MarkedContent, content_to_json
from prose.nodes import Json, Node
from review.talk.wording import Stretch, still_stands

OVER, BEFORE, AFTER = "over", "before", "after"  # where the words come: in the place of what is held, or beside it


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """Words that stay."""

    words: str


@dataclass(frozen=True, slots=True, repr=False)
class Proposed:
    """One change: these words for those, at the anchor, as long as exactly the words `held` stand there.

    `whole`: they were whole words, and must be so still. `taken`: it was accepted.
    """

    was: str
    words: str
    anchor_id: UUID
    held: str
    where: str
    whole: bool
    taken: bool = False

    def at(self, anchor: Span) -> Span:
        """The range to replace, by where the anchor stands now."""
        if self.where == OVER:
            return anchor
        edge = anchor.start if self.where == BEFORE else anchor.end
        return Span(edge, edge)

    def stands(self, document: Node, anchor: Span) -> bool:
        """Whether the words that it changes, or stands beside, are there still."""
        return still_stands(document, anchor, self.held, whole=self.whole)


Piece = Kept | Proposed


def proposed_for(stretch: Stretch, anchor_id: UUID, *, whole: bool) -> Proposed:
    """The change as it is stored, once its anchor is made over what the stretch holds."""
    where = OVER if stretch.at == stretch.held else BEFORE if stretch.at.start == stretch.held.start else AFTER
    return Proposed(stretch.was, stretch.words, anchor_id, stretch.held_words, where, whole)


def to_content(pieces: Iterable[Piece]) -> MarkedContent:
    """For the database: it may hold hidden words."""
    return MarkedContent(json.dumps([_to_json(piece) for piece in pieces], ensure_ascii=False))


def from_content(content: MarkedContent | None) -> tuple[Piece, ...]:
    """The pieces of a stored suggestion; none for what is no suggestion. Only for who is cleared for the whole case."""
    if content is None:
        return ()
    rows: list[dict[str, str]] = json.loads(content_to_json(content))
    return tuple(_from_json(row) for row in rows)


def _to_json(piece: Piece) -> Json:
    if isinstance(piece, Kept):
        return {"same": piece.words}
    return {
        "was": piece.was,
        "words": piece.words,
        "anchor": str(piece.anchor_id),
        "held": piece.held,
        "where": piece.where,
        "whole": "yes" if piece.whole else "",
        "taken": "yes" if piece.taken else "",
    }


def _from_json(row: dict[str, str]) -> Piece:
    if "same" in row:
        return Kept(row["same"])
    flags = bool(row["whole"]), bool(row["taken"])
    return Proposed(row["was"], row["words"], UUID(row["anchor"]), row["held"], row["where"], *flags)
