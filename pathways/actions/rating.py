"""How a rating came to be what it is: a line of its own, with the reason where it changed."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from cases.refs import new_text_key
from pathways.actions.acting import CannotChange
from pathways.attributes import RATED, AttributeValue
from pathways.models import Pathway, RatingChange
from prose.models import Text
from prose.moving import line_of
from prose.schema import TextSchema


def require_reason(stated: Mapping[str, AttributeValue], why: str) -> None:
    """Whether the rating may become another one: nothing has to be said for a first. `stated`: before. Raises CannotChange."""
    if not why.strip() and any(stated.get(name) is not None for name in RATED):
        raise CannotChange("Say why the rating changes: the reason stands in its history.", "why")


def rate(*, case_id: UUID, pathway: Pathway | None, rating: str | None, confidence: str | None, why: str) -> None:
    """Write it down; the case is locked and the rating set already."""
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
