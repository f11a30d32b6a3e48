"""Who suggested the words that somebody accepted, for the history of a text."""

from __future__ import annotations

from uuid import UUID

from review.loaders.talk.threads import name_of
from review.models import InsideThread


def suggested_by(text_id: UUID) -> dict[int, str]:
    """Version of the text → who suggested the words that it brought. One statement; the caller has checked access."""
    rows = InsideThread.objects.filter(anchor__text_id=text_id, events__version__isnull=False)
    columns = rows.annotate(who=name_of("by_id")).values_list("events__version", "who")
    return {version: who for version, who in columns if version is not None}
