"""What every act on the structure begins and ends with: the permission, the lock, the part, its history, the trail, the word to others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from django.http import Http404

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.models import Case
from cases.roles import Action
from pathways.attributes import AttributeValue
from pathways.models import Part, PartEvent
from pathways.part_verbs import PartVerb
from prose.announcing import announce

P = TypeVar("P", bound=Part)


class CannotChange(ValueError):
    """This can't be done to the structure; the message says why, `field` names what to change."""

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why)
        self.why, self.field = why, field


class Stale(ValueError):
    """Somebody else changed it since it was looked at. `theirs`: what it says now; nothing of yours was written."""

    def __init__(self, version: int, theirs: Mapping[str, AttributeValue], *, retired: bool = False) -> None:
        super().__init__("this has changed since you looked at it")
        self.version, self.theirs, self.retired = version, theirs, retired


def begin(by: Actor, case_id: UUID) -> Case:
    """The case, locked until the act is over. Raises Http404 unless the actor may write in it.

    The lock lets others refer to the case meanwhile: who writes in a text and then says something about it never waits in a ring.
    """
    require(by, Action.WRITE, case_id)
    return Case.objects.select_for_update(no_key=True).get(pk=case_id)


def found(model: type[P], case_id: UUID, ref: str) -> P:
    """The part, retired or not. Raises Http404."""
    part = model._default_manager.filter(case_id=case_id, ref=ref).first()
    if part is None:
        raise Http404
    return part


def standing(model: type[P], case_id: UUID, ref: str) -> P:
    """The part, if it is not retired. Raises Http404, CannotChange."""
    part = found(model, case_id, ref)
    if part.retired:
        raise CannotChange(f"{ref} is retired: bring it back first.")
    return part


def remember(  # noqa: PLR0913  # an event is these things
    *,
    by: Actor,
    case_id: UUID,
    ref: str,
    verb: PartVerb,
    other_ref: str = "",
    attribute: str = "",
    before: str = "",
    after: str = "",
    why: str = "",
) -> None:
    """One line in the history of a part, or (`ref` empty) of the header. Words and all: it stays inside."""
    PartEvent.objects.create(
        case_id=case_id,
        ref=ref,
        by_id=by.id,
        verb=verb,
        other_ref=other_ref,
        attribute=attribute,
        before=before,
        after=after,
        why=why,
    )


def tell(*, by: Actor, case_id: UUID, ref: str, verb: PartVerb) -> None:
    """The trail, without words, and whoever listens. Once an act and thing."""
    record(by=by, verb=AuditVerb(f"part_{verb}"), case_id=case_id, target=ref)
    announce(case_id, f"structure|{ref}")
