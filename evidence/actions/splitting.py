"""Splitting a claim: supports on both sides, bearings and assurances can be moved; all but assurances can be copied."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases.access import Actor
from evidence.actions.kinds import ASSURANCE, BEARING
from evidence.models import Assurance, Bearing
from pathways.actions.acting import begin
from pathways.actions.kinds import CLAIM, SUPPORT
from pathways.actions.splitting import Split, as_seen, divide, part_beside
from pathways.models import Claim, Support
from pathways.values import ClaimState
from prose.moving import line_of


@transaction.atomic
def split_claim(*, by: Actor, case_id: UUID, split: Split) -> str:
    """Split a claim; returns the reference of the new one, a draft of the same kind. Raises Http404, Stale, CannotChange."""
    begin(by, case_id)
    old = as_seen(Claim, case_id, split)
    columns = {"kind": old.kind, "state": ClaimState.DRAFT.value}
    new = part_beside(by, CLAIM, old, {"statement": line_of(split.name)}, split, columns)
    supports = Support.objects.filter(case_id=case_id, retired=False).order_by("order")
    divide(by, list(supports.filter(claim_id=old.pk)), "claim", old, new, split, SUPPORT)
    divide(by, list(supports.filter(resting_id=old.pk)), "resting", old, new, split, SUPPORT)
    bearings = Bearing.objects.filter(case_id=case_id, claim_id=old.pk, retired=False).order_by("order")
    divide(by, list(bearings), "claim", old, new, split, BEARING)
    assurances = Assurance.objects.filter(case_id=case_id, claim_id=old.pk, retired=False).order_by("order")
    divide(by, list(assurances), "claim", old, new, split, ASSURANCE)
    return new.ref
