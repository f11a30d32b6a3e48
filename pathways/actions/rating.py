"""How a rating came to be what it is: a line of its own, with a reason."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from cases.refs import new_text_key
from pathways.actions.acting import CannotChange
from pathways.models import Pathway, RatingChange
from prose.models import Text
from prose.moving import line_of
from prose.schema import TextSchema


def rate(*, case_id: UUID, pathway: Pathway | None, rating: str | None, confidence: str | None, why: str) -> None:
    """Write it down; the case is locked and the rating set already. Raises CannotChange without a reason."""
    if not why.strip():
        raise CannotChange("Say why the rating changes: the reason stands in its history.", "why")
    last = RatingChange.objects.filter(case_id=case_id).order_by("-order").values_list("order", flat=True).first()
    text = Text.objects.create(scope_id=case_id, key=new_text_key(), kind=TextSchema.LINE, content=line_of(why))
    RatingChange.objects.create(
        case_id=case_id,
        pathway=pathway,
        order=0 if last is None else last + 1,
        on=timezone.now().date(),
        rating=rating,
        confidence=confidence,
        why=text,
    )
