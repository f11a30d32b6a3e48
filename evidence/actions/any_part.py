"""Retiring, bringing back, moving and setting attributes of any part of a case by its reference."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from cases.access import Actor
from evidence.actions.kinds import kind_of
from evidence.actions.making import bearing_between
from evidence.attributes import ATTRIBUTES
from evidence.models import Bearing
from pathways.actions import changing, ordering, retiring
from pathways.actions.acting import CannotChange, begin
from pathways.attributes import AttributeValue


def retire(*, by: Actor, case_id: UUID, ref: str, version: int, written: int, why: str) -> None:
    """Take it out of the report as it was seen. Raises Http404, Stale, CannotChange."""
    retiring.retire(by=by, case_id=case_id, kind=kind_of(ref), ref=ref, version=version, written=written, why=why)


@transaction.atomic
def bring_back(*, by: Actor, case_id: UUID, ref: str, why: str = "") -> None:
    """Let it stand again, where it stood. Raises Http404, CannotChange where its links no longer allow it."""
    begin(by, case_id)
    bearing = Bearing.objects.filter(case_id=case_id, ref=ref, retired=True).select_related("evidence", "claim").first()
    if bearing:
        for end in (bearing.evidence, bearing.claim):
            if end.retired:
                raise CannotChange(f"{end.ref} is retired: bring it back first.")
        if same := bearing_between(case_id, bearing.evidence.ref, bearing.claim.ref):
            raise CannotChange(f"{same} links the same two already.")
    retiring.bring_back(by=by, case_id=case_id, kind=kind_of(ref), ref=ref, why=why)


def move(*, by: Actor, case_id: UUID, ref: str, after: str) -> None:
    """Put it right after a sibling, or (`after` empty) before them all. Raises Http404, CannotChange."""
    ordering.move(by=by, case_id=case_id, kind=kind_of(ref), ref=ref, after=after)


def move_by(*, by: Actor, case_id: UUID, ref: str, steps: int) -> None:
    """Move it up (negative) or down among its siblings. Raises Http404, CannotChange."""
    ordering.move_by(by=by, case_id=case_id, kind=kind_of(ref), ref=ref, steps=steps)


def set_attributes(
    *, by: Actor, case_id: UUID, ref: str, version: int, given: Mapping[str, AttributeValue], why: str = ""
) -> int:
    """Make attributes say what is given; those not named stay. Returns the version. Raises Http404, Stale, CannotChange."""
    if ref.startswith("K"):
        return changing.set_header(
            by=by, case_id=case_id, attributes=ATTRIBUTES["K"], version=version, given=given, why=why
        )
    kind = kind_of(ref)
    return changing.set_attributes(
        by=by,
        case_id=case_id,
        kind=kind,
        attributes=ATTRIBUTES[kind.letter],
        ref=ref,
        version=version,
        given=given,
        why=why,
    )
