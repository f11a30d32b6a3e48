"""Merging a claim into another: supports on both sides, bearings and assurances follow."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from cases.access import Actor
from evidence.models import Assurance, Bearing
from pathways.actions.acting import CannotChange, begin
from pathways.actions.kinds import CLAIM
from pathways.actions.linking import require_no_cycle
from pathways.actions.merging import Merge, both, close, fold, repoint
from pathways.actions.retiring import take_out
from pathways.models import Part, Support


@transaction.atomic
def merge_claims(*, by: Actor, case_id: UUID, merge: Merge) -> tuple[str, ...]:
    """Merge a claim into another; returns the links that were there twice, or between the two, and are retired.

    Raises Http404, Stale, CannotChange.
    """
    begin(by, case_id)
    gone, into = both(case_id, CLAIM, merge)
    try:
        require_no_cycle(case_id, (), renamed=(gone.ref, into.ref))
    except CannotChange as cycle:
        raise CannotChange(cycle.why, "into") from cycle
    dropped = [*_supports(by, gone, into, merge), *_bearings(by, gone, into, merge)]
    for assurance in Assurance.objects.filter(case_id=case_id, claim_id=gone.pk, retired=False).order_by("order"):
        repoint(by, assurance, "claim", gone, into)
    close(by, CLAIM, gone, into, merge)
    return tuple(dropped)


def _supports(by: Actor, gone: Part, into: Part, merge: Merge) -> list[str]:
    dropped = []
    stand = Support.objects.filter(case_id=gone.case_id, retired=False).order_by("order")
    for support in [*stand.filter(claim_id=gone.pk), *stand.filter(resting_id=gone.pk)]:
        end = "claim" if support.claim_id == gone.pk else "resting"
        other = support.resting_id if end == "claim" else support.claim_id
        if other == into.pk:
            take_out(by, support, f"{merge.gone} was merged into {merge.into}.", other_ref=into.ref)
            dropped.append(support.ref)
            continue
        twin = _twin(stand, support, end, into)
        if twin is None:
            repoint(by, support, end, gone, into)
        else:
            dropped.append(fold(by, support, twin, merge))
    return dropped


def _twin(stand: QuerySet[Support], support: Support, end: str, into: Part) -> Support | None:
    """The support that the survivor has between the same two."""
    if end == "resting":
        return stand.filter(resting_id=into.pk, claim_id=support.claim_id).first()
    return stand.filter(claim_id=into.pk, pathway=support.pathway, resting=support.resting).first()


def _bearings(by: Actor, gone: Part, into: Part, merge: Merge) -> list[str]:
    dropped = []
    stand = Bearing.objects.filter(case_id=gone.case_id, retired=False).order_by("order")
    for bearing in stand.filter(claim_id=gone.pk):
        twin = stand.filter(claim_id=into.pk, evidence_id=bearing.evidence_id).first()
        if twin is None:
            repoint(by, bearing, "claim", gone, into)
        else:
            dropped.append(fold(by, bearing, twin, merge))
    return dropped
