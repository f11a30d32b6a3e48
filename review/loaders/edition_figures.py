"""Files of figures of stored editions: permission, edition and file in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404

from cases.access import Actor
from cases.roles import Action
from review.loaders.editions import Door, open_editions
from review.models import EditionFile


@dataclass(frozen=True, slots=True)
class EditionFigure:
    """A figure, and the case that the reading of it is told of."""

    case_id: UUID
    content: bytes


def edition_figure(door: Door, actor: Actor, edition_id: UUID, key: str) -> EditionFigure:
    """A figure that the edition shows; raises Http404 whether it is absent, hidden, foreign, expired, revoked or withdrawn."""
    open_now = open_editions(door, actor, Action.READ_EDITION).filter(pk=OuterRef("edition_id"))
    files = EditionFile.objects.using(door.using).filter(Exists(open_now), edition_id=edition_id, key=key)
    found = files.values_list("edition__case_id", "content").first()
    if found is None:
        raise Http404
    return EditionFigure(found[0], bytes(found[1]))
