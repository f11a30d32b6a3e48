"""Whether there is something of that reference in the case: an object, a link, or the case itself."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404

from cases.models import Case
from evidence.models import Assurance, Bearing, Evidence
from pathways.models import Claim, Limitation, Part, Pathway, Section, Support, Term
from prose.schema import REFERENCE

MODELS: Mapping[str, type[Part]] = {
    "S": Section,
    "P": Pathway,
    "C": Claim,
    "E": Evidence,
    "L": Support,
    "B": Bearing,
    "A": Assurance,
    "N": Limitation,
    "T": Term,
}


def require_object(case_id: UUID, ref: str) -> None:
    """Raise Http404 unless the case has it, retired or not."""
    if not REFERENCE.fullmatch(ref):
        raise Http404
    model = MODELS.get(ref[0])
    there = (
        model._default_manager.filter(case_id=case_id, ref=ref)
        if model
        else Case.objects.filter(pk=case_id, reference=ref)
    )
    if not there.exists():
        raise Http404
