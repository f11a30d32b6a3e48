"""The order of parts: where a new one stands, and moving one among its siblings. Retired parts keep their place."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor
from pathways.actions.acting import CannotChange, begin, remember, standing, tell
from pathways.actions.kinds import PartKind
from pathways.models import Part
from pathways.part_verbs import PartVerb


@transaction.atomic
def move(*, by: Actor, case_id: UUID, kind: PartKind, ref: str, after: str) -> None:
    """Put a part right after a sibling, or (`after` empty) before them all. Raises Http404, CannotChange."""
    begin(by, case_id)
    part = standing(kind.model, case_id, ref)
    if ref != after:
        _place(by, part, kind, after)


@transaction.atomic
def move_by(*, by: Actor, case_id: UUID, kind: PartKind, ref: str, steps: int) -> None:
    """Move a part up (negative) or down among its siblings, at most to the end. Raises Http404, CannotChange."""
    begin(by, case_id)
    part = standing(kind.model, case_id, ref)
    others = [one.ref for one in siblings(part, kind)]
    was = others.index(ref)
    others.remove(ref)
    to = min(max(was + steps, 0), len(others))
    if to != was:
        _place(by, part, kind, others[to - 1] if to else "")


def siblings(part: Part, kind: PartKind) -> list[Part]:
    """The parts among which it is moved, itself included, in their order; retired ones not."""
    same = {name: getattr(part, name) for name in kind.among}
    return [
        one
        for one in kind.model._default_manager.filter(case_id=part.case_id, retired=False).order_by("order", "ref")
        if all(getattr(one, name) == value for name, value in same.items())
    ]


def _place(by: Actor, part: Part, kind: PartKind, after: str) -> None:
    there = [one.ref for one in siblings(part, kind)]
    if after and after not in there:
        raise Http404
    _renumber(part, kind, after, there)
    remember(by=by, case_id=part.case_id, ref=part.ref, verb=PartVerb.MOVED, other_ref=after)
    tell(by=by, case_id=part.case_id, ref=part.ref, verb=PartVerb.MOVED)


def _renumber(part: Part, kind: PartKind, after: str, there: list[str]) -> None:
    """All of the kind get dense numbers in the new order; only those that change are written."""
    rows = list(kind.model._default_manager.filter(case_id=part.case_id).order_by("order", "ref"))
    moved = next(one for one in rows if one.pk == part.pk)
    rows.remove(moved)
    first = next((one for one in there if one != part.ref), "")
    place = _index(rows, after) + 1 if after else _index(rows, first) if first else len(rows)
    rows.insert(place, moved)
    changed = [one for number, one in enumerate(rows) if one.order != number]
    for number, one in enumerate(rows):
        one.order = number
    kind.model._default_manager.bulk_update(changed, ["order"])


def _index(rows: list[Part], ref: str) -> int:
    return next(number for number, one in enumerate(rows) if one.ref == ref)


def place_for(kind: PartKind, case_id: UUID, after: str) -> int:
    """The number for a new part: the end, or right after another, whose followers move on by one. Raises CannotChange."""
    rows = kind.model._default_manager.filter(case_id=case_id)
    last = rows.order_by("-order").values_list("order", flat=True).first()
    if not after:
        return 0 if last is None else last + 1
    before = rows.filter(ref=after).first()
    if before is None:
        raise CannotChange(f"{after} is not there any more: choose another place.", "after")
    later = list(rows.filter(order__gt=before.order))
    for one in later:
        one.order += 1
    kind.model._default_manager.bulk_update(later, ["order"])
    return before.order + 1
