"""What an edition that is being made would change for its audience, for the people who read and approve it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from prose.nodes import Json
from review.comparing import EditionChanges, compare

Pages = Mapping[str, Json]


class Last(Protocol):
    """The newest edition of an audience."""

    @property
    def number(self) -> int:
        """Its number."""

    @property
    def statement(self) -> str:
        """Its redaction statement."""

    @property
    def pages(self) -> Pages:
        """Its pages as JSON."""


def changes_since(last: Last | None, pages: Pages, statement: str) -> dict[str, Json]:
    """For `PreparedEdition.changes`: the number of the last edition (None: there is none), counts, the pages that differ, and whether
    the redaction statement does."""
    changes = compared(last.pages if last else {}, pages)
    told: dict[str, Json] = {"since": last.number if last else None, **changes.counts(), "pages": list(changes.pages)}
    return {**told, "statement": last is not None and last.statement != statement}


def compared(old: Pages, new: Pages) -> EditionChanges:
    """The difference of two editions. That a later one has one more rating behind it is nothing that somebody changed."""
    return compare(without_history(old), without_history(new))


def without_history(pages: Pages) -> dict[str, Json]:
    """Pages without the list of earlier ratings."""
    return {
        name: {key: one for key, one in content.items() if key != "history"} if isinstance(content, dict) else content
        for name, content in pages.items()
    }
