"""How ratings came to be what they are, for the fully cleared: editions tell only what their own readers read before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.safestring import SafeString

from cases.redaction.facts import Register
from pathways.models import RatingChange
from pathways.values import Level, Rating
from prose.bars import Context
from prose.html import render_document
from prose.shown import FullClearance, open_text


@dataclass(frozen=True, slots=True)
class RatingNote:
    """One change of a rating."""

    on: date
    rating: str
    confidence: str
    why: SafeString


def rating_notes(
    case_id: UUID, clearance: FullClearance, register: Register, ref: str, context: Context
) -> tuple[RatingNote, ...]:
    """The changes of one pathway's rating, oldest first; of the overall one when `ref` is empty. One statement."""
    rows = RatingChange.objects.filter(case_id=case_id, pathway__ref=ref or None).select_related("why")
    return tuple(
        RatingNote(
            on=row.on,
            rating=Rating(row.rating).label if row.rating else "not stated",
            confidence=Level(row.confidence).label if row.confidence else "",
            why=render_document(open_text(row.why.bound_to(register), clearance).document, context),
        )
        for row in rows.order_by("order")
    )
