"""What changed between two editions of one audience, for somebody who may read both."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Subquery
from django.http import Http404

from cases.access import Actor
from cases.roles import Action
from prose.nodes import Json
from review.comparing import EditionChanges, compare
from review.loaders.editions import Door, ShownEdition, open_editions
from review.models import Edition, EditionPart


@dataclass(frozen=True, slots=True)
class EarlierEdition:
    """An edition that this one can be compared with."""

    id: UUID
    number: int
    released_on: date


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """An edition against an earlier one of its audience; without `since` there is none that the reader may read."""

    edition: ShownEdition
    earlier: tuple[EarlierEdition, ...]
    since: EarlierEdition | None
    changes: EditionChanges | None


def edition_changes(door: Door, actor: Actor, edition_id: UUID, since: int | None) -> ChangesPage:
    """Against the edition of that number, or the one before. Raises Http404, also for a number that the reader can't read."""
    rows = _readable(door, actor, edition_id)
    if not rows or rows[0].id != edition_id:
        raise Http404
    this, before = rows[0], rows[1:]
    shown = ShownEdition(this.id, this.case_id, this.number, this.released_on, this.audience_name, this.shell)
    earlier = tuple(EarlierEdition(row.id, row.number, row.released_on) for row in before)
    chosen = [row for row in earlier if since in (None, row.number)]
    if not chosen:
        if since is not None:
            raise Http404
        return ChangesPage(shown, (), None, None)
    old, new = _parts(door, chosen[0].id, edition_id)
    return ChangesPage(shown, earlier, chosen[0], compare(old, new))


def _readable(door: Door, actor: Actor, edition_id: UUID) -> list[Edition]:
    """This edition and the earlier ones of the same case and audience, newest first, as far as the actor may read them now."""
    may = open_editions(door, actor, Action.READ_EDITION)
    this = may.filter(pk=edition_id)
    same = may.filter(
        case_id__in=this.values("case_id"),
        audience_key__in=this.values("audience_key"),
        number__lte=Subquery(this.values("number")),
    )
    return list(same.order_by("-number"))


def _parts(door: Door, *editions: UUID) -> list[dict[str, Json]]:
    found: dict[UUID, dict[str, Json]] = {edition: {} for edition in editions}
    rows = EditionPart.objects.using(door.using).filter(edition_id__in=editions)
    for edition, page, content in rows.values_list("edition_id", "page", "content"):
        found[edition][page] = json.loads(content)
    return [found[edition] for edition in editions]
