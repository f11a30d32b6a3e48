"""Documents that somebody brought and that wait to be imported: theirs alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from cases.access import Actor, full_clearance
from cases.roles import Action
from review.bringing.draft import Draft, Format
from review.bringing.stored import unpacked
from review.loaders.bringing.empty import empty_texts
from review.loaders.home import title_of
from review.models import ImportDraft


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits."""

    id: UUID
    name: str
    format: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """The page on which documents come in and go out."""

    title: str
    actions: frozenset[Action]
    waiting: tuple[Waiting, ...]

    @property
    def may_bring(self) -> bool:
        """Whether its reader may import."""
        return Action.WRITE in self.actions


@dataclass(frozen=True, slots=True)
class Opened:
    """A document while its parts are placed. `of_this_case`: it was exported from this very case."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    name: str
    draft: Draft
    empty: frozenset[str]
    of_this_case: bool


def desk_of(actor: Actor, case_id: UUID) -> Desk:
    """What the actor can do here, and what of theirs waits. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    rows = (
        ImportDraft.objects.filter(case_id=case_id, by_id=actor.id).order_by("-at") if Action.WRITE in actions else ()
    )
    waiting = tuple(Waiting(row.pk, row.name, Format(row.format).label, row.at) for row in rows)
    return Desk(title_of(case_id, clearance), actions, waiting)


def opened_draft(actor: Actor, case_id: UUID, draft_id: UUID) -> Opened:
    """The actor's own document. Raises Http404: somebody else's is not there."""
    clearance, actions = full_clearance(actor, case_id)
    row = ImportDraft.objects.filter(pk=draft_id, case_id=case_id, by_id=actor.id).select_related("case").first()
    if row is None or Action.WRITE not in actions:
        raise Http404
    draft = unpacked(bytes(row.content))
    title, empty = title_of(case_id, clearance), empty_texts(case_id)
    return Opened(case_id, title, actions, row.name, draft, empty, draft.says.get("case") == row.case.reference)


def draft_picture(actor: Actor, case_id: UUID, draft_id: UUID, key: str) -> bytes:
    """A picture of the actor's own document. Raises Http404."""
    pixels = opened_draft(actor, case_id, draft_id).draft.pictures.get(key)
    if pixels is None:
        raise Http404
    return pixels
